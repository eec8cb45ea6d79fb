"""Figures of several places as rows of a table, and who has the most of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.across.caveats import Side, caveats
from assistant.across.fitting import comparable
from assistant.across.lines import Line, Part, row_figure
from assistant.across.plan import Plan
from assistant.across.result import Result, unique
from assistant.figures import same_unit
from assistant.ledger.row import LedgerRow

HEADING = ("地区", "数字", "数的对象", "时间")
_THINGS = frozenset("个 家 所 处 座 支".split())


def alike_ones(sides: Sequence[Side]) -> list[Side]:
    """Returns the figures that may stand in one table with the most of them: percentages apart from amounts."""
    if not sides:
        return []
    groups = [[s for s in sides if _one_table(s.row, anchor.row)] for anchor in sides]
    return max(groups, key=len)


def _one_table(a: LedgerRow, b: LedgerRow) -> bool:
    """Returns whether two figures count alike enough for one table: people with people, things with things."""
    return comparable(a, b) and (same_unit(a.unit, b.unit) or {a.unit, b.unit} <= _THINGS)


def one_each(sides: Sequence[Side]) -> list[Side]:
    """Returns one figure for each place: the newest."""
    found: dict[str, Side] = {}
    for side in sides:
        kept = found.get(side.label)
        if kept is None or (side.row.as_of or side.row.published) > (kept.row.as_of or kept.row.published):
            found[side.label] = side
    return list(found.values())


def table_row(side: Side) -> Line:
    """Returns the row of one place: its figure, what that counts, and its time."""
    row = side.row
    subject = row.subject
    time = row.time.strip("，, ")
    parts = [Part(row.text, (side.evidence,))]
    parts += [Part(piece, (side.evidence,)) for piece in (row.subject, time) if piece]
    text = f"{side.label}：{row.text}" + (f"（{row.subject}）" if row.subject else "")
    cells = (side.label, row.text, subject or "原文未写明", time or "原文未注明时间")
    figures = (row_figure(row, side.evidence),)
    return Line(text, (side.evidence,), tuple(parts), figures, labels=(side.label,), cells=cells)


def winner(plan: Plan, sides: Sequence[Side], silent: str, understood: str) -> Result:
    """Returns who has the most (or least) of those that give a figure; one alone is no superlative."""
    rows = tuple(table_row(s) for s in sides)
    level = _asked_level(plan)
    ranked = [s for s in sides if not level or s.row.level == level] if level else list(sides)
    if len(ranked) < 2:
        said = "库中只有一处给出这一数字，不能比较谁最" + ("少。" if plan.lower else "多。")
        return Result(rows, "", ("可比的其他地区",), said, heading=HEADING, understood=understood)
    ordered = sorted(ranked, key=lambda s: Decimal(s.row.value), reverse=not plan.lower)
    first = ordered[0]
    share = first.row.unit == "%"
    word = ("最低" if share else "最少") if plan.lower else ("最高" if share else "最多")
    shown = "，".join(f"{s.label}{s.row.text}" for s in ordered)
    line = Line(
        f"有数字可查的{len(ordered)}处中，{first.label}{word}：{shown}",
        unique([s.evidence for s in ordered]),
        tuple(Part(s.row.text, (s.evidence,)) for s in ordered),
        tuple(row_figure(s.row, s.evidence) for s in ordered),
        counts=(str(len(ordered)),),
        labels=tuple(s.label for s in ordered),
    )
    notes = caveats(ordered, same_thing=True, same_time=True)
    said = f"没有给出这一数字的：{silent}。" if silent else ""
    return Result(
        (*notes, line, *rows),
        f"{first.label}{word}（{first.row.text}）",
        (),
        said,
        heading=HEADING,
        understood=understood,
    )


def _asked_level(plan: Plan) -> str:
    match = re.search(r"省|市|区|县", "".join(plan.places))
    return {"省": "省", "市": "市", "区": "县", "县": "县"}.get(match[0], "") if match else ""
