"""What speaks for or against a candidate beyond the words it meets: unit, the thing counted, rate, shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.figures import Figure, same_unit
from assistant.reading.asked import Asked
from assistant.reading.candidates import Parsed, Span
from assistant.reading.listing import items_in, listed
from assistant.reading.matching import Matcher
from assistant.reading.misfits import (
    added_misfit,
    former_fit,
    planned_misfit,
    rate_misfit,
    role_misfit,
    sort_misfit,
    summed_misfit,
)
from assistant.reading.owning import base_words, paired, shared_left
from assistant.reading.question import Question
from assistant.reading.scoring import Coverage, met_by
from assistant.reading.segments import run_of
from assistant.reading.thresholds import agree

_PERSON_UNITS = frozenset({"人", "名", "位", "个人"})
_EVENT_UNITS = frozenset({"次", "场", "场次", "期", "届"})
_AMOUNT_MET = 0.8
_GENERIC_UNITS = frozenset({"个", "大", "种", "项", "处"})
# Units that measure or count one sort of thing only, and so never stand for 个.
_SPECIAL_UNITS = frozenset(
    "元 场次 班次 份 亩 公里 吨 株 辆 栋 艘 年 个月 天 小时 分钟 岁 级 % 人次 倍 月".split()
)
_ROLE = re.compile(
    "副?(?:部长|书记|主任|局长|会长|主席|市长|省长|县长|区长|厅长|处长|秘书长|院长|校长|董事长|总经理|召集人|负责人|记者|责编|编辑|签发|校对)"
)
_LABEL = re.compile("([一-鿿]{1,6})[:：][^:：“”,，。]{0,8}$")
_TITLED = re.compile(r"[\s(（]|担任|兼任|出任|任(?!务)")
_SEVERAL = re.compile("哪些|哪几|分别|各是|都有")
_SIDES = re.compile("里面|里头|内部|外面|外头|外部")  # asking words elsewhere: «里面有多少»
_LEADS_CHANGES = re.compile("[一-鿿]{0,6}?(?:新增|净增|增加|增设|减少|撤销|取消|压减|精简|关停|拆除)")
_PLAIN = frozenset(
    "共有 达到 目前 已有 现有 总数 数量 人数 累计 全市 全省 一共 共计 其中 总计 截至 超过 约为 合计".split()
)
_FLOW = ("投入", "招募", "出动", "组织", "参与", "参加", "发动", "培训", "派出", "动员")
_CHANGED = re.compile(
    "(?:增长|增加|增幅|增|减少|降低|下降|减|降|上升|提升|提高|升|涨|缩减|压缩|压减|多|少)(?:了|收入|幅度|率|速|约|超|近|[^到至成为]{0,3})$"
)


_CHANGED_ASKED = re.compile("增|减|升|降|涨|跌|提高|多了|少了")


def figure_parts(
    asked: Asked, parsed: Parsed, span: Span, figure: Figure, matcher: Matcher, is_noun: Callable[[str], bool]
) -> dict[str, float]:
    """Returns what a figure's unit, the noun beside it and its clause add to its score, by name."""
    question, text = asked.question, parsed.text
    follows = text[figure.number[1] : figure.number[1] + 4]
    clause = text[slice(*span.segment.clause)]
    flows = question.kind == "count" and any(w in clause and w not in question.text for w in _FLOW)
    return {
        "unit": 0.0 if question.kind == "share" else _unit_bonus(question, figure.unit, follows),
        "numeral": _numeral_bonus(question, figure),
        "beside": _head_bonus(asked, parsed, span, matcher, is_noun),
        "flow": -0.06 if flows else 0.0,
        "rate": rate_misfit(question, text, span),
        "former": former_fit(question, text, span),
        "added": added_misfit(question, text, span),
        "planned": planned_misfit(question, text, span),
        "summed": summed_misfit(question, text, span),
        "who": role_misfit(asked, text, span),
        "sort": sort_misfit(asked, figure, text),
        "kind": _kind_bonus(
            question,
            figure,
            shared_left(parsed, span) or text[max(0, span.start - 10) : span.start],
            listed=_in_list_of_changes(text, span.start),
        ),
    }


def _numeral_bonus(question: Question, figure: Figure) -> float:
    """Returns what speaks against a number in Chinese numerals: 两级, 三大 are most often part of a name."""
    if figure.text[0] in "一二三四五六七八九十两" and figure.unit != question.unit:
        return -0.2
    return -0.1 if figure.text in _FEW and not question.terse and "几" not in question.text else 0.0


