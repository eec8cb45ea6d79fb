"""A question into a plan: which operation it asks for, and of which items."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.across.asking import (
    EARLY,
    HIGH,
    LATE,
    LOW,
    WHICH,
    as_compared,
    asking,
    dated_event,
    measure_in,
    unit_of,
)
from assistant.across.items import split_items
from assistant.across.measures import ITS_LIKE, QUANTITY, REPORTS, measures
from assistant.across.plan import Measure, Operand, Operation, Plan
from assistant.across.sides import Mention, items_of_side, joined, place_mentions, take_apart
from assistant.reading.question import question_kind, understand
from retrieval import PlaceSpan

Places = Callable[[str], "list[PlaceSpan]"]

_MOST = re.compile(rf"最(?:{HIGH}|{LOW}|早|晚)|居首|排第一|排在?首位|第一名")
_EVERYWHERE = re.compile(
    r"(?:全国)?(?:各地(?!区)|各省市?|各市州?(?!县)|各个(?:地方|城市|省份?|市|地区)|每个(?:地方|城市|省份?|地区)|(?:这|那)(?:几|五|四|三|两)个(?:地方|城市|省份?|市|地区)|^(?:几|五|四|三)个(?:地方|城市|省份?|市)|(?:这|那)?几地|(?<![一-鿿])[三四五六七八九]地|所有(?:地方|城市|省份?|地区)|不同(?:地方|地区|城市))(?:的|都|在|里|中)?"
)
_SOME_PLACES = re.compile(r"(?:都有)?(?:哪些|哪几个?|有哪些)(?:地方|城市|省份?|市(?!民|场)|地区|区县|县区)")
_EACH = re.compile(
    r"分别|各自?(?=[有是为建开设办出成拥减增发投配在培完做花用搞推叫能占达立](?!地|类|项|界|级)|多少|几|怎|如何)|都(?=[有是涨增减降花投建发](?:了|过|幅)?(?:多少|几|哪|什么))"
)
_DIFFERENCE = re.compile(
    r"相差|差了?多少|差几|差距|(?:多|高|少|低|大(?!概|约)|小(?!区|时|学|组)|快|慢|晚|早|迟|长)(?:出|了|过|于|配|建|办|设|有)?[^,，。?？多几]{0,4}(?:多少|几(?![乎何]))|(?:领先|落后|超出)[^,，]{0,14}(?:多少|几)|高出|多出|差数|之差|差值"
)
_SUM = re.compile(
    r"合计|加起来|加在?一起|加到?一?(?:块儿?|起)|相加|总共|一共|合起来|总和|之和|加总|拢共|共计|共有"
)
_PARTS = re.compile(r"(?:[两三四五]|各)(?:级|类|种|档|批)(?!别)")
_LEVELS = re.compile(r"(?:[省市县区乡镇村][、和与及]?){1,3}[两三四]级|各级")
_TIMES = re.compile(r"(?:几|多少)倍|倍数")
_GROWTH = re.compile(
    r"(?:增长|增加|下降|减少|上升|提高|降低|增|涨|跌|降|多|少)了?(?:百分之?|几成|幅)|增长了?(?:多少|几)(?![人名个家件户场])|同比|百分之(?:几|多少)"
)
_FILLER = re.compile(
    r"(?:[这那]?几|各)篇(?:文章|报道|材料)?[里中]面?[,，]?|(?:[两这二][个省市区县地]{1,2})?比一比[,，]?|请问|请你?告诉我|帮我?(?:查|看|算)一?下|我想(?:知道|问|了解)一?下?|想问一?下|麻烦|到底|究竟|的话|(?:保留|四舍五入到?)[^,，。]{0,8}小数|[（(](?:差数|保留[^）)]*|四舍五入[^）)]*)[）)]"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年(?:度)?(?:全年|[上下]半年|[一二三四]季度|\d{1,2}月)?)?")
_ASKS = re.compile(r"多少|几(?![乎何])|哪|谁|什么|怎|如何")


def plan_question(text: str, places: Places) -> Plan | None:
    """Returns the plan of a question over several figures, None for any other question.

    Args:
        text: The question, simplified and half width.
        places: Finder of place names that knows the library's own.
    """
    text = re.sub(r"多大一笔(?:钱)?|多大的?数额", "多少钱", without_filler(text))
    text = as_compared(re.sub("(?<=[一-鿿]{2})一[省市县区地](?=[相跟和与,，比的])", "", text))
    mentions = place_mentions(text, places(_unquoted(text)))
    if (everywhere := _everywhere(text, mentions)) is not None:
        return everywhere
    operation = operation_of(text)
    if len(mentions) >= 2:
        if (own := _own_questions(text, mentions)) is not None:
            return own
        return _of_sides(text, operation, mentions, "place") if operation else None
    years = [Mention(m.start(), m.end(), m[0]) for m in _YEAR.finditer(_unquoted(text))]
    years = [m for i, m in enumerate(years) if m.text[:4] not in {y.text[:4] for y in years[:i]}]
    if (
        operation in {"difference", "times", "sum", "compare"}
        and _GROWTH.search(text)
        and operation != "compare"
    ):
        return None  # a rate of growth, which articles give themselves
    if operation and len(years) >= 2:
        return _of_sides(text, operation, years, "year")
    if _PARTS.search(text) and _SUM.search(text):
        return Plan(
            "sum",
            (Operand("合计", _LEVELS.sub("", _SUM.sub("", text))),),
            unit=unit_of(text),
            stem="parts",
            fallback=True,
        )
    if operation in {"compare", "difference", "sum", "times"}:
        return _within_one(text, operation, mentions)
    return None


def without_filler(text: str) -> str:
    """Returns a question without polite words, wishes for decimals, and marks at its ends.

    >>> without_filler("请问青禾的持证比例是多少(保留一位小数)?")
    '青禾的持证比例是多少'
    """
    return _FILLER.sub("", text).strip(" ,，?？。!！")


def _unquoted(text: str) -> str:
    return re.sub(r"《[^《》]*》|“[^“”]*”|「[^「」]*」", lambda m: "_" * len(m[0]), text)


def operation_of(text: str) -> Operation | None:
    """Returns what is asked of the items, None if nothing over several is."""
    bare = _unquoted(text)
    asks = bool(_ASKS.search(bare))
    sums = bool(_SUM.search(bare)) and (bool(re.search("多少|几|总和|之和|总数|规模", bare)) or not asks)
    tests: tuple[tuple[Operation, bool], ...] = (
        ("sum", sums and not re.search(r"[相比]差|比(?!例|重|率)|领先|超出|高出|倍", bare)),
        ("times", bool(_TIMES.search(bare))),
        ("difference", bool(_DIFFERENCE.search(bare))),
        ("compare", _compares(bare)),
        (
            "sum",
            bool(_SUM.search(bare)) and (bool(re.search("多少|几|总和|之和|总数|规模", bare)) or not asks),
        ),
        ("each", bool(_EACH.search(bare) or re.search("都.{0,10}(?:吗|么)$", bare))),
        ("compare", bool(re.search(r"相比|对比|比起来|[跟与和].{1,12}比|vs", bare))),
        ("each", not asks and bool(re.search(r"\s", bare)) and not re.search(r"吗|没|是否|不", bare)),
    )
    return next((operation for operation, met in tests if met), None)


def _compares(bare: str) -> bool:
    return bool(
        re.search(rf"{WHICH}.{{0,24}}?(?:更|最|比较)?(?:{HIGH}|{LOW}|{EARLY}|{LATE})", bare)
        or re.search(rf"{WHICH}[^,，]{{0,12}}?(?:更|最)(?:为|加)?[一-鿿]{{1,2}}(?:一?些|一?点儿?)?$", bare)
        or re.search(rf"(?:{HIGH}|{LOW})(?:一?些|点儿?)?还是", bare)
        or re.search(rf"(?:比|较).{{2,20}}(?:更|还|要)?(?:{HIGH}|{LOW})(?:吗|么|不|没)", bare)
    )


def _everywhere(text: str, mentions: Sequence[Mention]) -> Plan | None:
    """Returns the plan of a question over all places, or None."""
    bare = _unquoted(text)
    most, which = _MOST.search(bare), re.search(WHICH, bare)
    if (
        most
        and which
        and len(mentions) < 2
        and re.search(r"市|省|区|县|地方|城市|地区|里|边|谁", which[0] + bare[which.end() : which.end() + 3])
    ):
        stem = re.sub(WHICH + r"(?:的|里|中)?", "", _MOST.sub("", _EVERYWHERE.sub("", text)))
        stem = re.sub(r"的?(?:是|为|有)?$", "", stem.strip(" ,，的")).strip(" ,，的")
        asked = asking(stem, text)
        return Plan(
            "most",
            lower=bool(re.search(rf"最(?:{LOW}|早)", bare)),
            measure=_measure_of(asked),
            stem=asked,
            unit=unit_of(text),
            places=(which[0] + bare[which.end() : which.end() + 1],),
        )
    match = _EVERYWHERE.search(bare)
    if match is None and (some := _SOME_PLACES.search(bare)):
        match = some
    if match is None or mentions:
        return None
    stem = (text[: match.start()] + text[match.end() :]).strip(" ,，的")
    stem = re.sub(
        rf"^(?:把|在|对|关于|就)|{REPORTS}|[?？](?=$)",
        "",
        re.sub(r"分别|各自?(?=[有是建开])|各(?=怎|如何|是|有)|各(?=多少)", "", stem),
    ).strip(" ,，的")
    stem, *more = measures(re.sub(ITS_LIKE, "", stem))
    done = match.re is _SOME_PLACES and not (_ASKS.search(stem) or QUANTITY.search(stem))
    if done and not more:  # «哪些地方用积分激励居民»: where it is done, not how much of it there is
        return Plan("all", measure="text", stem=stem)
    asked = asking(stem, text) if _measure_of(stem) != "text" or not _ASKS.search(stem) else stem
    measure = _measure_of(asked)
    return Plan(
        "all", measure=measure, stem=asked, unit=unit_of(text), more=tuple(asking(m, text) for m in more)
    )


def _own_questions(text: str, mentions: Sequence[Mention]) -> Plan | None:
    """Returns the plan of «A搞了什么行动、B建了什么机制», where every place has a question of its own."""
    ends = [*(m.start for m in mentions[1:]), len(text)]
    pieces = [text[m.end : end].strip(" ,，、;；?？和与") for m, end in zip(mentions, ends, strict=True)]
    if not all(re.search(r"什么|多少|几(?![乎何])|哪些|怎么|如何", p) for p in pieces):
        return None
    if any(re.match(r"[有是占共达](?:多少|几)", p) for p in pieces):
        return None  # «其中B有几个»: goes on from the first
    head = text[: mentions[0].start].strip(" ,，:：")
    operands = tuple(
        Operand(m.text, f"{m.text}{head}{piece}", m.text) for m, piece in zip(mentions, pieces, strict=True)
    )
    return Plan(
        "each",
        operands,
        measure="figure" if all(understand(o.question).wants_figure for o in operands) else "text",
    )


def _of_sides(text: str, operation: Operation, mentions: Sequence[Mention], kind: str) -> Plan:
    """Returns the plan of a question that names its items by places or years."""
    sides = take_apart(text, mentions)
    tail = measure_in(sides.tail)
    if operation == "each":
        tail = re.sub(r"[?？]|[啊呀呢]$|分别|各自?(?=[^地类项界级])|^都", "", sides.tail).strip(" ,，:：")
    years = _YEAR.findall(sides.head) if kind == "place" and operation == "each" else []
    operands = tuple(
        Operand(
            name,
            asking(question, text),
            label if kind == "place" else "",
            label[:4] if kind == "year" else "",
        )
        for i, (label, own) in enumerate(sides.items)
        for name, question in (
            items_of_side(sides.head, label, own, tail, years if not i else [])
            if operation == "each"
            else [(label, joined(sides.head, label, own, tail))]
        )
    )
    measure = _measure_of(operands[0].question) if operands else "figure"
    if operation == "each" and re.search(r"(?:什么|哪些|多少)?(?:数据|数字)$", text):
        measure = "figure"
    which = operation in {"difference", "times"} and _compares(_unquoted(text))
    return Plan(operation, operands, _lower(text), measure, unit=unit_of(text), which=which)


def _lower(text: str) -> bool:
    return bool(
        re.search(
            rf"(?:更|最|谁|比较|哪[个边方家市]?|得)(?:{LOW}|早|先)|(?<!多)(?:{LOW})(?:还是|[?？]?$)", text
        )
        or (dated_event(text) and re.search(EARLY, text))
    )


def _measure_of(question: str) -> Measure:
    if question_kind(question)[0] == "date":
        return "date"
    return "figure" if understand(question).wants_figure else "text"


def _beside(lead: str, name: str) -> str:
    return f"{lead} {name}" if lead and name[0] in "省市区县" else lead + name


def _lead(text: str, mentions: Sequence[Mention]) -> str:
    """Returns the place, and the year after it, that a noun phrase starts with."""
    place = next((m.text for m in mentions if text.startswith(m.text)), "")
    year = _YEAR.match(text, len(place))
    return place + (year[0] if year else "")


def _within_one(text: str, operation: Operation, mentions: Sequence[Mention]) -> Plan | None:
    """Returns the plan of a question that sets two noun phrases side by side, None if it has no two."""
    items = split_items(text, operation)
    if items is None:
        return None
    head, names, tail = items
    if any(re.match(r"像|如|比如|例如|包括|这", n) for n in names):
        return None  # examples of one thing, not things to add
    if (year := _YEAR.fullmatch(names[-1])) and len(names) == 2:
        now = asking(f"{head}{names[0]}{measure_in(tail)}", text)
        then = f"{year[0]}{now}"
        return Plan(
            operation, (Operand(names[0], now), Operand(year[0], then, year=year[0][:4])), unit=unit_of(text)
        )
    lead = _lead(names[0], mentions) if not _lead(head, mentions) else ""
    measure = "" if any(_ASKS.search(n) for n in names) else measure_in(tail)
    operands = tuple(
        Operand(name, asking(_beside(_lead(head, mentions) or (lead if i else ""), name) + measure, text))
        for i, name in enumerate(names)
    )
    return Plan(
        operation,
        operands,
        _lower(text),
        _measure_of(operands[0].question),
        unit=unit_of(text),
        fallback=True,
    )
