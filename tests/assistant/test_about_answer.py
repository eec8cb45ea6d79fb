from __future__ import annotations

import pytest

from tests.assistant.test_focus import answering, talk

__all__ = ["answering"]


@pytest.mark.parametrize("question", ["这是哪一年的数据?", "这个数是什么时候的?", "数据是哪年的?"])
def test_of_what_time_a_figure_is(answering, question):
    first, second = talk(answering, "岳阳市2025年有多少人报名?", question)
    assert second.short_answer == "2025年"
    assert second.citations == first.citations


@pytest.mark.parametrize("question", ["出处是哪里?", "这个数出自哪篇文章?", "原文怎么说的?", "这是哪里说的?"])
def test_where_an_answer_stands(answering, question):
    first, second = talk(answering, "岳阳市2025年有多少人报名?", question)
    assert second.short_answer == "《岳阳市调解工作》"
    assert first.citations[0].quote.strip() in second.text
    assert second.text.endswith("[1]")


def test_a_time_that_is_not_told_is_not_made_up(answering):
    second = talk(answering, "岳阳市新墙镇排查了多少件纠纷?", "这是什么时候的数据?")[1]
    assert second.status == "abstained"
    assert second.nearest


@pytest.mark.parametrize("question", ["这个镇是哪年成立的?", "数据局是哪年成立的?", "哪篇文章提到调解?"])
def test_a_question_of_its_own_is_none(answering, question):
    second = talk(answering, "岳阳市2025年有多少人报名?", question)[1]
    assert "上一个回答" not in second.understood


def test_nothing_is_reckoned_for_a_turn_without_its_place(answering):
    second = talk(answering, "岳阳市新墙镇排查了多少件纠纷?", "平均每户增收多少?")[1]
    assert second.status == "abstained"
