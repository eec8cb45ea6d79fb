"""What tells that a figure, whatever words stand at it, is of another sort than is asked for.

A total and what each gets, what there is and what was added, how things stand and how they stood, people and hours:
each fit is a number to add to a candidate's score; `is_misfit` says which of them rule it out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from assistant.figures import Figure, extract_figures, qualifier_set, same_unit
from assistant.reading.asked import Asked
from assistant.reading.candidates import Span
from assistant.reading.question import Question

# What is meant to be and not yet so: «力争达到90%», «提出的“到2025年达到95%”的目标», «将竣工交付».
_PLANNED = re.compile(
    "力争|争取|计划(?:在|于|到|用|新|投|建|推|开|分|增|培|完|组|安排|今年)|拟|预计|有望|目标(?:为|是|值)|规划|(?<![升降高低加少增长扩达])到(?:\\d{4}年|[“‘]?十[一-鿿]五[”’]?)(?:底|末|时|前)?[,，]?[^,，。；;]{0,16}$"
    "|将(?:要|于|在|全部|全面|有|新|建|竣|完|投入使用|达|实现|增|推出|开[工放通]|组织|继续|陆续|分批|惠及|带动)"
)
_PLAN_BEHIND = re.compile(
    "^[^,，。；;]{0,12}的[^,，。；;]{0,6}目标|^[^,，。；;]{0,16}将(?:要|于|在|全部|竣|建|完|投|达|实现|开)"
)
_ASKS_PLANNED = re.compile(
    "目标|计划|规划|将|要求|力争|拟|打算|预计|预期|争取|要|准备|会|到\\d{4}|年底|月底|[年月日]前|今后|未来|明年|可|能|投资"
)
_ASKS_PRESENT = re.compile("目前|现在|现有|如今|已经?|共有|截至|眼下")
# What a misfit takes from a candidate's score where it also rules it out; lesser ones only count against it.
_EACH_FOR_ALL, _ALL_FOR_EACH, _ADDED_FOR_ALL, _NEW_FOR_FORMER, _OTHER_SORT = -0.3, -0.25, -0.5, -0.5, -0.4
_PLANNED_FOR_PRESENT = -0.3
_SUMMED_FOR_YEAR = -0.4

# Words that single out a part of what is counted: without them a figure is of something else.
_RESTRICTS = frozenset(
    (
        "单独 男 女 男性 女性 青年 老年 中年 儿童 大学生 退休 年龄 平均年龄 人均 学历 "
        "工资 月工资 月薪 年薪 补贴 预算 成本 面积 死亡 受伤 外籍 本科 硕士 博士 "
        "出生 出生地 去世 逝世 结婚 入党 参军"
    ).split()
)
_SUMMED = re.compile("累计|历年|多年来|年来|以来")
_ASKS_YEAR = re.compile("(?<![这近过])一年(?!来|多)[^,，]{0,8}(?:多少|几)|全年|当年(?:内|度)?|年内|这一年")
# Who does a service and who gets it.
_DOES = "志愿者|工作者|社工|网格员|服务员|护理员|医护人员|医生|教师|干部|专家|律师|调解员|队员|工作人员"
_GETS = "群众|居民|村民|老人|老年人|儿童|学生|患者|病人|游客|旅客|市民|对象|家庭"
_SERVING, _SERVED = re.compile(f"(?:{_DOES})$"), re.compile(f"(?:{_GETS})$")
_ROLE = re.compile(
    f"(?:[一-鿿]{{0,4}}?)(?:(?P<serving>{_DOES})|(?P<served>{_GETS}))(?!的|[一-鿿]?(?:服务|提供))"
)
_ROUNDED = qualifier_set("多") | qualifier_set("余")

_RATE = re.compile(
    "平均(?:每|一|几|多少)|每一?(?:天|日|年|月|人|万|户|百|千|名|个月)|日均|年均|月均|人均|一天|一年下来|几个?人(?:里|中|当中)"
)
# A clause that leaves out what it is about: the time and the verb alone lead to the figure.
_ELIDED = re.compile(
    "[,，;；。、](?:其中|截至|今年|去年|上年|全年|[上下]半年|[一二三四]季度|前[一-鿿]季度|[\\d年月日至—-]|同比|分别|比|较|同期|又)*"
    "(?:达到?|为|是|增长|增加|下降|减少|提高|上升|降低|上涨|涨|增|降|减)?了?(?:约|超过?|近|逾)?$"
)
_EACH = re.compile("每一?(?:名|个|人|位|户|家|天|日|月|年)|人均|户均|日均|月均|年均|平均")
_TOTAL = re.compile("一共|总共|共有|总数|总计|合计|现有|全部|加起来")
_ADDED = re.compile("(?:新增|净增|新建|新设|新开|新登记|新成立|新发展|新认定|再添|新添)[^,，;；。、]{0,14}$")
_ASKS_ADDED = re.compile("新|增|添|多了")

# How things stood before a change: «原来的11个», «由11个减至4个».
_ASKS_FORMER = re.compile(
    "原来|原先|原有|原本|本来|当初|起初|最初|一开始|开始的?时候?|此前|从前|过去|(?<![年月日天])(?:之|以)前|[改治整优施实见调试推合][一-鿿]?前"
)
_IS_FORMER = re.compile("(?:原来|原先|原有|原本|此前|以前|过去)[^,，;；。、]{0,8}$|原(?:为|是|有)?$")
_FROM = re.compile("(?:由|从)[^,，;；。、至到]{0,9}$")
_TO = re.compile(
    "[^,，;；。]{0,10}?(?:减|增|降|升|压|提|精简|整合|合并|调整|优化|缩|扩|发展|上涨|下滑|变|推广|延伸|拓展)[^,，;；。]{0,4}(?:至|到|为|成)"
)
_IS_NEW = re.compile("(?:提高|增加|增|升|提升|上调|降|降低|下调|减|减少|压缩|扩大|调整)(?:至|到|为)$")

_PEOPLE_NOUN = re.compile(
    "(?:[村居市农渔牧灾移]民|人员|工人|员工|职工|民工|党员|学生|学员|队员|会员|成员|委员|志愿者|工作者|患者|老人|老年人|儿童|青年|妇女|干部|教师|老师|医生|护士|骑手|司机|旅客|游客|群众|专家|毕业生|军人|代表)$"
)
_PEOPLE = frozenset({"人", "人次", "名", "位"})
_THINGS = frozenset(
    "元 支 家 场 场次 栋 项 件 条 份 块 辆 艘 棵 株 公里 平方米 亩 吨 天 年 个月 小时 分钟 % 级 期".split()
)
_PEOPLE_UNITS = frozenset({
    "人",
    "人次",
    "名",
    "位",
    "个",
    "口",
    "户",
    "户次",
    "对",
    "批",
    "成",
    "倍",
    "%",
    "代",
})
_COUNTING = frozenset("个 家 所 项 件 处 套 座".split())
_ASKS_TIME = re.compile(
    "时[长间限]|[工党教军]龄|年[龄限纪]|多[久长]|[岁天年月日]数|几[天年月岁]|多大|寿命|岁|期限|工期|周期|小时|分钟"
)
_TIME_UNITS = frozenset({"小时", "个小时", "分钟", "天", "个月", "月", "年", "周", "岁", "秒", "日"})


def rate_misfit(question: Question, text: str, span: Span) -> float:
    """Returns what speaks against a total where what each gets is asked for (-0.25), or the other way about (-0.12)."""
    if question.kind in {"change", "share"}:
        return 0.0  # how a rate grew is no total, whatever it is a rate of
    around = text[max(0, span.start - 24) : span.end]
    told = bool(_RATE.search(around) or ("平均" in question.text and "均" in around))
    if not told and _ELIDED.search(text[: span.start]):  # «人均收入达13233元,上半年达7060元»
        told = bool(_RATE.search(text[: span.start]))
    if bool(_RATE.search(question.text) or "平均" in question.text) == told:
        return 0.0
    return (_EACH_FOR_ALL if _TOTAL.search(question.text) else -0.12) if told else _ALL_FOR_EACH


def added_misfit(question: Question, text: str, span: Span) -> float:
    """Returns what speaks against what was added where all there is is asked for."""
    if _ASKS_ADDED.search(question.text) or not _ADDED.search(text[max(0, span.start - 18) : span.start]):
        return 0.0
    return _ADDED_FOR_ALL if _TOTAL.search(question.text) else -0.08


_DONE = re.compile("已|目前|现有|完成|截至|落实|[。；;]")


def planned_misfit(question: Question, text: str, span: Span) -> float:
    """Returns what speaks against a figure of what is only planned where the question asks how things are."""
    if _ASKS_PLANNED.search(question.text):
        return 0.0
    left = text[max(0, span.start - 26) : span.start]
    planned = (_PLANNED.search(left) and not _DONE.search(left)) or _PLAN_BEHIND.search(
        text[span.end : span.end + 24]
    )
    if not planned:
        return 0.0
    return _PLANNED_FOR_PRESENT if _ASKS_PRESENT.search(question.text) else -0.12


def summed_misfit(question: Question, text: str, span: Span) -> float:
    """Returns what speaks against what came together over years where one year's is asked for."""
    summed = _SUMMED.search(text[max(span.segment.clause[0], span.start - 12) : span.start])
    return _SUMMED_FOR_YEAR if summed and _ASKS_YEAR.search(question.text) else 0.0


