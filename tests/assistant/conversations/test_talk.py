from __future__ import annotations

from collections.abc import Iterator

from qinghe import QUOTE

from assistant.conversations.records import Conversation, Rating
from assistant.conversations.talk import NOTHING_IN_SCOPE, break_down, converse, stop
from assistant.scoping import Scope
from retrieval import LibraryLocked

QUESTION = "青禾市有多少注册志愿者?"


def last(steps: Iterator[Conversation]) -> Conversation:
    *_, step = steps
    return step


def test_statements_show_before_the_whole_answer(assistant):
    waiting, growing, ended = converse(assistant, Conversation(), QUESTION)
    assert waiting.pending is not None
    assert waiting.pending.statements == ()
    assert growing.pending is not None
    assert [one.text for one in growing.pending.statements] == [QUOTE]
    assert ended.pending is None
    assert ended.exchanges[0].answer is not None
    assert ended.title == QUESTION


def test_history_is_question_and_answer_pairs(assistant):
    first = last(converse(assistant, Conversation(), QUESTION))
    last(converse(assistant, first, "去年呢"))
    ((question, answer),) = assistant.asked[-1][1]
    assert (question, answer.status) == (QUESTION, "grounded")


def test_a_failure_is_said_and_not_part_of_the_history(assistant):
    assistant.failure = LibraryLocked("另一个程序正在写入。")
    ended = last(converse(assistant, Conversation(), QUESTION))
    assert ended.exchanges[0].reason == "另一个程序正在写入。"
    assert ended.history == ()
    assert ended.pending is None


def test_a_scope_limits_the_question_and_is_remembered(assistant):
    ended = last(converse(assistant, Conversation(), QUESTION, Scope(years=("2025",))))
    assert assistant.asked[-1][2] == {"qinghe"}
    assert ended.exchanges[0].scope == "2025年"


def test_a_scope_without_articles_asks_nothing(assistant):
    ended = last(converse(assistant, Conversation(), QUESTION, Scope(years=("1999",))))
    assert ended.exchanges[0].reason == NOTHING_IN_SCOPE
    assert assistant.asked == []


def test_stopping_keeps_the_question_and_what_was_checked(assistant):
    _, growing, _ = converse(assistant, Conversation(), QUESTION)
    stopped = stop(growing)
    assert stopped.exchanges[0].outcome == "stopped"
    assert [one.text for one in stopped.exchanges[0].statements] == [QUOTE]
    assert stopped.history == ()


def test_a_fault_of_the_program_is_said(assistant):
    broken = break_down(next(converse(assistant, Conversation(), QUESTION)))
    assert "程序内部出错" in broken.exchanges[0].reason


def test_stopping_when_nothing_runs_changes_nothing(assistant):
    ended = last(converse(assistant, Conversation(), QUESTION))
    assert stop(ended) == ended
    assert break_down(ended) == ended


def test_asking_again_drops_what_came_after(assistant):
    first = last(converse(assistant, Conversation(), QUESTION))
    second = last(converse(assistant, first, "去年呢"))
    assert second.before(1).exchanges == first.exchanges
    assert second.before(-3).exchanges == ()


def test_only_an_exchange_that_is_there_is_rated(assistant):
    ended = last(converse(assistant, Conversation(), QUESTION))
    assert ended.rated(0, Rating(verdict="up")).exchanges[0].rating == Rating(verdict="up")
    assert ended.rated(1, Rating(verdict="up")) == ended
