"""Amounts that narrow what is counted: «3000万元以下的», «超亿元的», «3000万到5000万之间的», as bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.figures import Figure, qualifier_set, same_unit

_MORE = qualifier_set("超") | qualifier_set("以上") | qualifier_set("上") | qualifier_set("开外")
_LESS = qualifier_set("不足") | qualifier_set("以下")
_BELOW_AFTER = re.compile(r"(?:元|块)?钱?(?:都|还|也)?(?:不到|不足|没到|达不到|没达到|未达到?|没有到)")
_ABOVE_AFTER = re.compile(r"(?:元|块)?钱?(?:往上|打底|起步|开外|及以上)")
_NOT_BEFORE = re.compile(r"(?:没有?|未)$")
_JOINED = re.compile(r"\s*(?:到|至|—|-|~|～)\s*")
_PART = 0.5  # credit of the same amount where one side does not say whether more or less is meant


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` to `high`, None where open; both the same where the text gives the bare amount."""

    low: Decimal | None
    high: Decimal | None
    unit: str

    @property
    def is_bare(self) -> bool:
        """True if the text does not say whether more or less than the amount is meant."""
        return self.low == self.high


def bounds_of(text: str, figures: Sequence[Figure]) -> list[Bounds]:
    """Returns the bounds that the quantities of a text set, in order; two joined by 到 or 至 are one."""
    quantities = [f for f in figures if f.is_quantity]
    found: list[Bounds] = []
    position = 0
    while position < len(quantities):
        figure = quantities[position]
        after = quantities[position + 1] if position + 1 < len(quantities) else None
        if after and not figure.high and _JOINED.fullmatch(text[figure.end : after.start]):
            found.append(Bounds(Decimal(figure.value), Decimal(after.value), after.unit or figure.unit))
            position += 2
            continue
        found.append(_bounds(text, figure))
        position += 1
    return found


def spans_of_bounds(text: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """Returns where the amounts stand that `figures` (quantities, in order) give, with what says more or less."""
    spans: list[tuple[int, int]] = []
    for figure in figures:
        if spans and _JOINED.fullmatch(text[spans[-1][1] : figure.start]):
            spans[-1] = (spans[-1][0], figure.end)
            continue
        after = _BELOW_AFTER.match(text, figure.end) or _ABOVE_AFTER.match(text, figure.end)
        start = negated.start() if (negated := _NOT_BEFORE.search(text[: figure.start])) else figure.start
        spans.append((start, after.end() if after else figure.end))
    return spans


def _bounds(text: str, figure: Figure) -> Bounds:
    value = Decimal(figure.value)
    if qualifier_set(figure.qualifier) & _MORE and _NOT_BEFORE.search(text[: figure.start]):
        return Bounds(None, value, figure.unit)
    if figure.high:
        return Bounds(value, Decimal(figure.high), figure.unit)
    if qualifier_set(figure.qualifier) & _LESS or _BELOW_AFTER.match(text, figure.end):
        return Bounds(None, value, figure.unit)
    if qualifier_set(figure.qualifier) & _MORE or _ABOVE_AFTER.match(text, figure.end):
        return Bounds(value, None, figure.unit)
    return Bounds(value, value, figure.unit)


def agree(asked: Bounds, told: Bounds) -> float:
    """Returns 1.0 for the same bounds, 0.5 where one of them leaves open which way, else 0.0."""
    if not same_unit(asked.unit, told.unit):
        return 0.0
    if (asked.low, asked.high) == (told.low, told.high):
        return 1.0
    if asked.is_bare or told.is_bare:
        one, other = (asked, told) if asked.is_bare else (told, asked)
        return _PART if one.low in {other.low, other.high} and not (other.low and other.high) else 0.0
    return 0.0
