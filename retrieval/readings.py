"""What each kind of numeric expression is worth: value, high end, the 余 inside it and its unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from retrieval.periods import date_value, decade_value, period_value, span_value
from retrieval.values import (
    amount,
    approximate_range,
    chinese_value,
    decimal_text,
    fraction_value,
    half_value,
    percent_value,
    plain,
    ratio_value,
    share_value,
)


class Reading(NamedTuple):
    """What a numeric expression is worth; fields as in `Numeral`."""

    value: str
    high: str = ""
    inner: str = ""
    unit: str = ""


def _read_number(text: str) -> Reading | None:
    found = amount(text)
    return None if found is None else Reading(decimal_text(found[0]), "", found[1])


def _read_fraction(text: str) -> Reading | None:
    quotient = fraction_value(text)
    return None if quotient is None else Reading(quotient)


def _read_half(text: str) -> Reading | None:
    found = half_value(text)
    return None if found is None else Reading(found[0], unit=found[1])


def _read_doubled(text: str) -> Reading:
    """Reads 翻一番, 翻两番 and 翻番 as so many 番."""
    times = text.strip("翻了番")
    return Reading(plain(chinese_value(times)) if times else "1", unit="番")


def _read_composed(text: str) -> Reading:
    whole, unit, tenth = re.split("([米块斤])", text)
    return Reading(f"{whole}.{tenth}", unit=unit)


def _read_chinese(text: str) -> Reading | None:
    ends = re.split("至|到|—", text)
    if len(ends) == 2:
        low, high = chinese_value(ends[0]), chinese_value(ends[1])
        if low is None or high is None or low >= high:
            return None
        return Reading(decimal_text(low), decimal_text(high))
    inner = re.search("[余多来几]", text)
    bare = re.sub("[余多来几]", "", text)
    if neighbours := approximate_range(bare):
        return Reading(*map(decimal_text, neighbours))
    value = chinese_value(bare)
    return None if value is None else Reading(decimal_text(value), "", inner[0] if inner else "")


def _read_pair(read: Callable[[str], tuple[str, str] | None]) -> Callable[[str], Reading | None]:
    def reader(text: str) -> Reading | None:
        found = read(text)
        return None if found is None else Reading(*found)

    return reader


def _read_ratio(text: str) -> Reading | None:
    value = ratio_value(text)
    return None if value is None else Reading(value)


def _read_ordinal(text: str) -> Reading:
    rest = text[1:]
    return Reading(str(int(rest)) if rest.isdecimal() else plain(chinese_value(rest)) or rest)


READERS: dict[str, Callable[[str], Reading | None]] = {
    "docno": Reading,
    "code": Reading,
    "time": Reading,
    "span": _read_pair(span_value),
    "decade": _read_pair(decade_value),
    "period": _read_pair(period_value),
    "date": lambda text: Reading(date_value(text)),
    "ratio": _read_ratio,
    "ordinal": _read_ordinal,
    "percent": _read_pair(percent_value),
    "share": _read_pair(share_value),
    "fraction": _read_fraction,
    "half": _read_half,
    "doubled": _read_doubled,
    "composed": _read_composed,
    "spaced": _read_number,
    "number": _read_number,
    "formal": _read_chinese,
    "chinese": _read_chinese,
}
