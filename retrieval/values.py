"""Amounts, dates and percentages in Chinese notation turned into values."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}

_TENS = {"十": 10, "百": 100, "千": 1000}

SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}

SCALES |= {"百亿": 10**10, "千亿": 10**11, "万亿": 10**12}

CHINESE_DIGITS = "〇零一二三四五六七八九十百千万亿两"

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"

YEAR = r"(?:(?:19|20|21)\d{2}|[一二][〇零九一][〇零一二三四五六七八九]{2})"


def decimal_text(value: Decimal) -> str:
    """Returns a plain decimal string without exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def chinese_value(text: str) -> Decimal | None:
    """Returns the value of a Chinese numeral (`一千三百八十一`, `十二点五亿`, `二〇二四`), or None.

    >>> chinese_value("十二点五亿"), chinese_value("两千零五"), chinese_value("二〇二四")
    (Decimal('1250000000.0'), Decimal('2005'), Decimal('2024'))
    """
    scale = 1
    if "点" in text:
        while text and text[-1] in "万亿":
            scale *= SCALES[text[-1]]
            text = text[:-1]
        whole, _, fraction = text.partition("点")
        base = _chinese_integer(whole)
        if base is None or not fraction or any(c not in _DIGITS for c in fraction):
            return None
        return (base + Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))) * scale
    return _chinese_integer(text)


def _chinese_integer(text: str) -> Decimal | None:
    if not text or any(c not in _DIGITS and c not in "十百千万亿" for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total, section, digit, last = 0, 0, -1, 0
    for c in text:
        if c in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[c]
        elif c in _TENS:
            section += (digit if digit > 0 else 1) * _TENS[c]
            digit, last = -1, _TENS[c]
        else:
            section += max(digit, 0)
            total = (total + section) * SCALES[c] if c == "亿" else total + max(section, 1) * SCALES[c]
            section, digit, last = 0, -1, SCALES[c]
    if digit > 0:  # 一万二 is 12000, 一万零二 is 10002
        short = last >= 100 and len(text) >= 2 and text[-2] in "百千万亿"
        section += digit * (last // 10 if short else 1)
    return Decimal(total + section)


def amount(text: str) -> tuple[Decimal, str] | None:
    """Returns the value and the inner qualifier of `12.5亿`, `20多万`, `3亿5000万`, or None."""
    squeezed = re.sub(r"[\s,]", "", text)
    inner = "".join(re.findall("[余多来几]", squeezed))
    total = Decimal(0)
    for digits, scale in re.findall(r"(\d+(?:\.\d+)?)[余多来几]?([十百千万亿]*)", squeezed):
        if scale not in SCALES:
            return None
        total += Decimal(digits) * SCALES[scale]
    return total, inner


def date_value(text: str) -> str:
    """Returns the ISO 8601 form of a date: `2024-12-31`, `2024-12`, `2024`, `--12-31`, `--12`, `---31`."""
    parts = {k: v for v, k in re.findall(rf"([\d{CHINESE_DIGITS}]+)(年|月|日|号)", text)}
    if not parts and (m := re.match(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text)):
        parts = {"年": m[1], "月": m[2]} | ({"日": m[3]} if m[3] else {})
    numbers = {k: int(v) if v.isdigit() else int(chinese_value(v) or 0) for k, v in parts.items()}
    year, month, day = numbers.get("年"), numbers.get("月"), numbers.get("日", numbers.get("号"))
    if year:
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    if month:
        return f"--{month:02}" + (f"-{day:02}" if day else "")
    return f"---{day:02}"


def period_value(text: str) -> tuple[str, str]:
    """Returns first and last year of `2025—2027年`, or the name of a plan (`十五五`) and ""."""
    years = [str(chinese_value(y)) if not y.isdigit() else y for y in re.findall(YEAR, text)]
    return (years[0], years[1]) if len(years) == 2 else (re.sub(r"[“”\"‘’']", "", text), "")


def percent_value(text: str) -> tuple[str, str] | None:
    """Returns a percentage in percent and the upper end of a range, or None."""
    if text.startswith("百分之"):
        rest = text[3:]
        value = Decimal(rest.replace(",", "")) if rest[0].isdigit() else chinese_value(rest)
        return None if value is None else (decimal_text(value), "")
    found = [Decimal(n.replace(",", "")) for n in re.findall(NUMBER, text)]
    values = [decimal_text(v / 10 if text.endswith("‰") else v) for v in found]
    return values[0], values[1] if len(values) > 1 else ""


def plain(value: Decimal | None) -> str:
    """Returns a plain decimal string, "" for None."""
    return "" if value is None else decimal_text(value)


def fraction_value(text: str) -> str | None:
    """Returns the quotient of `三分之一`, or None."""
    below, _, above = text.partition("分之")
    terms = [Decimal(t) if t.isdigit() else chinese_value(t) for t in (above, below)]
    if terms[0] is None or not terms[1]:
        return None
    return decimal_text((terms[0] / terms[1]).quantize(Decimal("0.000001")))
