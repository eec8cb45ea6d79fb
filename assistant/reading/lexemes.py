"""A sentence as tagged tokens: figures and dates whole, words by part of speech, marks by what they do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.figures import Figure

CLASSES = (
    "n", "nr", "ns", "nt", "nz", "v", "vn", "a", "m", "q", "t", "d", "p", "c", "u", "f", "r", "i", "unknown",
    "figure", "date", "code", "latin", "comma", "list", "open", "close", "end", "colon", "dot", "other", "edge",
)  # fmt: skip
CLASS = {name: i for i, name in enumerate(CLASSES)}
_TAGS = {
    "n": "n", "v": "v", "a": "a", "b": "a", "z": "a", "m": "m", "q": "q", "t": "t", "d": "d", "p": "p", "c": "c",
    "u": "u", "y": "u", "e": "u", "f": "f", "s": "f", "r": "r", "i": "i", "l": "i", "j": "i", "o": "a", "g": "n",
    "k": "u", "h": "u",
}  # fmt: skip
_MARKS = {
    **dict.fromkeys(",，;；", "comma"), "、": "list", **dict.fromkeys("“‘《〈「『（([【", "open"),
    **dict.fromkeys("”’》〉」』）)]】", "close"), **dict.fromkeys("。!！?？\n", "end"),
    **dict.fromkeys(":：", "colon"), **dict.fromkeys("·•‧", "dot"),
}  # fmt: skip
_PIECE = re.compile(r"[a-z0-9][a-z0-9.'’&+/_-]*|[一-鿿〇㐀-䶿]+|.", re.IGNORECASE | re.DOTALL)
BREAKS = frozenset(CLASS[name] for name in ("comma", "end", "colon"))
MARKS = frozenset(CLASS[name] for name in ("comma", "list", "open", "close", "end", "colon", "dot", "other"))


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A token with its span on the sentence's text; `sort` is an index of `CLASSES`."""

    start: int
    end: int
    text: str
    sort: int


def lexemes(
    text: str, figures: Sequence[Figure], cut: Callable[[str], Sequence[str]], tag: Callable[[str], str]
) -> tuple[Lexeme, ...]:
    """Returns the tokens of a normalised sentence in order, white space left out."""
    found: list[Lexeme] = []
    position = 0
    for figure in figures:
        if figure.start < position:
            continue
        found += _words(text, position, figure.start, cut, tag)
        found.append(Lexeme(figure.start, figure.end, figure.text, _sort_of(figure)))
        position = figure.end
    found += _words(text, position, len(text), cut, tag)
    return tuple(found)


def _sort_of(figure: Figure) -> int:
    if figure.kind in {"date", "period", "time"}:
        return CLASS["date"]
    return CLASS["figure" if figure.is_quantity or figure.kind == "ordinal" else "code"]


def _words(
    text: str, start: int, end: int, cut: Callable[[str], Sequence[str]], tag: Callable[[str], str]
) -> Iterator[Lexeme]:
    for piece in _PIECE.finditer(text, start, end):
        first = piece[0][0]
        if not "㐀" <= first <= "鿿" and first != "〇":
            if not first.isspace():
                sort = "latin" if first.isalnum() else _MARKS.get(first, "other")
                yield Lexeme(piece.start(), piece.end(), piece[0], CLASS[sort])
            continue
        position = piece.start()
        for word in cut(piece[0]):
            yield Lexeme(position, position + len(word), word, word_sort(word, tag))
            position += len(word)


def word_sort(word: str, tag: Callable[[str], str]) -> int:
    """Returns the class of a word."""
    mark = tag(word)
    if not mark:
        return CLASS["unknown"]
    if mark[:2] in {"nr", "ns", "nt", "nz", "vn"}:
        return CLASS[mark[:2]]
    return CLASS[_TAGS.get(mark[0], "unknown")]
