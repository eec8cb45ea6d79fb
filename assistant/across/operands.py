"""Operands read from the articles: candidates for each, and the choice that fits together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Protocol

from assistant.across.plan import Measure, Operand
from assistant.across.reading import Reading
from assistant.across.statements import statements
from assistant.decide import choose
from assistant.evidence import Evidence
from assistant.figures import Figure, same_unit
from assistant.ledger.places import region_places
from assistant.ledger.row import LedgerRow
from assistant.reading.asked import Asked
from assistant.reading.constraints import bare_place
from assistant.reading.question import Kind
from assistant.reading.reader import Candidate
from retrieval import ArticleMeta, PlaceSpan, ids_about

_MOST = 7
_REACH = 0.45
_LEAST = 0.5
_SUBJECTS = 0.15  # what it counts that two sides name the same thing
_NEAR = 12  # characters before a figure in which a verb says what was done to what it counts
_NAMED_KINDS = frozenset({"document", "organisation", "place", "person", "definition"})
_CLASSIFIERS = frozenset("个 家 项 支 所 处 座 条 件 份 户 名 人 场 次 栋 村 起".split())
_MONEY = frozenset({"元", "块", "块钱"})


@dataclass(frozen=True, slots=True)
class Found:
    """An operand with the candidate that answers it.

    Attributes:
        row: The ledger's row of its figure, None for dates and statements.
        more: Further candidates of the same article that go on from it (statements only).
        around: All sentences read for it, where other articles may tell of the same.
    """

    operand: Operand
    candidate: Candidate | None
    row: LedgerRow | None = None
    more: tuple[Candidate, ...] = ()
    nearest: tuple[Evidence, ...] = field(default=())
    around: tuple[Evidence, ...] = field(default=())

    @property
    def evidence(self) -> Evidence:
        """The sentence it stands in; only for one that was found."""
        assert self.candidate is not None
        return self.candidate.evidence


class RowsOf(Protocol):
    """The ledger's rows of a sentence; with `named` also of figures that are part of a name."""

    def __call__(self, evidence: Evidence, *, named: bool = False) -> list[LedgerRow]:
        """Returns the rows in order."""


class Read(Protocol):
    """Reads one question within a scope; `kind` overrules what sort of answer is looked for."""

    def __call__(self, question: str, scope: frozenset[str] | None, kind: Kind | None = None) -> Reading:
        """Returns the candidates, best first."""


