"""The items that a question sets side by side by their places or years, each with its own noun phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.across.asking import EARLY, HIGH, LATE, LOW, WHICH
from retrieval import PlaceSpan

_JOIN = r"(?:和|与|跟|同|及|以及|还有|、|加上|再加|加|,|，|/|\s|比起|比|较|相比|vs|VS|对比|还是|或者?)"
_GAP = re.compile(rf"^(?:市|省|区|县|州|全省|全市|全区|两地)?{_JOIN}+$")
_LAST_JOIN = re.compile(
    rf"(?:和|与|跟|同(?!比|步|志|期)|及(?!时)|以及|还有|、|加上|,|，|/|\s|比(?!例|重|率|较|如|赛|上年|去年|前年|上一年)|(?:的?(?:{HIGH}|{LOW}))?还是|超出?(?!过|亿|万|\d)|高[出于]|低于|多[出于]|少于|大于|小于|领先于?|落后于?|不如|(?:大约|约|大概)?是(?=[^,，]{{2,30}}(?:几|多少)倍)|的?(?:{HIGH}|{LOW})[,，])"
)
_TAIL = re.compile(
    rf"[,，:：]|{WHICH}|各自?(?!地|类|项|界|级|村|社|种)|分别|都(?=[有是涨增减降])|两个?(?:区|市|省|县|地|年|者|家|地方|城市)|两年|相差|差了?(?=多少|几)|合计|总共|一共|共(?=有|计)|加起来|加在?一|加到|合起来|相加|更|最|相比|比起来|对比|(?:大概|大约|约)?(?:多少|几(?![乎何]))|的?(?:几|多少)倍|(?:{HIGH}|{LOW}|{EARLY}|{LATE})(?:出|了|配|建|设|成)?(?=[^,，]{{0,10}}(?:多少|几))|(?:{HIGH})(?:还|(?=[?？]|$))|比(?=[,，])|的?差数|之差"
)
_ADJECTIVE = re.compile(rf"(?:的|最|更)*(?:{HIGH}|{LOW})?$")
# A part of a place's name that the gazetteer does not know, or a body of the place.
_EXTENSION = re.compile(
    r"^(?P<name>[一-鿿]{1,8}?(?:镇|乡|街道|科技城|高新区|开发区|新区|园区|生态区|村|社区))(?=的|$|[,，])"
)
_BODY = re.compile(r"(?:部|局|委|办|会|组|所|院|厅|校|中心|协会|公司|集团|平台|联席会|小组)$")

_YEARS_LISTED = re.compile(r"(?:(?:19|20)\d{2}年?[、和,，])+(?:19|20)\d{2}年?")
_LEAST_THING = 4  # characters of a thing that is asked about by itself


@dataclass(frozen=True, slots=True)
class Mention:
    """A place or a year that sets an item apart."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sides:
    """A question taken apart: what stands before the items, the items with their nouns, what is asked of them."""

    head: str
    items: tuple[tuple[str, str], ...]
    tail: str


def place_mentions(text: str, spans: Sequence[PlaceSpan]) -> list[Mention]:
    """Returns the places of a question: a district after its city as one, bodies and repeats left out."""
    found: list[Mention] = []
    last: PlaceSpan | None = None
    for span in spans:
        beside = bool(found) and found[-1].end == span.start
        if beside and re.match(r"(?:商会|大学|学院|银行|菜|路)", text[span.end :]):
            continue  # 四川商会 of another place is no part of 四川
        if beside and last is not None and last.name in span.parents:
            found[-1] = Mention(found[-1].start, span.end, text[found[-1].start : span.end])
        else:
            found.append(Mention(span.start, span.end, span.text))
        last = span
    found = [_extended(text, m) for m in found]
    return [m for i, m in enumerate(found) if m.text not in {x.text for x in found[:i]}]


def _extended(text: str, mention: Mention) -> Mention:
    """Returns a place with the town or park named right after it (海南文昌 + 文城镇)."""
    match = re.match(
        r"[一-鿿]{1,6}?(?:镇|街道|科技城|高新区|开发区|新区|园区|生态区)(?=[的和与跟、,，]|\s|$)",
        text[mention.end :],
    )
    if match is None or re.match(r"[和与跟、的]", match[0]):
        return mention
    end = mention.end + match.end()
    return Mention(mention.start, end, text[mention.start : end])


def take_apart(text: str, mentions: Sequence[Mention]) -> Sides:
    """Returns the sides of a question whose items are named by places or years."""
    head = text[: mentions[0].start]
    own: list[str] = []
    for here, after in pairwise(mentions):
        gap = text[here.end : after.start]
        if _GAP.match(gap):
            own.append("")
            continue
        joins = [m for m in _LAST_JOIN.finditer(gap) if m.end() <= len(gap)]
        own.append(gap[: joins[-1].start()] if joins else gap)
    rest = text[mentions[-1].end :]
    tail = _TAIL.search(rest)
    cut = tail.start() if tail else len(rest)
    own.append(rest[:cut])
    own = [
        re.sub(r"^全[省市县区州]的?|(?:大约|大概|约)?是$", "", _ADJECTIVE.sub("", o.strip(" "))) for o in own
    ]
    asked = re.sub(r"^(?:相比|比)(?=[,，])", "", rest[cut:])
    return Sides(head, tuple(zip((_named(m.text) for m in mentions), _completed(own), strict=True)), asked)


def _named(text: str) -> str:
    """Returns a year with 年."""
    return f"{text}年" if text.isdigit() else text


def _completed(own: Sequence[str]) -> list[str]:
    """Returns the items' noun phrases, what one lacks taken from the others."""
    bare = [o.strip("的 市省区县") for o in own]
    shared = own[-1] if bare[-1] else next((o for o, b in zip(own, bare, strict=True) if b), "")
    filled = [o if b and o != "的" else shared for o, b in zip(own, bare, strict=True)]
    with_part = next((o for o in filled if "的" in o.strip("的")), "")
    body, _, part = with_part.partition("的")
    if part and _BODY.search(body):
        return [f"{o}的{part}" if _BODY.search(o) and "的" not in o else o for o in filled]
    return filled


def items_of_side(head: str, label: str, own: str, tail: str, years: Sequence[str]) -> list[tuple[str, str]]:
    """Returns what one place is asked for, each as its name and its question: one for each year or each thing."""
    own = own.strip(" ,，")
    if len(years) > 1:  # «2024年、2025年海南通过考试的人数»
        return [(f"{year}{label}", f"{year}{label}{own}{tail}") for year in years]
    head = _YEARS_LISTED.sub("", head)
    things = [t.strip(" ,，") for t in re.split(r"、|以及", own.strip("的"))]
    if len(things) > 1 and all(len(t) >= _LEAST_THING for t in things) and not re.search("[“《（(]", own):
        return [(f"{label}{t}", joined(head, label, t, tail)) for t in things]
    return [(label, joined(head, label, own, tail))]


def joined(head: str, item: str, own: str, tail: str) -> str:
    """Returns the question of one item: its name, what stands before all items, its own noun, and what is asked."""
    head = re.sub(r"^(?:论|说到|关于|就|把|按)|(?:就|在|把|从|按)$", "", head.strip(" ,，:：、"))
    head = re.sub(r"(?:这块|方面|这方面|这件事|上|里|的话|算)$", "", head)
    parted = head and own and not own.startswith("的") and (len(head) > 6 or not item.endswith("年"))
    text = f"{item}{head}{'，' if parted else ''}{own}{tail}"
    return re.sub(r"\s+", " ", text).strip()
