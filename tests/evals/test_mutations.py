from __future__ import annotations

from random import Random

import pytest

from assistant import extract_figures
from assistant.checking.checker import Support
from evals import equivalents, mutations
from evals.mutants import make, recited
from evals.specimens import Maker, Source, clause_at, excerpted

FIRST = (
    "今年以来，云浮市青石镇已建成36个驿站，志愿者约1.2万人，"
    "同比增长8.5%，比2023年多5个，依据《青石镇驿站办法》。"
)
SECOND = "议事厅只有4间，全镇尚未设立书屋，农户共有2510户，其中骑手户96户。"


def source(text: str, context: str = "青石镇 云浮市", published: str = "2025-03-01") -> Source:
    named = tuple((i, text.index("》", i) + 1) for i, c in enumerate(text) if c == "《")
    return Source("007", text, Support(text, context, "", published), tuple(extract_figures(text)), named)


THIRD = "2024年5月7日，市民政局牵头举办“邻里帮”活动12场，县教育局每月协助巡查4次，部分村的志愿者增至50名。"
FOURTH = "党委书记王海说，30名党员帮扶50名老人，云浮市有驿站3个，揭阳市有驿站5个。"
FIFTH = "计划投入35万元，由财政局负责发放补贴，团委负责核对名单。"
SIXTH = (
    "2023年，养老机构收入120万元，占营业收入的35%；2024年5月，志愿者李秀英走访老人640户，居民陈国强捐款90元，"
    "党员累计帮扶210户，其中残疾人家庭35户。"
)
SEVENTH = (
    "上半年，人均补贴最高500元，同比增长12.5%，投入是上年的3倍，每期3至5天，"
    "商会或协会牵头，由市民政局登记，是全省首批试点之一。"
)

SOURCES = tuple(source(text) for text in (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH))


@pytest.mark.parametrize("maker", mutations.MUTATIONS, ids=lambda maker: maker.__name__)
def test_every_mutation_is_made_and_changes_the_sentence(maker: Maker) -> None:
    made = [maker(s, Random(seed)) for seed in range(20) for s in SOURCES]
    found = [specimen for specimen in made if specimen]
    assert found
    for specimen in found:
        assert specimen.statement != specimen.support.text


@pytest.mark.parametrize("maker", equivalents.EQUIVALENTS, ids=lambda maker: maker.__name__)
def test_every_equivalent_is_made(maker: Maker) -> None:
    plain = source("驿站建在城东，书屋建在城西，登记的骑手超2000名，累计服务3.5万人次，村里开了议事会。")
    assert [specimen for seed in range(20) for s in (*SOURCES, plain) if (specimen := maker(s, Random(seed)))]


@pytest.mark.parametrize("seed", range(30))
def test_a_changed_digit_makes_a_number_the_sentence_lacks(seed: int) -> None:
    specimen = mutations.digit(source(FIRST), Random(seed))
    assert specimen is not None
    before = {(f.kind, f.value) for f in extract_figures(FIRST)}
    assert {(f.kind, f.value) for f in extract_figures(specimen.statement)} - before


def test_a_changed_digit_never_makes_a_value_of_the_sentence() -> None:
    twin = source("甲村1人,乙村2人,丙村3人,丁村4人,戊村5人,己村6人,庚村7人,辛村8人。")
    for seed in range(30):
        specimen = mutations.digit(twin, Random(seed))
        assert specimen is None or "9人" in specimen.statement


@pytest.mark.parametrize("seed", range(30))
def test_another_notation_keeps_every_value(seed: int) -> None:
    for s in SOURCES:
        specimen = equivalents.notation(s, Random(seed))
        assert specimen is not None
        assert [f.value for f in extract_figures(specimen.statement)] == [f.value for f in s.figures]
        assert specimen.statement != s.text


def test_swap_exchanges_two_amounts_and_keeps_the_rest() -> None:
    specimen = mutations.swap(source("甲站36个,乙站则有40个。"), Random(0))
    assert specimen is not None
    assert specimen.statement == "甲站40个,乙站则有36个。"


def test_a_range_is_not_swapped() -> None:
    assert mutations.swap(source("月收入3000元到5000元的居多。"), Random(0)) is None


def test_a_place_known_from_the_context_is_not_put_in() -> None:
    known = "云南 江西 甘肃 苏州 洛阳 南宁 温州 绵阳"
    assert mutations.place(source("云浮建成36个驿站。", context=known), Random(0)) is None
    assert mutations.place(source("云浮建成36个驿站。"), Random(0)) is not None


def test_nothing_inside_a_title_is_requalified() -> None:
    assert mutations.qualifier(source("依据《三年36个驿站方案》办理。"), Random(0)) is None


def test_negation_is_put_in_and_taken_away() -> None:
    kinds = {
        s.kind: s.statement
        for seed in range(20)
        for x in SOURCES
        if (s := mutations.negation(x, Random(seed)))
    }
    assert "尚未建成36个驿站" in kinds["negation added"]
    assert "全镇已设立书屋" in kinds["negation removed"]


def test_recited_cites_a_sentence_that_lacks_an_amount() -> None:
    specimen = recited(SOURCES[:2])(SOURCES[0], Random(0))
    assert specimen is not None
    assert (specimen.statement, specimen.support.text) == (FIRST, SECOND)


def test_excerpted_is_the_changed_clause() -> None:
    specimen = mutations.title(SOURCES[0], Random(0))
    assert specimen is not None
    assert excerpted(specimen).statement.startswith("依据《青石镇驿站")
    start, end = clause_at(FIRST, FIRST.index("36"))
    assert FIRST[start:end] == "云浮市青石镇已建成36个驿站"


def test_make_gives_different_specimens_and_stops_when_there_are_no_more() -> None:
    found = list(make(mutations.MUTATIONS, SOURCES, 60, Random(0)))
    assert len({(s.statement, s.support.text) for s in found}) == len(found) == 60
    assert len(list(make([equivalents.whole], SOURCES, 60, Random(0)))) == len(SOURCES)
    assert found == list(make(mutations.MUTATIONS, SOURCES, 60, Random(0)))
