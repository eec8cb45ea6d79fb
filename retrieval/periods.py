"""Dates and stretches of time in Chinese notation turned into ISO 8601 values."""

from __future__ import annotations

import re

from retrieval.values import CHINESE_DIGITS, YEAR, chinese_value

_PARTS = re.compile(rf"([\d{CHINESE_DIGITS}]+)(年|月|日|号)")
_QUARTERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese_value(text) or 0)


def _parts(text: str) -> tuple[int, int, int]:
    """Returns year, month and day of a date, 0 for what it lacks."""
    parts = {unit.replace("号", "日"): _number(value) for value, unit in _PARTS.findall(text)}
    if not parts and (m := re.match(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text)):
        return int(m[1]), int(m[2]), int(m[3] or 0)
    if not parts:  # the 4 of «4、5月»
        return 0, _number(text), 0
    return parts.get("年", 0), parts.get("月", 0), parts.get("日", 0)


def iso_of(year: int, month: int, day: int) -> str:
    """Returns the ISO 8601 form of what is known of a date: `2024-12-31`, `2024-12`, `--12-31`, `---31`."""
    if year:
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    if month:
        return f"--{month:02}" + (f"-{day:02}" if day else "")
    return f"---{day:02}"


def date_value(text: str) -> str:
    """Returns the ISO 8601 form of a date.

    >>> date_value("二〇二四年五月"), date_value("12月31日"), date_value("十五日")
    ('2024-05', '--12-31', '---15')
    """
    return iso_of(*_parts(text))


def period_value(text: str) -> tuple[str, str]:
    """Returns first and last year of `2025—2027年`, or the name of a plan (`十五五`) and ""."""
    years = [str(chinese_value(y)) if not y.isdigit() else y for y in re.findall(YEAR, text)]
    return (years[0], years[1]) if len(years) == 2 else (re.sub(r"[“”\"‘’']", "", text), "")


def span_value(text: str) -> tuple[str, str]:
    """Returns the first and the last month or day of a stretch of time.

    >>> span_value("2024年1—11月"), span_value("3月5日至7日")
    (('2024-01', '2024-11'), ('--03-05', '--03-07'))
    >>> span_value("2024年上半年"), span_value("前三季度")
    (('2024-01', '2024-06'), ('--01', '--09'))
    """
    year = _parts(text)[0] if "年" in text.replace("半年", "") else 0
    if text.endswith("半年"):
        first, last = (1, 6) if "上" in text else (7, 12)
        return iso_of(year, first, 0), iso_of(year, last, 0)
    if quarter := re.search(r"(前)?第?([一二两三四1-4])季度", text):
        which = _QUARTERS.get(quarter[2]) or int(quarter[2])
        first = 1 if quarter[1] else 3 * which - 2
        return iso_of(year, first, 0), iso_of(year, 3 * which, 0)
    return _from_to(text)


def _from_to(text: str) -> tuple[str, str]:
    low, high = re.split(r"—{1,2}|–|-|~|～|至|到", text, maxsplit=1)
    days = "日" in text or "号" in text
    low = low if low[-1] in "月日号" else low + ("日" if days else "月")
    a, b = _parts(low), _parts(high)
    return iso_of(*a), iso_of(b[0] or a[0], b[1] or a[1], b[2])


def decade_value(text: str) -> tuple[str, str]:
    """Returns the first and the last year of a decade; one without a century is of the last.

    >>> decade_value("20世纪80年代"), decade_value("九十年代"), decade_value("2010年代")
    (('1980', '1989'), ('1990', '1999'), ('2010', '2019'))
    """
    match = re.search(rf"(\d+|[{CHINESE_DIGITS}]+)年代", text)
    number = _number(match[1]) if match else 0
    if number >= 1000:
        return str(number), str(number + 9)
    century = 2000 if re.match("21|二十一|本", text) or ("世纪" not in text and number < 30) else 1900
    return str(century + number), str(century + number + 9)
