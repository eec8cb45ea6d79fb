"""Scores of bare answers, and the area under the curve against a count of pairs."""

import random

import pytest

from evals.scoring import area, exact, overlap, summed


@pytest.mark.parametrize(
    ("answer", "golds", "right"),
    [("《青禾条例》", ["青禾条例"], 1.0), ("约80万人", ["80万人"], 0.0), ("", ["80万人"], 0.0)],
)
def test_marks_do_not_count_for_an_exact_match(answer, golds, right):
    assert exact(answer, golds) == right


def test_the_best_of_several_answers_counts():
    assert overlap("青禾市", ["白石县", "青禾市"]) == 1.0
    assert overlap("青禾市政府", ["青禾市"]) == pytest.approx(2 * 3 / 8)
    assert overlap("无关", ["青禾市"]) == 0.0
    assert overlap("", []) == 0.0


def test_characters_in_another_order_are_shared_all_the_same():
    assert summed("甲乙", "乙甲") == 1.0
    assert summed("", "乙甲") == 0.0


def test_the_area_is_the_share_of_pairs_in_order():
    dice = random.Random(4)
    have = [dice.randrange(6) for _ in range(30)]
    lack = [dice.randrange(4) for _ in range(20)]
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in have for b in lack]
    assert area(have, lack) == pytest.approx(sum(pairs) / len(pairs))
