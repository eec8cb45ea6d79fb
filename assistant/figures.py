"""Figures of a Chinese text: amount, unit and qualifier with exact spans. Pure functions.

A figure is a numeral with what belongs to it: `超390万余人` has value 3900000, unit 人 and
qualifier 超…余. Codes such as `11431` or `1+7+N` and ordinals are found too, but are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from retrieval import LATIN_UNITS, MEASURES, Numeral, find_numerals, unit_meaning

_BEFORE = re.compile(
    r"(超过|超出|超|逾|突破|不足|不到|未满|不低于|不少于|不超过|不高于|不多于|不小于|不大于|至少|至多|最多|最少|大约"
    r"|约为|约|将近|近|接近|低于|小于|少于|高于|大于|多于|[上数几过])\s*(?:达到?|有)?\s*$"
)
# What makes another word of a qualifier: 签约62个 are not about 62.
_ENDS_IN = {
    "过": frozenset("超通经"),
    "约": frozenset("签预节履违契邀缔赴"),  # 编制, 连续, 损失, 化解, 整合, 征集, 办公 end in none of these
    "近": frozenset("附邻临靠最"),
}
_NOUNS_BEFORE = frozenset({"环节", "季节", "细节", "情节", "关节", "春节"})
_LOOSE = frozenset("上数几过")  # qualifiers only right before 十百千万亿半
_INNER = re.compile(r"\s*(余|多|来|几)(?![一-鿿]?元化)")
_AFTER = re.compile(r"\s*(?:[(（]含[)）])?(?:及|或)?(以上|以下|以内|左右|上下|之多|开外)")
_PLUS = re.compile(r"\+(?![\dA-Za-z])")
_NOUNS = frozenset(("社区 街道 部门 板块 站点 环节 方面 县 市 省 镇 村 乡 区 组 队 站 大 板块").split())
_LONGEST_FIRST = sorted(map(re.escape, MEASURES), key=len, reverse=True)
_UNIT = re.compile(
    "(?:"
    + "|".join(_LONGEST_FIRST)
    + r")|\s+(?:"
    + "|".join(m for m in _LONGEST_FIRST if m not in _NOUNS)
    + rf")|\s?(?i:{LATIN_UNITS})(?![a-z])"
)
_MANY = re.compile("个多(月|小时|星期)|(年|个月|小时|天|岁|周)多(?![数次人家种个])")  # 3个多月, 2年多
_CURRENCY = {"¥": "元", "￥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
_EACH = "人|名|户|家|个|年|月|周|天|日|季度?|次|村|社区|亩|公顷|平方米|平方公里|公里|万人|千人|百人|十万人|百万人|万元|小时|吨|件|单|班|人次|学期|课时|辆|套|场|轮|栋|楼"
_PER_BEFORE = re.compile(rf"(?:每个?(?:{_EACH})|[人日月年周户亩村]均)+(?:[一-鿿]{{0,4}})$")
_PER_AFTER = re.compile(rf"(?:[/／](?:{_EACH}))+")
_PER_PART = re.compile(rf"每个?({_EACH})|([人日月年周户亩村])均|[/／]({_EACH})")
_SAME_QUALIFIER = (
    frozenset({"约", "大约", "约为", "左右", "上下"}),
    frozenset({"超", "超过", "逾", "突破", "超出", "高于", "大于", "多于", "过"}),
    frozenset({"余", "多", "来", "+"}),
    frozenset({"近", "将近", "接近"}),
    frozenset({"不足", "不到", "未满", "低于", "小于", "少于"}),
    frozenset({"以上", "至少", "最少", "不低于", "不少于", "不小于"}),
    frozenset({"以下", "以内", "至多", "最多", "不超过", "不高于", "不多于", "不大于"}),
    frozenset({"上"}),
    frozenset({"数", "几"}),
    frozenset({"开外"}),
    frozenset({"之多"}),
)
_RUN = re.compile("[0-9][0-9,.]*")
_PLAIN_RUN = re.compile("[0-9]+(?:[.][0-9]+)?")
# Numbers that are not written in one row of digits: in words, 3亿5000万, 十点五, 3年半.
_IN_PARTS = re.compile(
    "[〇○零一二三四五六七八九十百千万亿两廿卅几数]{2}|[〇零一二三四五六七八九十百两]点|[个年月时天里百千万亿]半"
    "|[0-9一二三四五六七八九十两几]成|分之|[0-9][余多]?[百千万亿][余多]?[0-9]|[0-9][/／][0-9]|[0-9][ \u00a0\u2009米块斤][0-9]"
)
# Their value has other digits than the text.
_SHARE = re.compile("分之|[0-9][/／][0-9]")
# How a digit may be written: 百 and 半 have none.
_DIGIT_WRITTEN = dict(
    zip(
        "123456789",
        "1一十百千万亿壹拾佰仟番 2二两廿双贰番 3三卅叁番 4四肆 5五半伍 6六陆 7七柒番 8八捌 9九玖".split(),
        strict=True,
    )
)
_QUALIFIER = re.compile(
    "|".join(sorted({re.escape(q) for group in _SAME_QUALIFIER for q in group}, key=len, reverse=True))
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its span `[start, end)` on the text it was found in.

    Attributes:
        text: The whole of it as written, qualifier and unit included.
        kind: `number`, `percent`, `date`, `period`, `time`, `ordinal`, `ratio` or `code`.
        value: See `retrieval.Numeral.value`; `high` is the upper end of a range, else "".
        unit: Measure word as written, `%` for percentages, "" if none.
        qualifier: As written, the parts around the amount joined by `…` (`超…余`).
        number: Span of the bare number inside the text.
        per: What it is counted for each of, sorted and joined by `/` (`每人每月500元` has 人/月), "" if none.
    """

    start: int
    end: int
    text: str
    kind: str
    value: str
    high: str
    unit: str
    qualifier: str
    number: tuple[int, int]
    per: str = ""

    @property
    def is_quantity(self) -> bool:
        """True for amounts (numbers and percentages), false for dates, codes and ordinals."""
        return self.kind in {"number", "percent"}


