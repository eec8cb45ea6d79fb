"""Whether a figure of a statement is about the same thing as that figure in the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.bounds import bounded_alike, per_alike
from assistant.checking.carrying import Carrying
from assistant.checking.changes import change_of, same_change
from assistant.checking.cited import Cited, qualified_alike, timed_alike
from assistant.checking.equal_words import EqualWords
from assistant.checking.modality import planned_at
from assistant.checking.pairing import (
    comparable,
    other_figures,
    other_pair,
    other_rate,
    segment_text,
    touches_another,
    turned_run,
)
from assistant.checking.parsing import Parsed, Placed, Word, telling
from assistant.figures import Figure, same_amount, same_figure, same_unit
from assistant.reading.times import governing_time

_SAYING = re.compile("[一-鿿a-z]")
_SCOPE = re.compile("[全该本我][省市县区镇乡州]")
_MARK = re.compile(r"[,，、;；:：()（）。]")
_ANY_UNIT = frozenset({"个", "名", "人", "位"})
_SHORTEST = 6  # characters of a clause that say by themselves where it stands
_FAULTS = ("figure", "unit", "qualifier", "frequency", "direction", "subject", "time", "modality", "")


class Alignment:
    """Finds the figure of the evidence that bears out a figure of a statement.

    Args:
        equal: Compares words.
        light: Words that a statement may add without saying more.
    """

    def __init__(self, equal: EqualWords, light: frozenset[str]) -> None:
        self._equal = equal
        self._light = light
        self._carrying = Carrying(equal, light)

    def find(
        self, stated: Placed, statement: Parsed, cited: Sequence[Cited]
    ) -> tuple[str, Cited | None, Placed | None]:
        """Returns why no cited figure bears a stated one out ("" if one does), and the nearest."""
        best: tuple[str, Cited | None, Placed | None] = ("figure", None, None)
        for c in cited:
            for source in c.parsed.placed:
                if not same_amount(source.figure, stated.figure):
                    continue
                fault = self._fault(stated, source, statement, c)
                if _FAULTS.index(fault) > _FAULTS.index(best[0]):
                    best = (fault, c, source)
                if not fault:
                    return best
        return best

    def other_version(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether a source gives another amount for the same thing at the same time."""
        a, b = stated.figure, source.figure
        points = {"%", "个百分点"} == {a.unit, b.unit} and a.value == b.value
        if a.kind != b.kind and not points:
            return False
        if same_figure(a, b) or not (same_unit(a.unit, b.unit) or a.value == b.value):
            return False
        alike = (
            per_alike(stated, source, statement, c, bare=False)
            and same_change(change_of(statement.text, a.start, a.end), change_of(c.text, b.start, b.end))
            and timed_alike(governing_time(statement.times, a.start), b, c)
            and planned_at(statement.text, a.start) == planned_at(c.text, b.start)
        )
        return alike and self._same_subject(stated, source, statement, c)

    def _same_subject(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        words = self.telling(stated.near)
        own = f"{segment_text(c, source)} {c.text[slice(*source.clause)]}"
        reach = f"{c.text[: _reach(c.parsed, source)]} {c.context} {c.before}"
        near = sum(self._equal.says(w.text, own) for w in words)
        said = sum(self._equal.says(w.text, reach) for w in words)
        if not near or 4 * said < 3 * len(words):
            return False
        theirs = [w for w in self.telling(source.near) if w.is_noun]
        told = statement.text[slice(*statement.clause_at(stated.figure.start))]
        missing = [w for w in theirs if not self._equal.says(w.text, told)]
        return 2 * len(missing) <= len(theirs) and not (
            other_pair(stated, source, statement, c)
            or self._borrowed(stated, source, statement, c)
            or self._other_noun_beside(stated, source, statement, c)
        )

    def _fault(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> str:
        a, b = stated.figure, source.figure
        if not _units_alike(a, b, c.text):
            return "unit"
        if not qualified_alike(a, b, c):
            return "qualifier"
        bare = not _SAYING.search(statement.text[: a.start] + statement.text[a.end :])  # an amount by itself
        if not per_alike(stated, source, statement, c, bare=bare):
            return "frequency"
        if not bare and not bounded_alike(stated, source, statement, c):
            return "qualifier"
        stated_change = (
            change_of(c.text, b.start, b.end) if bare else change_of(statement.text, a.start, a.end)
        )
        if not same_change(stated_change, change_of(c.text, b.start, b.end)):
            return "direction"
        if self._carrying.other(stated, source, statement, c) or (
            not _as_written(stated, source, statement, c) and self._misplaced(stated, source, statement, c)
        ):
            return "subject"
        if not timed_alike(governing_time(statement.times, a.start), b, c):
            return "time"
        if not bare and planned_at(statement.text, a.start) != planned_at(c.text, b.start):
            return "modality"
        return ""

    def _misplaced(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        return (
            other_pair(stated, source, statement, c)
            or self._strange(stated, source, statement, c)
            or self._borrowed(stated, source, statement, c)
            or self._other_noun_beside(stated, source, statement, c)
            or other_figures(stated, source, statement, c)
            or touches_another(stated, source, statement, c)
            or turned_run(stated, source, statement, c)
            or other_rate(stated, source, statement, c)
            or self._other_modifier(stated, source, c)
            or self._carrying.fits_another(stated, source, statement, c)
        )

    def telling(self, words: Sequence[Word]) -> list[Word]:
        """Returns the words that say something."""
        return telling(words, self._light)

    def _strange(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether a word at the stated figure is not said around the source's figure."""
        reach = f"{c.text[: _reach(c.parsed, source)]} {c.context} {c.before}"
        words = self.telling(stated.near)
        words = [w for w in words if not _SCOPE.fullmatch(w.text)]  # how far it reaches is checked by itself
        if not all(self._equal.says(w.text, reach) for w in words):
            return True
        near = " ".join(w.text for w in stated.near)
        outside = [
            w
            for w in words
            if w.is_noun
            and not self._equal.says(w.text, c.text)
            and not (self._equal.says(w.text, c.context) and _in_place(w, statement))
        ]
        missing = [w for w in self.telling(source.near) if w.is_noun and not self._said_by(w, near)]
        return bool(outside and missing)  # a word from around stands in place of the figure's own

    def _borrowed(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether the figure is given the words of another one, and not those of its own."""
        own = segment_text(c, source)
        borrowed = [w for w in self.telling(stated.near) if not self._equal.says(w.text, own)]
        if not borrowed:
            return False
        rivals = [p for p in c.parsed.placed if p is not source and comparable(p.figure, source.figure)]
        if self._other_verb(borrowed, stated, source, statement, c):
            return True
        near = " ".join(w.text for w in stated.near)
        missing = [w for w in self.telling(source.near) if not self._said_by(w, near)]
        return bool(missing) and any(
            self._equal.says(w.text, segment_text(c, r)) for r in rivals for w in borrowed
        )

    def _other_verb(
        self, borrowed: Sequence[Word], stated: Placed, source: Placed, statement: Parsed, c: Cited
    ) -> bool:
        """Returns whether the verb of another clause governs a figure whose clause has its own."""
        a, b = c.parsed.clause_at(source.figure.start)
        clause, own = c.text[a:b], self.telling(c.parsed.words_in(a, b))
        if not own or not (any(w.is_verb for w in own) or re.search("[有占达为是设]", clause)):
            return False
        outside = f"{c.text[:a]} {c.text[b:]}"
        return any(
            w.tag == "v"
            # «注册志愿者占14.5%»: 占 governs, 注册 belongs to the subject
            and not re.search("[有占达为是]", statement.text[w.end : stated.figure.start])
            and not self._equal.says(w.text, clause)
            and self._equal.says(w.text, outside)
            for w in borrowed
        )

    def _said_by(self, word: Word, near: str) -> bool:
        return self._equal.says(word.text, near) or any(c in near for c in (word.text[:2], word.text[-2:]))

    def _other_noun_beside(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether another thing counted touches the stated figure than the source's."""
        for side in (_right, _left):
            mine, theirs = side(statement.text, stated), side(c.text, source)
            first, other = self._noun_at(stated, side is _right), self._noun_at(source, side is _right)
            if first is None or other is None:
                continue
            if not self._equal.says(first.text, theirs) and not self._equal.says(other.text, mine):
                return True
        return False

    def _other_modifier(self, stated: Placed, source: Placed, c: Cited) -> bool:
        """Returns whether the noun before a figure is told of another kind: 技术收入 for 营业收入."""
        head = next((w for w in reversed(stated.near) if 0 <= stated.figure.start - w.end <= 4), None)
        kind = self._beside(head, stated)
        if head is None or kind is None or kind.text + head.text in c.text:
            return False
        others = [self._beside(w, source) for w in source.near if w.text == head.text]
        return bool(others) and all(o is not None and not set(o.text) & set(kind.text) for o in others)

    def _beside(self, head: Word | None, placed: Placed) -> Word | None:
        """Returns the noun that stands right before another one."""
        if head is None or not head.is_noun:
            return None
        before = next((w for w in placed.near if w.end == head.start), None)
        return before if before and before.is_noun and before.text not in self._light else None

    def _noun_at(self, placed: Placed, right: bool) -> Word | None:
        """Returns the noun that touches a figure on one side."""
        start, end = placed.figure.start, placed.figure.end
        touching = [w for w in placed.near if (0 <= w.start - end <= 1 if right else w.end == start)]
        return next((w for w in touching if w.is_noun and w.tag != "vn" and w.text not in self._light), None)


def _in_place(word: Word, statement: Parsed) -> bool:
    """Returns whether a word is a place's name: one that is carried stands for 全市 and the like."""
    return any(s.kind == "place" and s.start <= word.start < s.end for s in statement.slots)


def _as_written(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether the stated figure stands in a clause that the source has as written, at this figure."""
    a, b = statement.clause_at(stated.figure.start)
    start = source.figure.start - (stated.figure.start - a)
    cut = start > 0 and _SAYING.match(
        c.text[start - 1]
    )  # 高技术|制造业投资: the source's words begin before it
    return start >= 0 and not cut and b - a >= _SHORTEST and c.text.startswith(statement.text[a:b], start)


def _units_alike(a: Figure, b: Figure, source: str) -> bool:
    if not same_unit(a.unit, b.unit):
        return False
    if a.unit and not b.unit:  # the source counts without a measure word: «志愿者80万»
        return a.unit in _ANY_UNIT or a.unit in source[b.end : b.end + 8]
    return True


def _right(text: str, placed: Placed) -> str:
    """Returns the words right behind a figure, up to the next mark."""
    return _MARK.split(text[slice(*placed.segment.right)])[0]


def _left(text: str, placed: Placed) -> str:
    """Returns the words right before a figure, from the last mark on."""
    return _MARK.split(text[slice(*placed.segment.left)])[-1]


def _reach(parsed: Parsed, source: Placed) -> int:
    """Returns how far a figure's words may stand: its clause, and clauses after it that have no figure."""
    end = source.clause[1]
    for a, b in parsed.clauses:
        if a < end:
            end = max(end, min(b, end)) if b <= end else end
            continue
        if any(a <= p.figure.start < b for p in parsed.placed):
            break
        end = b
    return end