class OperandReader:
    """Finds what answers each operand; every outside thing is handed in.

    Args:
        read: Question and scope → candidates.
        rows_of: Sentence → the ledger's rows.
        articles: All articles' metadata.
        places: Finder of places that knows the library's own.
        match: Term, text → how well the text meets the term.
    """

    def __init__(
        self,
        *,
        read: Read,
        rows_of: RowsOf,
        articles: Callable[[], list[ArticleMeta]],
        places: Callable[[str], list[PlaceSpan]],
        match: Callable[[str, str], float],
    ) -> None:
        self._read = read
        self._rows_of = rows_of
        self._articles = articles
        self._places = places
        self.match = match

    def find(
        self,
        operands: Sequence[Operand],
        measure: Measure,
        unit: str,
        scope: frozenset[str] | None,
        *,
        alone: bool = False,
    ) -> list[Found]:
        """Returns what answers each operand, in order; figures fit together.

        With `alone` they are of unlike things, as a part and its whole are.
        """
        readings = [
            self._read(o.question, self.scope_of(o.place, scope), any_quantity(o.question, measure))
            for o in operands
        ]
        if measure != "figure":
            return [
                self._statement(o, r, self.scope_of(o.place, scope))
                for o, r in zip(operands, readings, strict=True)
            ]
        options = [self._options(o, r, unit) for o, r in zip(operands, readings, strict=True)]
        free = any(any_quantity(o.question, measure) for o in operands)
        best = _each_its_own(
            [o[0] if o else None for o in options] if free else _fitting(options, alone=alone)
        )
        return [self._accepted(o, r, option) for o, r, option in zip(operands, readings, best, strict=True)]

    def scope_of(self, place: str, scope: frozenset[str] | None) -> frozenset[str] | None:
        """Returns the articles about a place, or about the place that it lies in; the given scope if none is."""
        if not place:
            return scope
        spans = self._places(place)
        names = [
            bare_place(name) for span in reversed(spans) for name in (span.name, *reversed(span.parents))
        ]
        if is_spot(place):
            names.reverse()  # a town or a park: whichever articles are about its province
        for name in dict.fromkeys([bare_place(place), *names]):
            found = frozenset(ids_about(self._articles(), [name]))
            found = found if scope is None else found & scope
            if found:
                return found
        return scope

    def _options(self, operand: Operand, reading: Reading, unit: str) -> list[_Option]:
        figures = [c for c in reading.candidates if c.span.type == "figure" and c.span.figure is not None]
        figures = [c for c in figures if not reading.asked.years or c.time_match >= bool(operand.year)]
        if not figures:
            return []
        top = max(c.score for c in figures)
        options: list[_Option] = []
        for c in figures[: 3 * _MOST]:
            if c.score < top - _REACH or len(options) >= _MOST:
                break
            row = self.row_at(c)
            if row is not None:
                options.append(_Option(c, row, self._worth(operand, reading.asked, c, row, unit)))
        ranked = sorted(options, key=lambda o: -o.score)
        return [o for o in ranked if _stands(reading, o)] or ranked[:1]

    def _worth(
        self, operand: Operand, asked: Asked, candidate: Candidate, row: LedgerRow, unit: str
    ) -> float:
        """Returns a candidate's score with what its row tells: its place, its unit, and what it counts."""
        words = [t.text for t in asked.terms if t.kind == "word" and len(t.text) > 1]
        at = row.start - row.sentence_start
        told = f"{row.subject} {row.per} {row.sentence[max(0, at - _NEAR) : at]}".lower()
        met = sum(self.match(w, told) >= 0.5 for w in words) / len(words) if words else 0.0
        return (
            candidate.score
            + self._place_bonus(operand, row)
            + _unit_bonus(candidate.span.figure, unit, operand.question)
            + 0.35 * met
        )

    def is_about(self, asked: Asked, row: LedgerRow, near: str = "") -> bool:
        """Returns whether a figure counts what is asked: its subject meets half of the nouns of the question."""
        nouns = [t for t in asked.terms if t.kind == "word" and t.carries and len(t.text) > 1]
        told = f"{row.subject} {row.per} {near}".lower()
        total = sum(t.weight for t in nouns)
        return not total or sum(t.weight for t in nouns if self.match(t.text, told) >= 0.5) >= 0.5 * total

    def row_at(self, candidate: Candidate) -> LedgerRow | None:
        """Returns the ledger's row of a candidate's figure."""
        start = candidate.evidence.start + candidate.span.start
        for rows in (self._rows_of(candidate.evidence), self._rows_of(candidate.evidence, named=True)):
            if row := next((r for r in rows if r.start <= start < r.end), None):
                return row
        return None

    def _place_bonus(self, operand: Operand, row: LedgerRow) -> float:
        """Returns what speaks against a figure of another place, or of a part of the place that is asked about."""
        if not operand.place:
            return 0.0
        spans = self._places(operand.place)
        wanted = bare_place(spans[-1].name) if spans else bare_place(operand.place)
        spot = is_spot(operand.place)
        if wanted in row.place or (spot and row.place and row.place in operand.place):
            return 0.1
        named = bare_place(row.place) in operand.question if row.place else False
        inside = any(bare_place(p) == wanted for p in region_places(row.region))
        return 0.0 if named or spot else -0.2 if inside else -0.35

    def _accepted(self, operand: Operand, reading: Reading, option: _Option | None) -> Found:
        nearest = tuple(c.evidence for c in reading.candidates[:3]) or reading.evidence[:3]
        if option is None or not _stands(reading, option):
            return Found(operand, None, nearest=nearest)
        return Found(operand, option.candidate, option.row, nearest=nearest, around=reading.evidence)

    def _statement(self, operand: Operand, reading: Reading, scope: frozenset[str] | None) -> Found:
        chosen = statements(reading)
        if not chosen and reading.asked.question.kind in _NAMED_KINDS:
            chosen = statements(self._read(operand.question, scope, "other"))
        nearest = tuple(c.evidence for c in reading.candidates[:3]) or reading.evidence[:3]
        if not chosen:
            return Found(operand, None, nearest=nearest)
        return Found(operand, chosen[0], more=tuple(chosen[1:]), nearest=nearest)


