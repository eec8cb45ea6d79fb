"""Which words of a sentence belong to which figure: clauses, enumerated pieces, and what precedes and follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import Figure

_CLAUSE_END = re.compile(r"[,，;；。!！?？\n]|(?<=[^\d])[:：]|——|—(?!\d)")
_OPEN, _CLOSE = "“‘《〈「『", "”’》〉」』"


@dataclass(frozen=True, slots=True)
class Segment:
    """Where a figure stands in its sentence; all spans are offsets on the sentence's text.

    Attributes:
        left: From the clause's start, or the figure before, up to the figure.
        right: From the figure's end to the next figure or the clause's end.
        clause: The whole clause (or enumerated piece) that holds the figure.
    """

    left: tuple[int, int]
    right: tuple[int, int]
    clause: tuple[int, int]


def clause_spans(text: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """Returns the clauses of a sentence; an enumeration (、和) is parted where every part has a figure.

    Commas inside figures, quotation marks and book titles do not part clauses.
    """
    cuts, depth, start = [], 0, 0
    inside = [(f.start, f.end) for f in figures]
    for i, c in enumerate(text):
        depth += (c in _OPEN) - (c in _CLOSE)
        if depth <= 0 and _CLAUSE_END.match(text, i) and not any(a <= i < b for a, b in inside):
            cuts.append((start, i))
            start = i + 1
    cuts.append((start, len(text)))
    pieces = [piece for a, b in cuts for piece in _enumerated(text, a, b, figures)]
    return [(a, b) for a, b in pieces if text[a:b].strip()]


def _enumerated(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """Parts `A1690人、B489人` at 、 wherever a figure stands on both sides of it within the clause."""
    quantities = [f for f in figures if start <= f.start < end and f.is_quantity]
    if len(quantities) < 2:
        return [(start, end)]
    cuts = [start]
    for before, after in zip(quantities, quantities[1:], strict=False):
        gap = text[before.end : after.start]
        mark = max(gap.rfind("、"), gap.rfind("("), gap.rfind("（"), gap.rfind(")"), gap.rfind("）"))
        if mark >= 0:
            cuts.append(before.end + mark + 1)
    cuts.append(end)
    return [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if b > a]


def segment_of(figure: Figure, figures: Sequence[Figure], clauses: Sequence[tuple[int, int]], length: int) -> Segment:
    """Returns the segment of a figure within a sentence of `length` characters."""
    clause = next(((a, b) for a, b in clauses if a <= figure.number[0] < b), (0, length))
    quantities = [f for f in figures if f.is_quantity]
    before = [f.end for f in quantities if f.end <= figure.start and f.end > clause[0]]
    after = [f.start for f in quantities if f.start >= figure.end and f.start < clause[1]]
    left = (max([clause[0], *before]), figure.start)
    right = (figure.end, min([clause[1], *after]))
    return Segment(left, right, clause)
