"""Operands read from the articles: candidates for each, and the choice that fits together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.across.fitting import CLASSIFIERS, MOST_OPTIONS, Option, each_its_own, fitting
from assistant.across.plan import Measure, Operand
from assistant.across.reading import Outside, Reading
from assistant.across.statements import statements
from assistant.decide import UNLIKELY_SIDE, choose_side
from assistant.evidence import Evidence
from assistant.figures import Figure, same_unit
from assistant.ledger.places import region_places
from assistant.ledger.row import LedgerRow
from assistant.reading.asked import Asked
from assistant.reading.constraints import bare_place
from assistant.reading.question import Kind
from assistant.reading.reader import Candidate
from retrieval import ArticleMeta, PlaceSpan, ids_about

_REACH = 0.45
_LEAST = 0.5
_MOST_LACKING = 0.45
_WHOLE, _LEAST_WHOLE = (
    0.1,
    0.42,
)  # what may lack where all that is asked is met, and the score that is enough then
_PLAIN = 0.78  # score from which the whole sentence may speak of the thing, not only the figure's clause
_NEAR = 12  # characters before a figure in which a verb says what was done to what it counts
_NAMED_KINDS = frozenset({"document", "organisation", "place", "person", "definition"})


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

    def __call__(
        self,
        question: str,
        scope: frozenset[str] | None,
        kind: Kind | None = None,
        outside: Outside | None = None,
    ) -> Reading:
        """Returns the candidates, best first; `outside` is where else its place is told of."""


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
        articles: Callable[[], Sequence[ArticleMeta]],
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
        together: bool = False,
        outside: Outside | None = None,
    ) -> list[Found]:
        """Returns what answers each operand, in order; figures fit together.

        Args:
            operands: What is looked up.
            measure: What each is.
            unit: The measure word that the question names, "" if none.
            scope: Ids of the only articles to look in, None for all.
            alone: True if they are of unlike things, as a part and its whole are.
            together: True if they stand in one article.
            outside: Where else the place is told of that an operand does not name itself.
        """
        readings = [
            self._read(
                o.question,
                self.scope_of(o.place, scope),
                any_quantity(o.question, measure),
                Outside(bare_place(o.place), scope) if o.place else outside,
            )
            for o in operands
        ]
        if measure != "figure":
            return [
                self._statement(o, r, self.scope_of(o.place, scope))
                for o, r in zip(operands, readings, strict=True)
            ]
        options = [self._options(o, r, unit) for o, r in zip(operands, readings, strict=True)]
        free = any(any_quantity(o.question, measure) for o in operands)
        best = each_its_own(
            [o[0] if o else None for o in options]
            if free
            else fitting(options, alone=alone, together=together)
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

    def place_in(self, question: str) -> str:
        """Returns the one place that a question names, "" if it names none or several."""
        names = dict.fromkeys(s.text for s in self._places(question))
        return next(iter(names)) if len(names) == 1 else ""

    def _options(self, operand: Operand, reading: Reading, unit: str) -> list[Option]:
        figures = [c for c in reading.candidates if c.span.type == "figure" and c.span.figure is not None]
        figures = [c for c in figures if not reading.asked.years or c.time_match >= bool(operand.year)]
        if not figures:
            return []
        top = max(c.score for c in figures)
        options: list[Option] = []
        for c in figures[: 3 * MOST_OPTIONS]:
            if c.score < top - _REACH or len(options) >= MOST_OPTIONS:
                break
            row = self.row_at(c)
            if row is not None:
                options.append(Option(c, row, self._worth(operand, reading.asked, c, row, unit)))
        ranked = sorted(options, key=lambda o: -o.score)
        return [o for o in ranked if self._stands(reading, o)] or ranked[:1]

    def _worth(
        self, operand: Operand, asked: Asked, candidate: Candidate, row: LedgerRow, unit: str
    ) -> float:
        """Returns a candidate's score with what its row tells: its place, its unit, and what it counts."""
        words = [t.text for t in asked.terms if t.kind == "word" and len(t.text) > 1]
        at = row.start - row.sentence_start
        near = re.split("[,，;；、:：]", row.sentence[max(0, at - _NEAR) : at])[-1]
        told = f"{row.subject} {row.per} {near}".lower()
        met = sum(self.match(w, told) >= 0.5 for w in words) / len(words) if words else 0.0
        return (
            candidate.score
            + self._place_bonus(operand, row)
            + _unit_bonus(candidate.span.figure, unit, operand.question)
            + 0.35 * met
            - (0.1 if self._in_name(candidate, row) else 0.0)
        )

    def _in_name(self, candidate: Candidate, row: LedgerRow) -> bool:
        """Returns whether a figure is part of a name (千场志愿服务活动), which counts nothing by itself."""
        return not any(r.start == row.start for r in self._rows_of(candidate.evidence))

    def is_about(self, asked: Asked, row: LedgerRow, near: str = "") -> bool:
        """Returns whether a figure counts what is asked: its subject meets half of the nouns of the question."""
        nouns = [t for t in asked.terms if t.kind in {"word", "name"} and t.carries and len(t.text) > 1]
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

    def _accepted(self, operand: Operand, reading: Reading, option: Option | None) -> Found:
        nearest = tuple(c.evidence for c in reading.candidates[:3]) or reading.evidence[:3]
        if option is None or not self._stands(reading, option):
            return Found(operand, None, nearest=nearest)
        return Found(operand, option.candidate, option.row, nearest=nearest, around=reading.evidence)

    def _stands(self, reading: Reading, option: Option) -> bool:
        """Returns whether a candidate is good enough to be one side of a comparison."""
        c = option.candidate
        if not choose_side(reading.asked, [c]).reason:
            return True
        if c.place_match < 0 or c.coverage.lacking > _MOST_LACKING:
            return False
        plain = c.score >= _PLAIN or (c.score >= _LEAST and c.chance >= UNLIKELY_SIDE)
        if plain and self.is_about(reading.asked, option.row, c.parsed.text):
            return True
        if not self.is_about(reading.asked, option.row, c.parsed.text[slice(*c.span.segment.clause)]):
            return False  # another clause speaks of the thing: «…党委书记说,从3个方面推进»
        return c.score >= (_LEAST_WHOLE if c.coverage.lacking <= _WHOLE else _LEAST)

    def _statement(self, operand: Operand, reading: Reading, scope: frozenset[str] | None) -> Found:
        chosen = statements(reading)
        if not chosen and reading.asked.question.kind in _NAMED_KINDS:
            chosen = statements(self._read(operand.question, scope, "other"))
        nearest = tuple(c.evidence for c in reading.candidates[:3]) or reading.evidence[:3]
        if not chosen:
            return Found(operand, None, nearest=nearest)
        return Found(operand, chosen[0], more=tuple(chosen[1:]), nearest=nearest)


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


def _unit_bonus(figure: Figure | None, unit: str, question: str) -> float:
    if figure is None or not figure.unit:
        return 0.0
    if unit == "个":  # spoken of anything that is counted one by one
        return 0.05 if figure.unit in CLASSIFIERS else -0.2
    if unit:
        return 0.15 if same_unit(figure.unit, unit) else -0.2
    if re.search("数量|个数|数目", question):
        return 0.1 if figure.unit in CLASSIFIERS else -0.3
    return 0.0
