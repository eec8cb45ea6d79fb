"""What a question leaves open: where its question word stands, what is named beside it, and the words around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.lexemes import CLASS, Lexeme
from assistant.reading.question import Question

WAYS = ("who", "when", "where", "which", "what", "number", "why", "how", "none")
GROUPS = (
    "figure", "date", "person", "place", "organisation", "document", "list", "reason", "way", "definition", "other",
)  # fmt: skip
_ASKS = (
    ("why", "为什么|为何|为啥|何以|什么原因|原因"),
    ("when", "什么时候|何时|几时|哪一?年|哪个?月|哪一?[天日]|什么时间|几[年月日号]|时间"),
    ("where", "哪里|哪儿|何处|何地|什么地方|哪个地方|哪一个?地[方区]"),
    ("number", "多少|几"),
    ("who", "谁|哪一?位|何人|什么人|哪一?个?人"),
    ("which", "哪些|哪一?[两二三四五六七八九十]?[个家所种项支座本部条名类届款间款艘片场份]?|哪"),
    ("how", "如何|怎么样?|怎样|何种方式|什么方式|什么样"),
    ("what", "什么|何|啥"),
)  # fmt: skip
_ASK = tuple((way, re.compile(pattern)) for way, pattern in _ASKS)
_GROUP = {
    **dict.fromkeys(("count", "share", "change", "ratio", "duration", "money", "rank"), "figure"),
    "date": "date", "person": "person", "place": "place", "organisation": "organisation", "document": "document",
    "list": "list", "purpose": "reason", "measure": "way", "definition": "definition",
}  # fmt: skip
_NOUNS = frozenset(CLASS[name] for name in ("n", "nr", "ns", "nt", "nz", "vn", "i", "unknown", "latin", "a"))
_LINKS = frozenset("是 为 叫 叫做 称 称为 指 有 在".split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Attributes:
        way: One of `WAYS`; group: one of `GROUPS`.
        focus: The noun that the question word asks about («哪一个地区» → 地区), "" if none is named.
        left, right: The words before and after the question word, the focus left out.
        beside: The word right before the question word, and the one right after it.
        text: The question, normalised.
    """

    way: str
    group: str
    focus: str
    left: frozenset[str]
    right: frozenset[str]
    beside: tuple[str, str]
    text: str


def wanted(question: Question, tokens: Sequence[Lexeme]) -> Wanted:
    """Returns what a question leaves open; `tokens` are the question's own."""
    text = question.text.lower()
    way, start, end = _asking(text)
    before = [t for t in tokens if t.end <= start]
    after = [t for t in tokens if t.start >= end]
    focus: list[Lexeme] = []
    if way in {"which", "what", "number", "none"}:
        while after and len(focus) < 2 and after[0].sort in _NOUNS:
            focus.append(after.pop(0))
    if not focus and before:  # «首都是哪里», «最主要的来源为何»
        named = [t for t in before if t.text not in _LINKS and t.sort in _NOUNS]
        focus = named[-1:] if way in {"what", "none", "which", "number"} else []
    words = [_content(part) for part in (before, after)]
    return Wanted(
        way=way,
        group=_GROUP.get(question.kind, "other"),
        focus="".join(t.text for t in focus),
        left=words[0],
        right=words[1],
        beside=(before[-1].text if before else "", after[0].text if after else ""),
        text=text,
    )


def _asking(text: str) -> tuple[str, int, int]:
    """Returns the way of asking and the span of the question word; the end of the text if there is none."""
    for way, pattern in _ASK:
        if match := pattern.search(text):
            return way, match.start(), match.end()
    end = len(text.rstrip(" ?？。是为"))
    return "none", end, len(text)


def _content(tokens: Sequence[Lexeme]) -> frozenset[str]:
    empty = frozenset(
        CLASS[name] for name in ("u", "c", "p", "r", "comma", "open", "close", "end", "colon", "list")
    )
    return frozenset(t.text for t in tokens if t.sort not in empty)
