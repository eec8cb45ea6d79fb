"""What a person says around a question taken off it, and brackets kept whole while it is parted."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"[(（][^()（）]{0,40}[)）]")
_SEAL = 0xE000  # private characters stand for bracketed stretches
_PREAMBLE = re.compile(
    "^(?:我|我们|咱|咱们|本人|领导|请|麻烦|想|帮)|(?:核实|了解|请教|咨询|打听|确认)一?下?$|^(?:您好|你好)"
)
# What only leads to the question: «帮我找一下…», «想知道…», «领导让我报一个数:…».
_LEAD = re.compile(
    "^(?:请|麻烦|帮忙?|劳驾|您好|你好)*(?:你|您)?(?:我|我们|咱|咱们|领导)?(?:就|很|特别|先|还)?(?:想|要|需要|来)?(?:再|先|请|帮我?|给我?|替我?)?"
    "(?:找|查|看|问|知道|了解|核实|核对|打听|请教|咨询|确认|告诉我?|说说|统计)(?:查|找|看|问|实)?(?:一?下子?|一个数|个数|清楚)*"
)
_AFTERTHOUGHT = re.compile(
    "领导|麻烦|谢谢|感谢|拜托|急|等着|给个|准确|告诉我|帮忙|帮我|写材料|要用|核实|核对|^(?:也?就是|比如|例如|像是?)(?:说|指)?[一-鿿、]{2,}"
)
_LEAST = 6  # characters of what is left of a preamble that tell anything


def sealed(text: str) -> tuple[str, list[str]]:
    """Returns the text with each bracketed stretch as one character, and the stretches.

    >>> restored(*sealed("甲(乙、丙)和丁"))
    '甲(乙、丙)和丁'
    """
    found: list[str] = []

    def seal(match: re.Match[str]) -> str:
        found.append(match[0])
        return chr(_SEAL + len(found) - 1)

    return _BRACKETS.sub(seal, text), found


def restored(text: str, brackets: list[str]) -> str:
    """Returns a text with the bracketed stretches that `sealed` took out."""
    for number, bracket in enumerate(brackets):
        text = text.replace(chr(_SEAL + number), bracket)
    return text


def without_preamble(pieces: list[str], asks: re.Pattern[str]) -> list[str]:
    """Returns the pieces of a question without what a person says of themselves («我在写材料,…», «…,领导等着要»).

    Args:
        pieces: The clauses, none empty.
        asks: What a clause that asks holds.
    """
    while len(pieces) > 1 and not asks.search(pieces[0]) and _PREAMBLE.search(pieces[0]):
        kept = _told(pieces[0])
        pieces = [kept, *pieces[1:]] if kept else pieces[1:]
        if kept:
            break
    while len(pieces) > 1 and not asks.search(pieces[-1]) and _AFTERTHOUGHT.search(pieces[-1]):
        pieces = pieces[:-1]
    return pieces


def _told(piece: str) -> str:
    """Returns what a preamble tells of the thing asked about, "" if nothing."""
    told = piece.rpartition(":")[2] if ":" in piece else _LEAD.sub("", piece)
    return told.strip("的 ") if len(told) >= _LEAST and told != piece and not _PREAMBLE.search(told) else ""
