from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.language import Language
from assistant.reading.question import understand
from assistant.reading.terms import Term, tells_of, term_weight


@pytest.fixture
def terms_of(language: Language):
    def find(text: str, *places: str) -> dict[str, Term]:
        return {term.text: term for term in language.terms(understand(text), places)}

    return find


class TestTerms:
    def test_words_of_asking_are_none(self, terms_of):
        assert not terms_of("请问一共有多少?")
        assert set(terms_of("请问目前志愿者一共有多少名?")) == {"志愿者"}

    def test_places_are_their_own_kind(self, terms_of):
        terms = terms_of("衡阳市有多少志愿者?", "衡阳市")
        assert (terms["衡阳市"].kind, terms["志愿者"].kind) == ("place", "word")
        assert "衡阳" not in terms

    def test_quoted_names_stay_whole_and_tell_most(self, terms_of):
        terms = terms_of("“邻里帮”机制是什么?")
        assert terms["邻里帮"].kind == "name"
        assert terms["邻里帮"].weight > terms["机制"].weight

    def test_codes_and_ordinals(self, terms_of):
        assert terms_of("12345热线接了多少电话?")["12345"].kind == "code"
        assert terms_of("第三批驿站有多少?")["第三批"].kind == "code"
        assert {"村", "断"} <= set(terms_of("有多少个村断了水?"))  # no word 村断

    def test_an_amount_narrows_the_question(self, terms_of):
        assert terms_of("税收3000万元的企业有多少家?")["3000万元"].kind == "figure"

    def test_a_year_is_no_term(self, terms_of):
        assert "2024" not in "".join(terms_of("2024年有多少志愿者?"))

    def test_none_is_given_twice(self, language):
        terms = language.terms(understand("志愿者和志愿者队伍有多少志愿者?"), ())
        assert len({t.text for t in terms}) == len(terms)

    def test_nouns_carry_and_verbs_do_not(self, terms_of):
        terms = terms_of("多少企业参加培训?")
        assert terms["企业"].carries
        assert not terms["参加"].carries
        assert tells_of(terms["参加"]) < tells_of(Term("参加", terms["参加"].weight))

    @pytest.mark.parametrize(
        ("text", "word"),
        [("下岗职工有多少人?", "下岗"), ("多少党员下沉到社区?", "下沉"), ("申请补贴的有多少家?", "申请"), ("邻里纠纷有几起?", "邻里"), ("拿到证有多少人?", "拿到证")],
    )  # fmt: skip
    def test_words_of_asking_are_not_cut_out_of_others(self, terms_of, text, word):
        assert word in terms_of(text)

    def test_a_word_knows_the_expressions_that_it_is_part_of(self, terms_of):
        terms = terms_of("白天照看老人的地方有几个?")
        assert "白天照看老人的地方" in terms["照看"].wholes
        assert not terms_of("照看孩子的志愿者有几个?")["志愿者"].wholes


class TestWeight:
    @given(st.integers(0, 10**7), st.integers(0, 10**7))
    def test_rare_words_tell_more(self, one, other):
        rare, common = sorted((one, other))
        assert 0.2 <= term_weight(common, 10**7) <= term_weight(rare, 10**7) <= 1.0


def test_a_very_long_question_is_read_by_its_most_telling_words(language: Language) -> None:
    things = "食堂、驿站、书屋、诊所、球场、菜市、停车场、充电桩、图书馆、幼儿园、养老院、水电站、变电所、博物馆、体育馆、展览馆、码头、机场"
    terms = language.terms(understand(f"第三批12345热线管的{things}各在哪里"), ())
    assert len(terms) == 16
    assert {"12345", "第三批"} <= {term.text for term in terms}
    words = [term.text for term in terms]
    assert [w for w in ("书屋", "图书馆", "码头") if w in words] == [
        w for w in words if w in ("书屋", "图书馆", "码头")
    ]
