"""Which clauses of the evidence a clause of a statement tells, and whether it tells them the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.cited import Cited
from assistant.checking.equal_words import EqualWords
from assistant.checking.extent import extent_fault
from assistant.checking.modality import moods, planned_at
from assistant.checking.opposites import opposite_fault
from assistant.checking.parsing import Parsed, Word, telling
from assistant.checking.polarity import direction, negations

_MOST_UNSAID = 0.25  # share of a clause's words that may be put in words unknown here


@dataclass(frozen=True, slots=True)
class Told:
    """A clause of a statement with the stretch of a cited sentence that it tells."""

    clause: tuple[int, int]
    cited: Cited
    span: tuple[int, int]

    @property
    def source(self) -> str:
        """The stretch of the cited sentence."""
        return self.cited.text[slice(*self.span)]


class Clauses:
    """Aligns clauses without figures by their words, and compares how clauses speak."""

    def __init__(self, equal: EqualWords, light: frozenset[str]) -> None:
        self._equal = equal
        self._light = light

    def telling(self, words: Sequence[Word]) -> list[Word]:
        """Returns the words that say something."""
        return telling(words, self._light)

    def align(
        self, statement: Parsed, clause: tuple[int, int], cited: Sequence[Cited]
    ) -> tuple[Told | None, str, str]:
        """Returns what a clause without figures tells, or the kind and words of why nothing bears it out."""
        words = self.telling(statement.words_in(*clause))
        said: list[tuple[float, Cited, tuple[int, int]]] = []
        part = statement.text[slice(*clause)]
        for c in cited:
            for span in c.parsed.clauses:
                text = c.text[slice(*span)]
                share = sum(self._equal.says(w.text, text) for w in words) + _overlap(part, text)
                said.append((share, c, span))
        if not said:
            return None, "words", statement.text[slice(*clause)]
        _, c, span = max(said, key=lambda s: s[0])
        inside = c.text[slice(*span)]
        rest = [w for w in words if not self._equal.says(w.text, inside)]
        elsewhere = [w for w in rest if self._equal.says(w.text, c.text)]
        unsaid = [w for w in rest if w not in elsewhere and not self._said_beside(w, cited)]
        if fault := self._unsaid_fault(unsaid, words):
            return None, *fault
        span, strange = self._widened(statement, elsewhere, c, span)
        if strange:
            return None, "subject", strange
        return Told(clause, c, span), "", ""

    def _said_beside(self, word: Word, cited: Sequence[Cited]) -> bool:
        return any(self._equal.says(word.text, c.around) for c in cited)

    def _unsaid_fault(self, unsaid: Sequence[Word], words: Sequence[Word]) -> tuple[str, str] | None:
        if not unsaid:
            return None
        text = "、".join(w.text for w in unsaid)
        if any(w.is_name for w in unsaid):
            return "name", text
        nouns = [w for w in unsaid if w.is_noun and not w.is_verb]
        return ("words", text) if nouns or len(unsaid) > _MOST_UNSAID * len(words) else None

    def _widened(
        self, statement: Parsed, elsewhere: Sequence[Word], c: Cited, span: tuple[int, int]
    ) -> tuple[tuple[int, int], str]:
        """Returns the stretch with words of neighbouring clauses, and a word that is none of its own."""
        own = self.telling(c.parsed.words_in(*span))
        subject = own[0] if own and own[0].is_noun and not own[0].is_verb else None
        lacks_subject = subject is not None and not self._equal.says(subject.text, statement.text)
        lacks_verb = any(w.is_verb and not self._equal.says(w.text, statement.text) for w in own)
        low, high = span
        for word in elsewhere:
            places = self._equal.places_of(word.text, c.text) or [low]
            before = [p for p in places if p < low]
            if before:
                if lacks_subject or (word.is_verb and lacks_verb):
                    return span, word.text
                continue  # a subject carried from before
            home = c.parsed.clause_at(places[0])
            theirs = self.telling(c.parsed.words_in(*home))
            first = theirs[0] if theirs and theirs[0].is_noun and not theirs[0].is_verb else None
            if (
                lacks_subject
                or (word.is_verb and lacks_verb)
                or (first is not None and not self._equal.says(first.text, statement.text))
            ):
                return span, word.text
            high = max(high, home[1])
        return (low, high), ""


def _overlap(a: str, b: str) -> float:
    """Returns how alike two clauses are in their character pairs, below 1: parts those with as many words."""
    mine, theirs = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (a, b))
    return 1.8 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def manner_fault(statement: Parsed, told: Told, *, has_figures: bool) -> tuple[str, str]:
    """Returns the kind and words of how a clause speaks otherwise than what it tells, or ("", "")."""
    part, source = statement.text[slice(*told.clause)], told.source
    if negations(part) % 2 != negations(source) % 2:
        return "negation", part
    if not has_figures:
        ways, meant = direction(part), direction(source)
        if ways - meant and meant - ways:
            return "direction", part
        if planned_at(statement.text, told.clause[1] - 1) != planned_at(told.cited.text, told.span[1] - 1):
            return "modality", part
    if fault := _mood_fault(statement, told, part, source):
        return "modality", fault
    kind, words = extent_fault(part, source, told.cited.around)
    if kind:
        return kind, words
    if words := opposite_fault(part, source, told.cited.around):
        return "opposite", words
    return "", ""


def _mood_fault(statement: Parsed, told: Told, part: str, source: str) -> str:
    """Returns the clause if it orders, allows or doubts what the source does not, or the other way about."""
    said, meant = moods(part), moods(source)
    before = re.split("[。；;]", told.cited.text[: told.span[0]])[-1]
    earlier = re.split("[。；;]", statement.text[: told.clause[0]])[-1]
    if said - meant - moods(before) or meant - said - moods(earlier):
        return part
    return ""
