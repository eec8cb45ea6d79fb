"""One indicator by place: which figure stands for a place, and where the figures cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from assistant.bookkeeping.corrections import ShownRow
from retrieval import Record

MOST_BARS = 20
_ROLES = {"level": "", "share": "占比", "change": "增减"}


class Bar(Record):
    """One place's figure."""

    place: str
    shown: ShownRow
    value: Decimal


class Chart(Record):
    """An indicator by place, largest first; `warnings` say where the figures differ in kind."""

    indicator: str
    unit: str
    bars: tuple[Bar, ...]
    warnings: tuple[str, ...] = ()


def indicators(rows: Sequence[ShownRow]) -> list[str]:
    """Returns the indicators that more than one place gives, those of most places first."""
    places: dict[str, set[str]] = {}
    for shown in rows:
        if shown.said("subject") and shown.said("place"):
            places.setdefault(label_of(shown), set()).add(shown.said("place"))
    counted = Counter({name: len(found) for name, found in places.items() if len(found) > 1})
    return [name for name, _ in counted.most_common(30)]


def label_of(shown: ShownRow) -> str:
    """Returns what a row measures and in which unit, e.g. `注册志愿者（人）`."""
    return f"{shown.said('subject')}{_ROLES[shown.row.role]}（{shown.said('unit') or '无单位'}）"


def chart_of(rows: Sequence[ShownRow], indicator: str) -> Chart | None:
    """Returns an indicator's chart, each place by its latest figure; None if only one place gives it."""
    latest: dict[str, ShownRow] = {}
    for shown in rows:
        place = shown.said("place")
        if not place or label_of(shown) != indicator:
            continue
        if place not in latest or _when(shown) > _when(latest[place]):
            latest[place] = shown
    bars = [Bar(place=p, shown=s, value=Decimal(s.said("value"))) for p, s in latest.items()]
    bars.sort(key=lambda bar: (-bar.value, bar.place))
    if len(bars) < 2:
        return None
    kept = tuple(bars[:MOST_BARS])
    return Chart(
        indicator=indicator, unit=bars[0].shown.said("unit"), bars=kept, warnings=tuple(_warnings(kept))
    )


def _when(shown: ShownRow) -> str:
    return shown.said("as_of") or shown.row.published


def _warnings(bars: Sequence[Bar]) -> list[str]:
    rows = [bar.shown.row for bar in bars]
    found = []
    if len({row.per for row in rows}) > 1:
        kinds = "、".join(sorted({row.per or "未注明" for row in rows}))
        found.append(f"口径不同：{kinds}，不宜直接比较。")
    if len({_when(bar.shown)[:4] for bar in bars}) > 1:
        found.append("时间不同：各地数字不是同一年的。")
    if len({row.level for row in rows}) > 1:
        levels = "、".join(sorted({row.level or "未注明" for row in rows}))
        found.append(f"层级不同：{levels}。")
    if any(row.qualifier for row in rows):
        found.append("有的是约数或“超”“多”一类的数，长短只作参考。")
    return found