def _lead(text: str, start: int) -> tuple[int, str, str]:
    """Returns where a figure begins before its number, its qualifier there, and a currency sign's unit."""
    currency = _CURRENCY.get(text[start - 1 : start], "")
    if currency:
        start -= 1
    before = _BEFORE.search(text, max(0, start - 6), start)
    if before and before[1] in _LOOSE and text[start] not in "十百千万亿半":
        before = None
    if before and _ends_a_word(text, before):
        before = None
    return (before.start(), before[1], currency) if before else (start, "", currency)


def _ends_a_word(text: str, before: re.Match[str]) -> bool:
    """Returns whether what looks like a qualifier is the end of another word: 节约3万元, but not 环节约30个."""
    start = before.start()
    return (
        text[max(0, start - 1) : start] in _ENDS_IN.get(before[1], ())
        and text[max(0, start - 2) : start] not in _NOUNS_BEFORE
    )


def _quantity(text: str, numeral: Numeral) -> Figure:
    end = numeral.end
    start, before, currency = _lead(text, numeral.start)
    tail = [numeral.inner] if numeral.inner else []
    if (
        numeral.kind == "number"
        and not numeral.unit
        and (inner := _INNER.match(text, end) or _PLUS.match(text, end))
    ):
        tail.append(inner[0].strip())
        end = inner.end()
    unit = "%" if numeral.kind == "percent" else numeral.unit
    if numeral.kind == "number" and not unit:
        unit, end, more = _unit_after(text, end, bool(tail))
        tail += more
    if after := _AFTER.match(text, end):
        tail.append(after[1])
        end = after.end()
    qualifier = "…".join(filter(None, (before, "".join(tail))))
    return Figure(
        start, end, text[start:end], numeral.kind, numeral.value, numeral.high, unit or currency, qualifier,
        (numeral.start, numeral.end), _per(text, start, end),
    )  # fmt: skip


def _unit_after(text: str, end: int, inexact: bool) -> tuple[str, int, list[str]]:
    """Returns the measure word that follows a number ("" if none), where the figure ends, and 多 of 2年多."""
    if inexact and text.startswith(("%", "％"), end):
        return "%", end + 1, []  # 1000多% is no number of things
    if many := _MANY.match(text, end):
        return f"个{many[1]}" if many[1] else many[2], many.end(), ["多"]
    measure = _UNIT.match(text, end)
    if measure and not text.startswith(("大家", "个别", "里的", "里面", "里头", "里有"), measure.start()):
        return measure[0].strip(), measure.end(), []
    return "", end, []


