"""Noun phrases that a question sets side by side: «X比Y多几个», «X和Y一共多少», «几名X和Y»."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"^(?P<head>.{2,30}?(?:里面?|中|当中)[,，]?|[^,，]{2,24}[,，])(?=.{4,})")
_THAN = re.compile(
    r"^(?P<x>.+?)\s*(?:比|较)(?!例|重|率|赛|如|上|去|前)\s*(?P<y>.+?)\s*(?P<tail>(?:多|高|少|低|大|小|晚|早|强|快|长)(?:出|了|于)?(?:多少|几|[^,，]{0,6}(?:多少|几)).*)$"
)
_PAIR = re.compile(
    r"^(?P<x>.+?)(?:和|与|跟|同(?!比)|加上|加|以及|、|还是|,|，)(?P<y>.+?)(?P<tail>(?:相比|比|之间)?\s*[,，]?\s*(?:哪一?[个边方种项类年]?|那个|谁|相差|差|一共|总共|合计|加起来|加在一|加到|相加|共(?=有|计|多|几|是)|合起来|总和|之和).*)$"
)
_TIMES = re.compile(r"^(?P<x>.+?)是(?P<y>.+?)(?P<tail>的?(?:几|多少)倍.*)$")
_COUNTED = re.compile(
    r"^(?P<head>.+?)(?:一共|总共|合计|共)(?P<verb>[一-鿿]{0,6}?)(?:了)?(?:多少|几)(?P<unit>[名个位家支条项件人场])?(?P<x>[^,，的]{2,12}?)(?:和|与|及|、)(?P<y>[^,，的(（]{2,12})"
)
_LEVELS = re.compile(
    r"市属|县属|区属|省属|省级|市级|县级|区级|乡级|村级|国家级|城市|农村|公办|民办|男|女|线上|线下|本科|高级|中级|初级"
)


def split_items(text: str, operation: str) -> tuple[str, list[str], str] | None:
    """Returns what stands before two items, the items, and what is asked of them; None if there are no two.

    >>> split_items("微基金捐赠和植树捐款加起来多少钱", "sum")
    ('', ['微基金捐赠', '植树捐款'], '加起来多少钱')
    >>> split_items("社区工作者里,两委干部比专职工作者多几个人", "difference")
    ('社区工作者里', ['两委干部', '专职工作者'], '多几个人')
    """
    head = ""
    if operation == "sum" and (counted := _COUNTED.match(text)):
        ask = f"{counted['verb']}多少{counted['unit'] or ''}"
        return counted["head"], [f"{ask}{counted['x']}", f"{ask}{counted['y']}"], ""
    if (whole := _WHOLE.match(text)) and not re.search(r"[和与跟比、]", whole["head"]):
        head, text = whole["head"].strip(",，"), text[whole.end() :]
    patterns = {"times": (_TIMES,), "difference": (_THAN, _PAIR), "compare": (_PAIR, _THAN)}.get(
        operation, (_PAIR,)
    )
    for pattern in patterns:
        if match := pattern.match(text):
            x, y = match["x"].strip("的 ,，"), match["y"].strip("的 ,，")
            if len(x) < 2 or len(y) < 2:
                return None
            more = [y, *()] if pattern is not _PAIR else re.split(r"、|和|与|以及", y)
            return head, [x, *(_completed(x, item) for item in more if item)], match["tail"]
    return None


def _completed(first: str, later: str) -> str:
    """Returns a later item with the head noun of the first where it names a kind alone (市属 for 市属商会)."""
    kinds = list(_LEVELS.finditer(first))
    if _LEVELS.fullmatch(later) and kinds:
        return later + first[kinds[-1].end() :]
    return later
