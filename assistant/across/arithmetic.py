"""Arithmetic over cited figures: computed here, shown with its terms, and computed again before it is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from assistant.ledger.row import LedgerRow
from retrieval.values import decimal_text

_SCALES = (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4), ("", Decimal(1)))
_SIGNS = {"difference": " − ", "sum": " + ", "times": " ÷ ", "average": " ÷ ", "part": " ÷ "}


@dataclass(frozen=True, slots=True)
class Derived:
    """A result that follows from cited figures.

    Attributes:
        kind: `difference`, `sum`, `times`, `average`, `part`, or `growth` (of the first over the second).
        terms: The figures it follows from, in order.
        value: The result as a decimal string, as shown.
        text: The result with its unit (`5个百分点`, `约15.6倍`); `formula` shows the terms before it.
        exact: False if it is rounded, or a term is only given roughly.
    """

    kind: str
    terms: tuple[LedgerRow, ...]
    value: str
    unit: str
    text: str
    formula: str
    exact: bool


def compute(kind: str, terms: Sequence[LedgerRow], unit: str = "", digits: int = 1) -> Derived | None:
    """Returns the result of an operation, None where it would mean nothing.

    Ranges are not reckoned with; percentages are never added; nothing is divided by zero.
    """
    if len(terms) < 2 or any(t.high for t in terms):
        return None
    values = [Decimal(t.value) for t in terms]
    percent = [t.unit == "%" for t in terms]
    if any(percent) != all(percent) or (kind == "sum" and any(percent)):
        return None
    result = _result(kind, values)
    if result is None:
        return None
    rough = any(t.qualifier for t in terms)
    shown, text, unit = _shown(kind, result, terms, unit, digits)
    exact = not rough and shown == result
    about = "" if exact else "约"
    equals = " = " if exact else " ≈ "
    between = _SIGNS[kind].join(t.text for t in terms)
    return Derived(
        kind,
        tuple(terms),
        decimal_text(shown),
        unit,
        f"{about}{text}",
        f"{between}{equals}{text}",
        exact,
    )


def verified(derived: Derived) -> bool:
    """Returns whether a result follows from its terms; computed anew, up to the rounding of what is shown."""
    result = _result(derived.kind, [Decimal(t.value) for t in derived.terms])
    if result is None:
        return False
    shown = Decimal(derived.value)
    exponent = shown.as_tuple().exponent
    return (
        result.quantize(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0), ROUND_HALF_UP)
        == shown
    )


def _result(kind: str, values: Sequence[Decimal]) -> Decimal | None:
    if kind == "sum":
        return sum(values, Decimal(0))
    first, second = values[0], values[1]
    if kind == "difference":
        return first - second
    if not second:
        return None
    if kind == "growth":
        return abs(first / second - 1) * 100
    return first / second * (100 if kind == "part" else 1)


def _shown(
    kind: str, result: Decimal, terms: Sequence[LedgerRow], unit: str, digits: int
) -> tuple[Decimal, str, str]:
    """Returns the value as shown, its text and its unit."""
    if kind in {"times", "part", "average"}:
        exact = result == result.to_integral_value()
        shown = result if exact else result.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        unit = {"times": "倍", "part": "%"}.get(kind, terms[0].unit)
        return shown, f"{decimal_text(shown)}{unit}", unit
    if terms[0].unit == "%":
        return result, f"{decimal_text(result)}个百分点", "个百分点"
    unit = _common_unit(terms) or unit
    name, scale = _scale(terms)
    scaled = result / scale if abs(result) >= scale else result
    return result, f"{decimal_text(scaled)}{name if abs(result) >= scale else ''}{unit}", unit


def _common_unit(terms: Sequence[LedgerRow]) -> str:
    units = [t.unit for t in terms if t.unit]
    return units[0] if units else ""


def _scale(terms: Sequence[LedgerRow]) -> tuple[str, Decimal]:
    """Returns the smallest of 亿 and 万 that the terms are written in; none if one is written out."""
    found = []
    for term in terms:
        found.append(next((i for i, (name, _) in enumerate(_SCALES) if name and name in term.text), 2))
    return _SCALES[max(found)]


def days_between(earlier: str, later: str) -> int | None:
    """Returns the days from one ISO date to another, None unless both are full dates.

    >>> days_between("2024-01-30", "2024-05-07"), days_between("2024-01", "2024-05-07")
    (98, None)
    """
    if not all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", d) for d in (earlier, later)):
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
