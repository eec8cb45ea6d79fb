"""What must be said before figures are set against each other: how they differ in what they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.across.fitting import alike
from assistant.across.lines import Line, Part
from assistant.evidence import Evidence
from assistant.figures import same_unit
from assistant.ledger.row import LedgerRow

_ROLES = {"level": "数量", "share": "占比", "change": "增减幅度"}
_LEVELS = {
    "全国": "全国", "省": "省级", "市": "市级", "县": "县（区）级", "乡镇": "乡镇级", "村": "村级", "": "未写明层级",
}  # fmt: skip
_SAME_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """One figure of a comparison: what it is called, its row and its sentence."""

    label: str
    row: LedgerRow
    evidence: Evidence


def caveats(sides: Sequence[Side], *, same_thing: bool, same_time: bool) -> list[Line]:
    """Returns the lines that say how the figures differ, nothing where they do not.

    Args:
        sides: The figures.
        same_thing: True if the question means one thing counted in several places.
        same_time: True if it means one time.
    """
    tests: list[tuple[str, Callable[[Side], str], Callable[[Side], str]]] = [
        ("口径不同", _per, lambda s: _base(_per(s))),
    ]
    if same_time:
        tests.append(("时间不同", _when, lambda s: s.row.as_of[:7] or s.row.time))
    lines = []
    for name, told, compared in tests:
        values = [compared(s) for s in sides]
        if len(set(values)) > 1 and any(values):
            lines.append(_line(name, sides, told))
    if _units_differ(sides):
        lines.append(_line("单位不同", sides, lambda s: f"“{s.row.unit}”" if s.row.unit else ""))
    if same_thing and len({s.row.level for s in sides}) > 1:
        lines.append(_told("层级不同", sides, lambda s: f"是{_LEVELS[s.row.level]}"))
    if len({s.row.role for s in sides}) > 1:
        lines.append(_told("性质不同", sides, lambda s: _ROLES[s.row.role]))
    if same_thing and any(alike(sides[0].row.subject, s.row.subject) < _SAME_ENOUGH for s in sides[1:]):
        lines.append(
            _line("数的对象名称不同", sides, lambda s: f"“{_plain(s.row.subject)}”" if s.row.subject else "")
        )
    return lines


def _units_differ(sides: Sequence[Side]) -> bool:
    units = [s.row.unit for s in sides if s.row.unit]
    return any(not same_unit(units[0], u) for u in units[1:])


def _per(side: Side) -> str:
    return f"“{side.row.per}”" if side.row.per else ""


def _base(per: str) -> str:
    return re.sub(r"[“”]|占|总数|计算", "", per)


def _plain(subject: str) -> str:
    return re.sub(r"[“”]", "", subject)


def _when(side: Side) -> str:
    return side.row.time.strip("，, ") if side.row.time else ""


def _line(name: str, sides: Sequence[Side], told: Callable[[Side], str]) -> Line:
    """Returns a caveat whose words all come from the articles."""
    missing = "原文未注明时间" if name == "时间不同" else "原文未写明"
    text = f"{name}：" + "；".join(f"{s.label}{told(s) or missing}" for s in sides)
    parts = tuple(Part(told(s), (s.evidence,)) for s in sides if told(s))
    return Line(text, _unique(sides), parts, labels=tuple(s.label for s in sides))


def _told(name: str, sides: Sequence[Side], told: Callable[[Side], str]) -> Line:
    """Returns a caveat in the product's own words."""
    text = f"{name}：" + "；".join(f"{s.label}{told(s)}" for s in sides)
    parts = tuple(Part(s.row.text, (s.evidence,)) for s in sides)
    return Line(text, _unique(sides), parts, labels=tuple(s.label for s in sides))


def _unique(sides: Sequence[Side]) -> tuple[Evidence, ...]:
    found = {(s.evidence.article.article_id, s.evidence.start): s.evidence for s in sides}
    return tuple(found.values())
