from __future__ import annotations

import pytest

from assistant.checking.alignment import Placed, affinity, misplaced, place_figures
from assistant.figures import extract_figures
from assistant.reading.matching import Matcher

SOURCE = "全市配备专职书记16人、兼职委员48人,开展走访1200次,其中夜间走访300次。"


@pytest.fixture
def matcher(language) -> Matcher:
    return language.matcher


@pytest.fixture
def place(matcher):
    def placed(text: str) -> list[Placed]:
        return place_figures(text, extract_figures(text), matcher)

    return placed


@pytest.fixture
def wrong(place, matcher):
    """Returns whether the only figure of a statement is about another thing than in the source."""

    def judge(statement: str, source: str = SOURCE) -> bool:
        (stated,) = place(statement)
        there = place(source)
        same = [p for p in there if p.figure.value == stated.figure.value]
        return misplaced(stated, same, [p for p in there if p not in same], matcher)

    return judge


def test_every_quantity_is_placed_and_nothing_else(place):
    assert [p.figure.text for p in place("2024年12月,第3批16人接听12345热线48次,占5%")] == [
        "16人",
        "48次",
        "5%",
    ]


def test_words_at_a_figure_are_its_own(place):
    secretaries, members, *_ = place(SOURCE)
    assert "书记" in secretaries.near
    assert "委员" not in secretaries.near
    assert "委员" in members.near


@pytest.mark.parametrize(
    "statement", ["专职书记16人", "兼职委员48人", "走访1200次", "夜间走访300次", "16人", "全市配备书记16人"]
)
def test_figures_with_their_own_words_stand(wrong, statement):
    assert not wrong(statement)


@pytest.mark.parametrize("statement", ["专职书记48人", "兼职委员16人", "夜间走访1200次"])
def test_figures_with_the_words_of_another_do_not(wrong, statement):
    assert wrong(statement)


def test_only_figures_of_like_unit_are_rivals(wrong):
    assert not wrong("委员16名", "书记16人,委员48户")


def test_affinity_is_between_nothing_and_full(place, matcher):
    placed = place(SOURCE)
    for one in placed:
        assert all(0 <= affinity(one.near, other, matcher) <= 1 for other in placed)
        assert affinity(one.near, one, matcher) == max(affinity(one.near, other, matcher) for other in placed)
    assert affinity(frozenset(), placed[0], matcher) == 1
