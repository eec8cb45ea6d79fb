"""Stated arithmetic: a figure that follows from cited figures by sum, difference, multiple or share."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.figures import Figure, same_unit

Relation = Literal["sum", "difference", "multiple", "share", "growth", "points"]

RELATING = re.compile("相差|差距|合计|总和|之和|加起来|多出|高出|低出|少了|是[^,，。]{0,12}倍|平均每|换算")
_MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a stated value follows from cited ones."""

    relation: Relation
    terms: tuple[str, ...]
    value: str


def verify(stated: Figure, cited: Sequence[Figure], relation: Relation) -> Derivation | None:
    """Returns how a stated figure follows from cited ones, to the digits it is given with; else None.

    The terms of a sum are all cited figures of its unit or some of them; every other relation has two terms.
    """
    amounts = [f for f in cited if f.is_quantity and not f.high]
    shown = Decimal(stated.value)
    if relation == "sum":
        alike = [f for f in amounts if same_unit(f.unit, stated.unit) and f.kind == stated.kind][:_MOST_TERMS]
        for size in range(len(alike), 1, -1):
            for terms in itertools.combinations(alike, size):
                if _agrees(sum((Decimal(t.value) for t in terms), Decimal(0)), shown, stated):
                    return Derivation("sum", tuple(t.value for t in terms), stated.value)
        return None
    for a, b in itertools.permutations(amounts, 2):
        result = _result(relation, a, b)
        if result is not None and _unit_fits(relation, stated, a, b) and _agrees(result, shown, stated):
            return Derivation(relation, (a.value, b.value), stated.value)
    return None


def _result(relation: Relation, a: Figure, b: Figure) -> Decimal | None:
    x, y = Decimal(a.value), Decimal(b.value)
    if not same_unit(a.unit, b.unit) or a.kind != b.kind:
        return None
    if relation in {"difference", "points"}:
        return x - y
    if y == 0:
        return None
    if relation == "growth":
        return (x - y) / y * 100
    return x / y * 100 if relation == "share" else x / y


def _unit_fits(relation: Relation, stated: Figure, a: Figure, b: Figure) -> bool:
    if relation == "points":
        return a.kind == b.kind == "percent" and stated.unit in {"个百分点", "百分点"}
    if relation == "difference":
        return same_unit(stated.unit, a.unit) and a.kind == stated.kind == "number"
    if relation == "multiple":
        return stated.unit == "倍"
    return stated.kind == "percent"


def _agrees(result: Decimal, shown: Decimal, stated: Figure) -> bool:
    """Returns whether a result rounds to the value shown, at the digits shown."""
    exponent = _digits_shown(stated)
    return abs(result - shown) <= exponent / 2


def _digits_shown(stated: Figure) -> Decimal:
    match = re.search(r"\d[\d,]*(?:\.(\d+))?\s*([万亿])?", stated.text)
    if match is None:
        return Decimal(0)
    scale = {"万": Decimal(10**4), "亿": Decimal(10**8)}.get(match[2] or "", Decimal(1))
    if match[1]:
        return scale / (Decimal(10) ** len(match[1]))
    return (
        scale if match[2] else Decimal(1) if stated.kind == "percent" or stated.unit == "倍" else Decimal(0)
    )
