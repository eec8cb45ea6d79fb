"""Which place a figure holds for: the sentence's, else the heading's, else the carried one, else the article's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ledger.row import Level
from retrieval import PlaceSpan, find_places

_SPOT = re.compile(
    r"(?<![一-鿿])?(?P<name>[一-鿿]{2,4}?(?:镇|街道|乡|村|社区))(?![一-鿿]*?(?:干部|书记|两委|级))"
)
_NATION = re.compile(r"全国|我国|国内生产总值|中国(?!特色|式|共产党|人民)")
_WHOLE = re.compile(r"全(?P<rank>省|自治区|市|州|县|区|镇|乡|街道|村)|我(?P<own>省|市|县|区)")
_RANKS: tuple[tuple[str, Level], ...] = (
    (r"(?:北京|上海|天津|重庆)市?$", "省"),
    (r"(?:省|自治区|特别行政区)$", "省"),
    (r"(?:市|自治州|州|盟|地区)$", "市"),
    (r"(?:区|县|自治县|旗|自治旗)$", "县"),
    (r"(?:镇|乡|街道)$", "乡镇"),
    (r"(?:村|社区)$", "村"),
)


def level_of(place: str) -> Level:
    """Returns the rank of a place by its full name, "" if it shows none.

    >>> level_of("海南省"), level_of("三亚市"), level_of("重庆市"), level_of("文城镇"), level_of("")
    ('省', '市', '省', '乡镇', '')
    """
    return next((level for pattern, level in _RANKS if re.search(pattern, place)), "")


def region_places(region: str) -> list[str]:
    """Returns the full names of the divisions in an article's region, outermost first."""
    found: list[str] = []
    for span in find_places(region):
        found += [name for name in (*span.parents, span.name) if name not in found]
    return found or ([region] if region else [])


def figure_place(region: str, texts: Sequence[str]) -> tuple[str, Level]:
    """Returns the place that a figure holds for, and its level.

    Args:
        region: The article's region.
        texts: Where the place may be named, nearest first: the sentence up to the figure, the rest of its
            clause, the headings, what stands before.
    """
    own = region_places(region)
    for i, text in enumerate(texts):
        if i < 2 and _of_the_nation(text, own):
            return "全国", "全国"
        if i == 2 and len({s.name for s in find_places(text, near=own)}) > 1:
            continue  # a heading over several places settles nothing
        if place := _named(text, own):
            return place, level_of(place)
    return (own[-1], level_of(own[-1])) if own else ("", "")


def _of_the_nation(text: str, own: Sequence[str]) -> bool:
    """Returns whether a text speaks of the whole nation, and not of a place named after that."""
    nation = list(_NATION.finditer(text))
    if not nation or re.search(r"全国(?:首|率先|先进|文明|最|“|[前第])", text):
        return False
    return not any(s.start > nation[-1].start() for s in find_places(text, near=own))


def _named(text: str, own: Sequence[str]) -> str:
    """Returns the place that a text names last, or means by 全市 and the like, "" if none."""
    spans = [s for s in find_places(text, near=own) if not _only_a_body(text, s)]
    whole = list(_WHOLE.finditer(text))
    if whole and (not spans or whole[-1].start() >= spans[-1].start):
        rank = whole[-1]["rank"] or whole[-1]["own"]
        ends = {"省": ("省", "自治区"), "市": ("市", "州")}.get(rank, (rank,))
        same = [p for p in own if p.endswith(ends)]
        if same:
            return same[-1]
    if not spans:
        return ""
    if re.match(r"等(?:地|多地|市|县|区|省)", text[spans[-1].end :]):
        return own[-1] if own else ""  # several named as examples: what is said holds for the whole
    spot = _SPOT.match(text, spans[-1].end)
    return spot["name"] if spot else spans[-1].name


def _only_a_body(text: str, span: PlaceSpan) -> bool:
    """Returns whether a place only stands in the name of a body or a guild (揭阳市湖南商会, 海南大学)."""
    return bool(
        re.match(r"[一-鿿]{0,4}(?:湾|大学|学院|商会|协会|日报|晚报|银行|集团|公司|菜|路)", text[span.end :])
    )
