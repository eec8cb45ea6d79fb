"""How well a term of the question is met by a stretch of text: as written, as a synonym, or abbreviated."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from assistant.figures import extract_figures, may_hold, written
from assistant.reading.thresholds import agree, bounds_of
from assistant.reading.vocabulary import Vocabulary

Words = Callable[[str], "list[str]"]

SAME = 0.9  # credit of a word that stands for the term
INSIDE = 0.5  # of a noun of one character within a longer word: 楼 of 楼道
NARROWER = 0.29  # of a kind of it: weak, and below what the thing asked about needs
_BETWEEN = re.compile(r"[\s,，。;；:：、!！?？()（）《》…—]+")
_QUOTE = re.compile("[“”‘’\"'「」『』]+")  # 暖“新”驿站 is asked for as 暖新驿站
_FORMAL = frozenset("的了着过到给把被在和与")  # what joins the words of an expression
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class _Begins:
    """The first one or two characters of words, by the first one: most texts have none of them."""

    firsts: frozenset[str]
    of_first: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of a term: words for it and for kinds of it, its parts, its pairs of characters.

    Attributes:
        begins: What one of the words begins with that every text has which meets the term...
        spelt: ...but for a text that has all of these characters, and may have a word that the term is short for.
        opens: What a word begins with that is short for the term: its first character and a later one.
    """

    same: tuple[str, ...]
    narrower: tuple[str, ...]
    parts: tuple[str, ...]
    pairs: frozenset[str]
    whole_only: bool
    begins: _Begins
    spelt: frozenset[str]
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text without quotation marks, and its different characters."""

    plain: str
    characters: frozenset[str]


# A body of a level: «市级登记的» is met by 市民政局.
_LEVELS = {
    f"{level}级": re.compile(
        rf"(?<![、(（一-鿿]){level}[一-鿿]{{2,5}}(?:局|厅|委|部门|部)|(?<=[在由经到]){level}[一-鿿]{{2,5}}(?:局|厅|委|部门|部)"
    )
    for level in "省市县区"
}


class Matcher:
    """Matches terms against normalised text; all knowledge of the language is handed in.

    Args:
        words: Segmenter of normalised text.
        vocabulary: Words that say the same, narrower words, words that rule each other out.
        known: Whether the segmenter's dictionary has a word; others it only guessed.
        is_noun: Whether a word is a noun or a name.
    """

    def __init__(
        self,
        words: Words,
        vocabulary: Vocabulary,
        known: Callable[[str], bool],
        is_noun: Callable[[str], bool],
    ) -> None:
        self._words = lru_cache(maxsize=50000)(lambda text: tuple(words(text)))
        self._ends = lru_cache(maxsize=50000)(lambda text: (0, *accumulate(map(len, self._words(text)))))
        self._vocabulary = vocabulary
        self._known = known
        self._is_noun = is_noun
        self._flat = lru_cache(maxsize=20000)(_flat)
        self._stretches = lru_cache(maxsize=20000)(_stretches)
        self._about = lru_cache(maxsize=20000)(self._about_term)
        self._begins_of = lru_cache(maxsize=20000)(lambda word: _by_first(vocabulary.same(word)))
        self.excludes = vocabulary.excludes
        self.figures = lru_cache(maxsize=20000)(lambda text: tuple(extract_figures(text)))
        self.match = lru_cache(maxsize=200000)(self._match)
        self.bounds = lru_cache(maxsize=20000)(lambda text: tuple(bounds_of(text, self.figures(text))))
        self.amount = lru_cache(maxsize=100000)(self._amount)
        self._written = lru_cache(maxsize=20000)(written)
        self.says = lru_cache(maxsize=20000)(self._says)

    def words(self, text: str) -> tuple[str, ...]:
        """Returns the words of a text (cached)."""
        return self._words(text)

    def _match(self, term: str, text: str) -> float:
        """Returns how well the text meets the term, from 0 to 1 (1 as written)."""
        flat, about = self._flat(text), self._about(term)
        if _lacks(about, flat):
            return self._by_parts(about.parts, text)
        plain, stretches = flat.plain, self._stretches(flat.plain)
        if term in plain and (credit := self._as_written(term, plain, stretches)):
            return credit
        if self._any_stands(about.same, plain, stretches):
            return SAME
        if term in _LEVELS and _LEVELS[term].search(plain):
            return SAME
        if about.whole_only:
            return 0.0
        best = max(_shared(term, about.pairs, plain), self._by_parts(about.parts, text))
        first = term[0]
        if _may_shorten(about, flat):
            words = (w for s in stretches if first in s for w in self._words(s) if w[0] == first)
            best = max(best, max((_abbreviates(term, word) for word in words), default=0.0))
        if best < NARROWER and self._any_stands(about.narrower, plain, stretches):
            return NARROWER
        return best

    def _amount(self, asked: str, text: str) -> float:
        """Returns how well an amount that narrows the question is met: the same bounds, in whatever notation."""
        if self.lacks_amount(asked, text):
            return 0.0
        return max((agree(self.bounds(asked)[0], bounds) for bounds in self.bounds(text)), default=0.0)

    def lacks_amount(self, asked: str, text: str) -> bool:
        """Returns whether neither a text nor any stretch of it can hold an amount: False where that is unclear."""
        wanted, found = self.bounds(asked)[:1], self._written(text)
        return not any(
            may_hold(b, found) for bound in wanted for b in (bound.low, bound.high) if b is not None
        )

    def _says(self, expression: str, text: str) -> bool:
        """Returns whether the text has a word for a whole expression: 日间照料中心 for 白天照看老人的地方."""
        flat = self._flat(text)
        if not _any_begins(self._begins_of(expression), flat):
            return False
        return self._any_stands(self._vocabulary.same(expression), flat.plain, self._stretches(flat.plain))

    def lacks(self, term: str, text: str) -> bool:
        """Returns whether neither a text nor any stretch of it can meet a term: False where that is unclear."""
        about = self._about(term)
        return _lacks(about, self._flat(text)) and (
            not about.parts or any(self.lacks(part, text) for part in about.parts)
        )

    def lacks_all(self, expressions: Iterable[str], text: str) -> bool:
        """Returns whether neither a text nor any stretch of it can say one of the expressions."""
        return not any(_any_begins(self._begins_of(one), self._flat(text)) for one in expressions)

    def _about_term(self, term: str) -> _About:
        pairs = frozenset(term[i : i + 2] for i in range(len(term) - 1))
        expression = term in self._vocabulary  # 拿到证: each of its words counts, 证 too
        parts = tuple(w for w in self._words(term) if len(w) > 1 or (expression and w not in _FORMAL))
        same, narrower = tuple(self._vocabulary.same(term)), tuple(self._vocabulary.narrower(term))
        whole_only = len(term) < 2 or bool(_LATIN.match(term))
        parts = parts if len(parts) > 1 and not whole_only else ()
        opens = tuple(term[0] + c for c in term[1:])
        begins = [*same, *narrower, *pairs, *opens]
        if whole_only or term in _LEVELS or term[1:] in {"子", "儿"}:
            begins.append(term[0])
        return _About(same, narrower, parts, pairs, whole_only, _by_first(begins), frozenset(term), opens)

    def _by_parts(self, parts: tuple[str, ...], text: str) -> float:
        """Returns what the worst met part of an expression earns, a little less for standing apart: 老年食堂 as 食堂为老年人."""
        worst = 1.0 if parts else 0.0
        for part in parts:
            worst = min(worst, self.match(part, text))
            if not worst:
                return 0.0
        return SAME * worst

    def _as_written(self, term: str, plain: str, stretches: tuple[str, ...]) -> float:
        """Returns what a term earns that the text holds as characters: all as a word, half as the noun within another."""
        if len(term) > 1 and not _LATIN.match(term) and not self._known(term):
            return 1.0  # the segmenter guessed it, and may cut the text elsewhere
        holding = [s for s in stretches if term in s]
        if not holding or any(self._stands(term, s, inside=len(term) > 1) for s in holding):
            return 1.0
        return INSIDE if len(term) == 1 and self._is_noun(term) else 0.0

    def _any_stands(self, words: Iterable[str], plain: str, stretches: tuple[str, ...]) -> bool:
        held = [w for w in words if w in plain]
        return any(w in s and self._stands(w, s) for w in held for s in stretches)

    def _stands(self, word: str, text: str, *, inside: bool = False) -> bool:
        """Returns whether a word stands in a text as a word: 交税 does not in 提交税务, nor 建 in 建议.

        Args:
            word: A word that the text holds as characters.
            text: The text.
            inside: Whether it may be any part of a longer word, not only the end of one.
        """
        start = text.find(word)
        while start >= 0:
            if self._stands_at(start, start + len(word), text, inside):
                return True
            start = text.find(word, start + 1)
        return False

    def _stands_at(self, start: int, end: int, text: str, inside: bool) -> bool:
        if _LATIN.match(text[start]) and _LATIN.match(text[end - 1]):
            return not _LATIN.match(text[start - 1 : start]) and not _LATIN.match(text[end : end + 1])
        ends = self._ends(text)
        first, last = bisect_right(ends, start), bisect_left(ends, end)
        left, right = ends[first - 1], ends[last]
        if left == start and right == end:
            return True
        if first == last:  # within one word of the text
            return inside or (right == end and end - start > 1) or not self._known(text[left:right])
        if left == start and text[end - 1] in "省市县区州" and end - start > 2:
            return True  # 清河市 stands in 清河/市委
        # Across a border of words: a slip of the segmenter, unless the words it cuts are ones it knows.
        cut = (
            text[left : ends[first]] if left < start else "",
            text[ends[last - 1] : right] if right > end else "",
        )
        return not any(w and self._known(w) for w in cut)


def _flat(text: str) -> _Flat:
    plain = _QUOTE.sub("", text)
    return _Flat(plain, frozenset(plain))


def _stretches(plain: str) -> tuple[str, ...]:
    """Returns what stands between the marks of a text, which is cut into words once each."""
    return tuple(filter(None, _BETWEEN.split(plain)))


def _by_first(words: Iterable[str]) -> _Begins:
    """Returns what words begin with."""
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(word[:2])
    return _Begins(frozenset(found), {first: tuple(begins) for first, begins in found.items()})


def _any_begins(begins: _Begins, flat: _Flat) -> bool:
    """Returns whether a word that begins so may stand in a text: False only if none does."""
    plain = flat.plain
    return any(
        begin in plain for first in begins.firsts & flat.characters for begin in begins.of_first[first]
    )


def _may_shorten(about: _About, flat: _Flat) -> bool:
    """Returns whether a word of the text may be short for the term, or the term for it: else it need not be cut."""
    return about.spelt <= flat.characters or any(begin in flat.plain for begin in about.opens)


def _lacks(about: _About, flat: _Flat) -> bool:
    """Returns whether nothing of a term but its parts can stand in a text."""
    return not _any_begins(about.begins, flat) and (about.whole_only or not about.spelt <= flat.characters)


def _abbreviates(term: str, word: str) -> float:
    """Returns 0.7 if one is the other shortened: 社工 of 社会工作者, never a single character."""
    short, long = sorted((term, word), key=len)
    if len(short) < 2 or len(long) <= len(short) or short[0] != long[0]:
        return 0.0
    if long.startswith(short):
        return 0.5  # 服务 is part of 服务站, not short for it
    rest = iter(long)
    return 0.7 if all(c in rest for c in short) else 0.0


def _shared(term: str, pairs: frozenset[str], text: str) -> float:
    """Returns up to 0.6 for a long term of which most character pairs stand in the text."""
    if len(term) == 2 and term[1] in "子儿":
        return 0.5 if term[0] in text else 0.0  # 摊子 is 摊位
    if len(term) < 3:
        return 0.0
    if len(term) == 3 and term[1:] in text:
        return 0.55  # the head stands last in Chinese: 总人口 is 人口
    share = sum([pair in text for pair in pairs]) / len(pairs)
    return 0.6 * share if share >= 0.6 else 0.0
