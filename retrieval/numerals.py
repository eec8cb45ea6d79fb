"""Numeric expressions in Chinese text: where they stand, what kind they are, what they are worth.

One scanner serves the tokenizer (equal amounts become equal tokens), the sentence splitter's tests
(a figure is never cut) and the figures of the assistant. Offsets are on the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

NumeralKind = Literal["number", "percent", "date", "period", "time", "ordinal", "code"]

_WIDE = {i: i - 0xFEE0 for i in range(0xFF01, 0xFF5F)} | {ord("○"): ord("〇"), ord("﹢"): ord("+")}
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {
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
_SCALES |= {"百亿": 10**10, "千亿": 10**11, "万亿": 10**12}

_CN = "〇零一二三四五六七八九十百千万亿两"
_NUM = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_YEAR = r"(?:(?:19|20|21)\d{2}|[一二][〇零九一][〇零一二三四五六七八九]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_RANGE = r"(?:—{1,2}|–|-|~|～|至|到)"
_UNITS_AFTER_CODE = "工作法|工作机制|工作体系|工作思路|体系|模式|机制|热线|工程|行动|思路|部署|战略|平台|计划|品牌|格局|党建|政务|基层治理"

_SCANNER = re.compile(
    rf"""
    (?P<docno>[\u4e00-\u9fff]{{1,8}}[〔\[(]\d{{4}}[〕\])]\d+号)
  | (?P<period>{_YEAR}年?{_RANGE}{_YEAR}年(?!代)|[“"‘']?十[一二三四五六]五[”"’']?(?=时期|期间|规划|末|以来|[”"’'\s，,。;；、]|开局|$))
  | (?P<date>{_YEAR}年{_MONTH}月{_DAY}[日号]|{_YEAR}年{_MONTH}月(?:份)?|{_YEAR}年(?:度)?(?!代)
      |(?<!\d)(?:19|20)\d{{2}}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)
      |(?<!\d)(?:19|20)\d{{2}}-(?:1[0-2]|0[1-9])(?![\d-])
      |(?<![\d{_CN}第]){_MONTH}月{_DAY}[日号]|(?<![\d{_CN}个第]){_MONTH}月(?:份)?(?!\w*?嫂)
      |(?<![\d{_CN}第.])(?:3[01]|[12]\d|0?[1-9])日(?!均|常|报|间))
  | (?P<code>(?<![\d.])\d+(?:\+(?:\d+|[A-Za-zＮ]+))+|[A-Za-z]+[-]?\d+[A-Za-z\d]*|(?<![\d.])\d+(?!(?:km|kg|cm|mm|m|g|t|[kK][wW][hH]?|MB|GB)\b)[A-Za-z]+\d*
      |(?<=[“"‘'])\d{{3,}}(?=[”"’'])|(?<![\d.,])\d{{3,}}(?=(?:{_UNITS_AFTER_CODE}))|(?<!\d)\d{{1,2}}[·•]\d{{1,2}}(?!\d))
  | (?P<time>(?<!\d)(?:[01]?\d|2[0-4])[点时](?:半|整|[0-5]?\d分)?(?!\d|间|尚|候|代|评)|(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]))
  | (?P<ordinal>第(?:\d+|[{_CN}]+))
  | (?P<percent>{_NUM}(?:\s*{_RANGE}\s*{_NUM})?\s*[%‰]|百分之(?:[{_CN}]+(?:点[〇零一二三四五六七八九]+)?|{_NUM}))
  | (?P<fraction>(?:[{_CN}]+|\d+)分之(?:[{_CN}]+|\d+))
  | (?P<number>{_NUM}\s*(?:余|多|来|几)?\s*(?:万亿|千亿|百亿|千万|百万|十万|[万亿]|[千百](?=[余多名个人家件元亩户吨]))?
      (?:(?<=亿){_NUM}\s*万)?)
  | (?P<chinese>(?<![第{_CN}])(?:[{_CN}]+(?:点[〇零一二三四五六七八九]+[万亿]?)?))
    """,
    re.VERBOSE,
)

# Chinese numerals stand inside many words (三亚, 统一, 万一, 百姓): one counts as a quantity only before a
# measure word, or when it is long enough to be nothing else.
MEASURES = [
    "个百分点",
    "百分点",
    "平方公里",
    "平方米",
    "立方米",
    "千瓦时",
    "公里",
    "公顷",
    "公斤",
    "千克",
    "小时",
    "分钟",
    "人次",
    "场次",
    "班次",
    "件次",
    "户次",
    "辆次",
    "车次",
    "批次",
    "架次",
    "人份",
    "万元",
    "亿元",
    "元",
    "美元",
    "欧元",
    "港元",
    "块钱",
    "名",
    "位",
    "个",
    "家",
    "件",
    "项",
    "条",
    "支",
    "场",
    "次",
    "艘",
    "栋",
    "幢",
    "座",
    "户",
    "岁",
    "天",
    "年",
    "周",
    "秒",
    "倍",
    "成",
    "折",
    "级",
    "类",
    "批",
    "期",
    "届",
    "轮",
    "株",
    "棵",
    "份",
    "辆",
    "块",
    "套",
    "篇",
    "本",
    "册",
    "所",
    "处",
    "间",
    "片",
    "台",
    "部",
    "章",
    "节",
    "款",
    "组",
    "对",
    "队",
    "层",
    "排",
    "笔",
    "宗",
    "起",
    "例",
    "种",
    "门",
    "具",
    "只",
    "头",
    "匹",
    "架",
    "列",
    "顶",
    "幅",
    "张",
    "把",
    "枚",
    "颗",
    "粒",
    "瓶",
    "箱",
    "袋",
    "盒",
    "桶",
    "亩",
    "吨",
    "米",
    "克",
    "升",
    "度",
    "人",
    "口",
    "站",
    "点",
    "线",
    "村",
    "县",
    "市",
    "省",
    "镇",
    "乡",
    "区",
    "街道",
    "社区",
    "部门",
    "板块",
    "大",
    "方面",
    "环节",
    "代",
    "分",
    "步",
    "字",
    "星",
    "重",
    "道",
    "股",
    "团",
    "届次",
    "课时",
    "学时",
    "学分",
    "席",
    "杯",
    "餐",
    "网",
    "方",
    "员",
    "月",
    "日",
    "站点",
    "海里",
    "寸",
    "尺",
    "里",
    "斤",
    "兆",
    "瓦",
    "千瓦",
    "兆瓦",
    "辈",
    "面",
]
_MEASURE = re.compile("|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True)))
# Single characters that are measures after digits but too common as word parts after a Chinese numeral.
_WEAK_AFTER_CHINESE = frozenset("分方面线网员道重代度口点里市省区字头成步团月日星方对本部把门级大年天")
_NOT_QUANTITY = re.compile(
    "统一|一[体些定般样直致起旦律切味心面旁边带贯线流经向共并再手行批方面举揽步]|万[一宁象众]|百[姓货]|千[方百]|三[亚明农沙峡门]|四川|十[分足]|六安|八[一达]|九[江寨]|"
    "两[新企委会岸难]|一[把把流]|双百|百强|万科|一[号次]性"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeric expression of a text.

    Attributes:
        value: Amount as a plain decimal; a percentage in percent, a fraction as the quotient's value;
            for dates an ISO 8601 string (`2024-12-31`, `2024-12`, `2024`, `--12-31`, `--12`, `---31`);
            for codes, times and ordinals their text in half width.
        high: Upper end of a range, else "".
        inner: `余`, `多`, `几` standing inside the number (`20多万`), else "".
    """

    start: int
    end: int
    text: str
    kind: NumeralKind
    value: str
    high: str = ""
    inner: str = ""


def half_width(text: str) -> str:
    """Returns the text with full-width ASCII made half-width; the length is unchanged."""
    return text.translate(_WIDE)


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
            scale *= _SCALES[text[-1]]
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
            total = (total + section) * _SCALES[c] if c == "亿" else total + max(section, 1) * _SCALES[c]
            section, digit, last = 0, -1, _SCALES[c]
    if digit > 0:  # 一万二 is 12000, 一万零二 is 10002
        short = last >= 100 and len(text) >= 2 and text[-2] in "百千万亿"
        section += digit * (last // 10 if short else 1)
    return Decimal(total + section)


def _amount(text: str) -> tuple[Decimal, str] | None:
    """Returns the value and the inner qualifier of `12.5亿`, `20多万`, `3亿5000万`, or None."""
    squeezed = re.sub(r"[\s,]", "", text)
    inner = "".join(re.findall("[余多来几]", squeezed))
    total = Decimal(0)
    for digits, scale in re.findall(r"(\d+(?:\.\d+)?)[余多来几]?([十百千万亿]*)", squeezed):
        if scale not in _SCALES:
            return None
        total += Decimal(digits) * _SCALES[scale]
    return total, inner


def _date_value(text: str) -> str:
    parts = {k: v for v, k in re.findall(rf"([\d{_CN}]+)(年|月|日|号)", text)}
    if not parts and (m := re.match(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text)):
        parts = {"年": m[1], "月": m[2]} | ({"日": m[3]} if m[3] else {})
    numbers = {k: int(v) if v.isdigit() else int(chinese_value(v) or 0) for k, v in parts.items()}
    year, month, day = numbers.get("年"), numbers.get("月"), numbers.get("日", numbers.get("号"))
    if year:
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    if month:
        return f"--{month:02}" + (f"-{day:02}" if day else "")
    return f"---{day:02}"


def _period_value(text: str) -> tuple[str, str]:
    years = [str(chinese_value(y)) if not y.isdigit() else y for y in re.findall(_YEAR, text)]
    return (years[0], years[1]) if len(years) == 2 else (re.sub(r"[“”\"‘’']", "", text), "")


def _percent_value(text: str) -> tuple[str, str] | None:
    if text.startswith("百分之"):
        rest = text[3:]
        value = Decimal(rest.replace(",", "")) if rest[0].isdigit() else chinese_value(rest)
        return None if value is None else (decimal_text(value), "")
    found = [Decimal(n.replace(",", "")) for n in re.findall(_NUM, text)]
    values = [decimal_text(v / 10 if text.endswith("‰") else v) for v in found]
    return values[0], values[1] if len(values) > 1 else ""


def _plain(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _fraction_value(text: str) -> str | None:
    below, _, above = text.partition("分之")
    terms = [Decimal(t) if t.isdigit() else chinese_value(t) for t in (above, below)]
    if terms[0] is None or not terms[1]:
        return None
    return decimal_text((terms[0] / terms[1]).quantize(Decimal("0.000001")))


def _chinese_is_quantity(text: str, numeral: str, end: int, start: int) -> bool:
    around = text[max(0, start - 1) : end + 2]
    if len(numeral) <= 2 and (m := _NOT_QUANTITY.search(around)) and start - max(0, start - 1) < m.end():
        return False
    if text.startswith(("余", "多"), end) and numeral[-1] in "十百千万亿":
        return True
    measure = _MEASURE.match(text, end)
    if measure and numeral[0] in "十百千万" and text[:start].endswith(("上", "近", "数", "几", "成", "过")):
        return True
    if numeral in {"百", "千", "万"} and measure and measure[0] in {"个", "名", "件", "场", "支", "项", "条"}:
        return True
    if len(numeral) == 1:
        if numeral == "一" or numeral in "百千万亿零〇":
            return False
        return measure is not None and (
            len(measure[0]) > 1 or measure[0] not in _WEAK_AFTER_CHINESE or measure[0] in "大级"
        )
    return (
        measure is not None or "点" in numeral or (len(numeral) >= 3 and chinese_value(numeral) is not None)
    )


def _convert(match: re.Match[str], text: str) -> Numeral | None:
    group, raw = str(match.lastgroup), match[0]
    stripped = raw.rstrip()
    start, end = match.start(), match.start() + len(stripped)
    kind: NumeralKind = "number"
    value, high, inner = stripped, "", ""
    if group in {"docno", "code"}:
        kind = "code"
    elif group == "period":
        kind = "period"
        value, high = _period_value(stripped)
    elif group == "date":
        kind, value = "date", _date_value(stripped)
    elif group == "time":
        kind = "time"
    elif group == "ordinal":
        kind = "ordinal"
        rest = stripped[1:]
        value = rest if rest.isdigit() else _plain(chinese_value(rest)) or rest
    elif group == "percent":
        found = _percent_value(stripped)
        if found is None:
            return None
        kind, (value, high) = "percent", found
    elif group == "fraction":
        quotient = _fraction_value(stripped)
        if quotient is None:
            return None
        value = quotient
    elif group == "number":
        amount = _amount(stripped)
        if amount is None:
            return None
        value, inner = decimal_text(amount[0]), amount[1]
    else:
        amount_cn = chinese_value(stripped)
        if amount_cn is None or not _chinese_is_quantity(text, stripped, end, start):
            return None
        value = decimal_text(amount_cn)
    return Numeral(start, end, stripped, kind, value, high, inner)


def _scan(text: str) -> Iterator[Numeral]:
    position = 0
    while match := _SCANNER.search(text, position):
        position = match.end()
        numeral = _convert(match, text)
        if numeral is None:
            continue
        if numeral.kind == "number" and numeral.text.endswith(("余", "多", "来", "几")):
            trimmed = numeral.text.rstrip("余多来几 ")
            numeral = Numeral(numeral.start, numeral.start + len(trimmed), trimmed, "number", numeral.value)
        yield numeral


def _join_ranges(found: list[Numeral], text: str) -> Iterator[Numeral]:
    """Joins `2—3`, `10至12万` into one number with a high end, where a range sign alone stands between."""
    i = 0
    while i < len(found):
        a = found[i]
        b = found[i + 1] if i + 1 < len(found) else None
        if b and a.kind == b.kind == "number" and re.fullmatch(rf"\s*{_RANGE}\s*", text[a.end : b.start]):
            low, top = Decimal(a.value), Decimal(b.value)
            scale = _SCALES.get(b.text.lstrip("0123456789.,余多几 "), 1) if a.text[-1].isdigit() else 1
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
    return [
        Numeral(n.start, n.end, text[n.start : n.end], n.kind, n.value, n.high, n.inner)
        for n in _join_ranges(list(_scan(flat)), flat)
    ]