def _per(text: str, start: int, end: int) -> str:
    """Returns what a figure is counted for each of: 人/月 of 每人每月500元 and of 500元/人/月."""
    before = _PER_BEFORE.search(text, max(0, start - 14), start)
    after = _PER_AFTER.match(text, end)
    parts = [
        next(filter(None, m.groups()))
        for m in _PER_PART.finditer((before[0] if before else "") + (after[0] if after else ""))
    ]
    return "/".join(sorted({unit_meaning("天" if part == "日" else part) for part in parts}))


def extract_figures(text: str) -> list[Figure]:
    """Returns all figures of a text in order.

    >>> [(f.text, f.value, f.unit, f.qualifier) for f in extract_figures("已超390万余人,占18%")]
    [('超390万余人', '3900000', '人', '超…余'), ('18%', '18', '%', '')]
    """
    return [
        _quantity(text, n)
        if n.kind in {"number", "percent"}
        else Figure(n.start, n.end, n.text, n.kind, n.value, n.high, "", "", (n.start, n.end))
        for n in find_numerals(text)
    ]


@dataclass(frozen=True, slots=True)
class Written:
    """What a half-width text has to write amounts with.

    Attributes:
        runs: Its numbers in digits without what scales them: 35 of 3.5亿, 3 of 3000.
        parted: Whether numbers may be written in parts or in words.
        shares: Whether fractions may stand in it.
    """

    text: str
    runs: frozenset[str]
    parted: bool
    shares: bool


def written(text: str) -> Written:
    """Returns what a half-width text has to write amounts with, for `may_hold`."""
    parted = bool(_IN_PARTS.search(text))
    runs = [*_RUN.findall(text), *_PLAIN_RUN.findall(text)]  # 5,36人: two numbers, not one
    bare = frozenset(run.replace(",", "").replace(".", "").strip("0") for run in runs)
    return Written(text, bare, parted, parted and bool(_SHARE.search(text)))


def may_hold(amount: Decimal, found: Written) -> bool:
    """Returns whether a text may hold an amount: False only where no notation of it does.

    >>> [may_hold(Decimal(83161), written(text)) for text in ("共8.3161万辆", "八万三千一百六十一", "共32辆")]
    [True, True, False]
    >>> may_hold(Decimal(3000), written("共三千辆")), may_hold(Decimal(3000), written("共2辆、二十人"))
    (True, False)
    """
    digits = f"{amount:f}".replace(".", "").strip("-0")
    if not digits or found.shares or digits in found.runs:
        return True
    if len(digits) == 1 and not found.parted:
        return any(c in found.text for c in _DIGIT_WRITTEN[digits][1:])
    return found.parted and all(any(c in found.text for c in _DIGIT_WRITTEN[d]) for d in set(digits) - {"0"})


def same_unit(a: str, b: str) -> bool:
    """Returns whether two units count the same: 名 and 人 do, 人 and 人次 do not; an absent one fits any."""
    return not a or not b or unit_meaning(a) == unit_meaning(b)


def qualifier_set(qualifier: str) -> frozenset[int]:
    """Returns the classes of a qualifier's parts, so that 超 and 超过 are equal and 约 and 超 are not."""
    parts = _QUALIFIER.findall(qualifier)
    return frozenset(i for i, group in enumerate(_SAME_QUALIFIER) for part in parts if part in group)


def same_amount(a: Figure, b: Figure) -> bool:
    """Returns whether two figures give the same amount, whatever the notation."""
    if a.is_quantity and b.is_quantity:
        return a.kind == b.kind and Decimal(a.value) == Decimal(b.value) and _same_high(a.high, b.high)
    return a.kind == b.kind and a.value == b.value and a.high == b.high


def _same_high(a: str, b: str) -> bool:
    return a == b or bool(a and b and Decimal(a) == Decimal(b))


def same_figure(a: Figure, b: Figure) -> bool:
    """Returns whether amount, unit and qualifier all agree."""
    return (
        same_amount(a, b)
        and same_unit(a.unit, b.unit)
        and qualifier_set(a.qualifier) == qualifier_set(b.qualifier)
    )
