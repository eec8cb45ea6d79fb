"""General vocabulary: words that stand for each other, narrower words, and words that rule each other out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

_ORDINAL = re.compile(r"第(\d+|[一二三四五六七八九十百]+)(.*)")
_LONGEST_PHRASE = 7  # words


class Vocabulary:
    """What words of general Chinese have to do with each other.

    Args:
        groups: Groups of words that stand for each other; a word may be in several, and the relation does
            not carry over from one group to the next.
        narrower: General word → words for kinds of it.
        exclusive: Classes of members that rule each other out, each member with all its names.
    """

    def __init__(
        self,
        groups: Iterable[Collection[str]],
        narrower: Mapping[str, Collection[str]],
        exclusive: Sequence[Sequence[Collection[str]]],
    ) -> None:
        same: dict[str, set[str]] = {}
        for group in groups:
            for word in group:
                same.setdefault(word, set()).update(group)
        for word, others in same.items():
            others.discard(word)
        self._same = same
        self._narrower = narrower
        self._members: dict[str, set[tuple[int, int]]] = {}
        for number, members in enumerate(exclusive):
            for place, names in enumerate(members):
                for name in names:
                    self._members.setdefault(name, set()).add((number, place))
        self._member = lru_cache(maxsize=20000)(self._classes)
        self.excludes = lru_cache(maxsize=20000)(self._excludes)
        self.narrower = lru_cache(maxsize=5000)(self._kinds)

    def __contains__(self, word: str) -> bool:
        """Returns whether the word is in a group."""
        return word in self._same

    def __iter__(self) -> Iterator[str]:
        return iter(self._same)

    def same(self, word: str) -> Collection[str]:
        """Returns the words that stand for a word, itself not among them."""
        return self._same.get(word, ())

    def _kinds(self, word: str) -> frozenset[str]:
        """Returns the words for kinds of what a word means, and for kinds of those; none that mean the same."""
        found: set[str] = set()
        front = {word}
        for _ in range(2):
            general = front.union(*(self.same(w) for w in front))
            kinds = {kind for w in general for kind in self._narrower.get(w, ())}
            front = kinds.union(*(self.same(k) for k in kinds)) - found
            found |= front
        return frozenset(found - set(self.same(word)) - {word})

    def _excludes(self, one: str, other: str) -> bool:
        """Returns whether two words name different members of a class: 男 and 女, 国有企业 and 民营企业, 首批 and 第二批.

        Symmetric; False for words that stand for each other.
        """
        if one == other or other in self.same(one):
            return False
        if (
            one[:1] == other[:1] == "第"
            and (a := _ORDINAL.fullmatch(one))
            and (b := _ORDINAL.fullmatch(other))
        ):
            return a[1] != b[1] and a[2] == b[2]
        if self._differ(one, other):
            return True
        if one[:2] != other[:2] and one[-2:] != other[-2:]:
            return False
        return any(self._differ(*parts) for parts in _unlike(one, other) if all(parts))

    def _differ(self, one: str, other: str) -> bool:
        mine, theirs = self._member(one), self._member(other)
        return not mine & theirs and any(a[0] == b[0] for a in mine for b in theirs)

    def _classes(self, word: str) -> set[tuple[int, int]]:
        if word in self._members:
            return self._members[word]
        return set().union(*(self._members.get(w, set()) for w in self.same(word) if len(word) > 1))

    def joined(self, words: Sequence[str], is_verb: Callable[[str], bool] = lambda _: False) -> list[str]:
        """Returns the words with neighbours joined that make an expression only together: 头, 一批 → 头一批.

        Where each part tells by itself (商务, 楼宇) they stay apart, unless the whole has a short form (发改委)
        and is no verb with its object (参加培训, though 参训 is short for it).
        """
        found: list[str] = []
        position = 0
        while position < len(words):
            end = next(
                (
                    end
                    for end in range(min(len(words), position + _LONGEST_PHRASE), position + 1, -1)
                    if self._is_expression(words[position:end], is_verb)
                ),
                position + 1,
            )
            found.append("".join(words[position:end]))
            position = end
        return found

    def expressions(self, words: Sequence[str]) -> list[str]:
        """Returns every expression that neighbouring words make: 照看老人的地方."""
        return [
            whole
            for start in range(len(words))
            for end in range(start + 2, min(len(words), start + _LONGEST_PHRASE) + 1)
            if (whole := "".join(words[start:end])) in self._same
        ]

    def _is_expression(self, words: Sequence[str], is_verb: Callable[[str], bool]) -> bool:
        whole = "".join(words)
        if whole not in self._same:
            return False
        telling = sum(len(w) > 1 for w in words)
        if telling < 2 and len(words) <= 2 + (not telling):
            return True
        return not is_verb(words[0]) and any(_shortens(w, whole) for w in self._same[whole])


def _shortens(short: str, whole: str) -> bool:
    """Returns whether a word is the whole shortened by half or more, its characters in order, and no part of it."""
    rest = iter(whole)
    return 2 * len(short) <= len(whole) and short not in whole and all(c in rest for c in short)


def _unlike(one: str, other: str) -> list[tuple[str, str]]:
    """Returns what two words differ in besides a common beginning or end of two characters or more."""
    pairs = []
    for turned in (False, True):
        a, b = (one[::-1], other[::-1]) if turned else (one, other)
        common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        rest = a[common:], b[common:]
        if common >= 2:
            pairs.append((rest[0][::-1], rest[1][::-1]) if turned else rest)
    return pairs


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Returns the committed vocabulary (`assistant/data`)."""
    data = files("assistant").joinpath("data")
    folder = data.joinpath("synonyms")
    groups = [line.split() for file in folder.iterdir() for line in _lines(file.read_text("utf-8"))]
    narrower: dict[str, list[str]] = {}
    for line in _lines(data.joinpath("narrower.txt").read_text("utf-8")):
        general, _, kinds = line.partition(":")
        narrower.setdefault(general, []).extend(kinds.split())
    exclusive = [
        [member.split("=") for member in line.split()]
        for line in _lines(data.joinpath("exclusive.txt").read_text("utf-8"))
    ]
    return Vocabulary(groups, narrower, exclusive)


def _lines(text: str) -> list[str]:
    return [line for line in text.lower().splitlines() if line and not line.startswith("#")]
