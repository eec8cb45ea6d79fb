"""Arithmetic within one article: only where the article does not state the result itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from assistant.across.compare import compare_figures
from assistant.across.derived import DONE, FILLED
from assistant.across.fitting import alike
from assistant.across.operands import Found, OperandReader, Read
from assistant.across.plan import Operand, Plan
from assistant.across.reading import Outside, Reading
from assistant.across.result import Result
from assistant.decide import choose_side
from assistant.figures import same_unit
from assistant.ledger.row import LedgerRow
from assistant.reading.constraints import bare_place
from assistant.reading.reader import Candidate

ReadHere = Callable[[str], Reading]
_MOST = 6
_PARALLEL = 0.5


class Within:
    """Differences, sums, shares, averages and rests of figures of one article."""

    def __init__(
        self,
        *,
        read: Read,
        operands: OperandReader,
    ) -> None:
        self._read = read
        self._operands = operands

    def answer(self, plan: Plan, question: str, scope: frozenset[str] | None, digits: int) -> Result | None:
        """Returns the result, None where a plain reading answers or nothing can be reckoned."""
        outside = None
        if place := self._operands.place_in(question):
            outside, scope = Outside(bare_place(place), scope), self._operands.scope_of(place, scope)
        read = partial(self._read, scope=scope, outside=outside)
        if plan.operation == "remainder" and len(plan.operands) == 1:
            found = self._rest(plan, read)
        elif plan.stem == "parts":
            found = self._parts(plan, read)
        else:
            if self._stated(plan, question, read) or self._given_together(plan, question, read):
                return None
            alone = plan.operation in {"part", "average"}
            found = self._operands.find(
                plan.operands, plan.measure, plan.unit, scope, alone=alone, together=True, outside=outside
            )
        if len(found) < 2 or any(f.row is None for f in found) or not self._distinct(plan, found):
            return None
        return compare_figures(plan, found, digits)

    def _stated(self, plan: Plan, question: str, read: ReadHere) -> bool:
        """Returns whether an article states the share or the average that is asked for."""
        if plan.operation not in {"part", "average"}:
            return False
        reading = read(question)
        choice = choose_side(reading.asked, list(reading.candidates))
        if not choice.chosen:
            return False
        row = self._operands.row_at(choice.chosen[0])
        if row is None:
            return False
        if plan.operation == "part":
            return row.unit == "%"
        bare = re.sub(r"[^一-鿿]", "", plan.stem)
        return bool(row.per) and any(bare[i : i + 2] in row.per for i in range(max(1, len(bare) - 1)))

    def _given_together(self, plan: Plan, question: str, read: ReadHere) -> bool:
        """Returns whether one figure already counts all the items of a sum («A和B共35个»)."""
        if plan.operation != "sum":
            return False
        reading = read(question)
        figures = [c for c in reading.candidates if c.span.type == "figure"][:1]
        asks = [read(o.question).asked for o in plan.operands]
        for c in figures:
            row = self._operands.row_at(c)
            near = c.parsed.text[slice(*c.span.segment.left)] + c.parsed.text[slice(*c.span.segment.right)]
            if row is not None and all(self._operands.is_about(a, row, near) for a in asks):
                return True
        return False

    def _distinct(self, plan: Plan, found: Sequence[Found]) -> bool:
        """Returns whether the figures are several, of one article, and fit what is asked of them."""
        rows = [f.row for f in found if f.row is not None]
        if len({(r.article_id, r.start) for r in rows}) < len(rows):
            return False
        if len({r.article_id for r in rows}) > 1:
            return False
        if plan.operation == "part":
            same = same_unit(rows[0].unit, rows[1].unit) and rows[0].unit != "%"
            return same and Decimal(rows[0].value) <= Decimal(rows[1].value)
        return True

    def _rest(self, plan: Plan, read: ReadHere) -> list[Found]:
        """Returns the whole and the part of it that is done or filled, which stands right after it."""
        reading = read(plan.operands[0].question)
        figures = [c for c in reading.candidates if c.span.type == "figure"]
        verb = re.escape(plan.stem)
        done = FILLED if plan.stem == "空缺" else f"{DONE}|{verb}"
        for whole in figures[:_MOST]:
            row = self._operands.row_at(whole)
            part = self._part_after(whole, row, figures, done) if row else None
            if row and part and not choose_side(reading.asked, [whole]).reason:
                return [
                    Found(Operand("总数", ""), whole, row),
                    Found(Operand("其中", ""), part, self._operands.row_at(part)),
                ]
        return []

    def _parts(self, plan: Plan, read: ReadHere) -> list[Found]:
        """Returns the figures that one sentence gives side by side for the kinds or levels of one thing."""
        reading = read(plan.operands[0].question)
        figures = [c for c in reading.candidates if c.span.type == "figure"]
        if not figures or choose_side(reading.asked, figures[:1]).reason:
            return []
        best = self._operands.row_at(figures[0])
        here = [c for c in figures if c.evidence.start == figures[0].evidence.start]
        pairs = [(c, row) for c in here if (row := self._operands.row_at(c)) is not None]
        if best is None:
            return []
        clause = _clause(figures[0])
        alike_ones = [
            (c, r)
            for c, r in pairs
            if r.unit == best.unit and r.role == best.role and alike(_clause(c), clause) >= _PARALLEL
        ]
        values = [Decimal(r.value) for _, r in alike_ones]
        if len(values) < 2 or any(v * 2 == sum(values) for v in values):
            return []  # a total stands among them
        ordered = sorted(alike_ones, key=lambda p: p[1].start)
        return [Found(Operand(r.subject, ""), c, r) for c, r in ordered]

    def _part_after(
        self, whole: Candidate, row: LedgerRow, figures: Sequence[Candidate], done: str
    ) -> Candidate | None:
        """Returns the figure after a whole, of its unit and smaller, whose clause says that so much is done."""
        after = [
            c
            for c in figures
            if c.evidence.article.article_id == row.article_id
            and 0 < c.evidence.start + c.span.start - row.start < 120
        ]
        for candidate in sorted(after, key=lambda c: c.evidence.start + c.span.start):
            other = self._operands.row_at(candidate)
            text = candidate.parsed.text
            clause = text[slice(*candidate.span.segment.clause)]
            if (
                other is not None
                and same_unit(other.unit, row.unit)
                and Decimal(other.value) < Decimal(row.value)
                and re.search(done, clause)
            ):
                return candidate
        return None


def _clause(candidate: Candidate) -> str:
    return candidate.parsed.text[slice(*candidate.span.segment.clause)]