@dataclass(frozen=True, slots=True)
class _Option:
    candidate: Candidate
    row: LedgerRow
    score: float


def is_spot(place: str) -> bool:
    """Returns whether a place is a town, a park and the like, which no gazetteer of divisions knows."""
    return place.endswith(("镇", "乡", "街道", "村", "社区", "园区", "科技城", "新区", "高新区", "开发区"))


def any_quantity(question: str, measure: Measure) -> Kind | None:
    """Returns the kind by which any amount may answer, where a question does not tell amounts from percentages."""
    if measure == "figure" and re.search(
        r"数据|数字|(?:减|增|涨|降)(?:少|加|长|低)?了?多少$|情况$", question
    ):
        return "ratio"
    return None


def _each_its_own(options: list[_Option | None]) -> list[_Option | None]:
    """Returns the options without those that another operand has already taken."""
    kept: list[_Option | None] = []
    taken: dict[tuple[str, int], int] = {}
    for i, option in enumerate(options):
        kept.append(option)
        if option is None:
            continue
        key = (option.row.article_id, option.row.start)
        other = taken.get(key)
        if other is not None:
            earlier = kept[other]
            worse = i if earlier is None or earlier.score >= option.score else other
            kept[worse] = None
            taken[key] = other if worse == i else i
        else:
            taken[key] = i
    return kept


def _stands(reading: Reading, option: _Option) -> bool:
    """Returns whether a candidate is good enough to be one side of a comparison."""
    c = option.candidate
    if not choose(reading.asked, [c]).reason:
        return True
    return c.score >= _LEAST and c.place_match >= 0 and c.coverage.lacking <= 0.45


def _unit_bonus(figure: Figure | None, unit: str, question: str) -> float:
    if figure is None or not figure.unit:
        return 0.0
    if unit:
        return 0.15 if same_unit(figure.unit, unit) else -0.2
    if re.search("数量|个数|数目", question):
        return 0.1 if figure.unit in _CLASSIFIERS else -0.3
    return 0.0


def comparable(a: LedgerRow, b: LedgerRow) -> bool:
    """Returns whether two figures may be set against each other: both in percent, or both in like units."""
    return (a.unit == "%") == (b.unit == "%") and (a.unit in _MONEY) == (b.unit in _MONEY)


def _fitting(options: Sequence[Sequence[_Option]], *, alone: bool) -> list[_Option | None]:
    """Returns one option for each operand, chosen so that units and subjects agree and no figure serves twice."""
    present = [o for o in options if o]
    if not present or len(present) > 6:
        return [o[0] if o else None for o in options]
    width = _MOST if len(present) <= 3 else 4 if len(present) == 4 else 3
    best = max(product(*(o[:width] for o in present)), key=partial(_fit, alone=alone))
    chosen = iter(best)
    return [next(chosen) if o else None for o in options]


def _fit(options: Sequence[_Option], *, alone: bool) -> float:
    total = sum(o.score for o in options)
    for i, a in enumerate(options):
        for b in options[i + 1 :]:
            total += _agreement(a.row, b.row) - (
                _SUBJECTS * alike(a.row.subject, b.row.subject) if alone else 0.0
            )
    return total


def _agreement(a: LedgerRow, b: LedgerRow) -> float:
    if not comparable(a, b):
        return -1.0
    if (a.article_id, a.start) == (b.article_id, b.start):
        return -0.3
    same = a.unit == b.unit or bool(a.unit and b.unit and same_unit(a.unit, b.unit))
    units = 0.15 if same else 0.1 if {a.unit, b.unit} <= _CLASSIFIERS else -0.2
    roles = 0.1 if a.role == b.role else -0.2
    return units + roles + _SUBJECTS * alike(a.subject, b.subject)


def alike(a: str, b: str) -> float:
    """Returns how much two subjects share, 0 to 1, by their character pairs."""
    bare = [re.sub(r"[^一-鿿a-z\d]", "", t.lower()) for t in (a, b)]
    pairs = [{t[i : i + 2] for i in range(len(t) - 1)} or {t} for t in bare]
    return len(pairs[0] & pairs[1]) / max(1, min(len(pairs[0]), len(pairs[1]))) if all(bare) else 0.0
