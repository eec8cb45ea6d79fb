"""A question with several parts into questions with one each."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.reading.breath import by_attributes, by_change, by_measures, by_years
from assistant.reading.question import question_kind, understand
from assistant.reading.unwrapping import restored, sealed, without_preamble

_ASKS = re.compile(
    r"多少|(?<![好十近前这那没])几(?![十百千万]?年来|乎|率|经|何)|什么|哪|谁|何时|怎么|如何|占比|比例"
)
_EACH = re.compile(
    r"^(?P<head>.*?)(?P<items>[^,，]*?[、和与跟及][^,，]*?)(?:[,，]?(?:分别|各自?)(?P<verb>(?:[最至]多|[^,，多几]){0,8}?)|(?:一共|总共)?(?:有|是))(?P<ask>(?:多少|几).*)$"
)
_AFTER = re.compile(
    r"^(?P<head>.*?(?:多少|几)[名个位家支条项件人]?)(?P<items>[^,，的]{2,10}(?:[、和与及][^,，的]{2,10})+)$"
)
_PURPOSE = re.compile(
    "为了(?:解|弄|摸|看|搞|知道|查)?[^,，多几]*(?:什么|哪些|谁)[^,，多几]{0,4}$"
)  # tells why, asks nothing
_BARE_ATTRIBUTE = re.compile("(?:总额|金额|总数|占比|比例|一共|共计|合计)")
_ASKED_IN = re.compile("(?:一共|总共)?(?:有|是|达|为)?(?:多少|几|什么|哪|谁|何时|怎么|如何)")
# 各 that is no «each of them»: 各村, 各地, 各类.
_SEPARATELY = re.compile("分别|各(?![村地类级项市县区省镇乡个种界方部行业族社大条家单门科室校所支])|各自")
# How a figure is meant, said behind the last of several things: «A、B平均各减多少».
_ADVERB = re.compile(
    "(?:平均|每月|每年|每人|人均|户均|累计|一共|总共|最多|最少|至少|至多|同比|大概|大约|目前|现在|现有|共)+$"
)
# What only goes on about the figure just asked for: «砍掉几成?百分比是多少».
_SAME_AGAIN = re.compile(
    "(?:具体|到底|准确|究竟)?的?(?:数字|数|百分比|数目)?(?:具体|到底|究竟)?(?:是|有|为)?(?:多少|几)"
)
# Two sides of one thing in a breath: 里头外头, 内外部.
_TWO_SIDES = re.compile(
    "(?P<in>里|内)(?P<side>[头面部边])?(?P<out>外)(?P<end>[头面部边])(?P<of>[^,，各分]{0,8})(?=各|分别)"
)
_SIDE = re.compile("[里内外][头面部边]")
_BARE = re.compile("(?:又|还|一共|总共|共|合计|总计)*(?:有|是|为)?(?:多少|几)[一-鿿]{0,2}")
# What a person takes back while speaking: «多少人次、不对,多少件».
_TAKEN_BACK = re.compile(
    "(?:多少|几)[^,，、。?？]{0,6}[、,，。?？ ]+(?:哦|噢|啊|呃)?(?:不对|不是|说错了?|错了)[、,，。 ]+(?=[^,，。?？]*(?:多少|几))"
)
_CIRCUMSTANCE = re.compile("(?:[之以]?后|时候?|期间|当中|中|方面|以来|起|活动|过程)$")
_AND = re.compile(r"以及|、|(?<!共)(?<!缓)(?<!平)和(?!谐|平|美|睦|解)|(?<!参)与|跟|及(?!时)")


def split_question(text: str, places: Callable[[str], list[tuple[int, int, str]]]) -> list[str]:
    """Returns the single questions of a text, each with the place and thing that the first one names.

    «揭阳有多少志愿者,占人口多少?» gives two; «A和B分别有多少?» gives one for A and one for B.
    """
    text = _TAKEN_BACK.sub("", text)
    closed, brackets = sealed(_TWO_SIDES.sub(_both_sides, text))
    return [restored(part, brackets) for part in _split(closed, places)]


def _both_sides(match: re.Match[str]) -> str:
    """Returns both sides named in full: 内部上限和外部上限 for 内外部上限."""
    of = match["of"]
    return f"{match['in']}{match['side'] or match['end']}{of}和{match['out']}{match['end']}{of}"


def _split(text: str, places: Callable[[str], list[tuple[int, int, str]]]) -> list[str]:
    pieces = [
        p.strip(" ,，、?？。;；")
        for p in re.split(r"[?？;；,，]|、(?=(?:(?!各|分别)[^,，、])*(?:多少|几|什么|哪|谁|占比))", text)
    ]
    whole = [p for p in pieces if p]
    pieces = without_preamble(whole, _ASKS)
    pieces = [p for i, p in enumerate(pieces) if not (i and _SAME_AGAIN.fullmatch(p))]
    if pieces != whole and pieces:
        start = text.find(pieces[0])
        where = [name for _, _, name in places(text[:start])]
        text = text[start : text.find(pieces[-1], start) + len(pieces[-1])]
        if where and not places(text):  # «我爸在青海退休,…»: the place stays
            text, pieces[0] = where[0] + text, where[0] + pieces[0]
    asking = [p for p in pieces if _ASKS.search(p) and not _PURPOSE.match(p)]
    if len(asking) >= 2 and len(asking) == len(pieces):
        return [
            q
            for i, p in enumerate(pieces)
            for q in _each(p if i == 0 else _carry(pieces[0], p, places), places)
        ]
    if len(asking) >= 2 and asking == pieces[1:]:  # «报名人数,2024年是多少,2025年是多少»
        joint = "," if _CIRCUMSTANCE.search(pieces[0]) else ""
        whole = [pieces[0] + joint + p for p in asking]
        for i, later in enumerate(asking[1:], 1):
            if _BARE.fullmatch(later):  # «任务分成几类、一共多少项»: of the tasks
                whole[i] = _carry(whole[0], later, lambda _: [])
        return [q for p in whole for q in _each(p, places)]
    several = by_years(text) or by_attributes(text, places)
    return several or _each(text, places)


def _each(text: str, places: Callable[[str], list[tuple[int, int, str]]]) -> list[str]:
    """Returns a question for every item of «A、B和C分别有多少»."""
    bare = text.strip(" ?？。")
    if several := by_change(bare) or by_measures(bare):
        return several
    if (after := _AFTER.match(bare)) and not re.search(r"[(（了给发过]", after["items"]):
        items = [i.strip() for i in _AND.split(after["items"])]
        shared = len(items[-1]) >= len(items[0]) + 2  # 行政和事业编制: one thing, named in two words
        if 2 <= len(items) <= 4 and all(2 <= len(i) <= 10 for i in items) and not shared:
            return [after["head"] + item for item in items]
    if not _SEPARATELY.search(bare):
        return [text]
    match = _EACH.match(bare)
    if match is None or question_kind(bare)[0] in {"comparison", "aggregation"}:
        return [text]
    items = [i.strip("的 ") for i in _AND.split(match["items"]) if i.strip("的 ")]
    if not 2 <= len(items) <= 5 or any(len(i) > 24 for i in items):
        return [text]
    how = adverb[0] if (adverb := _ADVERB.search(items[-1])) else ""
    items = _whole_items([*items[:-1], items[-1].removesuffix(how)])
    head, rest = match["head"], how + (match["verb"] or "有") + match["ask"]
    return [head + item + rest for item in _led_items(items, places)]


def _led_items(items: list[str], places: Callable[[str], list[tuple[int, int, str]]]) -> list[str]:
    """Returns the items, each with the place or owner that the first one names for all."""
    first, second = items[0], items[1]
    turned = len(first) - len(second)
    if len(items) == 2 and turned > 0 and _SIDE.match(second) and _SIDE.match(first, turned):
        return [first, first[:turned] + second]  # 阵地外面和里面
    lead = ""
    own = "的" in second and "的" in first  # 新建的组织、新增的队伍: each with its own modifier
    cut = None if own else re.search(r"^(.*(?:的|[,，:：]|\d年|[一-鿿]{2}[市省县区]))", first)
    if cut and len(second) <= len(first) - len(cut[1]) + 4:
        lead = cut[1]  # the place or owner named with the first item holds for all
    if not lead and (named := places(first)) and named[0][0] == 0:
        lead = first[: named[0][1]]
    return [item if i == 0 else lead + item for i, item in enumerate(items)]


def _whole_items(items: list[str]) -> list[str]:
    """Returns the items with the noun that only the last one bears: 助理、中级、高级社工师 are three 社工师."""
    short = min(len(i) for i in items[:-1])
    alike = len({len(i) for i in items[1:-1]} | {short}) == 1 and 2 <= short <= 3
    if len(items) < 3 or not alike or len(items[-1]) < short + 3:
        return items
    return [*(i + items[-1][short:] for i in items[:-1]), items[-1]]


def _carry(first: str, later: str, places: Callable[[str], list[tuple[int, int, str]]]) -> str:
    """Returns a later part with the first one's subject put in front, where it names no place of its own."""
    if places(later):
        return later
    before = _ASKED_IN.split(first, maxsplit=1)[0]
    subject = re.sub(r"[一-鿿][成到出起]?了$", "", before)
    if _BARE_ATTRIBUTE.match(later):  # «给多少人发了补贴,总额多少»: of what was given
        question = understand(first)
        given = (
            first.rpartition("了")[2]
            if "了" in first[len(before) :]
            else question.asked
            if question.after
            else ""
        )
        named = places(before)
        subject = (before[: named[0][1]] if named else "") + given if given else subject
    return re.sub("(?:的?总?(?:数量?|数目|量))$", "", subject.strip("的 ,，")) + later
