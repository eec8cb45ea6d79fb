"""The checker over the seeds' sentences accepts nothing untrue and refuses almost nothing true."""

from __future__ import annotations

import pytest

from assistant import build_checker, build_language
from evals.mutants import LEAST_ACCEPTED, Verdict, seed_sources, share, try_checker


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    """Returns the verdicts on a few hundred specimens of each sort."""
    return try_checker(build_checker(build_language()), seed_sources(), count=400, seed=0)


def test_no_mutant_is_accepted(verdicts: list[Verdict]) -> None:
    """Whatever was changed in a true sentence is noticed."""
    accepted = [v.specimen for v in verdicts if v.mutant and v.accepted]
    assert [f"{s.kind} [{s.change}] {s.statement}" for s in accepted] == []


def test_equivalents_are_accepted(verdicts: list[Verdict]) -> None:
    """Another notation, order or length of a true sentence does no harm."""
    equivalents = [v for v in verdicts if not v.mutant]
    rejected = [f"{v.specimen.kind} {v.specimen.statement} {v.findings}" for v in equivalents if v.wrong]
    assert share(equivalents, lambda v: v.accepted) >= LEAST_ACCEPTED, rejected