def role_misfit(asked: Asked, text: str, span: Span) -> float:
    """Returns what speaks against those who serve where those who are served are asked for, or the other way about."""
    head = asked.head
    told = _ROLE.match(text[span.end : span.end + 12])
    if asked.question.kind != "count" or head is None or told is None:
        return 0.0
    if head.text in text[span.segment.clause[0] : span.segment.clause[1]]:
        return 0.0
    served, serving = bool(_SERVED.search(head.text)), bool(_SERVING.search(head.text))
    swapped = (served and told["serving"]) or (serving and told["served"])
    return _OTHER_SORT if swapped else 0.0


def is_given(question: Question, figure: Figure) -> bool:
    """Returns whether a question names an amount itself, in round numbers too: 323条 of «三百多条里»."""
    return any(
        f.is_quantity and f.unit and same_unit(f.unit, figure.unit) and _same_roundly(f, figure)
        for f in extract_figures(question.text)
    )


def _same_roundly(asked: Figure, told: Figure) -> bool:
    low, value = Decimal(asked.value), Decimal(told.value)
    if low == value or not qualifier_set(asked.qualifier) & _ROUNDED:
        return low == value
    return low < value < low + Decimal(10) ** low.normalize().adjusted()


def wants_both(asked: Asked, gone: Collection[str]) -> bool:
    """Returns whether a sum over two kinds of a thing is asked for and one is not told (城市和农村的…一共)."""
    head, text = asked.head, asked.question.text
    if head is None or not _TOTAL.search(text):
        return False
    kinds = [rf"(?:[一-鿿]{{2}}[和与及、]{re.escape(w)}|{re.escape(w)}[和与及、][一-鿿]{{2}})" for w in gone]
    return any(re.search(rf"{kind}的?[一-鿿]{{0,4}}?{re.escape(head.text)}", text) for kind in kinds)


