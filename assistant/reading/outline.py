"""Lists that go on over sentences, paragraphs or headings: which sentences of an article carry one list together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence

_NUMERALS = "一二三四五六七八九十"
_NUMBER = f"[{_NUMERALS}]{{1,3}}|[1-9][0-9]?"
# Families of marks that items begin with; the numeral of each counts from one.
_FAMILIES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第(?P<n>{_NUMBER})(?![次届批期季年月天个])",
        rf"(?P<n>[{_NUMERALS}])(?:是|为|要)(?![有不])",
        rf"[(（](?P<n>{_NUMBER})[)）]",
        r"(?P<n>[1-9][0-9]?)\s*[.．、](?!\d)",
        rf"(?P<n>[{_NUMERALS}]{{1,3}})、",
        r"“(?P<n>\d)”",
    )
)
_SPOKEN = (
    ("首先", "第一步", "一方面"),
    ("其次", "第二步", "另一方面", "同时"),
    ("再次", "第三步", "此外"),
    ("最后", "再者"),
)
_ANNOUNCES = re.compile(r"(?:以下|如下|下列)[^。;；]{0,12}[。:：]?$|[:：]$")
_COUNTS = re.compile(
    rf"(?P<n>[两{_NUMERALS}]|[2-9])(?:个|项|大|重|点|类|种|条|方面|步|张|篇)(?P<noun>[一-鿿]{{0,6}})"
    rf"|“(?P<quoted>[两{_NUMERALS}])(?P<kind>[一-鿿]{{1,4}})”"
)
_BRIEF = 40  # a sentence up to this long only announces, those after it tell
_ITEM_HEAD = re.compile(
    r"“(?P<quoted>[^“”]{1,16})”|(?P<head>[^,，。;；:：“”]{2,12})(?=[,，]?(?:是|为|:|：|——))"
)
_MOST = 8


def numeral(text: str) -> int:
    """Returns the value of a numeral up to 99, 0 if it is none.

    >>> numeral("十二"), numeral("两"), numeral("7")
    (12, 2, 7)
    """
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.replace("两", "二").partition("十")
    value = (_NUMERALS.find(tens) + 1 if tens else 1) * 10 if ten else 0
    rest = ones if ten else tens
    return value + (_NUMERALS.find(rest) + 1 if rest else 0)


def mark_of(text: str) -> tuple[int, int] | None:
    """Returns the family and the number of the mark that an item begins with, None if it begins with none."""
    for family, pattern in enumerate(_FAMILIES):
        if (match := pattern.match(text)) and (number := numeral(match["n"])):
            return family, number
    for number, words in enumerate(_SPOKEN, 1):
        if text.startswith(words):
            return len(_FAMILIES), number
    return None


def list_around(best: Evidence, article: Sequence[Evidence], wanted: int = 0) -> list[Evidence]:
    """Returns the sentences and headings that carry one list together with a sentence, in order; [] if it stands alone.

    Args:
        best: The sentence that answers best.
        article: All sentences of its article in order, headings among them.
        wanted: How many items a question says there are, 0 if it does not say.
    """
    at = next((i for i, e in enumerate(article) if e.start == best.start), -1)
    if at < 0:
        return []
    if announced := _after(article, at, wanted):
        return announced
    if (mark := mark_of(best.text)) is not None:
        items = _siblings(article, at, mark[0])
        if len(items) == wanted:
            return [*_announcer(article, items[0]), *(article[i] for i in items)][: _MOST + 1]
    return under_heading(article, at)


def announces(text: str) -> bool:
    """Returns whether a sentence only says that a list follows: «首先要做到“三个统一”。»."""
    return len(text) <= _BRIEF and bool(_ANNOUNCES.search(text) or _announced(text) > 1)


def _after(article: Sequence[Evidence], at: int, wanted: int) -> list[Evidence]:
    """Returns a sentence that announces a list or begins one, with what follows; [] if it does neither."""
    best = article[at]
    if re.search("[:：]", best.text) and best.text.endswith((";", "；")):
        return [best, *_chain(article, at)]
    count = wanted or _announced(best.text)
    if not (_ANNOUNCES.search(best.text) or (count > 1 and len(best.text) <= _BRIEF)):
        return []
    found = _items_below(article, at)
    for number, noun in _counted(best.text) if not found else []:
        found = found or _headed(article, at + 1, number, noun)
    return [best, *found][: _MOST + 1] if len(found) > 1 else []


def _chain(article: Sequence[Evidence], at: int) -> list[Evidence]:
    """Returns the pieces of one sentence that semicolons part, after its first."""
    found: list[Evidence] = []
    for piece in article[at + 1 : at + _MOST]:
        if piece.sentence.heading or piece.text not in article[at].paragraph:
            break
        found.append(piece)
        if not piece.text.endswith((";", "；")):
            break
    return found


def _counted(text: str) -> list[tuple[int, str]]:
    """Returns what a text counts, as numbers with the noun counted: “三项机制” gives 3 and 机制."""
    found = [(numeral(m["n"] or m["quoted"]), m["noun"] or m["kind"] or "") for m in _COUNTS.finditer(text)]
    return [(number, noun) for number, noun in found if number > 1]


def _announced(text: str) -> int:
    return max((number for number, _ in _counted(text)), default=0)


def _siblings(article: Sequence[Evidence], at: int, family: int) -> list[int]:
    """Returns the places of the items marked like the one at `at`, from the first to the last of their list."""
    section = article[at].sentence.section
    own = mark_of(article[at].text)
    assert own is not None
    items, number, i = [at], own[1], at - 1
    while (
        i >= 0 and number > 1 and article[i].sentence.section == section and not article[i].sentence.heading
    ):
        if (mark := mark_of(article[i].text)) and mark[0] == family and mark[1] < number:
            items.insert(0, i)
            number = mark[1]
        i -= 1
    number, i = own[1], at + 1
    while i < len(article) and article[i].sentence.section == section and not article[i].sentence.heading:
        if (mark := mark_of(article[i].text)) and mark[0] == family:
            if mark[1] <= number:
                break  # another list begins
            items.append(i)
            number = mark[1]
        i += 1
    return items


def _announcer(article: Sequence[Evidence], first: int) -> list[Evidence]:
    """Returns the sentence right before a list where it announces it."""
    before = article[first - 1] if first else None
    if (
        before is None
        or before.sentence.heading
        or before.sentence.section != article[first].sentence.section
    ):
        return []
    brief = len(before.text) <= _BRIEF and _announced(before.text) > 1
    return [before] if brief or _ANNOUNCES.search(before.text) else []


def _items_below(article: Sequence[Evidence], at: int) -> list[Evidence]:
    """Returns the marked items right after a sentence: in its section, else the numbered headings below it."""
    section = article[at].sentence.section
    following = article[at + 1 : at + 4]
    for offset, item in enumerate(following, at + 1):
        if item.sentence.heading or item.sentence.section != section:
            break
        if (mark := mark_of(item.text)) and mark[1] == 1:
            return [article[i] for i in _siblings(article, offset, mark[0])]
    return headings_below(article, section)


def headings_below(article: Sequence[Evidence], section: str) -> list[Evidence]:
    """Returns the numbered headings of a section, [] if it has none."""
    below = [e for e in article if e.sentence.heading and e.sentence.section == section]
    marks = [mark_of(e.text) for e in below]
    numbered = [e for e, mark in zip(below, marks, strict=True) if mark]
    return numbered if marks and marks[0] and marks[0][1] == 1 and len(numbered) > 1 else []


def _headed(article: Sequence[Evidence], first: int, count: int, noun: str) -> list[Evidence]:
    """Returns the sentences from a place on that each begin with one of the things counted: «责任机制,是…»."""
    found: list[Evidence] = []
    section = article[first].sentence.section if first < len(article) else ""
    for item in article[first : first + 4 * _MOST]:
        if item.sentence.heading or item.sentence.section != section or len(found) == count:
            break
        head = _ITEM_HEAD.match(item.text)
        named = (head["quoted"] or head["head"]) if head else ""
        if noun and named.endswith(noun[-2:]):
            found.append(item)
    return found if len(found) == count else []


def under_heading(article: Sequence[Evidence], at: int) -> list[Evidence]:
    """Returns the sentences of a section that each begin with one of the things its heading counts («用好“四心”»)."""
    section = article[at].sentence.section
    first = next(
        (i for i, e in enumerate(article) if e.sentence.section == section and not e.sentence.heading), at
    )
    for number, noun in _counted(section.rpartition(" / ")[2]):
        if found := _headed(article, first, number, noun):
            return found
    return []