def _kind_bonus(question: Question, figure: Figure, before: str, *, listed: bool) -> float:
    if question.kind == "change" and not (_CHANGED.search(before) or (question.after and listed)):
        return -1.0  # a level is no change: «增加到30家» does not say by how much
    if question.kind == "share" and _CHANGED.search(before) and not _CHANGED_ASKED.search(question.text):
        return -0.3  # «同比增长24.1%,占25.5%»: a change is no share
    if question.kind == "rank":
        return 0.25 if figure.kind == "ordinal" else -0.3
    if question.kind in {"other", "yesno"}:
        return -0.05 if question.terse else -0.15
    return 0.0


def _in_list_of_changes(text: str, position: int) -> bool:
    """Returns whether a figure stands in a list that a word for a change leads («新增托位383个、床位260个»)."""
    run = re.split("[,，;；。:：]", text[:position])[-1]
    return bool(_LEADS_CHANGES.match(run)) and not re.search("至|到|成为|达", run)


def _head_bonus(
    asked: Asked, parsed: Parsed, span: Span, matcher: Matcher, is_noun: Callable[[str], bool]
) -> float:
    """Returns up to 0.2 where the thing asked about stands right at the figure."""
    head = asked.head
    if head is None:
        return 0.0
    segment, text = span.segment, parsed.text
    left = text[max(segment.left[0], segment.left[1] - 12) : segment.left[1]]
    beside = (
        _counted(text[slice(*segment.right)])[:12],
        left + (shared_left(parsed, span) or _base(parsed, span)),
        paired(parsed, span),
    )
    met = max(met_by(head, part, matcher) for part in beside)
    if met < 0.5 and not any(is_noun(w) and len(w) > 1 for part in beside for w in matcher.words(part)):
        met = 0.9 * met_by(head, text[: segment.left[1]], matcher)  # «其中解决308件»: the noun is carried
    return 0.2 * met * min(1.0, head.weight / 0.6)


_FEW = frozenset(f"{n}个" for n in "两三四五六七八九十")  # 三个项目: seldom what is asked for
# «十个县(市、区)的项目»: counties are counted, no projects.
_OWNER = re.compile(
    r"(?:县|市|区|省|镇|乡|村|社区|街道|部门|单位|国家|学校|企业|公司|家庭|行业)(?:[(（][^()（）]*[)）])?(?=的)"
)


def _base(parsed: Parsed, span: Span) -> str:
    """Returns the words at the amount that a change alone is told of; two changes in a row are of two amounts."""
    run = run_of(parsed.text, parsed.figures, span.figure) if span.figure else []
    return base_words(parsed, span) if len(run) < 2 else ""


def _counted(right: str) -> str:
    """Returns the words behind a figure up to what is counted: an owner, not what it has."""
    owner = _OWNER.match(right)
    return owner[0] if owner else right


def _unit_bonus(question: Question, unit: str, follows: str) -> float:
    """Returns what the measure word of the question says for or against a figure's unit."""
    if not question.unit:
        return 0.0
    people = any({question.unit, unit} <= group for group in (_PERSON_UNITS, _EVENT_UNITS))
    if unit and (same_unit(question.unit, unit) or people):
        return 0.15
    if question.unit in follows:
        return 0.1
    if unit and question.unit in _PERSON_UNITS - {"个人"}:
        return -0.25  # people are asked for, things are counted
    if question.unit in _SPECIAL_UNITS or unit in _SPECIAL_UNITS:
        return -0.3 if unit else -0.1
    return 0.0 if question.unit in _GENERIC_UNITS or not unit else -0.08


def narrower(
    asked: Asked, zones: Mapping[str, str], matcher: Matcher, is_noun: Callable[[str], bool]
) -> float:
    """Returns a small penalty for nouns at a figure that the question does not name: it may count something narrower."""
    beside = zones["left"][-10:] + " " + zones["right"][:8]
    words = [w for w in matcher.words(beside) if len(w) > 1 and w not in _PLAIN]
    strange = [
        w for w in words if not any(matcher.match(t.text, w) >= 0.5 or w in t.text for t in asked.terms)
    ]
    return min(0.18, sum(0.03 if is_noun(w) else 0.02 for w in strange))


def ruled_out(asked: Asked, zones: Mapping[str, str], matcher: Matcher) -> float:
    """Returns 0.25 where the words at a figure name another member of a class than the question, and not that one.

    «男骑手有多少»: the figure of «女骑手120人» is no answer.
    """
    beside = f"{zones['left']} {zones['right'][:10]}"
    words = [w for w in matcher.words(beside) if len(w) > 1 or w in "男女"]
    named = [t.text for t in asked.terms if t.kind == "word" and (len(t.text) > 1 or t.text in "男女")]
    for term in (*named, *_SIDES.findall(asked.question.text)):
        others = {w for w in words if matcher.excludes(term, w)}
        if (
            others
            and matcher.match(term, beside) < 0.5
            and not any(matcher.match(t, w) >= 0.5 for w in others for t in named)
        ):
            return 0.25
    return 0.0


