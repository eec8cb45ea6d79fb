"""Figures of a Chinese text: amount, unit and qualifier with exact spans. Pure functions.

A figure is a numeral with what belongs to it: `超390万余人` has value 3900000, unit 人 and
qualifier 超…余. Codes such as `11431` or `1+7+N` and ordinals are found too, but are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from retrieval import MEASURES, Numeral, find_numerals

_BEFORE = re.compile(
    r"(超过|超出|超|逾|突破|不足|不到|未满|不低于|不少于|不超过|不高于|不多于|至少|至多|最多|最少|大约|约为|约|将近|近|接近|[上数几])\s*(?:达|达到|有)?\s*$"
)
_LOOSE = frozenset("上数几")  # qualifiers only right before 十百千万
_INNER = re.compile(r"\s*(余|多|来|几)(?![一-鿿]?元化)")
_AFTER = re.compile(r"\s*(以上|以下|以内|左右|上下|之多|开外)")
_NOUNS = frozenset(("社区 街道 部门 板块 站点 环节 方面 县 市 省 镇 村 乡 区 组 队 站 大 板块").split())
_LONGEST_FIRST = sorted(map(re.escape, MEASURES), key=len, reverse=True)
_UNIT = re.compile(
    "(?:"
    + "|".join(_LONGEST_FIRST)
    + r")|\s+(?:"
    + "|".join(m for m in _LONGEST_FIRST if m not in _NOUNS)
    + ")"
)
_PERSON = frozenset({"名", "人", "位", "个人"})
_EVENT = frozenset({"场", "场次"})
_SAME_QUALIFIER = (
    frozenset({"约", "大约", "约为", "左右", "上下"}),
    frozenset({"超", "超过", "逾", "突破", "超出"}),
    frozenset({"余", "多", "来"}),
    frozenset({"近", "将近", "接近"}),
    frozenset({"不足", "不到", "未满"}),
    frozenset({"以上", "至少", "不低于", "不少于"}),
    frozenset({"以下", "以内", "至多", "最多", "不超过", "不高于", "不多于"}),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its span `[start, end)` on the text it was found in.

    Attributes:
        text: The whole of it as written, qualifier and unit included.
        kind: `number`, `percent`, `date`, `period`, `time`, `ordinal` or `code`.
        value: See `retrieval.Numeral.value`; `high` is the upper end of a range, else "".
        unit: Measure word as written, `%` for percentages, "" if none.
        qualifier: As written, the parts around the amount joined by `…` (`超…余`).
        number: Span of the bare number inside the text.
    """

    start: int
    end: int
    text: str
    kind: str
    value: str
    high: str
    unit: str
    qualifier: str
    number: tuple[int, int]

    @property
    def is_quantity(self) -> bool:
        """True for amounts (numbers and percentages), false for dates, codes and ordinals."""
        return self.kind in {"number", "percent"}


def _quantity(text: str, numeral: Numeral) -> Figure:
    start, end = numeral.start, numeral.end
    before = _BEFORE.search(text, max(0, start - 6), start)
    if before and before[1] in _LOOSE and text[start] not in "十百千万":
        before = None
    parts = [before[1]] if before else []
    if before:
        start = before.start()
    tail = [numeral.inner] if numeral.inner else []
    if numeral.kind == "number" and (inner := _INNER.match(text, end)):
        tail.append(inner[1])
        end = inner.end()
    unit = "%" if numeral.kind == "percent" else ""
    if numeral.kind == "number":
        if tail and text.startswith(("%", "％"), end):
            unit, end = "%", end + 1  # 1000多% is no number of things
        measure = _UNIT.match(text, end) if not unit else None
        if measure and not text.startswith(("大家", "个别", "里的", "里面", "里头", "里有"), measure.start()):
            unit, end = measure[0].strip(), measure.end()
    if after := _AFTER.match(text, end):
        tail.append(after[1])
        end = after.end()
    qualifier = "…".join(filter(None, ("".join(parts), "".join(tail))))
    span = (numeral.start, numeral.end)
    return Figure(
        start, end, text[start:end], numeral.kind, numeral.value, numeral.high, unit, qualifier, span
    )


def extract_figures(text: str) -> list[Figure]:
    """Returns all figures of a text in order.

    >>> [(f.text, f.value, f.unit, f.qualifier) for f in extract_figures("已超390万余人,占18%")]
    [('超390万余人', '3900000', '人', '超…余'), ('18%', '18', '%', '')]
    """
    found = []
    for numeral in find_numerals(text):
        if numeral.kind in {"number", "percent"}:
            found.append(_quantity(text, numeral))
        else:
            found.append(
                Figure(
                    numeral.start,
                    numeral.end,
                    numeral.text,
                    numeral.kind,
                    numeral.value,
                    numeral.high,
                    "",
                    "",
                    (numeral.start, numeral.end),
                )
            )
    return found


def same_unit(a: str, b: str) -> bool:
    """Returns whether two units count the same: 名 and 人 do, 人 and 人次 do not; an absent one fits any."""
    return not a or not b or a == b or {a, b} <= _PERSON or {a, b} <= _EVENT or {a, b} <= {"元", "块", "块钱"}


def qualifier_set(qualifier: str) -> frozenset[int]:
    """Returns the classes of a qualifier's parts, so that 超 and 超过 are equal and 约 and 超 are not."""
    parts = re.findall(
        "|".join(sorted({q for group in _SAME_QUALIFIER for q in group}, key=len, reverse=True)), qualifier
    )
    return frozenset(i for i, group in enumerate(_SAME_QUALIFIER) for part in parts if part in group)


def same_amount(a: Figure, b: Figure) -> bool:
    """Returns whether two figures give the same amount, whatever the notation."""
    if a.is_quantity and b.is_quantity:
        return a.kind == b.kind and Decimal(a.value) == Decimal(b.value) and _same_high(a.high, b.high)
    return a.kind == b.kind and a.value == b.value and a.high == b.high


def _same_high(a: str, b: str) -> bool:
    return a == b or bool(a and b and Decimal(a) == Decimal(b))


def same_figure(a: Figure, b: Figure) -> bool:
    """Returns whether amount, unit and qualifier all agree."""
    return (
        same_amount(a, b)
        and same_unit(a.unit, b.unit)
        and qualifier_set(a.qualifier) == qualifier_set(b.qualifier)
    )
