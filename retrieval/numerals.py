"""Numeric expressions in Chinese text: where they stand, what kind they are, what they are worth.

One scanner serves the tokenizer (equal amounts become equal tokens), the sentence splitter's tests
(a figure is never cut) and the figures of the assistant. Offsets are on the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from retrieval.measures import MEASURE, MEASURES, WEAK_AFTER_CHINESE
from retrieval.notation import BULLET, LINE_START, RANGE, SCANNER, STARTS
from retrieval.readings import READERS
from retrieval.values import SCALES, chinese_value, decimal_text

__all__ = [
    "MEASURES",
    "Numeral",
    "NumeralKind",
    "chinese_value",
    "decimal_text",
    "find_numerals",
    "half_width",
]

NumeralKind = Literal["number", "percent", "date", "period", "time", "ordinal", "ratio", "code"]

_WIDE = {chr(i): chr(i - 0xFEE0) for i in range(0xFF01, 0xFF5F)} | {"○": "〇", "﹢": "+"}
_IS_WIDE = re.compile("[！-～○﹢]")

# Chinese numerals stand inside many words (三亚, 统一, 万一, 百姓): one counts as a quantity only before a
# measure word, or when it is long enough to be nothing else.
_NOT_QUANTITY = re.compile(
    "统一|一[体些定般样直致起旦律切味心面旁边带贯线流经向共并再手行批方面举揽步]|万[一宁象众]|百[姓货]|千[方百]|三[亚明农沙峡门]|四川|十[分足]|六安|八[一达]|九[江寨]|"
    "两[新企委会岸难]|一[把把流]|双百|百强|万科|一[号次]性"
)
_AFTER_DOCUMENT = re.compile(
    "(?:.*(?:按照|根据|依据|依照|印发|下发|出台|发布|文件|通知|落实|执行|贯彻|[《(（〔“的了以和与及对]))?"
)
_LOOSE_INNER = ("余", "多", "来", "几")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeric expression of a text.

    Attributes:
        value: Amount as a plain decimal; a percentage in percent, a fraction as the quotient's value;
            for dates an ISO 8601 string (`2024-12-31`, `2024-12`, `2024`, `--12-31`, `--12`, `---31`);
            for ratios `1:3`; for codes, times and ordinals their text in half width.
        high: Upper end of a range, else "".
        inner: `余`, `多`, `来`, `几` standing inside the number (`20多万`), else "".
        unit: A unit that stands inside it (`3年半`), else "".
    """

    start: int
    end: int
    text: str
    kind: NumeralKind
    value: str
    high: str = ""
    inner: str = ""
    unit: str = ""


def half_width(text: str) -> str:
    """Returns the text with full-width ASCII made half-width; the length is unchanged."""
    return _IS_WIDE.sub(lambda match: _WIDE[match[0]], text)  # few are: faster than to translate every one


def _chinese_is_quantity(text: str, numeral: str, end: int, start: int) -> bool:
    around = text[max(0, start - 1) : end + 2]
    if len(numeral) <= 2 and (m := _NOT_QUANTITY.search(around)) and start - max(0, start - 1) < m.end():
        return False
    if text.startswith(_LOOSE_INNER, end) and numeral[-1] in "十百千万亿":
        return text[end] in "余多" or MEASURE.match(text, end + 1) is not None
    if text.startswith(("年级", "年制", "产业"), end) or numeral == "百千万":  # 百千万工程
        return False
    if any(c in numeral for c in "余多来几至到—") or _is_group(text, numeral, start):
        return True
    measure = MEASURE.match(text, end)
    if len(numeral) == 1:
        if numeral == "一" or numeral in "百千万亿零〇":
            return (numeral in {"百", "千", "万"} and _counts_after(measure)) or (
                numeral in {"万", "亿"} and measure is not None and measure[0] == "元"
            )
        return measure is not None and (
            len(measure[0]) > 1 or measure[0] not in WEAK_AFTER_CHINESE or measure[0] in "大级"
        )
    return (
        measure is not None or "点" in numeral or (len(numeral) >= 3 and chinese_value(numeral) is not None)
    )