def amount_penalty(coverage: Coverage, zones: Mapping[str, str], matcher: Matcher) -> float:
    """Returns 0.4 where an amount that narrows the question does not narrow this figure, else 0.

    «税收3000万元以下的有多少»: the amount must stand right at the answer, and no other bounds.
    """
    for term, met, _ in coverage.by_term:
        if term.kind != "figure":
            continue
        wanted = matcher.bounds(term.text)
        own = matcher.bounds(zones["paired"]) or matcher.bounds(zones["left"])[-1:]
        if met < _AMOUNT_MET or any(
            same_unit(b.unit, wanted[0].unit) and not agree(wanted[0], b) for b in own
        ):
            return 0.4
    return 0.0


def role_penalty(question: Question, text: str, start: int, end: int) -> float:
    """Returns 0.5 if the question names a role that stands neither before the name nor as its title, else 0."""
    roles = _ROLE.findall(question.text)
    beside = text[max(0, start - 16) : start]
    if label := _LABEL.search(beside):
        beside = label[1]  # «责编:甲 签发:乙»: each name has its own
    elif _TITLED.match(text, end):  # «张三 某协会会长», «由组织部部长兼任»
        beside += " " + re.split("[,，。;；]", text[end:])[0][:24]
    held = any(r in beside and (r.startswith("副") or f"副{r}" not in beside) for r in roles)
    return 0.5 if roles and not held else 0.0


def asks_several(question: Question) -> bool:
    """Returns whether more than one body, place or document is asked for, which a sentence lists as a whole."""
    return question.kind in {"organisation", "place", "document"} and bool(_SEVERAL.search(question.text))


_OF_WHICH = re.compile("哪[两二三四五六七八九](?:个|项|种|类|家|所|大|条)?(?P<noun>[一-鿿]{2})")


def _named_alike(question: str, text: str) -> int:
    """Returns how often a text has the noun of which a question wants a number: two of «哪两种保险»."""
    match = _OF_WHICH.search(question)
    return text.count(match["noun"]) if match else 0


# The way asked for, which a sentence that tells it often names: «按什么办法调» is told by «…相结合的调整办法».
_WAY = re.compile(
    "(?:什么|啥|哪些|哪几?[一两二三四五六]?[种个项类条])样?的?(?P<way>办法|方式|措施|举措|机制|模式|做法|途径|手段|原则|路径)"
)
_WAY_SAID = 0.1


def shape_bonus(question: Question, text: str) -> float:
    """Returns how the build of a whole sentence fits: a list must list, a place or body asked for must be named."""
    if (way := _WAY.search(question.text)) and question.kind in {"measure", "list", "definition", "other"}:
        return _WAY_SAID if way["way"] in text else 0.0
    if question.kind != "list":
        if question.kind not in {"organisation", "place", "document"}:
            return 0.0
        return 0.05 if asks_several(question) and items_in(text) > 1 else -0.12
    items = max(items_in(text), _named_alike(question.text, text))
    if (wanted := listed(question.text)) and items < wanted:
        return -0.4 if wanted > 5 else -0.1  # «哪五步», «35个部门具体是哪些»: fewer are named here
    return 0.05 if items > 1 else -0.2


_ASKS_START = re.compile(
    r"从(?:什么时候|何时|哪|几)|(?:什么时候|何时|哪天|哪年|几时)(?:起|开始|启动|以来|后)|开始(?:时间|日期)|起始"
)
_ASKS_END = re.compile(
    r"到(?:什么时候|何时|哪|几)|截至?|截止|为止|到期|期满|结束|延续到|延长到|最晚|最迟|之前"
)
_IS_START = re.compile(r"(?:起|开始|以后|之?后|以来)")
_IS_END = re.compile(r"(?:至|到|截至|截止到?|延至|延长至|延续至)\s*$")


def date_role(question: Question, text: str, start: int, end: int) -> float:
    """Returns what speaks for or against a date where a beginning or an end is asked for.

    «政策到什么时候为止» asks for the date behind 至, not for the one before 起.
    """
    begins = bool(_IS_START.match(text[end : end + 4]))
    ends = bool(_IS_END.search(text[max(0, start - 5) : start])) or text[end : end + 3].startswith((
        "前",
        "止",
        "之前",
        "为止",
        "截止",
    ))
    if _ASKS_END.search(question.text):
        return 0.2 * ends - 0.2 * begins
    if _ASKS_START.search(question.text):
        return 0.2 * begins - 0.2 * ends
    bare_year = bool(re.fullmatch(r"\d{4}年?|[“\"].*", text[start:end].strip()))
    return -0.16 if bare_year and not re.search("年份|哪一?年", question.text) else 0.0
