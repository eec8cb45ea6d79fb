"""Whether a figure is told of the subject of another one: carried from before, or of a rival beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.cited import Cited
from assistant.checking.equal_words import EqualWords
from assistant.checking.pairing import comparable, segment_text
from assistant.checking.parsing import Parsed, Placed, Word, telling
from assistant.figures import same_amount

_ALL_TOLD = re.compile("累计|总计|合计|共计")


class Carrying:
    """Compares what a figure is said of, where its own words do not tell it apart from another figure.

    Args:
        equal: Compares words.
        light: Words that a statement may add without saying more.
    """

    def __init__(self, equal: EqualWords, light: frozenset[str]) -> None:
        self._equal = equal
        self._light = light

    def telling(self, words: Sequence[Word]) -> list[Word]:
        """Returns the words that say something."""
        return telling(words, self._light)

    def fits_another(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether all that is said of a figure is said of a rival, and what marks it is not told.

        «制造业投资增长6.8%» of «制造业投资增长11%,高技术制造业投资增长6.8%»: without 高技术 they are the
        words of 11%.
        """
        words = self.telling(stated.near)
        told = statement.text[: statement.clause_at(stated.figure.start)[1]]
        if not words:
            return False
        for rival in c.parsed.placed:
            if (
                rival is source
                or not comparable(rival.figure, source.figure)
                or same_amount(rival.figure, source.figure)
            ):
                continue
            item = c.text[slice(*rival.clause)]
            if not all(self._equal.says(w.text, item) for w in words):
                continue
            here = c.text[slice(*source.clause)]
            theirs = [w for w in self._nouns(c.parsed, rival.clause) if not self._equal.says(w.text, here)]
            if not all(self._equal.says(w.text, told) for w in theirs if not _in_place(w, c.parsed)):
                continue
            if _totals(here) != _totals(item) == _totals(statement.text[slice(*stated.clause)]):
                return True
            own = [w for w in self._subject(c.parsed, source) if not self._equal.says(w.text, item)]
            if own and not any(self._equal.says(w.text, told) for w in own):
                return True
        return False

    def _nouns(self, parsed: Parsed, span: tuple[int, int]) -> list[Word]:
        return [w for w in self.telling(parsed.words_in(*span)) if w.is_noun]

    def _subject(self, parsed: Parsed, placed: Placed) -> list[Word]:
        """Returns the nouns of a figure's clause, or of the nearest before it that has any."""
        return self._nouns(parsed, placed.clause) or self._nouns_before(parsed, placed.clause[0])

    def other(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether a figure whose own words fit another one as well follows the other's subject."""
        near, mine = self.telling(stated.near), _before(statement, stated)
        clause = statement.text[slice(*statement.clause_at(stated.figure.start))]
        if not mine:
            return False
        if not near:
            leans = stated.figure.kind == "percent" or re.search("[占达报]", clause)
            if not leans:
                return False
            if self._follows_another(stated, source, statement, c):
                return True
        ordinals = [f for f in statement.figures if f.kind == "ordinal" and f.text in clause]
        rivals = [
            p
            for p in self._rivals_elsewhere(source, c)
            if self._fits(near, p, c) and all(f.text in self._clause(p, c) for f in ordinals)
        ]
        own = self._carried_share(mine, statement, _before(c.parsed, source))
        return any(self._carried_share(mine, statement, _before(c.parsed, r)) > own for r in rivals)

    def _rivals_elsewhere(self, source: Placed, c: Cited) -> list[Placed]:
        """Returns the other figures of its kind and unit in other clauses."""
        home = c.parsed.clause_at(source.figure.start)
        return [
            p
            for p in c.parsed.placed
            if comparable(p.figure, source.figure) and c.parsed.clause_at(p.figure.start) != home
        ]

    def _fits(self, near: Sequence[Word], placed: Placed, c: Cited) -> bool:
        clause = self._clause(placed, c)
        return all(self._equal.says(w.text, clause) for w in near)

    def _clause(self, placed: Placed, c: Cited) -> str:
        return c.text[slice(*c.parsed.clause_at(placed.figure.start))]

    def _carried_share(self, mine: str, statement: Parsed, theirs: str) -> float:
        """Returns how much of the clause before a stated figure stands in the clause before another."""
        words = [w.text for w in self.telling(statement.words) if w.text in mine]
        amounts = [f.text for f in statement.figures if f.is_quantity and f.text in mine]
        said = sum(self._equal.says(w, theirs) for w in words) + sum(f in theirs for f in amounts)
        return said / max(len(words) + len(amounts), 1)

    def _follows_another(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether a figure without words of its own follows another subject than in the source."""
        mine = self._nouns_before(statement, stated.clause[0])
        here = f"{c.text[: source.clause[1]]} {c.context} {c.before}"
        if mine and not any(self._equal.says(w.text, here) for w in mine):
            return any(self._equal.says(w.text, c.text) for w in mine)
        theirs = self._nouns_before(c.parsed, source.clause[0])
        near = " ".join(w.text for w in (*theirs, *self.telling(source.near)))
        if not mine or not near or any(self._equal.says(w.text, near) for w in mine):
            return False
        rivals = [p for p in c.parsed.placed if p is not source and comparable(p.figure, source.figure)]
        return any(self._equal.says(w.text, segment_text(c, r)) for r in rivals for w in mine)

    def _nouns_before(self, parsed: Parsed, position: int) -> list[Word]:
        """Returns the nouns of the nearest clause before a position that has any."""
        for start, end in reversed([k for k in parsed.clauses if k[1] <= position]):
            if nouns := [w for w in self.telling(parsed.words_in(start, end)) if w.is_noun]:
                return nouns
        return []


def _totals(text: str) -> bool:
    """Returns whether a text counts all in all."""
    return bool(_ALL_TOLD.search(text))


def _in_place(word: Word, parsed: Parsed) -> bool:
    return any(s.kind == "place" and s.start <= word.start < s.end for s in parsed.slots)


def _before(parsed: Parsed, placed: Placed) -> str:
    """Returns the clause before that of a figure, "" if there is none."""
    start = parsed.clause_at(placed.figure.start)[0]
    before = [k for k in parsed.clauses if k[1] <= start]
    return parsed.text[slice(*before[-1])] if before else ""
