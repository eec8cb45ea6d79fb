from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reading.language import load_synonyms
from assistant.reading.matching import Matcher


@pytest.fixture(scope="module")
def matcher(language) -> Matcher:
    return language.matcher


class TestMatch:
    def test_as_written_is_full(self, matcher):
        assert matcher.match("志愿者", "全市注册志愿者约62万人") == 1.0

    def test_quotation_marks_do_not_part_a_word(self, matcher):
        assert matcher.match("暖新驿站", "建成暖“新”驿站30个") == 1.0

    def test_a_synonym_counts_less_than_the_word(self, matcher):
        word, others = next((w, o) for w, o in sorted(load_synonyms().items()) if len(w) > 1)
        other = next(o for o in sorted(others) if word not in o)
        assert 0.5 <= matcher.match(word, f"这里{other}。") < 1.0

    def test_an_abbreviation_is_met(self, matcher):
        assert 0.5 <= matcher.match("社工", "全市共有社会工作者5310名") < 1.0

    @pytest.mark.parametrize(
        ("term", "text"),
        [("退役军人", "志愿者约62万人"), ("人", "社区"), ("16", "委员48名"), ("食堂", "驿站")],
    )
    def test_another_thing_is_not(self, matcher, term, text):
        assert matcher.match(term, text) < 0.5

    def test_nothing_is_met_by_nothing(self, matcher):
        assert matcher.match("志愿者", "") == 0.0

    @settings(max_examples=60, deadline=None)
    @given(
        st.text("志愿者社会工作服务站12人“”", min_size=1, max_size=5),
        st.text("志愿者社会工作服务站12人，", max_size=12),
    )
    def test_is_between_nothing_and_full(self, matcher, term, text):
        assert 0.0 <= matcher.match(term, text) <= 1.0
        assert matcher.match(term, text) == matcher.match(term, text)


def test_words_join_to_the_text(matcher):
    text = "全市注册志愿者约62万人,占常住人口的14.5%。"
    assert "".join(matcher.words(text)) == text


def test_synonyms_are_mutual():
    table = load_synonyms()
    assert table
    assert all(word in table[other] for word, others in table.items() for other in others)
    assert all(word not in others for word, others in table.items())
