"""jieba's dictionary, read without jieba: how often a word occurs in its corpus, and its part of speech."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path

_FILE = "dict.txt"
_JOINTS = ".-_+#&%"
# What jieba looks for words in; any other character is a piece of its own.
_STRETCH = re.compile(r"[一-鿕a-zA-Z0-9+#&._%\-]+")
_SINGLE = re.compile("[a-zA-Z0-9]")


@dataclass(frozen=True, slots=True)
class WordList:
    """The words with what is known of each.

    Attributes:
        total: The size of the corpus, in words.
        joint: Beginnings of the words in which a mark joins letters (C++, AT&T), these among them.
    """

    places: dict[str, int]
    frequencies: Sequence[int]
    tags: Sequence[str]
    total: int
    joint: frozenset[str]

    def frequency(self, word: str) -> int:
        """Returns how often a word occurs, 0 if unknown."""
        place = self.places.get(word)
        return 0 if place is None else self.frequencies[place]

    def tag(self, word: str) -> str:
        """Returns a word's part of speech, `""` if unknown."""
        place = self.places.get(word)
        return "" if place is None else self.tags[place]

    def begins(self, piece: str) -> bool:
        """Returns whether a word begins with a piece; looks through all of them."""
        return any(word.startswith(piece) for word in self.places)


@lru_cache(maxsize=1)
def load_word_list() -> WordList:
    """Returns jieba's words, read column by column: line by line every start would take a second longer."""
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    content = Path(spec.submodule_search_locations[0], _FILE).read_text("utf-8")
    columns = content.split()
    words, tags = columns[::3], columns[2::3]
    frequencies = array("L", map(int, columns[1::3]))
    one_of_each = {tag: tag for tag in tags}
    return WordList(
        places=dict(zip(words, range(len(words)), strict=True)),
        frequencies=frequencies,
        tags=[one_of_each[tag] for tag in tags],
        total=sum(frequencies),
        joint=_joint(content),
    )


def _joint(content: str) -> frozenset[str]:
    found: set[str] = set()
    for mark in _JOINTS:
        position = content.find(mark)
        while position >= 0:
            start = content.rfind("\n", 0, position) + 1
            found.update(beginnings(content[start : content.index(" ", start)]))
            position = content.find(mark, position + 1)
    return frozenset(found)


def beginnings(word: str) -> list[str]:
    """Returns what a word begins with, itself at the end."""
    return [word[: i + 1] for i in range(len(word))]


def likely_frequency(
    term: str, frequency: Callable[[str], int], begins: Callable[[str], bool], total: int
) -> int:
    """Returns the frequency from which on jieba cuts a term as one word, as its `suggest_freq` does.

    Args:
        term: The term.
        frequency: How often a word occurs, 0 if unknown.
        begins: Whether a word begins with a piece that is none itself: jieba holds that for impossible.
        total: The size of the corpus.
    """
    share = 1.0
    for piece in _likeliest_pieces(term, frequency, total):
        share *= (frequency(piece) or int(not begins(piece))) / total
    return max(int(share * total) + 1, frequency(term) or 1)


def _likeliest_pieces(term: str, frequency: Callable[[str], int], total: int) -> list[str]:
    pieces: list[str] = []
    position = 0
    for stretch in _STRETCH.finditer(term):
        pieces += [*term[position : stretch.start()], *_cut(stretch[0], frequency, total)]
        position = stretch.end()
    return [*pieces, *term[position:]]


def _cut(text: str, frequency: Callable[[str], int], total: int) -> list[str]:
    """Returns the likeliest words of a text; single Latin letters and digits side by side are one."""
    best = {len(text): (0.0, 0)}
    for start in reversed(range(len(text))):
        ends = [end for end in range(start + 1, len(text) + 1) if frequency(text[start:end])] or [start + 1]
        best[start] = max(
            (log(frequency(text[start:end]) or 1) - log(total) + best[end][0], end) for end in ends
        )
    pieces: list[str] = []
    start, alone = 0, False
    while start < len(text):
        piece = text[start : best[start][1]]
        single = len(piece) == 1 and bool(_SINGLE.match(piece))
        if single and alone:
            pieces[-1] += piece
        else:
            pieces.append(piece)
        start, alone = best[start][1], single
    return pieces
