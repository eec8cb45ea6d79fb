"""A question with several parts into questions with one each."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.reading.breath import by_attributes, by_measures, by_years
from assistant.reading.question import question_kind, understand

_ASKS = re.compile(r"多少|几|什么|哪|谁|何时|怎么|如何|占比|比例")
_EACH = re.compile(
    r"^(?P<head>.*?)(?P<items>[^,，]*?[、和与跟及][^,，]*?)(?:[,，]?(?:分别|各自?)(?P<verb>[^,，多几]{0,8}?)|(?:一共|总共)?(?:有|是))(?P<ask>(?:多少|几).*)$"
)
_AFTER = re.compile(
    r"^(?P<head>.*?(?:多少|几)[名个位家支条项件人]?)(?P<items>[^,，的]{2,10}(?:[、和与及][^,，的]{2,10})+)$"
)
_PREAMBLE = re.compile(
    "^(?:我|我们|咱|咱们|本人|领导|请|麻烦|想|帮)|(?:核实|了解|请教|咨询|打听|确认)一?下?$|^(?:您好|你好)"
)
_BARE_ATTRIBUTE = re.compile("(?:总额|金额|总数|占比|比例|一共|共计|合计)")
_ASKED_IN = re.compile("(?:一共|总共)?(?:有|是|达|为)?(?:多少|几|什么|哪|谁|何时|怎么|如何)")
_AFTERTHOUGHT = re.compile(
    "领导|麻烦|谢谢|感谢|拜托|急|等着|给个|准确|告诉我|帮忙|帮我|写材料|要用|核实|核对"
)
_AND = re.compile(r"以及|、|(?<!共)(?<!缓)(?<!平)和(?!谐|平|美|睦|解)|(?<!参)与|跟|及(?!时)")


def split_question(text: str, places: Callable[[str], list[tuple[int, int, str]]]) -> list[str]:
    """Returns the single questions of a text, each with the place and thing that the first one names.

    «揭阳有多少志愿者,占人口多少?» gives two; «A和B分别有多少?» gives one for A and one for B.
    """
    pieces = [
        p.strip(" ,，、?？。;；")
        for p in re.split(r"[?？;；,，]|、(?=[^,，、]*(?:多少|几|什么|哪|谁|占比))", text)
    ]
    whole = [p for p in pieces if p]
    pieces = _without_preamble(whole)
    if pieces != whole:
        start = text.find(pieces[0])
        text = text[start : text.find(pieces[-1], start) + len(pieces[-1])]
    asking = [p for p in pieces if _ASKS.search(p)]
    if len(asking) >= 2 and len(asking) == len(pieces):
        return [
            q
            for i, p in enumerate(pieces)
            for q in _each(p if i == 0 else _carry(pieces[0], p, places), places)
        ]
    if len(asking) >= 2 and asking == pieces[1:]:  # «报名人数,2024年是多少,2025年是多少»
        return [q for p in asking for q in _each(pieces[0] + p, places)]
    several = by_years(text) or by_attributes(text, places)
    return several or _each(text, places)


def _without_preamble(pieces: list[str]) -> list[str]:
    """Returns the pieces without what a person says of themselves («我在写材料,…», «…,领导等着要»)."""
    while len(pieces) > 1 and not _ASKS.search(pieces[0]) and _PREAMBLE.search(pieces[0]):
        pieces = pieces[1:]
    while len(pieces) > 1 and not _ASKS.search(pieces[-1]) and _AFTERTHOUGHT.search(pieces[-1]):
        pieces = pieces[:-1]
    return pieces


def _each(text: str, places: Callable[[str], list[tuple[int, int, str]]]) -> list[str]:
    """Returns a question for every item of «A、B和C分别有多少»."""
    bare = text.strip(" ?？。")
    if several := by_measures(bare):
        return several
    if (after := _AFTER.match(bare)) and not re.search(r"[(（了给发过]", after["items"]):
        items = [i.strip() for i in _AND.split(after["items"])]
        shared = len(items[-1]) >= len(items[0]) + 2  # 行政和事业编制: one thing, named in two words
        if 2 <= len(items) <= 4 and all(2 <= len(i) <= 10 for i in items) and not shared:
            return [after["head"] + item for item in items]
    if not re.search(r"分别|各", bare):
        return [text]
    match = _EACH.match(bare)
    if match is None or question_kind(bare)[0] in {"comparison", "aggregation"}:
        return [text]
    items = [i.strip("的 ") for i in _AND.split(match["items"]) if i.strip("的 ")]
    if not 2 <= len(items) <= 5 or any(len(i) > 24 for i in items):
        return [text]
    head, rest = match["head"], (match["verb"] or "有") + match["ask"]
    items = _whole_items(items)
    first = items[0]
    lead = ""
    if (cut := re.search(r"^(.*(?:的|[,，:：]|\d年|市|省|县|区))", first)) and len(items[1]) <= len(
        first
    ) - len(cut[1]) + 4:
        lead = cut[1]  # the place or owner named with the first item holds for all
    if not lead and (named := places(first)) and named[0][0] == 0:
        lead = first[: named[0][1]]
    return [head + (item if i == 0 else lead + item) + rest for i, item in enumerate(items)]


def _whole_items(items: list[str]) -> list[str]:
    """Returns the items with the noun that only the last one bears: 助理、中级、高级社工师 are three 社工师."""
    short = min(len(i) for i in items[:-1])
    alike = all(2 <= len(i) <= 3 for i in items[1:-1]) and 2 <= short <= 3
    if len(items) < 3 or not alike or len(items[-1]) < short + 3:
        return items
    return [*(i + items[-1][short:] for i in items[:-1]), items[-1]]


def _carry(first: str, later: str, places: Callable[[str], list[tuple[int, int, str]]]) -> str:
    """Returns a later part with the first one's subject put in front, where it names no place of its own."""
    if places(later):
        return later
    before = _ASKED_IN.split(first, maxsplit=1)[0]
    subject = re.sub(r"[一-鿿]了$", "", before)
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
    return subject.strip("的 ,，") + later
