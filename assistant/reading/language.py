"""What the reader knows of Chinese, gathered once: segmenter, word frequencies, synonyms, names and places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from assistant.reading.bodies import body_spans
from assistant.reading.localities import chains, directions, is_local, of_sort
from assistant.reading.matching import Matcher
from assistant.reading.people import likely_people, people_in
from assistant.reading.question import Question
from assistant.reading.spelling import meant, mended, undoubled
from assistant.reading.terms import Term, question_terms, unasked, word_weight
from assistant.reading.vocabulary import load_vocabulary
from retrieval import Tokenizer, aligned, find_places

_VERB = 1000  # how often a verb of one character occurs that people speak with
_UNUSED = 5  # up to how often a word occurs that may as well be a slip of the segmenter
_SPOKEN = frozenset({"v", "p"})


def _is_part(word: str, whole: str) -> bool:
    return word != whole and (word.rstrip("了过着") or word) in whole


class Language:
    """Segmenter, frequencies, synonyms, names and places behind one face.

    Args:
        tokenizer: The library's tokenizer, so that words are cut alike everywhere.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._pieces = lru_cache(maxsize=50000)(self._parted)
        self.normalise = lru_cache(maxsize=50000)(aligned)
        self._cut = lru_cache(maxsize=5000)(lambda text: tuple(tokenizer.cut(text)))
        self._places = lru_cache(maxsize=20000)(
            lambda text, near: tuple((p.start, p.end, p.text) for p in find_places(text, near=near))
        )
        self._tag = lru_cache(maxsize=50000)(tokenizer.tag)
        self._is_noun = lru_cache(maxsize=50000)(lambda word: tokenizer.tag(word)[:1] in {"n", "j", ""})
        self.vocabulary = load_vocabulary()
        self.matcher = Matcher(
            self.words, self.vocabulary, lambda word: tokenizer.frequency(word) > 0, self.is_noun
        )

    def words(self, text: str) -> list[str]:
        """Returns the words of a text, long compounds of the lexicon parted into theirs."""
        return [piece for word in self._tokenizer.cut(text) for piece in self._pieces(word)]

    def _parted(self, word: str) -> list[str]:
        if len(word) < 4:
            return [word]
        parts = [w for w in self._tokenizer.words(word) if w != word and 2 <= len(w) < len(word)]
        pieces, position = [], 0
        while position < len(word):
            piece = max((p for p in parts if word.startswith(p, position)), key=len, default="")
            if not piece:
                return [word]
            pieces.append(piece)
            position += len(piece)
        return pieces

    def terms(self, question: Question, places: tuple[str, ...]) -> tuple[Term, ...]:
        """Returns the terms of a question, telling words weighing more."""
        tokenizer = self._tokenizer

        def words(text: str) -> list[str]:
            cut = self.vocabulary.joined(self.words(text), lambda word: self.tag(word) == "v")
            return [piece for word in cut for piece in self._uncut(word, figure=question.wants_figure)]

        def weigh(word: str) -> tuple[float, bool]:
            if not tokenizer.frequency(word):  # an expression weighs what the commonest word for it does
                whole = word
                word = max((word, *sorted(self.vocabulary.same(word))), key=tokenizer.frequency)
                if not tokenizer.frequency(word) and len(parts := self.words(whole)) > 1:
                    return max(map(weigh, parts))  # 生活不能自理的老人: what its most telling word does
            return word_weight(word, tokenizer.tag(word), tokenizer.frequency(word), tokenizer.total)

        wholes = self._wholes(question.text.lower())
        return tuple(
            replace(term, wholes=tuple(w for w in dict.fromkeys(wholes) if _is_part(term.text, w)))
            for term in question_terms(question, words, weigh, places)
        )

    def _uncut(self, word: str, *, figure: bool) -> tuple[str, ...]:
        """Returns the words that the segmenter took for one which nobody uses: 村|断, 点|住, 灯|不|亮.

        Where a figure is asked for, which a sentence may hold many of, only a word it does not know is parted.
        """
        most = (2, 0) if figure else (3, _UNUSED)
        if (
            not 2 <= len(word) <= most[0]
            or self._tokenizer.frequency(word) > most[1]
            or word in self.vocabulary
        ):
            return (word,)
        spoken = [
            self.tag(c)[:1] in _SPOKEN and self._tokenizer.frequency(c) >= _VERB for c in (word[0], word[-1])
        ]
        if spoken[1] or (not figure and spoken[0] and len(word) == 2 and not self._tokenizer.frequency(word)):
            return tuple(word)
        return tuple(word) if "不" in word[1:-1] else (word,)

    def _wholes(self, text: str) -> list[str]:
        """Returns the expressions of a question, those too whose verb and object the asking parts: 种了多少棵树."""
        words = self.words(unasked(text))
        met = [w for w in words if len(w) > 1 and w not in text and w in self.vocabulary]
        return [*met, *self.vocabulary.expressions(self.words(text)), *self.vocabulary.expressions(words)]

    def places(self, text: str, near: Collection[str] = ()) -> list[tuple[int, int, str]]:
        """Returns the administrative places named in a text as (start, end, as written).

        Names of divisions in `near` let short forms of their counties count, as in an article about them.
        """
        return list(self._places(text, frozenset(near)))

    def mended(self, question: str, evidence: Iterable[str]) -> str:
        """Returns the question with slips of the input method mended by the evidence's words."""
        texts = [self.normalise(text) for text in evidence]
        question = undoubled(question, "\n".join(texts), self._tokenizer.frequency)
        places = [name for _, _, name in self.places(question)]
        places += re.findall("(?:多少|几)[一-鿿]|[加合算][起下]来", question)  # meant as written
        cut = self._tokenizer.cut(question)

        def known() -> set[str]:
            whole = {word for text in texts for word in self._cut(text)}
            return whole.union(*map(self._pieces, whole))

        return mended(question, cut, "\n".join(texts), known, self._tokenizer.frequency, places)

    def meant(self, question: str, words: Iterable[str], sentence: str) -> str:
        """Returns the question with words replaced that are slips for words of the sentence it was read in."""
        whole = self.words(self.normalise(sentence))
        own = [w for w in whole if len(w) > 1 and self._tokenizer.frequency(w)]
        for word in words:
            if len(word) > 1 and (other := meant(word, own)):
                question = question.replace(word, other)
        return question

    def cut(self, text: str) -> tuple[str, ...]:
        """Returns the words of a text without overlap (remembered)."""
        return self._cut(text)

    def marks(self, term: str) -> list[str]:
        """Returns tokens of the index that every text holding a term as written has."""
        return self._tokenizer.marks(term)

    def tag(self, word: str) -> str:
        """Returns a word's part of speech in the segmenter's dictionary, "" if unknown."""
        return self._tag(word)

    def names_in(self, text: str) -> str:
        """Returns the places and nouns of a text in order, times and all that happened left out."""
        normal = self.normalise(text)
        nouns = [
            w for w in self.cut(normal) if len(w) > 1 and self.is_noun(w) and not re.search(r"[\d年月]", w)
        ]
        return " ".join([name for _, _, name in self.places(normal)] + nouns)

    def is_noun(self, word: str) -> bool:
        """Returns whether a word is a noun or a name."""
        return self._is_noun(word)

    def bodies(self, text: str, last: Collection[str] = ()) -> list[tuple[int, int, str]]:
        """Returns the offices, firms, schools and the like named in a text as (start, end, text).

        With `last`, the things whose names end with one of these words.
        """
        return body_spans(text, self.cut, self.tag, last)

    def people(self, text: str) -> list[tuple[int, int, str]]:
        """Returns the personal names in a text as (start, end, name), found by surname beside a title or a verb of speaking."""
        return people_in(text, self._tokenizer.frequency, self.tag)

    def localities(self, text: str, thing: str) -> list[tuple[int, int, str]]:
        """Returns the places in a text of the sort asked for (镇, 小区, 城市), as (start, end, name); of any sort if it is none."""
        known = (self._tokenizer.frequency, self.tag)
        divisions = self.places(text)
        if thing in {"方位", "方向"}:
            return directions(text, divisions)
        if is_local(thing):
            return of_sort(text, thing, divisions, self.cut(text), known)
        return chains(divisions, text, self.cut(text), known)

    def likely_people(self, text: str) -> list[tuple[int, int, str]]:
        """Returns all that may be personal names in a text as (start, end, name), for a question to choose from."""
        return likely_people(text, self.cut(text), self._tokenizer.frequency, self.tag)
