"""Dates in Chinese text: parsed, found, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from retrieval.numerals import half_width
from retrieval.values import chinese_value

DateKind = Literal["date", "partial", "relative"]

_CN = "〇零○一二三四五六七八九十"
_YEAR = r"(?:1[89]|20|21)\d{2}|[一二][〇零○九八一][〇零○一二三四五六七八九]{2}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元"
_DAY = r"3[01]|[12]\d|0?[1-9]|三十一?|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_S = r"[ \t\u3000]*"
_FULL = rf"(?P<y>{_YEAR}){_S}年{_S}(?P<m>{_MONTH}){_S}月(?:份|{_S}(?P<d>{_DAY}){_S}[日号])?"
_DASHED = (
    r"(?P<y2>(?:1[89]|20|21)\d{2})(?P<s>[-/.])(?P<m2>1[0-2]|0?[1-9])"
    r"(?:(?P=s)(?P<d2>3[01]|[12]\d|0?[1-9]))?(?![\d%])(?!\.\d)"
)
_COMPACT = r"(?P<y3>(?:19|20)\d{2})(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?!\d)"
_YEAR_ONLY = rf"(?P<y4>{_YEAR}){_S}年(?:度|底|末|初)?"
_PARTIAL = rf"(?P<m5>{_MONTH})月(?:份|(?P<d5>{_DAY})[日号])?"
_RELATIVE = (
    "今年|去年|前年|明年|今天|昨天|昨日|前天|明天|今日|当日|当天|日前|近日|本月|上月|上个月|本周|上周"
    "|截至目前|目前|近期|近年来?|同年|当年|翌日|次日|次年"
)
_FIND = re.compile(
    rf"(?<!\d)(?:{_FULL}|{_DASHED}|(?:{_YEAR_ONLY})(?!代))"
    rf"|(?<![\d{_CN}第个])(?P<partial>{_PARTIAL})|(?P<relative>{_RELATIVE})"
)
_PARSE = re.compile(rf"(?:{_FULL}|{_DASHED}|{_COMPACT}|{_YEAR_ONLY}|(?P<y6>(?:1[89]|20|21)\d{{2}}))")
_WEEKDAY = r"(?:(?:星期|周).|[(（](?:星期|周).[)）])?"
_CLOCK = r"(?:\d{1,2}[:：时]\d{1,2}[:：分]?[\d.]*秒?(?:Z|[+-]\d{2}:?\d{2})?)?"
_AFTER = re.compile(rf"[\sT]*{_WEEKDAY}[\sT]*{_CLOCK}(?:讯|电)?")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date of a text.

    Attributes:
        value: `YYYY[-MM[-DD]]` for `date`, `--MM[-DD]` for `partial` (no year stated), `""` for `relative`.
    """

    start: int
    end: int
    text: str
    kind: DateKind
    value: str


def parse_date(text: str) -> str:
    """Returns the date that a text is, as `YYYY[-MM[-DD]]`, or `""` if it is none.

    A time of day or a weekday after it is passed over; impossible days are none.

    >>> parse_date("2024年12月31日"), parse_date("二〇二四年五月"), parse_date("2024/5/7 10:30")
    ('2024-12-31', '2024-05', '2024-05-07')
    """
    flat = half_width(text).replace("\u3000", " ").strip()
    match = _PARSE.match(flat)
    if match is None or not _AFTER.fullmatch(flat, match.end()):
        return ""
    return _iso(match)


def find_dates(text: str) -> list[DateSpan]:
    """Returns the dates of a text in order; partial ones without a year, relative ones without a value.

    >>> [(d.text, d.value) for d in find_dates("2024年5月7日挂牌，去年6月……")]
    [('2024年5月7日', '2024-05-07'), ('去年', ''), ('6月', '--06')]
    """
    found: list[DateSpan] = []
    for match in _FIND.finditer(half_width(text)):
        kind: DateKind = "date"
        if match["relative"]:
            kind, value = "relative", ""
        elif match["partial"]:
            kind, value = "partial", _month_day(match["m5"], match["d5"])
        else:
            value = _iso(match)
        if value or kind == "relative":
            found.append(DateSpan(match.start(), match.end(), text[match.start() : match.end()], kind, value))
    return found


def _iso(match: re.Match[str]) -> str:
    groups = match.groupdict()
    for suffix in ("", "2", "3", "4", "6"):
        if year := groups.get(f"y{suffix}"):
            month, day = groups.get(f"m{suffix}"), groups.get(f"d{suffix}")
            rest = _month_day(month, day, _number(year)) if month else "-"
            return f"{_number(year):04}{rest[1:]}" if rest else ""
    return ""


def _month_day(month: str, day: str | None, year: int = 2024) -> str:
    """Returns `--MM[-DD]`, or "" if that year (a leap year if unknown) has no such day."""
    number = _number(month)
    if day is None:
        return f"--{number:02}" if 1 <= number <= 12 else ""
    try:
        return f"-{date(year, number, _number(day)):-%m-%d}"
    except ValueError:
        return ""


def _number(text: str) -> int:
    if text == "元":
        return 1
    plain = text.replace("廿", "二十")
    return int(plain) if plain.isascii() else int(chinese_value(plain) or 0)
