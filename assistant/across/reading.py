"""One question of several read: what was asked, and the candidates found."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.reading.asked import Asked
from assistant.reading.reader import Candidate


@dataclass(frozen=True, slots=True)
class Outside:
    """Where a place is told of besides the articles about it: passages within a wider scope that name it."""

    place: str
    scope: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One question read: what was asked, and the candidates, best first."""

    asked: Asked
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...] = ()
