"""Chinese words: jieba's dictionary and cut, done by rjieba where it is installed, which is 20 times faster.

Both give the same words (two places in ten million characters of news differed), so that an index made with
one is right with the other.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from retrieval.word_list import beginnings, likely_frequency, load_word_list

Cut = Callable[[str], Iterable[str]]

# Where rjieba keeps Latin letters and digits together over these, jieba parts them.
_JOINT = re.compile(r"[.\-_+#&%]")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


class Segmenter:
    """Cuts texts into words.

    Attributes:
        total: The size of jieba's corpus, in words.
    """

    def __init__(self, terms: Iterable[str], *, fast: bool = True) -> None:
        """Knows jieba's words and the terms; `fast` lets rjieba cut where it is installed."""
        self._words = words = load_word_list()
        self._own: dict[str, int] = {}
        self.total = words.total
        for term in terms:
            self._own[term] = likely_frequency(term, self.frequency, self._begins, self.total)
            self.total += self._own[term]
        native = _native() if fast else None
        self._cut: Cut = self._fast if native is not None else _jiebas_cut(self._own)
        self._joint = words.joint | {b for term in self._own if _JOINT.search(term) for b in beginnings(term)}
        if native is not None:
            for term, frequency in self._own.items():
                native.add_word(term, frequency, None)
            self._native_cut: Cut = native.cut

    def frequency(self, word: str) -> int:
        """Returns how often a word occurs in jieba's corpus, 0 if unknown."""
        return self._own.get(word) or self._words.frequency(word)

    def _begins(self, piece: str) -> bool:
        return any(term.startswith(piece) for term in self._own) or self._words.begins(piece)

    def cut(self, text: str) -> list[str]:
        """Returns the words of a text without overlap, in order; joined they are the text."""
        return list(self._cut(text))

    def cut_for_search(self, text: str) -> Iterator[str]:
        """Yields the words of a text, before each long one the known short words in it."""
        for word in self._cut(text):
            for width in (2, 3):
                if len(word) > width:
                    parts = (word[i : i + width] for i in range(len(word) - width + 1))
                    yield from filter(self.frequency, parts)
            yield word

    def _fast(self, text: str) -> Iterable[str]:
        words = self._native_cut(text)
        return self._parted(words) if _JOINT.search(text) else words

    def _parted(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            if len(word) > 1 and _JOINT.search(word) and word not in self._joint:
                yield from filter(None, _LATIN.split(word))
            else:
                yield word


def _native() -> Any:
    """Returns rjieba's segmenter, None where it is not installed."""
    try:
        import rjieba
    except ImportError:
        return None
    return rjieba.Jieba()


def _jiebas_cut(own: dict[str, int]) -> Cut:
    """Returns jieba's own cut, past its cache, which would lie in the shared temp folder."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    made = jieba.Tokenizer()  # the module's global one stays untouched
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
    for term, frequency in own.items():
        made.add_word(term, frequency)
    cut: Cut = made.cut
    return cut


@lru_cache(maxsize=2)
def segmenter(terms: tuple[str, ...]) -> Segmenter:
    """Returns a segmenter that knows the terms, made once."""
    return Segmenter(terms)


def tag(word: str) -> str:
    """Returns a word's part of speech in jieba's dictionary, `""` if unknown."""
    return load_word_list().tag(word)
