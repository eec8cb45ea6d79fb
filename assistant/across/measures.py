"""What is asked of every place: one quantity, or several of one thing."""

from __future__ import annotations

import re

# What an article does with a figure: «哪几个市报了总人数».
REPORTS = r"^(?:写|报|公布|披露|给出|提供|列|列出|交代|说明|介绍|通报|统计|公开|晒|提到|讲)(?:明|出|到)?(?:了|过)?(?!刊|纸)"
ITS_LIKE = r"(?:等|一类|之类|这类|那类)的?(?:站点|场所|地方|东西|设施|阵地|点位|服务点)"
_HOW_MUCH_IN_ALL = re.compile(r"[,，?？]?\s*(?:又|都)?(?:是|有|为|占)?多少[个名人家]?[?？]?$")
QUANTITY = re.compile(r"(?:总?人?数量?|总数|总量|规模|金额|总额|占?比例|占比|比重|[一-鿿]率)$")


def measures(stem: str) -> list[str]:
    """Returns the questions of «志愿者总人数和占人口的比例,是多少», each with the thing that the first names.

    >>> measures("志愿者总人数和占人口的比例,是多少"), measures("建了多少驿站")
    (['志愿者有多少人', '志愿者占人口的比例是多少'], ['建了多少驿站'])
    """
    bare = _HOW_MUCH_IN_ALL.sub("", stem)
    pieces = [p for p in re.split(r"以及|、|和(?!谐)|与|[,，]", bare) if p]
    if bare == stem and len(pieces) < 2:
        return [stem]
    if len(pieces) < 2 or not all(QUANTITY.search(p) for p in pieces):
        return [_counted(bare) if bare != stem and QUANTITY.search(bare) else stem]
    thing = QUANTITY.sub("", pieces[0]).strip("的")
    return [_counted(pieces[0]), *(_counted(p if thing in p else thing + p) for p in pieces[1:])]


def _counted(phrase: str) -> str:
    """Returns a quantity's name as the question for it: 志愿者总人数 → 志愿者有多少人."""
    match = re.search(r"的?总?(?P<of>人?)(?:数量?|数目)$", phrase)
    return f"{phrase[: match.start()]}有多少{match['of']}" if match else f"{phrase}是多少"
