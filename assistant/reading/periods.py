"""Parts of a year that a figure is of: 上半年, 一季度, 1至6月; told apart so that one is no answer for another."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ORDINAL = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
_PERIOD = re.compile(
    r"(?P<half>[上下])半年|(?P<first>前)(?P<first_n>[二三两23])(?:个)?季度|第?(?P<quarter>[一二三四首1234])季度?(?!个)"
    r"|(?<!\d)1\s*(?:月份?)?\s*[-—–~至到]\s*(?P<to>1[0-2]|[2-9])月|(?<![提之以此目])[前头](?P<months>[三四五六七八九十\d]{1,2})个?月|(?P<whole>全年)"
)
_COMPARED = re.compile(r"(?:较|比|与|跟|同|相比于?|对比|高于|低于)(?:去年|上年)?(?:的|同期)?$")
_MONTHS = {"三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def find_periods(text: str, *, compared: bool = False) -> list[tuple[int, str]]:
    """Returns the parts of a year named in a text as (offset, months), months as `1-6`; 全年 is `1-12`.

    Args:
        text: The text.
        compared: Also those that are but the base of a comparison: «较一季度加快».

    >>> find_periods("一季度增长5.3%,上半年增长3.7%,1—9月增长4%")
    [(0, '1-3'), (10, '1-6'), (20, '1-9')]
    """
    return [(start, months) for start, _, months in period_spans(text, compared=compared)]


def period_spans(text: str, *, compared: bool = False) -> list[tuple[int, int, str]]:
    """Returns the parts of a year named in a text as (start, end, months)."""
    found = []
    for match in _PERIOD.finditer(text):
        if match["quarter"] and not match[0].endswith("季度") and match["quarter"] != "首":
            continue
        if not compared and _COMPARED.search(text[: match.start()]):
            continue  # «较一季度加快»: the base of a comparison dates nothing
        found.append((match.start(), match.end(), _months(match)))
    return found


def _months(match: re.Match[str]) -> str:
    if match["half"]:
        return "1-6" if match["half"] == "上" else "7-12"
    if match["first"]:
        return "1-9" if match["first_n"] in "三3" else "1-6"
    if match["quarter"]:
        last = 3 * _ORDINAL[match["quarter"]]
        return f"{last - 2}-{last}"
    if match["to"]:
        return f"1-{int(match['to'])}"
    if match["months"]:
        number = match["months"]
        return f"1-{int(number) if number.isdigit() else _MONTHS.get(number, 12)}"
    return "1-12"


def period_match(asked: Sequence[str], before: str, around: str) -> int:
    """Returns 1 if the nearest part of a year is an asked one, -1 if another, 0 if none is named.

    Args:
        asked: Months asked about, as `find_periods` gives them.
        before: The sentence up to the figure; the last part of a year in it holds.
        around: What is carried from before the sentence, its headings and title; holds where the sentence is silent.
    """
    if not asked:
        return 0
    for text in (before, around):
        if named := find_periods(text):
            return 1 if named[-1][1] in asked else -1
    return 0
