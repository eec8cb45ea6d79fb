from __future__ import annotations

import pytest

from assistant.reading.asked import Asked
from assistant.reading.implied import implied_nouns
from assistant.reading.language import Language
from assistant.reading.question import understand


def heads(language: Language, text: str) -> tuple[str, ...]:
    question = understand(text)
    return tuple(t.text for t in Asked(question, language.terms(question, ())).target)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("与多少个社区实现交叉任职?", "社区"), ("有几个重点园区制定了创建方案?", "园区"), ("有多少名完成培训的志愿者?", "志愿者"),
        ("志愿者的报考人数是多少?", "报考"), ("有多少人报考?", "报考"), ("注册志愿者有多少?", "志愿者"), ("有多少名志愿者出征?", "志愿者"),
    ],
)  # fmt: skip
def test_the_head_is_what_is_counted(language, text, head):
    assert heads(language, text)[-1] == head


def test_the_target_is_the_phrase_before_the_head(language):
    assert heads(language, "有几个重点园区制定了创建方案?") == ("重点", "园区")


def test_nothing_asked_for_has_no_target(language):
    assert heads(language, "为什么?") == ()


def test_units_of_one_sort_imply_their_noun():
    assert "面积" in implied_nouns("平方米").split()
    assert implied_nouns("个") == ""