def former_fit(question: Question, text: str, span: Span) -> float:
    """Returns what it tells that a figure is of how things stood before a change, asked for or not."""
    left = text[max(0, span.start - 14) : span.start]
    former = bool(_IS_FORMER.search(left)) or bool(_FROM.search(left) and _TO.match(text, span.end))
    if _ASKS_FORMER.search(question.text):
        return 0.15 if former else _NEW_FOR_FORMER if _IS_NEW.search(left) else -0.05
    return -0.1 if former else 0.0


def sort_misfit(asked: Asked, figure: Figure, text: str) -> float:
    """Returns what speaks against hours or kilometres where people or things are counted.

    Not where the noun asked for stands right before the figure (会员64家).
    """
    question, head = asked.question, asked.head
    if question.kind != "count" or question.unit or not figure.unit:
        return 0.0
    if head is not None and text[: figure.start].endswith(head.text):
        return 0.0
    if head is not None and _PEOPLE_NOUN.search(head.text) and figure.unit not in _PEOPLE_UNITS:
        return _OTHER_SORT
    spoken = _ASKS_TIME.search(question.text)
    return _OTHER_SORT if figure.unit in _TIME_UNITS and not spoken else 0.0


def other_sort(question: Question, figure: Figure | None) -> bool:
    """Returns whether the measure word asks for people and things are counted, or the other way about."""
    if figure is None or not figure.unit or not question.unit:
        return False
    asked, told = question.unit, figure.unit
    if asked in _COUNTING and told in _TIME_UNITS:
        return True  # «开发了多少个»: three years are none
    return (asked in _PEOPLE and told in _THINGS) or (told in _PEOPLE and asked in _THINGS)


def restricts(word: str) -> bool:
    """Returns whether a word singles out a part of what is counted (女, 退休)."""
    return word in _RESTRICTS or word.removesuffix("的") in _RESTRICTS


def is_misfit(question: Question, figure: Figure | None, parts: Mapping[str, float]) -> bool:
    """Returns whether a candidate's parts rule it out, however likely the rest makes it."""
    bars = {
        "kind": -1.0,
        "amount": 0.0,
        "sort": _OTHER_SORT,
        "added": _ADDED_FOR_ALL,
        "former": _NEW_FOR_FORMER,
        "planned": _PLANNED_FOR_PRESENT,
        "summed": _SUMMED_FOR_YEAR,
        "who": _OTHER_SORT,
        "rate": _ALL_FOR_EACH if _EACH.search(question.text) else _EACH_FOR_ALL,
    }
    if question.wants_figure and figure is not None and is_given(question, figure):
        return True
    barred = any(parts.get(name, 0.0) < 0 and parts[name] <= bar for name, bar in bars.items())
    return barred or other_sort(question, figure)
