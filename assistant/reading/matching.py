"""How well a term of the question is met by a stretch of text: as written, as a synonym, or abbreviated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from assistant.figures import extract_figures

Words = Callable[[str], "list[str]"]

_BETWEEN = re.compile(r"[\s,，。;；:：、!！?？()（）《》…—]+")
_NO_QUOTES = dict.fromkeys(map(ord, "“”‘’\"'「」『』"))  # 暖“新”驿站 is asked for as 暖新驿站


class Matcher:
    """Matches terms against normalised text; all knowledge of the language is handed in.

    Args:
        words: Segmenter of normalised text.
        synonyms: Word → the words of general vocabulary that say the same.
    """

    def __init__(self, words: Words, synonyms: Mapping[str, frozenset[str]]) -> None:
        self._words = lru_cache(maxsize=50000)(lambda text: tuple(words(text)))
        self._synonyms = synonyms
        self._stretches = lru_cache(maxsize=20000)(_stretches)
        self.figures = lru_cache(maxsize=20000)(lambda text: tuple(extract_figures(text)))
        self.match = lru_cache(maxsize=200000)(self._match)

    def words(self, text: str) -> tuple[str, ...]:
        """Returns the words of a text (cached)."""
        return self._words(text)

    def _match(self, term: str, text: str) -> float:
        """Returns how well the text meets the term, from 0 to 1 (1 as written)."""
        if not text:
            return 0.0
        if term in text:
            return 1.0
        plain, stretches = self._stretches(text)
        if term in plain:
            return 1.0 if plain else 0.0
        if any(word in plain for word in self._synonyms.get(term, ())):
            return 0.9
        if len(term) < 2 or term.isdigit():
            return 0.0
        first = term[0]
        if first not in plain:  # what is shortened keeps its first character: else no need to cut the text
            return _shared(term, plain)
        words = (w for s in stretches if first in s for w in self._words(s) if w[0] == first)
        best = max((_abbreviates(term, word) for word in words), default=0.0)
        return max(best, _shared(term, plain))


def _stretches(text: str) -> tuple[str, tuple[str, ...]]:
    """Returns the text without quotation marks, and the stretches between its marks, which are cut apart once each."""
    plain = text.translate(_NO_QUOTES)
    return plain, tuple(filter(None, _BETWEEN.split(plain)))


def _abbreviates(term: str, word: str) -> float:
    """Returns 0.7 if one is the other shortened: 社工 of 社会工作者, never a single character."""
    short, long = sorted((term, word), key=len)
    if len(short) < 2 or len(long) <= len(short) or short[0] != long[0]:
        return 0.0
    if long.startswith(short):
        return 0.5  # 服务 is part of 服务站, not short for it
    rest = iter(long)
    return 0.7 if all(c in rest for c in short) else 0.0


def _shared(term: str, text: str) -> float:
    """Returns up to 0.6 for a long term of which most character pairs stand in the text."""
    if len(term) == 2 and term[1] in "子儿":
        return 0.5 if term[0] in text else 0.0  # 摊子 is 摊位
    if len(term) < 3:
        return 0.0
    if len(term) == 3 and term[1:] in text:
        return 0.55  # the head stands last in Chinese: 总人口 is 人口
    pairs = {term[i : i + 2] for i in range(len(term) - 1)}
    share = sum(pair in text for pair in pairs) / len(pairs)
    return 0.6 * share if share >= 0.6 else 0.0
