"""What a figure is to a change: the amount of it, where it led, where it began, or no change at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UP = "增长|增加(?!值)|上升|上调|调高|攀升|提高|提升|增多|上涨|扩大|增强|增|升|涨|多|高|拉长|延长|新增|净增|扩|翻"
_DOWN = "减少|下降|下调|调低|降低|缩减|压减|缩小|回落|下滑|下跌|减弱|精简|减轻|缩短|削减|压缩|降|减|跌|少|低"
_LED_TO = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:幅度)?(?:了)?(?:至|到|为|成)\s*$")
_BEGAN = re.compile(r"(?:由|从|自)\s*$")
_WAS = re.compile(
    r"(?:原来(?:的|为|有)?|原有的?|原为|原是|此前(?:的|为)?|过去(?:的|为)?|(?:上年|去年|前年)?同期(?:的|为|是)|上期(?:的|为|是)?)\s*$"
)
_AMOUNT = re.compile(
    r"(?:(?P<up>同比增长|增长|增加(?!值)|上升|上调|调高|攀升|提高|提升|增多|上涨|扩大|新增|净增|增幅|涨幅|增速|增长率|增|升|涨|多|高出?|超出|延长|扩充|翻)"
    r"|(?P<down>同比下降|减少|下降|下调|调低|降低|缩减|压减|缩小|回落|下滑|下跌|精简|减轻|缩短|降幅|削减|压缩|降|减|跌|少|低))"
    r"(?:了|幅|近|约|的?幅度)?(?:为|达到?|仅)?\s*$"
)
_AMOUNT_AFTER = re.compile(
    r"\s*的?(?:(?P<up>增幅|涨幅|增长率?|增速|增量|提升|新增|净增)|(?P<down>降幅|减幅|下降|跌幅))"
)
_AMOUNT_OF = re.compile(
    r"(?:(?P<up>新增|净增|增加(?!值)|增设|增配|增派)|(?P<down>减少|裁减|压减|缩减|精简))了?(?:(?![至到为达有的后共,，;；。:：])[一-鿿“”]){1,10}$"
)
_LEVEL_NOT_CHANGE = re.compile("(?:不|至|最|更|较|很|诸|好|许|众)(?:多|少|高|低)$|最高$")
_ENDS = re.compile(
    r"\s*(?:,|，)?\s*(?:[一-鿿]{0,4})?(?P<move>增长|增加|上升|上调|调高|攀升|提高|提升|增|升|扩大|减少|下降|下调|调低|降低|降|减|压减|缩短|延长|变)[至到为成]"
)
_RUN = re.compile(
    r"(?:(?:\d[\d.,]*|[一二三四五六七八九十百千两]+)[余多]?[万亿千百]?[%一-鿿]{0,3}[、和与及]\s*)+$"
)  # «增加500元、» before 400元
_DATED = re.compile(r"(?:\d{4}年|\d{1,2}[月日])+的?$")  # «增长至2022年的1231亿元»
_FROM_ONE = re.compile(r"(?:由|从|自)[^,，。;；]{0,12}\d[^,，。;；]{0,8}[至到]\s*$")
_TO_ANOTHER = re.compile(r"[一-鿿]{1,6}[至到](?=\d)")


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure is to a change.

    Attributes:
        role: `by`, `to`, `from`, or "" for a figure of no change.
        way: `up`, `down` or "".
    """

    role: str = ""
    way: str = ""


def change_of(text: str, start: int, end: int) -> Change:
    """Returns what the figure at `[start, end)` is to a change told in the text.

    >>> change_of("信访下降到5件", 5, 7), change_of("信访下降5件", 4, 6)
    (Change(role='to', way='down'), Change(role='by', way='down'))
    >>> change_of("由30个增至50个", 1, 4).role
    'from'
    """
    before = _DATED.sub("", _RUN.sub("", text[max(0, start - 24) : start]))[-12:]
    if match := _LED_TO.search(before):
        return Change("to", "up" if match["up"] else "down")
    if _BEGAN.search(before) and (after := _ENDS.match(text[end : end + 14])):
        return Change("from", _way_of(after["move"]))
    if _FROM_ONE.search(text[max(0, start - 30) : start]):
        return Change("to")
    if _BEGAN.search(before) and _TO_ANOTHER.match(text[end : end + 10]):
        return Change("from")
    if _WAS.search(before):
        return Change("from")
    match = _AMOUNT.search(before) if not _LEVEL_NOT_CHANGE.search(before) else None
    match = match or _AMOUNT_OF.search(re.split("[,，;；。:：]", before)[-1])
    match = match or _AMOUNT_AFTER.match(text[end : end + 6])
    if match is None:
        return Change()
    return Change("by", "up" if match["up"] else "down")


CHANGE_WORD = re.compile(rf"(?:同比|环比)?(?:{_UP}|{_DOWN}|新增|净增|增幅|降幅|增速)(?:了|至|到|为|成)?")


def _way_of(verb: str) -> str:
    if verb == "变":
        return ""
    return "up" if re.fullmatch(_UP, verb) else "down"


def same_change(stated: Change, source: Change) -> bool:
    """Returns whether two figures are the same to a change; a level reached may be told as a level."""
    if stated == source:
        return True
    if {stated.role, source.role} == {"", "to"}:
        return stated.role == ""  # «达到50个» of «增至50个», not the other way about
    return stated.role == source.role and "" in {stated.way, source.way}
