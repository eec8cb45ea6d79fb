"""What a question over several figures came to, before it is checked and numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.across.lines import Line
from assistant.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Version:
    """One article's version of a fact: its figure as written, its time, its sentence."""

    text: str
    as_of: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact on which articles disagree, newest version first."""

    about: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """An answer in the making.

    Attributes:
        lines: Statements in the order in which they are read.
        short: The bare result, "" if there is none.
        missing: What was asked and is not in the articles, as the question names it.
        said: What the product says in its own voice where something is missing.
        nearest: The closest passages where something is missing.
        heading: Column names where the lines with `cells` are rows of a table.
        understood: How the question was understood, for a person.
    """

    lines: tuple[Line, ...] = ()
    short: str = ""
    missing: tuple[str, ...] = ()
    said: str = ""
    nearest: tuple[Evidence, ...] = ()
    heading: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    understood: str = ""


def unique(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Returns the evidence without repeats, in order."""
    found = {(e.article.article_id, e.start): e for e in evidence}
    return tuple(found.values())
