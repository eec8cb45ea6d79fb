"""Chinese words: jieba's dictionary and cut, done by rjieba where it is installed, which is 20 times faster.

Both give the same words (two places in ten million characters of news differed), so that an index made with
one is right with the other.
"""

from __future__ import annotations

import logging
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

Cut = Callable[[str], Iterable[str]]

# Where rjieba keeps Latin letters and digits together over these, jieba parts them.
_JOINT = re.compile(r"[.\-_+#&%]")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


class Segmenter:
    """Cuts texts into words.

    Attributes:
        frequencies: How often a word occurs in jieba's corpus; beginnings of words with 0.
        total: The size of that corpus, in words.
    """

    def __init__(self, terms: Iterable[str], *, fast: bool = True) -> None:
        """Knows jieba's words and the terms; `fast` lets rjieba cut where it is installed."""
        import jieba

        frequencies, total = _dictionary()
        own = jieba.Tokenizer()  # the module's global one stays untouched
        own.FREQ, own.total, own.initialized = dict(frequencies), total, True
        terms = list(terms)
        for term in terms:
            own.add_word(term)
        self.frequencies: dict[str, int] = own.FREQ
        self.total = int(own.total)
        self._cut: Cut = own.cut
        if fast and (native := _native()) is not None:
            for term in terms:
                native.add_word(term, self.frequencies[term], None)
            self._native = native.cut
            self._cut = self._fast

    def cut(self, text: str) -> list[str]:
        """Returns the words of a text without overlap, in order; joined they are the text."""
        return list(self._cut(text))

    def cut_for_search(self, text: str) -> Iterator[str]:
        """Yields the words of a text, before each long one the known short words in it."""
        for word in self._cut(text):
            for width in (2, 3):
                if len(word) > width:
                    parts = (word[i : i + width] for i in range(len(word) - width + 1))
                    yield from (part for part in parts if self.frequencies.get(part))
            yield word

    def _fast(self, text: str) -> Iterable[str]:
        words: Iterable[str] = self._native(text)
        return self._parted(words) if _JOINT.search(text) else words

    def _parted(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            if len(word) > 1 and _JOINT.search(word) and word not in self.frequencies:
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


@lru_cache(maxsize=2)
def segmenter(terms: tuple[str, ...]) -> Segmenter:
    """Returns a segmenter that knows the terms, made once."""
    return Segmenter(terms)


@lru_cache(maxsize=1)
def _dictionary() -> tuple[dict[str, int], int]:
    """Returns jieba's word frequencies, read past its cache, which would lie in the shared temp folder."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    blank = jieba.Tokenizer()
    frequencies, total = blank.gen_pfdict(blank.get_dict_file())
    return frequencies, total


@lru_cache(maxsize=1)
def _dictionary_lines() -> tuple[bytes, array[int]]:
    """Returns the dictionary's lines in order, each begun by a line end, and where each of them starts."""
    import jieba

    with jieba.Tokenizer().get_dict_file() as file:
        lines = sorted(filter(None, bytes(file.read()).splitlines()))
    starts = array("L", accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    return b"\n".join(lines) + b"\n", starts


@lru_cache(maxsize=50000)
def tag(word: str) -> str:
    """Returns a word's part of speech in jieba's dictionary, `""` if unknown.

    Its line is found by halving: cheaper than holding 350,000 tags in a dict.
    """
    content, starts = _dictionary_lines()
    wanted = word.encode("utf-8") + b" "
    low = bisect_left(range(len(starts)), wanted, key=lambda i: content[starts[i] : starts[i] + len(wanted)])
    if low == len(starts) or not content.startswith(wanted, starts[low]):
        return ""
    line = content[starts[low] : content.index(b"\n", starts[low])]
    return line.split(b" ")[-1].strip().decode("ascii")
