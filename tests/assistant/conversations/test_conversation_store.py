from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from qinghe import answer_to

from assistant.conversations.records import Conversation, Exchange, Rating
from assistant.conversations.store import FILE, UNREADABLE, ConversationStore

ANSWER = answer_to("志愿者")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    ticks = (datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=n) for n in range(100))
    opened = ConversationStore(tmp_path, now=lambda: next(ticks))
    yield opened
    opened.close()


def talk(*questions: str) -> Conversation:
    conversation = Conversation()
    for question in questions:
        conversation = conversation.with_exchange(Exchange(question=question, answer=ANSWER))
    return conversation


def test_a_conversation_comes_back_whole_with_its_citations(store):
    kept = store.save("a", talk("志愿者有多少", "去年呢"))
    assert store.load("a", kept.conversation_id) == kept
    assert kept.exchanges[0].answer.citations == ANSWER.citations


def test_it_survives_closing(store, tmp_path):
    kept = store.save("a", talk("志愿者"))
    other = ConversationStore(tmp_path)
    assert other.load("a", kept.conversation_id) == kept
    other.close()


def test_nobody_sees_or_changes_another_s(store):
    kept = store.save("a", talk("志愿者"))
    assert store.load("b", kept.conversation_id) is None
    assert store.summaries("b") == []
    assert not store.rename("b", kept.conversation_id, "x")
    assert not store.delete("b", kept.conversation_id)
    taken = store.save("b", kept.with_exchange(Exchange(question="偷看", answer=ANSWER)), since=1)
    assert taken.conversation_id != kept.conversation_id
    assert store.load("a", kept.conversation_id) == kept


def test_the_latest_stands_first(store):
    first, second = store.save("a", talk("甲")), store.save("a", talk("乙"))
    assert [one.title for one in store.summaries("a")] == ["乙", "甲"]
    store.save("a", first.with_exchange(Exchange(question="丙", answer=ANSWER)), since=1)
    assert [(one.title, one.questions) for one in store.summaries("a")] == [("甲", 2), ("乙", 1)]
    assert second.conversation_id


def test_asking_again_drops_what_came_after(store):
    kept = store.save("a", talk("甲", "乙", "丙"))
    shorter = kept.before(1).with_exchange(Exchange(question="丁", answer=ANSWER))
    store.save("a", shorter, since=1)
    assert [one.question for one in store.load("a", kept.conversation_id).exchanges] == ["甲", "丁"]


@pytest.mark.parametrize(
    ("words", "found"), [("甲", 1), ("3.2万名", 1), ("甲 注册", 1), ("甲 没有的", 0), ("%", 0), ("_", 0)]
)
def test_search_looks_at_titles_questions_and_answers(store, words, found):
    store.save("a", talk("甲"))
    assert len(store.summaries("a", words)) == found


def test_renaming_and_deleting(store):
    kept = store.save("a", talk("甲"))
    assert store.rename("a", kept.conversation_id, " 志愿服务 ")
    assert not store.rename("a", kept.conversation_id, "  ")
    assert store.summaries("a")[0].title == "志愿服务"
    store.save("a", kept.with_exchange(Exchange(question="乙", answer=ANSWER)), since=1)
    assert store.summaries("a")[0].title == "志愿服务"
    assert store.delete("a", kept.conversation_id)
    assert store.load("a", kept.conversation_id) is None


def test_deleting_leaves_nothing_behind(store, tmp_path):
    kept = store.save("a", talk("机密的问题"))
    store.delete("a", kept.conversation_id)
    with sqlite3.connect(tmp_path / FILE) as raw:
        assert raw.execute("SELECT count(*) FROM exchange").fetchone() == (0,)


def test_an_answer_of_an_unknown_shape_is_said_to_be_unreadable(store, tmp_path):
    kept = store.save("a", talk("甲"))
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("UPDATE exchange SET record = '{\"odd\": 1}'")
    (one,) = store.load("a", kept.conversation_id).exchanges
    assert (one.question, one.outcome, one.reason) == ("甲", "failed", UNREADABLE)


def test_rated_exchanges_are_found(store):
    store.save("a", talk("甲", "乙").rated(1, Rating(verdict="down", reason="数字不对")))
    ((_, one),) = store.rated()
    assert (one.question, one.rating.reason) == ("乙", "数字不对")
