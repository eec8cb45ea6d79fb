"""The system over the seeds is no worse than what is committed, and never cites or counts wrongly."""

from __future__ import annotations

import pytest

from evals.baseline import BASELINE, regressions
from evals.corpus import Corpus
from evals.report import crashes
from evals.suite import Result

Asked = tuple[list[Result], Corpus]


def _faults(results: list[Result], metric: str) -> list[str]:
    return [
        f"{result.name}: {result.scores[metric].reason if result.case.part == 'open' else 'wrong'}"
        for result in results
        if metric in result.scores and result.scores[metric].value < 1
    ]


def test_no_turn_crashes(asked: Asked) -> None:
    """Every question gets an answer."""
    assert crashes(asked[0]) == []


def test_every_citation_is_exact(asked: Asked) -> None:
    """Every quote is the span it names."""
    assert _faults(asked[0], "citation_exact") == []


def test_every_figure_is_verified(asked: Asked) -> None:
    """Every listed figure stands in the quote it cites, and every stated one is listed."""
    assert _faults(asked[0], "figures_verified") == []
    assert _faults(asked[0], "figures_listed") == []


def test_scores_hold_the_baseline(asked: Asked, articles: str) -> None:
    """No score falls below the committed one by more than the tolerance."""
    if articles != "seeds":
        pytest.skip("the baseline is of the seeds")
    assert BASELINE.exists(), "no baseline: python -m evals.run --part all --write-baseline"
    assert [str(regression) for regression in regressions(asked[0])] == []


def test_a_model_keeps_every_guarantee(written: list[Result]) -> None:
    """With a model too, nothing crashes, every quote is exact and every figure verified and listed."""
    assert crashes(written) == []
    for metric in ("citation_exact", "figures_verified", "figures_listed"):
        assert _faults(written, metric) == []
