"""Whether a figure of a statement is about the same thing as that figure in the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.changes import change_of, same_change
from assistant.checking.cited import Cited, qualified_alike, timed_alike
from assistant.checking.equal_words import EqualWords
from assistant.checking.modality import planned_at
from assistant.checking.parsing import Parsed, Placed, Word, telling
from assistant.figures import Figure, same_amount, same_figure, same_unit
from assistant.reading.segments import paired_noun, run_of
from assistant.reading.times import governing_time

_SAYING = re.compile("[一-鿿a-z]")
_MARK = re.compile(r"[,，、;；:：()（）。]")
_ANY_UNIT = frozenset({"个", "名", "人", "位"})
_TIMES = frozenset({"date", "period", "time"})
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
        if a.kind != b.kind or same_figure(a, b) or not (same_unit(a.unit, b.unit) or a.value == b.value):
            return False
        alike = (
            _per_alike(a, b, c.text)
            and same_change(change_of(statement.text, a.start, a.end), change_of(c.text, b.start, b.end))
            and timed_alike(governing_time(statement.times, a.start), b, c)
            and planned_at(statement.text, a.start) == planned_at(c.text, b.start)
        )
        return alike and self._same_subject(stated, source, statement, c)

    def _same_subject(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        words = self.telling(stated.near)
        own = f"{_segment_text(c, source)} {c.text[slice(*source.clause)]}"
        reach = f"{c.text[: _reach(c.parsed, source)]} {c.context} {c.before}"
        near = sum(self._equal.says(w.text, own) for w in words)
        said = sum(self._equal.says(w.text, reach) for w in words)
        if not near or 4 * said < 3 * len(words):
            return False
        theirs = [w for w in self.telling(source.near) if w.is_noun]
        told = statement.text[slice(*statement.clause_at(stated.figure.start))]
        missing = [w for w in theirs if not self._equal.says(w.text, told)]
        return 2 * len(missing) <= len(theirs) and not (
            _other_pair(stated, source, statement, c)
            or self._borrowed(stated, source, statement, c)
            or self._other_noun_beside(stated, source, statement, c)
        )

    def _fault(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> str:
        a, b = stated.figure, source.figure
        if not _units_alike(a, b, c.text):
            return "unit"
        if not qualified_alike(a, b, c):
            return "qualifier"
        if not _per_alike(a, b, c.text):
            return "frequency"
        bare = not _SAYING.search(statement.text[: a.start] + statement.text[a.end :])  # an amount by itself
        stated_change = (
            change_of(c.text, b.start, b.end) if bare else change_of(statement.text, a.start, a.end)
        )
        if not same_change(stated_change, change_of(c.text, b.start, b.end)):
            return "direction"
        if self._misplaced(stated, source, statement, c):
            return "subject"
        if not timed_alike(governing_time(statement.times, a.start), b, c):
            return "time"
        if not bare and planned_at(statement.text, a.start) != planned_at(c.text, b.start):
            return "modality"
        return ""

    def _misplaced(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        return (
            _other_pair(stated, source, statement, c)
            or self._strange(stated, source, c)
            or self._borrowed(stated, source, statement, c)
            or self._other_noun_beside(stated, source, statement, c)
            or _other_figures(stated, source, statement, c)
            or _touches_another(stated, source, statement, c)
            or self._other_carried(stated, source, statement, c)
        )

    def telling(self, words: Sequence[Word]) -> list[Word]:
        """Returns the words that say something."""
        return telling(words, self._light)

    def _strange(self, stated: Placed, source: Placed, c: Cited) -> bool:
        """Returns whether a word at the stated figure is not said around the source's figure."""
        reach = f"{c.text[: _reach(c.parsed, source)]} {c.context} {c.before}"
        return not all(self._equal.says(w.text, reach) for w in self.telling(stated.near))

    def _borrowed(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether the figure is given the words of another one, and not those of its own."""
        own = _segment_text(c, source)
        borrowed = [w for w in self.telling(stated.near) if not self._equal.says(w.text, own)]
        if not borrowed:
            return False
        rivals = [p for p in c.parsed.placed if p is not source and _comparable(p.figure, source.figure)]
        if self._other_verb(borrowed, stated, source, statement, c):
            return True
        near = " ".join(w.text for w in stated.near)
        missing = [w for w in self.telling(source.near) if not self._said_by(w, near)]
        return bool(missing) and any(
            self._equal.says(w.text, _segment_text(c, r)) for r in rivals for w in borrowed
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

    def _noun_at(self, placed: Placed, right: bool) -> Word | None:
        """Returns the noun that touches a figure on one side."""
        start, end = placed.figure.start, placed.figure.end
        touching = [w for w in placed.near if (0 <= w.start - end <= 1 if right else w.end == start)]
        return next((w for w in touching if w.is_noun and w.tag != "vn" and w.text not in self._light), None)

    def _other_carried(self, stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
        """Returns whether a figure without a noun of its own follows another subject than in the source."""
        clause = statement.text[slice(*statement.clause_at(stated.figure.start))]
        if self.telling(stated.near) or not (stated.figure.kind == "percent" or re.search("[占达]", clause)):
            return False
        mine = self._nouns_before(statement, stated.clause[0])
        if not mine:
            return False
        here = f"{c.text[: source.clause[1]]} {c.context} {c.before}"
        if not any(self._equal.says(w.text, here) for w in mine):
            return any(self._equal.says(w.text, c.text) for w in mine)
        theirs = self._nouns_before(c.parsed, source.clause[0])
        own = [w for w in self.telling(source.near) if w.is_noun]
        near = " ".join(w.text for w in (*theirs, *own))
        if not near or any(self._equal.says(w.text, near) for w in mine):
            return False
        rivals = [p for p in c.parsed.placed if p is not source and _comparable(p.figure, source.figure)]
        return any(self._equal.says(w.text, _segment_text(c, r)) for r in rivals for w in mine)

    def _nouns_before(self, parsed: Parsed, position: int) -> list[Word]:
        """Returns the nouns of the nearest clause before a position that has any."""
        for start, end in reversed([k for k in parsed.clauses if k[1] <= position]):
            if nouns := [w for w in self.telling(parsed.words_in(start, end)) if w.is_noun]:
                return nouns
        return []


def _units_alike(a: Figure, b: Figure, source: str) -> bool:
    if not same_unit(a.unit, b.unit):
        return False
    if a.unit and not b.unit:  # the source counts without a measure word: «志愿者80万»
        return a.unit in _ANY_UNIT or a.unit in source[b.end : b.end + 8]
    return True


def _per_alike(a: Figure, b: Figure, source: str) -> bool:
    if a.per == b.per:
        return True
    if a.per and b.per:
        return False
    return bool(re.search("每|均|/", source[max(0, b.start - 16) : b.end + 6])) if a.per else True


def _comparable(a: Figure, b: Figure) -> bool:
    return a.kind == b.kind and same_unit(a.unit, b.unit)


def _segment_text(c: Cited, placed: Placed) -> str:
    (a, b), (x, y) = placed.segment.left, placed.segment.right
    return f"{c.text[a:b]} {c.text[x:y]}"


def _right(text: str, placed: Placed) -> str:
    """Returns the words right behind a figure, up to the next mark."""
    return _MARK.split(text[slice(*placed.segment.right)])[0]


def _left(text: str, placed: Placed) -> str:
    """Returns the words right before a figure, from the last mark on."""
    return _MARK.split(text[slice(*placed.segment.left)])[-1]


def _other_figures(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether another figure of the stated clause goes with a third one in the source.

    «3000元以上的占40%,3000元以下的占60%»: 40% goes with 3000元以上.
    """
    a, b = statement.clause_at(stated.figure.start)
    x, y = c.parsed.clause_at(source.figure.start)
    mine = [
        f for f in statement.figures if a <= f.start < b and f is not stated.figure and f.kind not in _TIMES
    ]
    theirs = [
        f for f in c.parsed.figures if x <= f.start < y and f is not source.figure and f.kind not in _TIMES
    ]
    for f in mine:
        if any(_one_figure(f, g) for g in theirs) or not any(_one_figure(f, g) for g in c.parsed.figures):
            continue
        rivals = [g for g in theirs if _comparable(f, g) and not any(_one_figure(h, g) for h in mine)]
        if rivals and not same_amount(f, source.figure):
            return True
    return False


def _touches_another(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether what touches the stated figure touches another like it in the source."""
    mine = statement.text[stated.figure.end : stated.figure.end + 1]
    if (
        not re.match(r"(?![的和与及、,，。;；：:（(）)等以左上])[一-鿿]", mine)
        or mine == c.text[source.figure.end : source.figure.end + 1]
    ):
        return False
    rivals = [p for p in c.parsed.placed if p is not source and _comparable(p.figure, source.figure)]
    return any(c.text[r.figure.end : r.figure.end + 1] == mine for r in rivals)


def _one_figure(a: Figure, b: Figure) -> bool:
    return same_figure(a, b) if a.is_quantity else a.kind == b.kind and a.value == b.value


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


def _other_pair(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether «A、B分别有3个、5个» gives the figure to the other of its nouns."""
    own = paired_noun(c.text, c.parsed.figures, source.figure)
    if not own:
        return False
    run = run_of(c.text, c.parsed.figures, source.figure)
    others = [paired_noun(c.text, c.parsed.figures, f) for f in run if f is not source.figure]
    mine = paired_noun(statement.text, statement.figures, stated.figure)
    told = mine or statement.text[slice(*statement.clause_at(stated.figure.start))]
    return _shared(own, told) < max((_shared(o, told) for o in others if o), default=0)


def _shared(noun: str, text: str) -> float:
    pairs = {noun[i : i + 2] for i in range(len(noun) - 1)} or {noun}
    return sum(p in text for p in pairs) / len(pairs)
