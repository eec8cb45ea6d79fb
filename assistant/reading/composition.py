"""What a digit or letter of a code-like name stands for: the 4 of 11431, the 三项机制 of a 234工作法.

An answer needs a sentence that says so: `“4”是…`, a line `“4”` with what follows it, or a phrase counted by
that digit (`“三项机制”`) beside the name. Without one the articles do not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence

_QUOTE, _UNQUOTE = '[“"‘「『]', '[”"’」』]'
_ORDINAL = "第(?P<nth>[一二三四五六七八九1-9])个|(?P<last>最后(?:那|一|的)?个?)"
_ELEMENT = rf"(?:{_QUOTE}(?P<quoted>[0-9A-Z])(?:{_UNQUOTE})|(?<![0-9A-Za-z+.])(?P<bare>[0-9A-Z])(?![0-9A-Za-z+.年月日%]))"
_ASKS = r"(?:\s*(?:分别|又|具体|到底|究竟|各|都|所)*\s*(?:是|指|代表|对应|表示|意味|说的|的意思|的含义|包括|讲的))"
_ASKED = re.compile(rf"(?:{_ORDINAL})?(?:那个|这个|的)?{_ELEMENT}{_ASKS}")
_SEVERAL = re.compile(
    rf"(?P<all>(?:{_QUOTE}?[0-9A-Z]{_UNQUOTE}?[、和与,，]\s*)+{_QUOTE}?[0-9A-Z]{_UNQUOTE}?){_ASKS}"
)
_CODE = re.compile(r"[0-9A-Z]+(?:\+[0-9A-Z]+)+|(?<![0-9A-Za-z.])[0-9]{3,}(?![0-9.年])")
_DIGITS = {
    "1": "一",
    "2": "两二双",
    "3": "三",
    "4": "四",
    "5": "五",
    "6": "六",
    "7": "七",
    "8": "八",
    "9": "九",
}
_ORDER = "一二三四五六七八九"
_BRIEF = 40  # a sentence up to this long only names the part, those after it tell what it is
_NEXT = re.compile("[一二三四五六七八九两](?:个|项|大|类|种|条)[一-鿿]{1,6}[”’」]")
_NEAR = 12  # sentences around the name in which its parts are told


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a code that is asked about: `nth` counts equal digits from 1, -1 is the last, 0 is open."""

    code: str
    element: str
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Definition:
    """What stands for the part: a span `[start, end)` of an evidence sentence; `goes_on` if it tells more of it."""

    evidence: Evidence
    start: int
    end: int
    goes_on: bool = False


def asked_parts(text: str) -> tuple[Part, ...]:
    """Returns the parts of a code that a question asks the meaning of, () if it asks for none.

    >>> asked_parts("“11431”体系里第二个“1”是什么?")
    (Part(code='11431', element='1', nth=2),)
    """
    codes = _CODE.findall(text)
    if several := _SEVERAL.search(text):
        elements = re.findall("[0-9A-Z]", several["all"])
        outside = [c for c in codes if c not in several["all"]]
        return tuple(Part(outside[0] if outside else "".join(elements), e) for e in elements)
    for match in _ASKED.finditer(text):
        element = match["quoted"] or match["bare"]
        others = [c for c in codes if element in c]
        if not others and not (
            codes or re.search("体系|工作法|机制|格局|品牌|模式|思路|里的|里面|其中", text)
        ):
            continue
        nth = -1 if match["last"] else 0
        if match["nth"]:
            nth = int(match["nth"]) if match["nth"].isdigit() else _ORDER.find(match["nth"]) + 1
        return (Part((others or codes or [""])[0], element, nth),)
    return ()


def definitions(
    part: Part, sentences: Sequence[Evidence], normalise: Callable[[str], str]
) -> list[Definition]:
    """Returns what the sentences of an article, headings among them, say that a part stands for; [] if nothing.

    Args:
        part: The part asked about.
        sentences: All sentences of one article in order.
        normalise: Text → simplified and half width, of the same length.
    """
    texts = [normalise(s.text) for s in sentences]
    code = part.code.lower()
    if code and part.element.lower() not in code:
        return []
    named = [i for i, text in enumerate(texts) if not code or code in text]
    if not named:
        return []
    told = _told(part.element.lower(), sentences, texts)
    if told:
        chosen = told if part.nth == 0 else told[part.nth - 1 : part.nth] if part.nth > 0 else told[-1:]
        return chosen[:3]
    return [] if part.nth else _counted(part.element, sentences, texts, named) if code else []


def _told(element: str, sentences: Sequence[Evidence], texts: Sequence[str]) -> list[Definition]:
    """Returns the spans introduced by the quoted element itself."""
    pattern = re.compile(
        rf"{_QUOTE}{re.escape(element)}{_UNQUOTE}\s*[,，]?\s*(?:是|指的?是?|即|为|代表|就是|:|：|——)?\s*"
    )
    found = []
    for i, text in enumerate(texts):
        for match in pattern.finditer(text):
            stop = re.search(rf"[;；。]|[,，]?\s*(?:第.个)?{_QUOTE}[0-9a-z]{_UNQUOTE}", text[match.end() :])
            end = match.end() + (stop.start() if stop else len(text) - match.end())
            if text[match.end() : end].strip(" ,，。;；:："):
                found.append(Definition(sentences[i], match.end(), end))
            elif i + 1 < len(texts) and not match[0].rstrip().endswith(("是", "即")):
                found.append(Definition(sentences[i + 1], 0, len(texts[i + 1].rstrip("。;； "))))
    return found


def _counted(
    element: str, sentences: Sequence[Evidence], texts: Sequence[str], named: Sequence[int]
) -> list[Definition]:
    """Returns the quoted phrases counted by the digit near the name: “两个覆盖” for the 2 of a 234工作法."""
    numerals = element + _DIGITS.get(element, "")
    pattern = re.compile(
        rf"{_QUOTE}?(?P<phrase>[{numerals}](?:个|项|大|类|种|条|张|步)[一-鿿]{{1,6}}){_UNQUOTE}"
    )
    for home in named:
        for i in range(home, min(len(texts), home + _NEAR)):
            if match := pattern.search(texts[i]):
                more = [
                    Definition(sentences[j], 0, len(texts[j]), goes_on=True)
                    for j in range(i + 1, min(len(texts), i + 3))
                    if len(texts[i]) < _BRIEF
                    and not _NEXT.search(texts[j])
                    and _follows(sentences[i], sentences[j])
                ]
                return [Definition(sentences[i], match.start("phrase"), match.end("phrase")), *more]
    return []


def _follows(first: Evidence, later: Evidence) -> bool:
    """Returns whether a sentence goes on in the first one's paragraph."""
    return first.sentence.section == later.sentence.section and later.text in first.paragraph
