"""Whether a text says a word: as written, by an equal word, or shortened. Stricter than a search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files

_QUOTES = dict.fromkeys(map(ord, "“”‘’\"'「」『』"))
# A word that follows one of these says something else than the word alone: 副书记 is no 书记.
_TURNS = "副"


class EqualWords:
    """Compares words of statements with texts.

    Args:
        words: Segmenter of normalised text.
        equals: Word → the words that say the same in every sentence of the field.
    """

    def __init__(self, words: Callable[[str], tuple[str, ...]], equals: Mapping[str, frozenset[str]]) -> None:
        self._words = words
        self._equals = equals
        self.says = lru_cache(maxsize=200000)(self._says)

    def places_of(self, word: str, text: str) -> list[int]:
        """Returns where a text says a word, as written, by an equal word or shortened."""
        found = [i for form in (word, *self._equals.get(word, ())) for i in _occurrences(form, text)]
        if not found and len(word) > 1:
            position = 0
            for other in self._words(text):
                if _shortens(word, other):
                    found.append(position)
                position += len(other)
        return found

    def _says(self, word: str, text: str) -> bool:
        """Returns whether the text says the word; a compound is said where all its parts are."""
        bare = text.translate(_QUOTES)
        if self.places_of(word, bare):
            return True
        return len(word) >= 4 and _parted(word, bare)


def _occurrences(word: str, text: str) -> list[int]:
    found, position = [], text.find(word)
    while position >= 0:
        before = text[position - 1 : position]
        if not (before and before in _TURNS and word[0] not in _TURNS and len(word) > 1):
            found.append(position)
        position = text.find(word, position + 1)
    return found


def _shortens(a: str, b: str) -> bool:
    """Returns whether one word is the other shortened: 社工 of 社会工作者, never a mere beginning of it."""
    short, long = sorted((a, b), key=len)
    if len(short) < 2 or len(long) <= len(short) or short[0] != long[0] or long.startswith(short):
        return False
    rest = iter(long)
    # 省卫健委 is not 省委 in full: what is shortened loses more than half.
    return len(long) > 2 * len(short) and all(c in rest for c in short)


def _parted(word: str, text: str) -> bool:
    """Returns whether a compound can be parted into pieces of two characters or more that the text has."""
    if len(word) < 2:
        return not word
    return any(word[:n] in text and _parted(word[n:], text) for n in range(len(word), 1, -1))


@lru_cache(maxsize=1)
def load_equal_words() -> dict[str, frozenset[str]]:
    """Returns each word of the committed list with the other words of its groups."""
    table: dict[str, set[str]] = {}
    for line in files("assistant").joinpath("data/equal_words.txt").read_text("utf-8").splitlines():
        group = [] if line.startswith("#") else line.split()
        for word in group:
            table.setdefault(word, set()).update(w for w in group if w != word)
    return {word: frozenset(others) for word, others in table.items()}


@lru_cache(maxsize=1)
def load_light_words() -> frozenset[str]:
    """Returns the words that a statement may add without saying more."""
    lines = files("assistant").joinpath("data/light_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
