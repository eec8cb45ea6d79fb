from __future__ import annotations

import pytest

from assistant.reading.asked import Asked
from assistant.reading.candidates import figure_spans, parse
from assistant.reading.language import Language
from assistant.reading.qualified import LOOSE, asks_bare_total, is_qualified
from assistant.reading.question import understand
from retrieval import Article, Sentence


def asked(language: Language, text: str) -> Asked:
    question = understand(text)
    places = tuple(name for _, _, name in language.places(text))
    return Asked(question, language.terms(question, places), places=places)


def qualified(language: Language, question: str, sentence: str, figure: str) -> bool:
    from assistant.evidence import whole_article

    record = Sentence(article_id="a", index=0, start=0, end=len(sentence), text=sentence)
    (evidence,) = whole_article(Article(article_id="a", text=sentence), (record,))
    parsed = parse(evidence, language.normalise)
    one = asked(language, question)
    (span,) = [s for s in figure_spans(parsed, one.question) if s.text == figure]
    return is_qualified(one, parsed, span, language.matcher, language.is_noun)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("衡阳市有多少家物业企业?", True), ("衡阳市有多少注册志愿者?", True), ("衡阳市高考期间有多少志愿者?", False),
        ("衡阳市怎么招募志愿者?", False), ("衡阳市有多少家物业企业建了党组织?", False), ("衡阳市志愿者参加培训的有多少?", False),
    ],
)  # fmt: skip
def test_a_bare_total_names_a_place_and_a_thing(language, text, bare):
    assert asks_bare_total(asked(language, text), LOOSE) is bare


@pytest.mark.parametrize(
    ("sentence", "figure", "part"),
    [
        ("全市实现交叉任职的物业企业共19家。", "19家", True),
        ("全市的物业企业共19家。", "19家", False),
        ("全市登记的物业企业共19家。", "19家", False),
    ],
)
def test_those_that_did_something_are_not_all(language, sentence, figure, part):
    assert qualified(language, "衡阳市有多少家物业企业?", sentence, figure) is part


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("高考期间投入的志愿者有6000余人。", True),
        ("3月5日有志愿者6000余人。", True),
        ("志愿者有6000余人。", False),
    ],
)
def test_helpers_of_one_event_are_not_all(language, sentence, part):
    assert qualified(language, "衡阳市有多少志愿者?", sentence, "6000余人") is part
