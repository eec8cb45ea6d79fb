from __future__ import annotations

import pytest

from assistant.reading.english import chinese_question, is_english
from assistant.reading.english_words import load_glossary

NEAR = frozenset({"湖南省", "衡阳市", "蒸湘区"})


def test_the_glossary_has_over_a_thousand_terms_and_no_chinese_key():
    glossary = load_glossary()
    assert len(glossary) > 1000
    assert all(english == english.lower() and english.isascii() for english in glossary)
    assert all(chinese == "-" or not chinese.isascii() for chinese in glossary.values())


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("How many registered volunteers does Hengyang have?", "衡阳注册志愿者有多少?"),
        ("How many registered volunteers are there in Hengyang as of December 2024?", "衡阳2024年12月注册志愿者有多少?"),
        ("What is the number of social workers in Guangdong Province?", "广东省社工有多少?"),
        ("What percentage of the permanent population are registered volunteers?", "注册志愿者占常住人口的比例是多少?"),
        ("When was the Hengyang Volunteer Association established?", "衡阳志愿者协会成立是什么时候?"),
        ("How much did the city's GDP grow in 2024?", "2024年全市地区生产总值增长了多少?"),
        ("Which city has more volunteers, Hengyang or Chengdu?", "衡阳和成都哪个地方志愿者更多?"),
        ("Is the pension more than 5 percent?", "养老金超过5%吗?"),
        ("Which articles mention the Fengqiao Experience?", "哪些文章提到枫桥经验?"),
        ("How many enterprises have more than 3.9 million yuan in revenue?", "超过390万元营业收入的企业有多少?"),
        ("How many volunteers per 10,000 people?", "每万人的志愿者有多少?"),
        ("In the first half of 2024, how many parking spaces were built?", "2024年上半年建成的停车位有多少?"),
        ("What about Chengdu?", "那成都呢?"),
    ],
)  # fmt: skip
def test_a_question_is_put_into_chinese(question, chinese):
    assert is_english(question)
    assert chinese_question(question, NEAR) == chinese


def test_what_no_glossary_has_stays_to_be_missed():
    assert "zebras" in chinese_question("How many zebras live in Hengyang?", NEAR)


def test_a_name_of_two_places_is_taken_for_neither_unless_the_library_tells():
    question = "How many volunteers does Suzhou have?"
    assert "suzhou" in chinese_question(question)
    assert "苏州" in chinese_question(question, {"苏州市"})
    assert "宿州" in chinese_question(question, {"宿州市"})


@pytest.mark.parametrize(
    "text", ["", "衡阳有多少志愿者?", "GDP是多少", "衡阳的 GDP 增长率是多少", "12345", "App"]
)
def test_other_questions_are_not_english(text):
    assert not is_english(text)
