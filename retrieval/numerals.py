"""Numeric expressions in Chinese text: where they stand, what kind they are, what they are worth.

One scanner serves the tokenizer (equal amounts become equal tokens), the sentence splitter's tests
(a figure is never cut) and the figures of the assistant. Offsets are on the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from retrieval.values import (
    CHINESE_DIGITS,
    NUMBER,
    SCALES,
    YEAR,
    amount,
    chinese_value,
    date_value,
    decimal_text,
    fraction_value,
    percent_value,
    period_value,
    plain,
)

NumeralKind = Literal["number", "percent", "date", "period", "time", "ordinal", "code"]

_WIDE = {i: i - 0xFEE0 for i in range(0xFF01, 0xFF5F)} | {ord("○"): ord("〇"), ord("﹢"): ord("+")}

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_RANGE = r"(?:—{1,2}|–|-|~|～|至|到)"
_UNITS_AFTER_CODE = "工作法|工作机制|工作体系|工作思路|体系|模式|机制|热线|工程|行动|思路|部署|战略|平台|计划|品牌|格局|党建|政务|基层治理"

_SCANNER = re.compile(
    rf"""
    (?P<docno>[\u4e00-\u9fff]{{1,8}}[〔\[(]\d{{4}}[〕\])]\d+号)
  | (?P<period>{YEAR}年?{_RANGE}{YEAR}年(?!代)|[“"‘']?十[一二三四五六]五[”"’']?(?=时期|期间|规划|末|以来|[”"’'\s，,。;；、]|开局|$))
  | (?P<date>{YEAR}年{_MONTH}月{_DAY}[日号]|{YEAR}年{_MONTH}月(?:份)?|{YEAR}年(?:度)?(?!代)
      |(?<!\d)(?:19|20)\d{{2}}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)
      |(?<!\d)(?:19|20)\d{{2}}-(?:1[0-2]|0[1-9])(?![\d-])
      |(?<![\d{CHINESE_DIGITS}第]){_MONTH}月{_DAY}[日号]|(?<![\d{CHINESE_DIGITS}个第]){_MONTH}月(?:份)?(?!\w*?嫂)
      |(?<![\d{CHINESE_DIGITS}第.])(?:3[01]|[12]\d|0?[1-9])日(?!均|常|报|间))
  | (?P<code>(?<![\d.])\d+(?:\+(?:\d+|[A-Za-zＮ]+))+|[A-Za-z]+[-]?\d+[A-Za-z\d]*|(?<![\d.])\d+(?!(?:km|kg|cm|mm|m|g|t|[kK][wW][hH]?|MB|GB)\b)[A-Za-z]+\d*
      |(?<=[“"‘'])\d{{3,}}(?=[”"’'])|(?<![\d.,])\d{{3,}}(?=(?:{_UNITS_AFTER_CODE}))|(?<!\d)\d{{1,2}}[·•]\d{{1,2}}(?!\d))
  | (?P<time>(?<!\d)(?:[01]?\d|2[0-4])[点时](?:半|整|[0-5]?\d分)?(?!\d|间|尚|候|代|评)|(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]))
  | (?P<ordinal>第(?:\d+|[{CHINESE_DIGITS}]+))
  | (?P<percent>{NUMBER}(?:\s*{_RANGE}\s*{NUMBER})?\s*[%‰]|百分之(?:[{CHINESE_DIGITS}]+(?:点[〇零一二三四五六七八九]+)?|{NUMBER}))
  | (?P<fraction>(?:[{CHINESE_DIGITS}]+|\d+)分之(?:[{CHINESE_DIGITS}]+|\d+))
  | (?P<number>{NUMBER}\s*(?:余|多|来|几)?\s*(?:万亿|千亿|百亿|千万|百万|十万|[万亿]|[千百](?=[余多名个人家件元亩户吨]))?
      (?:(?<=亿){NUMBER}\s*万)?)
  | (?P<chinese>(?<![第{CHINESE_DIGITS}])(?:[{CHINESE_DIGITS}]+(?:点[〇零一二三四五六七八九]+[万亿]?)?))
    """,
    re.VERBOSE,
)

# Chinese numerals stand inside many words (三亚, 统一, 万一, 百姓): one counts as a quantity only before a
# measure word, or when it is long enough to be nothing else.
MEASURES = (
    "个百分点 百分点 平方公里 平方米 立方米 千瓦时 公里 公顷 公斤 千克 小时 分钟 人次 场次 班次 "
    "件次 户次 辆次 车次 批次 架次 人份 万元 亿元 元 美元 欧元 港元 块钱 名 位 个 家 件 项 条 支 "
    "场 次 艘 栋 幢 座 户 岁 天 年 周 秒 倍 成 折 级 类 批 期 届 轮 株 棵 份 辆 块 套 篇 本 册 所 "
    "处 间 片 台 部 章 节 款 组 对 队 层 排 笔 宗 起 例 种 门 具 只 头 匹 架 列 顶 幅 张 把 枚 颗 "
    "粒 瓶 箱 袋 盒 桶 亩 吨 米 克 升 度 人 口 站 点 线 村 县 市 省 镇 乡 区 街道 社区 部门 板块 "
    "大 方面 环节 代 分 步 字 星 重 道 股 团 届次 课时 学时 学分 席 杯 餐 网 方 员 月 日 站点 "
    "海里 寸 尺 里 斤 兆 瓦 千瓦 兆瓦 辈 面"
).split()
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
    """Returns the numeral of a match, None where the characters are none."""
    group, stripped = str(match.lastgroup), match[0].rstrip()
    start, end = match.start(), match.start() + len(stripped)
    if group == "chinese" and not _chinese_is_quantity(text, stripped, end, start):
        return None
    read = _READERS[group](stripped)
    if read is None:
        return None
    value, high, inner = read
    return Numeral(start, end, stripped, _KINDS.get(group, "number"), value, high, inner)


_KINDS: dict[str, NumeralKind] = {
    "docno": "code",
    "code": "code",
    "period": "period",
    "date": "date",
    "time": "time",
    "ordinal": "ordinal",
    "percent": "percent",
}
_Read = tuple[str, str, str]  # value, high, inner


def _read_number(text: str) -> _Read | None:
    found = amount(text)
    return None if found is None else (decimal_text(found[0]), "", found[1])


def _read_percent(text: str) -> _Read | None:
    found = percent_value(text)
    return None if found is None else (*found, "")


def _read_fraction(text: str) -> _Read | None:
    quotient = fraction_value(text)
    return None if quotient is None else (quotient, "", "")


def _read_chinese(text: str) -> _Read | None:
    value = chinese_value(text)
    return None if value is None else (decimal_text(value), "", "")


def _read_ordinal(text: str) -> _Read:
    rest = text[1:]
    return (rest if rest.isdigit() else plain(chinese_value(rest)) or rest), "", ""


def _as_written(text: str) -> _Read:
    return text, "", ""


_READERS: dict[str, Callable[[str], _Read | None]] = {
    "docno": _as_written,
    "code": _as_written,
    "time": _as_written,
    "period": lambda text: (*period_value(text), ""),
    "date": lambda text: (date_value(text), "", ""),
    "ordinal": _read_ordinal,
    "percent": _read_percent,
    "fraction": _read_fraction,
    "number": _read_number,
    "chinese": _read_chinese,
}


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
    return [
        Numeral(n.start, n.end, text[n.start : n.end], n.kind, n.value, n.high, n.inner)
        for n in _join_ranges(list(_scan(flat)), flat)
    ]
