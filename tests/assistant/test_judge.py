"""The learned judge: trees evaluated as they were grown, and what its chance changes in the decision."""

import numpy as np
import pytest

from assistant.reading.answerable import load_judge
from assistant.reading.features import ALL_NAMES
from assistant.reading.model import Trees, chance


@pytest.fixture(scope="module")
def two_trees() -> Trees:
    """The first tree parts at column 0 > 0.5 and then column 1 > 2, the second at column 1 > 0 alone."""
    return Trees(
        features=np.array([[0, 1, 1], [1, 1, 1]], dtype=np.int32),
        thresholds=np.array([[0.5, 2.0, 2.0], [0.0, np.inf, np.inf]], dtype=np.float32),
        leaves=np.array([[1, 2, 3, 4], [10, 10, 20, 20]], dtype=np.float32),
        base=0.5,
    )


@pytest.mark.parametrize(
    ("row", "odds"),
    [((0.5, 2.0), 21.5), ((0.5, 2.1), 22.5), ((0.6, 0.0), 13.5), ((0.6, 3.0), 24.5)],
)
def test_a_value_above_the_threshold_goes_right(two_trees: Trees, row, odds):
    assert two_trees.log_odds(np.array([row], dtype=np.float32)) == pytest.approx([odds])


def test_rows_are_judged_apart_from_each_other(two_trees: Trees):
    table = np.array([(0.5, 2.0), (0.6, 3.0), (0.6, 0.0)], dtype=np.float32)
    alone = [two_trees.log_odds(table[i : i + 1])[0] for i in range(3)]
    assert two_trees.log_odds(table).tolist() == alone
    assert two_trees.log_odds(table[:0]).shape == (0,)


def test_stored_trees_are_the_same_when_read_again(two_trees: Trees):
    table = np.array([(0.5, 2.0), (0.6, 3.0)], dtype=np.float32)
    again = Trees.of(two_trees.arrays("answer"), "answer")
    assert again.log_odds(table).tolist() == two_trees.log_odds(table).tolist()


def test_the_shipped_judge_looks_at_measured_columns_only():
    trees = load_judge().trees
    used = trees.features[np.isfinite(trees.thresholds)]
    assert 0 <= used.min() <= used.max() < len(ALL_NAMES)


def test_the_shipped_judge_never_holds_it_against_a_candidate_that_more_is_met():
    judge = load_judge()
    low = np.zeros((1, len(ALL_NAMES)), dtype=np.float32)
    high = low.copy()
    high[0, ALL_NAMES.index("covered")] = 0.9
    assert judge.chances(high)[0] >= judge.chances(low)[0]


def test_no_odds_are_an_even_chance():
    assert chance(0.0) == 0.5
