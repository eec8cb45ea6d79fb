"""What is done on the tab 问答 goes on from what the page shows, even when the server has forgotten it."""

from __future__ import annotations

import json
from dataclasses import fields
from types import SimpleNamespace

import pytest

from assistant.app.ask_handlers import AskHandlers, Shown
from assistant.app.ask_parts import AskPage
from assistant.app.services import Services
from assistant.conversations.records import Conversation
from assistant.scoping import Scope

ME = SimpleNamespace(cookies={"jushi_reader": "me"})
YOU = SimpleNamespace(cookies={"jushi_reader": "you"})
QUESTION = "青禾市有多少志愿者？"


@pytest.fixture
def do(services: Services) -> AskHandlers:
    # The handlers name the parts of the page and never look into them.
    return AskHandlers(AskPage(**{part.name: part.name for part in fields(AskPage)}), services)


def asked(do: AskHandlers, question: str, conversation: Conversation, shown: str, who=ME) -> Conversation:
    *_, last = do.ask(question, conversation, shown, who)
    return next(value for value in last.values() if isinstance(value, Conversation))


def test_a_forgotten_conversation_goes_on(do):
    kept = asked(do, QUESTION, Conversation(), "")
    shown = json.dumps({"talk": kept.conversation_id})
    went_on = asked(do, "去年呢", Conversation(), shown)
    assert went_on.conversation_id == kept.conversation_id
    assert [one.question for one in went_on.exchanges] == [QUESTION, "去年呢"]


def test_another_s_conversation_is_not_gone_on_with(do):
    kept = asked(do, QUESTION, Conversation(), "")
    other = asked(do, "去年呢", Conversation(), json.dumps({"talk": kept.conversation_id}), YOU)
    assert [one.question for one in other.exchanges] == ["去年呢"]


def test_questions_are_limited_to_what_the_page_shows(do, assistant):
    asked(do, QUESTION, Conversation(), json.dumps({"scope": {"articles": ["qinghe"]}}))
    assert assistant.asked[-1][2] == {"qinghe"}


@pytest.mark.parametrize("text", ["", "{", '{"mode": "other"}'])
def test_a_page_that_says_nothing_limits_nothing(text):
    assert Shown.of(text) == Shown(scope=Scope())
