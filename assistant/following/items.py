"""The items that an earlier answer lists, for «第二个» and «最后一个» of a later question."""

from __future__ import annotations

import re

from assistant.figures import extract_figures
from assistant.models import Answer

_ASKED_NOUN = re.compile(
    r"哪几?(?:[两二三四五六七八九]|\d)?(?:个|项|种|家|所|支|类|份|条|处|位|座|件|样)(?P<noun>[一-鿿]{1,6}?)(?=[?？]|$|[是有在制成开建设出获])"
)
_RUN = re.compile(
    r"[^,，。;；:：、()（）]+(?:、[^,，。;；:：、()（）]+)*(?:和|与|以及|及|、)[^,，。;；:：、()（）]+"
)
_AND = re.compile(r"、|以及|和(?!谐|平|睦)|(?<!参)与|及(?!时)")
_BEGINS = re.compile(r"^.*(?:在|向|为|给|由|是|有|即|包括|了|把|对|从|使|选择|名为)")
_LINKED = re.compile(r"^(?:并|且|同时|还|也|又)?(?:对|在|向|为|给|由|把|将|从)")
_ENDS = re.compile(
    r"(?:这|等|分别|共(?!产)|均|都|也|已|正|先后|陆续|成立|制定|建立|联合|的|\d|[两二三四五六七八九十]个).*$"
)


def listed_items(previous: Answer, asked: str, noun: str) -> list[str]:
    """Returns the items that an answer lists in order, [] if it lists none; bare figures are no items.

    Args:
        previous: The answer.
        asked: The question that it answers.
        noun: What the later question calls the items, "" if it does not say.
    """
    short = [_without_figure(i) for i in previous.short_answer.split("、") if i]
    items = [_LINKED.sub("", i) or i for i in short if i]
    if len(items) > 1:
        return items
    wanted = noun or (match["noun"] if (match := _ASKED_NOUN.search(asked)) else "")
    for statement in previous.statements:
        for run in _RUN.finditer(statement.text):
            if found := _items_of(run[0], statement.text[run.end() :], wanted):
                return found
    named = list(dict.fromkeys(re.findall(r"《[^《》]+》|“[^“”]+”", previous.text)))
    if len(named) > 1 and len(named) == _how_many(asked):
        return named
    fitting = [n for n in named if not noun or noun in n]
    return fitting if len(fitting) > 1 and (noun or not wanted) else []


def _how_many(asked: str) -> int:
    """Returns how many items a question asks for (哪三个: 3), 0 if it does not say."""
    match = re.search(r"哪([两二三四五六七八九])", asked)
    return "零一二三四五六七八九".find(match[1].replace("两", "二")) if match else 0


def _without_figure(item: str) -> str:
    """Returns an item without the amount at its end: 挂牌8273个 is called 挂牌."""
    last = next((f for f in reversed(extract_figures(item)) if f.is_quantity and f.end == len(item)), None)
    return (item[: last.start] if last else item).strip(" ：:")


def _items_of(run: str, rest: str, noun: str) -> list[str]:
    """Returns the items of «A、B和C» that bear the noun, or are summed up by it right after (A和B这2个园区)."""
    if not noun:
        return []
    pieces = [p.strip() for p in _AND.split(run) if p.strip()]
    pieces[0] = _BEGINS.sub("", pieces[0])
    last = pieces[-1]
    summed = re.search(
        rf"(?:这|等)?(?:\d+|[两二三四五六七八九十])(?:个|家|项|所|支|种|类)[一-鿿]{{0,6}}?{noun}",
        last + rest[:12],
    )
    if summed:
        pieces[-1] = _ENDS.sub("", last)
    elif (at := last.find(noun)) >= 0:
        pieces[-1] = last[: at + len(noun)]
    bear = all(p.endswith(noun) for p in pieces)
    return pieces if len(pieces) > 1 and (summed or bear) and all(2 <= len(p) <= 16 for p in pieces) else []
