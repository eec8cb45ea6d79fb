"""A text taken apart for the checker: clauses, words with their places, figures placed, times, slots."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.checking.changes import CHANGE_WORD
from assistant.checking.slots import Slot, find_slots
from assistant.figures import Figure, extract_figures
from assistant.reading.segments import Segment, clause_spans, segment_of
from assistant.reading.times import TimeMention, time_mentions

_CLAUSE = re.compile(r"[,，;；。!！?？\n]|(?<=[^\d])[:：]|——")
_TAGS = {"通过": "v"}  # passing an exam or a law; the segmenter knows it as «by» only
_CHINESE = re.compile(r"[一-鿿a-z]")
_COUNTING = re.compile("[一二三四五六七八九十百千万亿半数多少许几余两双全各部分量若干第每]")


@dataclass(frozen=True, slots=True)
class Word:
    """A content word and where it stands."""

    text: str
    start: int
    end: int
    tag: str

    @property
    def is_noun(self) -> bool:
        """True for nouns, names and words that the segmenter does not know."""
        return self.tag[:1] in {"n", "j", "s", "b", "f", ""} or self.tag in {"vn", "an"}

    @property
    def is_verb(self) -> bool:
        """True for verbs, those that also serve as nouns among them."""
        return self.tag[:1] == "v"

    @property
    def is_name(self) -> bool:
        """True for names of persons, places and bodies, and words that the segmenter does not know."""
        return self.tag[:2] in {"nr", "ns", "nt", "nz", ""}


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with the words of its segment (`near`) and its clause's span."""

    figure: Figure
    segment: Segment
    near: tuple[Word, ...]
    clause: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A normalised text taken apart."""

    text: str
    figures: tuple[Figure, ...]
    times: tuple[TimeMention, ...]
    words: tuple[Word, ...]
    clauses: tuple[tuple[int, int], ...]
    placed: tuple[Placed, ...]
    slots: tuple[Slot, ...]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """Returns the content words that begin within a span."""
        return tuple(w for w in self.words if start <= w.start < end)

    def clause_at(self, position: int) -> tuple[int, int]:
        """Returns the span of the clause that holds a position."""
        return next(((a, b) for a, b in self.clauses if a <= position < b), (0, len(self.text)))


def telling(words: Sequence[Word], light: frozenset[str]) -> list[Word]:
    """Returns the words that say something: nouns, names, verbs and adjectives that are not light."""
    return [
        w
        for w in words
        if w.text not in light
        and not CHANGE_WORD.fullmatch(w.text)
        and (w.is_noun or w.tag[:1] in {"v", "a", "i", "l"})
    ]


class Parser:
    """Takes texts apart; all knowledge of the language is handed in."""

    def __init__(
        self,
        words: Callable[[str], tuple[str, ...]],
        tag: Callable[[str], str],
        places: Callable[[str], Sequence[tuple[int, int, str]]],
        people: Callable[[str], Sequence[tuple[int, int, str]]],
    ) -> None:
        self._cut = words
        self._tag = tag
        self._places = places
        self._people = people

    def parse(self, text: str, published: str = "", known_people: Sequence[str] = ()) -> Parsed:
        """Returns a normalised text taken apart.

        Args:
            text: The text.
            published: The article's date, from which times are resolved.
            known_people: Names of persons that it may tell of without a title beside them.
        """
        figures = tuple(extract_figures(text))
        words = self._words(text, figures)
        segments = clause_spans(text, figures)
        placed = []
        for figure in figures:
            if figure.is_quantity:
                segment = segment_of(figure, figures, segments, text)
                near = tuple(w for a, b in (segment.left, segment.right) for w in words if a <= w.start < b)
                placed.append(Placed(figure, segment, near, segment.clause))
        return Parsed(
            text=text,
            figures=figures,
            times=tuple(time_mentions(text, published, figures)),
            words=words,
            clauses=tuple(_clauses(text, figures)),
            placed=tuple(placed),
            slots=self._slots(text, known_people, figures),
        )

    def _slots(self, text: str, known_people: Sequence[str], figures: Sequence[Figure]) -> tuple[Slot, ...]:
        people = [*self._people(text), *((0, 0, name) for name in known_people)]
        return tuple(find_slots(text, self._places(text), people, _masked(text, figures)))

    def _tag_of(self, piece: str) -> str:
        """Returns a word's sort; what is taken for a numeral (大米) is a noun where it counts nothing."""
        tag = self._tag(piece)
        return "n" if tag == "m" and not _COUNTING.search(piece) else tag

    def _words(self, text: str, figures: Sequence[Figure]) -> tuple[Word, ...]:
        found, position = [], 0
        for piece in self._cut(_masked(text, figures)):
            if len(piece) > 1 and _CHINESE.search(piece):
                turn = "副" if text[position - 1 : position] == "副" else ""  # a 副书记 is no 书记
                found.append(
                    Word(
                        turn + piece,
                        position - len(turn),
                        position + len(piece),
                        _TAGS.get(piece) or self._tag_of(piece),
                    )
                )
            position += len(piece)
        return tuple(found)


def _masked(text: str, figures: Sequence[Figure]) -> str:
    """Returns the text with its figures blanked."""
    masked = list(text)
    for f in figures:
        masked[f.start : f.end] = " " * (f.end - f.start)
    return "".join(masked)


def _clauses(text: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    inside = [(f.start, f.end) for f in figures]
    cuts, start = [], 0
    for match in _CLAUSE.finditer(text):
        if not any(a <= match.start() < b for a, b in inside):
            cuts.append((start, match.start()))
            start = match.end()
    cuts.append((start, len(text)))
    return [(a, b) for a, b in cuts if text[a:b].strip()]
