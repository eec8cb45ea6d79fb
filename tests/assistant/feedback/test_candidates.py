from __future__ import annotations

import pytest
import yaml
from qinghe import answer_to

from assistant.conversations.records import Conversation, Exchange, Rating
from assistant.feedback.candidates import Candidates, candidate_of, key_of
from evals.cases import Case


def talk(rating: Rating | None) -> Conversation:
    first = Exchange(question="青禾市有多少注册志愿者?", answer=answer_to("志愿者"))
    second = Exchange(question="去年呢", answer=answer_to("去年呢"), rating=rating)
    return Conversation(conversation_id="k").with_exchange(first).with_exchange(second)


DOWN = Rating(verdict="down", reason="数字不对", comment="应为\n3.1万名")


@pytest.mark.parametrize("rating", [None, Rating(verdict="up")])
def test_only_what_was_found_wrong_is_a_candidate(rating):
    assert candidate_of(talk(rating), 1) is None
    assert candidate_of(talk(DOWN), 7) is None


def test_a_candidate_becomes_a_case_once_a_person_completes_it(tmp_path):
    kept = Candidates(tmp_path)
    kept.keep(candidate_of(talk(DOWN), 1))
    text = kept.as_cases(kept.all())
    assert "# 读者写道：应为 3.1万名" in text
    (raw,) = yaml.safe_load(text)
    for turn in raw["turns"]:
        turn.update(articles=["001"], evidence=["3.1万名"])
    assert [turn.question for turn in Case.model_validate(raw).turns] == ["青禾市有多少注册志愿者?", "去年呢"]


def test_a_single_question_is_a_case_of_one_turn(tmp_path):
    kept = Candidates(tmp_path)
    first = talk(None).rated(0, DOWN)
    kept.keep(candidate_of(first, 0))
    (raw,) = yaml.safe_load(kept.as_cases(kept.all()))
    assert raw["question"] == "青禾市有多少注册志愿者?"


def test_it_is_replaced_and_dropped(tmp_path):
    kept = Candidates(tmp_path)
    assert kept.all() == []
    for reason in ("数字不对", "出处不对"):
        kept.keep(candidate_of(talk(DOWN.model_copy(update={"reason": reason})), 1))
    assert [one.reason for one in kept.all()] == ["出处不对"]
    assert not kept.drop("../x")
    assert kept.drop(key_of(talk(DOWN), 1))
    assert kept.all() == []
