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
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")

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

SCALES |= {"十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}

CHINESE_DIGITS = "〇零一二三四五六七八九十百千万亿两廿卅"

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
    text = text.translate(_PLAIN).replace("廿", "二十").replace("卅", "三十")
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
            whole = total + section if c == "亿" else section
            total = (0 if c == "亿" else total) + (whole or 1) * SCALES[c]
            section, digit, last = 0, -1, SCALES[c]
    if digit > 0:  # 一万二 is 12000, 一万零二 is 10002
        short = last >= 100 and len(text) >= 2 and text[-2] in "百千万亿"
        section += digit * (last // 10 if short else 1)
    return Decimal(total + section)


def approximate_range(text: str) -> tuple[Decimal, Decimal] | None:
    """Returns both ends of a numeral that names two neighbours (`两三`, `二十五六`, `三五百`), or None.

    >>> approximate_range("七八十"), approximate_range("二十五六"), approximate_range("二〇二四")
    ((Decimal('70'), Decimal('80')), (Decimal('25'), Decimal('26')), None)
    """
    match = re.fullmatch(
        "(.*[十百千万亿])?([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)", text
    )
    if match is None:
        return None
    first, second = _DIGITS[match[2]], _DIGITS[match[3]]
    if second - first != 1 and (first, second) != (3, 5):
        return None
    head, tail = match[1] or "", match[4] or ""
    ends = chinese_value(head + match[2] + tail), chinese_value(head + match[3] + tail)
    if tail and len(tail) == 1 and head and tail == head[-1]:
        return None
    return (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None


def amount(text: str) -> tuple[Decimal, str] | None:
    """Returns the value and the inner qualifier of `12.5亿`, `20多万`, `3亿5000万`, or None."""
    squeezed = re.sub(r"[\s,零下]", "", text)
    inner = "".join(re.findall("[余多来几]", squeezed))
    total = Decimal(0)
    for digits, scale in re.findall(r"(\d+(?:\.\d+)?)[余多来几]?([十百千万亿]*)", squeezed):
        if scale not in SCALES:
            return None
        total += Decimal(digits) * SCALES[scale]
    return -total if text.startswith("零下") else total, inner


_PER = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}


def _either(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text[:1].isdigit() else chinese_value(text)


def percent_value(text: str) -> tuple[str, str] | None:
    """Returns a share in percent and the upper end of a range, or None: `5%—10%`, `百分之三至五`, `8‰`.

    >>> percent_value("8.8‰"), percent_value("千分之五"), percent_value("百分之三十至四十")
    (('0.88', ''), ('0.5', ''), ('30', '40'))
    """
    if text == "百分百":
        return "100", ""
    if "分之" in text:
        parts = [p for p in re.split(r"至|到|—+|–|-|~|～", text) if p]
        values = [_either(p[3:] if p[1:3] == "分之" else p) for p in parts]
        factors = [_PER[p[0]] if p[1:3] == "分之" else _PER[text[0]] for p in parts]
        if any(v is None for v in values):
            return None
        ends = [decimal_text(v * f) for v, f in zip(values, factors, strict=True) if v is not None]
        return ends[0], ends[1] if len(ends) > 1 else ""
    found = [Decimal(n.replace(",", "")) for n in re.findall(NUMBER, text)]
    ends = [decimal_text(v / 10 if text.endswith("‰") else v) for v in found]
    if text[0] in "-−":
        ends[0] = f"-{ends[0]}"
    return ends[0], ends[1] if len(ends) > 1 else ""


def share_value(text: str) -> tuple[str, str] | None:
    """Returns tenths in percent: `三成` is 30, `八成五` 85, `三至五成` 30 to 50.

    >>> share_value("八成五"), share_value("三至五成")
    (('85', ''), ('30', '50'))
    """
    whole, _, rest = text.partition("成")
    ends = [_either(p) for p in re.split(r"至|到|—+|–|-|~|～", whole) if p]
    more = Decimal(5) if rest == "半" else chinese_value(rest) if rest else Decimal(0)
    if more is None or any(e is None for e in ends):
        return None
    values = [decimal_text(e * 10 + more) for e in ends if e is not None]
    return values[0], values[1] if len(values) > 1 else ""


def ratio_value(text: str) -> str | None:
    """Returns a ratio in digits with a colon: `一比三` and `1∶3` are `1:3`; None where it is none."""
    ends = [_either(p.strip()) for p in re.split("[:∶比]", text)]
    return ":".join(plain(e) for e in ends) if all(e is not None for e in ends) else None


def half_value(text: str) -> tuple[str, str] | None:
    """Returns the value of `半`, `3年半`, `一个半`, and the unit that stands inside it.

    >>> half_value("3年半"), half_value("一个半"), half_value("半")
    (('3.5', '年'), ('1.5', ''), ('0.5', ''))
    """
    match = re.fullmatch(r"(\d+|[一二两三四五六七八九十]*)(个月|年|小时|天|个)?半", text)
    if match is None:
        return None
    value = _either(match[1]) if match[1] else Decimal(0)
    unit = match[2] or ""
    return None if value is None else (decimal_text(value + Decimal("0.5")), "" if unit == "个" else unit)


def plain(value: Decimal | None) -> str:
    """Returns a plain decimal string, "" for None."""
    return "" if value is None else decimal_text(value)


def fraction_value(text: str) -> str | None:
    """Returns the quotient of `三分之一`, `3/4` or `半数`, or None."""
    if "半" in text:
        return "0.5"
    if "/" in text:
        above, below = text.split("/")
    else:
        below, _, above = text.partition("分之")
    terms = [_either(above), _either(below)]
    if terms[0] is None or not terms[1]:
        return None
    return decimal_text((terms[0] / terms[1]).quantize(Decimal("0.000001")))