def _is_group(text: str, numeral: str, start: int) -> bool:
    """Returns whether a round number stands by itself for an amount: 上百家, 数千人, 亿元以上, 十日内."""
    measure = MEASURE.match(text, start + len(numeral))
    if measure is None or numeral[0] not in "十百千万亿":
        return False
    lead = text[:start].endswith((
        "上",
        "近",
        "数",
        "几",
        "成",
        "过",
        "超",
        "逾",
        "约",
        "至少",
        "不足",
        "不到",
        "突破",
        "最少",
        "最多",
    ))
    return lead or text.startswith(("以上", "以下", "内"), measure.end())


def _counts_after(measure: re.Match[str] | None) -> bool:
    return measure is not None and measure[0] in {*"个名人位户家座所件场支项条"}


def _convert(match: re.Match[str], text: str) -> Numeral | None:
    """Returns the numeral of a match, None where the characters are none."""
    group, stripped = str(match.lastgroup), match[0].rstrip()
    start, end = match.start(), match.start() + len(stripped)
    if group == "chinese" and not _chinese_is_quantity(text, stripped, end, start):
        return None
    if group == "docno":
        start = _document_start(text, start)
        stripped = text[start:end]
    read = READERS[group](stripped)
    if read is None:
        return None
    kind = _KINDS.get(group, "number")
    if kind == "number" and stripped.isdecimal() and _NUMBERED.match(text, end):
        kind = "code"  # 中街23号院
    return Numeral(start, end, stripped, kind, *read)


def _document_start(text: str, bracket: int) -> int:
    """Returns where a document number begins whose year stands in a bracket: 国发 of 国发〔2024〕3号."""
    run = re.search(r"[一-鿿]{0,8}$", text[:bracket])
    before = run[0] if run else ""
    cut = _AFTER_DOCUMENT.match(before)
    return bracket - len(before) + (cut.end() if cut else 0)


_NUMBERED = re.compile(r"号(?:楼|院|门|馆|厅|房|栋|地块|码头|仓库?|井|机组|桥)")
_KINDS: dict[str, NumeralKind] = {
    "docno": "code",
    "code": "code",
    "span": "period",
    "decade": "period",
    "period": "period",
    "date": "date",
    "time": "time",
    "ratio": "ratio",
    "ordinal": "ordinal",
    "percent": "percent",
    "share": "percent",
}


def _scan(text: str) -> Iterator[Numeral]:
    position = 0
    while begin := STARTS.search(text, position):
        start = begin.start()
        bullet = BULLET.match(text, start)
        if bullet and (text[start] == "(" or LINE_START.search(text[max(0, start - 8) : start])):
            position = bullet.end()
            continue
        match = SCANNER.match(text, start)
        position = match.end() if match else start + 1
        numeral = _convert(match, text) if match else None
        if numeral is None:
            continue
        if numeral.kind == "number" and numeral.text.endswith(_LOOSE_INNER):
            trimmed = numeral.text.rstrip("余多来几 ")
            numeral = replace(numeral, end=numeral.start + len(trimmed), text=trimmed, inner="")
        yield numeral


def _join_ranges(found: list[Numeral], text: str) -> Iterator[Numeral]:
    """Joins `2—3`, `10至12万` into one number with a high end, where a range sign alone stands between."""
    i = 0
    while i < len(found):
        a = found[i]
        b = found[i + 1] if i + 1 < len(found) else None
        if b and a.kind == b.kind == "number" and re.fullmatch(rf"\s*{RANGE}\s*", text[a.end : b.start]):
            low, top = Decimal(a.value), Decimal(b.value)
            scale = SCALES.get(b.text.lstrip("0123456789.,余多几 "), 1) if a.text[-1].isdigit() else 1
            if low * scale < top:  # 10至12万 is 100000 to 120000
                value = decimal_text(low * scale)
                yield Numeral(a.start, b.end, text[a.start : b.end], "number", value, b.value, b.inner)
                i += 2
                continue
        yield a
        i += 1


def find_numerals(text: str) -> list[Numeral]:
    """Returns the numeric expressions of a text in order, without overlap.

    >>> [(n.text, n.kind, n.value) for n in find_numerals("2024年5月有12.5亿元，占26.3%，即“11431”")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('2024年5月', 'date', '2024-05'), ('12.5亿', 'number', '1250000000'), ('26.3%', 'percent', '26.3'),
     ('11431', 'code', '11431')]
    """
    flat = half_width(text)
    if flat == text:
        return list(_join_ranges(list(_scan(flat)), flat))
    return [replace(n, text=text[n.start : n.end]) for n in _join_ranges(list(_scan(flat)), flat)]
