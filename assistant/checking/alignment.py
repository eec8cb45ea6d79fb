"""Whether a figure of a statement is about the same thing as that figure in the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import Figure, qualifier_set, same_unit
from assistant.reading.matching import Matcher
from assistant.reading.segments import Segment, clause_spans, segment_of

_MARGIN = (
    0.12  # by how much another figure of the sentence must fit better before a figure counts as misplaced
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with the words that stand at it.

    Attributes:
        near: Words of its segment; `beside` those right before and after it.
        lead: The amounts it is said of («5000万元到1亿元的2栋» is of these two), "" if none.
    """

    figure: Figure
    segment: Segment
    near: frozenset[str]
    clause: frozenset[str]
    beside: tuple[str, ...]
    lead: str


def place_figures(text: str, figures: Sequence[Figure], matcher: Matcher) -> list[Placed]:
    """Returns the quantities of a normalised text, each with the words of its segment and clause."""
    clauses = clause_spans(text, figures)
    spans = [(f.start, f.end) for f in figures]
    placed = []
    for figure in figures:
        if not figure.is_quantity:
            continue
        segment = segment_of(figure, figures, clauses, text)
        near = _content(text, [segment.left, segment.right], spans, matcher)
        clause = _content(text, [segment.clause], spans, matcher)
        beside = _beside(text, segment, matcher)
        placed.append(Placed(figure, segment, near, clause, beside, _lead(text, figure, figures)))
    return placed


def _beside(text: str, segment: Segment, matcher: Matcher) -> tuple[str, ...]:
    """Returns the last long words before and the first after a figure, up to the next mark."""
    before = re.split(r"[,，、;；:：()（）]", text[slice(*segment.left)])[-1]
    after = re.split(r"[,，、;；:：()（）]", text[slice(*segment.right)])[0]
    left = [w for w in matcher.words(before) if len(w) > 1 and re.search(r"[一-鿿]", w)][-3:]
    right = [w for w in matcher.words(after) if len(w) > 1 and re.search(r"[一-鿿]", w)][:3]
    return (*left, *right)


def _lead(text: str, figure: Figure, figures: Sequence[Figure]) -> str:
    """Returns the amounts a figure is said of, each with its qualifier's class, "" if none."""
    lead: list[str] = []
    position = figure.start
    for earlier in reversed([f for f in figures if f.is_quantity and f.end <= figure.start]):
        joint = r"\s*的?\s*" if not lead else r"\s*(?:到|至|—+|-)\s*"
        if not re.fullmatch(joint, text[earlier.end : position]):
            break
        lead.append(f"{earlier.high or earlier.value}{sorted(qualifier_set(earlier.qualifier))}")
        position = earlier.start
    return "<".join(lead)


def _content(
    text: str, ranges: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], matcher: Matcher
) -> frozenset[str]:
    words: set[str] = set()
    for a, b in ranges:
        piece = "".join(" " if any(s <= i < e for s, e in spans) else text[i] for i in range(a, b))
        words |= {w for w in matcher.words(piece) if len(w) > 1 or w.isdigit()}
    return frozenset(words)


def affinity(words: frozenset[str], other: Placed, matcher: Matcher) -> float:
    """Returns how well words fit the surroundings of a figure, 0 to 1; those right at it count most."""
    if not words:
        return 1.0
    near, clause = " ".join(other.near), " ".join(other.clause)
    return sum(max(matcher.match(w, near), 0.6 * matcher.match(w, clause)) for w in words) / len(words)


def misplaced(stated: Placed, matches: Sequence[Placed], rivals: Sequence[Placed], matcher: Matcher) -> bool:
    """Returns whether another figure of like unit fits the words at a stated figure clearly better.

    Args:
        stated: The figure in the statement.
        matches: The evidence's figures of the same amount.
        rivals: Its other quantities.
        matcher: Compares words.
    """
    if stated.lead and not any(m.lead == stated.lead for m in matches if m.lead):
        return any(m.lead for m in matches)
    best = max(affinity(stated.near, m, matcher) for m in matches)
    others = [affinity(stated.near, r, matcher) for r in rivals if _comparable(stated.figure, r.figure)]
    return any(other > best + _MARGIN for other in others)


def _comparable(a: Figure, b: Figure) -> bool:
    return a.kind == b.kind and same_unit(a.unit, b.unit)
