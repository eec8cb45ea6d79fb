"""How well a figure, date or sentence answers a question: features, and a linear score over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.reading.matching import SAME, Matcher
from assistant.reading.terms import Term, tells_of

# How much a term counts by where it is met, nearest first.
ZONES: Mapping[str, float] = {
    "paired": 1.05, "unit": 0.95, "right": 1.0, "left": 1.0, "clause": 0.87, "own": 1.0, "governed": 0.82, "prior": 0.82, "before": 0.76, "owned": 0.8, "later": 0.45, "whole": 0.85, "sentence": 0.62, "section": 0.7, "title": 0.62,
    "carried": 0.5, "paragraph": 0.35,
}  # fmt: skip


_SORT = 0.5  # credit of a word for the sort of thing asked for, where it does not stand
_ORDINAL = re.compile("第([一二三四五六七八九十]|\\d{1,2})([一-鿿]?)")
_DIGITS = dict(zip("一二三四五六七八九十", map(str, range(1, 11)), strict=True))
_TURNED = _DIGITS | {digit: word for word, digit in _DIGITS.items()}
_AROUND = frozenset({"title", "carried", "paragraph"})
AROUND = _AROUND | {"section"}  # zones outside a figure's own sentence
# Parts of the sentence as they stand in it: what `whole` lacks, they lack (a paired noun may be put together).
_INNER = frozenset({"right", "clause", "prior", "before", "owned", "later", "sentence", "whole"})
_WORDS = frozenset({"word", "place", "name"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Terms of a question met around a candidate.

    Attributes:
        score: Weighted share of the question's terms met, zones counted, 0 to 1.
        missing: Terms not met anywhere near.
        weak: Terms met only in part or only in meaning.
    """

    score: float
    missing: tuple[Term, ...]
    weak: tuple[Term, ...]
    by_term: tuple[tuple[Term, float, str], ...]

    @property
    def lacking(self) -> float:
        """Share of what the terms tell that is not met anywhere near, 0 to 1."""
        total = sum(tells_of(t) for t, _, _ in self.by_term)
        return sum(map(tells_of, self.missing)) / total if total else 0.0


def cover(terms: Sequence[Term], zones: Mapping[str, str], matcher: Matcher) -> Coverage:
    """Returns how the zones of a candidate meet the terms; `zones` maps names of ZONES to normalised text."""
    if not terms:
        return Coverage(0.0, (), (), ())
    every = [zone for zone in zones.items() if zone[1]]
    outer = [zone for zone in every if zone[0] not in _INNER] if "whole" in zones else every
    rows = []
    for term in terms:
        apart = "whole" in zones and _lacks(term, zones["whole"], matcher)
        rows.append((term, *_best(term, outer if apart else every, matcher)))
    total = sum(t.weight for t in terms)
    score = sum(t.weight * met for t, met, _ in rows) / total
    missing = tuple(t for t, met, _ in rows if met < 0.2)
    weak = tuple(t for t, met, _ in rows if 0.2 <= met < 0.5)
    return Coverage(score, missing, weak, tuple(rows))


def _lacks(term: Term, whole: str, matcher: Matcher) -> bool:
    """Returns whether no part of a sentence can meet a term."""
    if term.kind == "figure":
        return matcher.lacks_amount(term.text, whole)
    return term.kind in _WORDS and matcher.lacks(term.text, whole) and matcher.lacks_all(term.wholes, whole)


def _best(term: Term, zones: Iterable[tuple[str, str]], matcher: Matcher) -> tuple[float, str]:
    """Returns the most that a term earns in any zone, and the zone's name."""
    best, where = (_SORT, "sort") if term.sort else (0.0, "")
    credits = _credits(term.kind, term.carries)
    for name, text in zones:
        credit = credits.get(name, 0.0)
        if best < credit and (met := met_by(term, text, matcher) * credit) > best:
            best, where = met, name
    return best, where


@lru_cache(maxsize=32)
def _credits(kind: str, carries: bool) -> Mapping[str, float]:
    """Returns what a term of a kind earns in each zone."""
    credits = dict(ZONES)
    if kind not in {"name", "code", "level"}:
        del credits["whole"]  # a name stands as one piece; words count by where they stand
    if not carries:  # what is said to have happened must be said in the sentence itself
        credits |= {name: 0.4 * credits[name] for name in _AROUND}
    if kind == "place":
        credits |= dict.fromkeys(("section", "title", "carried", "prior", "before", "sentence"), 0.95)
        credits["paragraph"] = 0.8
    if not carries:
        credits["later"] = 0.25
    return credits | {"owned": 0.8 if carries else 0.25}


def met_by(term: Term, text: str, matcher: Matcher) -> float:
    """Returns how well a text meets a term of the question, by itself or through an expression it is part of."""
    if term.kind in _WORDS:
        met = matcher.match(term.text, text)
        return SAME if met < SAME and any(matcher.says(whole, text) for whole in term.wholes) else met
    if term.kind == "figure":
        return matcher.amount(term.text, text)
    if term.kind == "level":
        return float(term.text in text)
    # A code: 4 is not met by 2024.
    return float(any(name in text and bool(_code(name).search(text)) for name in _named(term.text)))


@lru_cache(maxsize=1000)
def _named(code: str) -> tuple[str, ...]:
    """Returns the ways to write a code: an ordinal in both numerals, 首批 for 第一批.

    >>> _named("第一批")
    ('第一批', '第1批', '首批', '头一批', '头批')
    """
    ordinal = _ORDINAL.fullmatch(code)
    if ordinal is None:
        return (code,)
    number, of = ordinal.groups()
    names = {code: None, f"第{_TURNED.get(number, number)}{of}": None}
    if of and number in "1一":
        names |= {f"{first}{of}": None for first in ("首", "头一", "头")}
    return tuple(names)


@lru_cache(maxsize=1000)
def _code(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.]){re.escape(text)}(?![\d.])")
