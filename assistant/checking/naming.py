"""Whether what is said of a place, person or body in a statement is said of it in the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.cited import Cited
from assistant.checking.equal_words import EqualWords
from assistant.checking.pairing import comparable
from assistant.checking.parsing import Parsed, Placed, Word
from assistant.checking.slots import Slot, domains
from assistant.figures import same_amount

_SUFFIX = re.compile("(?<=..)(?:省|市|区|县|自治区|自治州|特别行政区)$")
_JOINED = re.compile(r"\s*(?:、|和|与|及|以及|同)\s*")


def bare_place(place: str) -> str:
    """Returns a place without its kind: 成都 of 成都市."""
    return _SUFFIX.sub("", place)


def place_stands_in(place: str, text: str) -> bool:
    """Returns whether a text names a place, with or without its kind."""
    return place in text or bare_place(place) in text


class Naming:
    """Checks names against the stretch of the cited sentence in which things are said of them."""

    def __init__(self, equal: EqualWords, light: frozenset[str]) -> None:
        self._equal = equal
        self._light = light

    def fault(
        self, statement: Parsed, clause: tuple[int, int], words: Sequence[Word], cited: Cited
    ) -> tuple[str, str]:
        """Returns the kind and words of what is said of the wrong place, person or body, or ("", "")."""
        for kind in ("place", "person", "body"):
            mine = [s for s in statement.slots if s.kind == kind]
            theirs = [s for s in cited.parsed.slots if s.kind == kind]
            inside = [s for s in mine if clause[0] <= s.start < clause[1]]
            if len({s.group for s in theirs}) < (1 if kind == "place" else 2):
                continue
            if self._turned(inside, theirs, cited.text):
                return kind, inside[0].text
            carried = [s for s in mine if s.end <= clause[0]]
            spans = domains(inside or carried, statement.text)
            for group in sorted(spans)[None if inside else -1 :]:
                names = [s for s in mine if s.group == group]
                stretch = (
                    (max(clause[0], spans[group][0]), min(clause[1], spans[group][1])) if inside else clause
                )
                if fault := self._said_of_others(statement, stretch, words, (names, theirs), cited):
                    return kind, fault
        return "", ""

    def _said_of_others(
        self,
        statement: Parsed,
        stretch: tuple[int, int],
        words: Sequence[Word],
        slots: tuple[Sequence[Slot], Sequence[Slot]],
        c: Cited,
    ) -> str:
        """Returns a word or figure said of names in a stretch, but of others in the source."""
        names, theirs = slots
        allowed = self._allowed(names, theirs, c)
        if allowed is None:
            return ""
        for word in words:
            if not stretch[0] <= word.start < stretch[1] or any(s.start <= word.start < s.end for s in names):
                continue
            places = self._equal.places_of(word.text, c.text)
            if places and not _any_within(places, allowed):
                return word.text
        for placed in statement.placed:
            if stretch[0] <= placed.figure.start < stretch[1]:
                places = [p.figure.start for p in c.parsed.placed if same_amount(p.figure, placed.figure)]
                if places and not _any_within(places, allowed):
                    return placed.figure.text
                if places and _beside(names[0], placed, statement) and not _any_within(places, allowed[1:]):
                    own = [p for p in c.parsed.placed if _any_within([p.figure.start], allowed[1:])]
                    # The place has an amount of its own: «全市36个,其中甲区5个» gives 甲区 no 36.
                    if any(comparable(p.figure, placed.figure) for p in own):
                        return placed.figure.text
        return ""

    def _allowed(
        self, inside: Sequence[Slot], slots: Sequence[Slot], c: Cited
    ) -> list[tuple[int, int]] | None:
        """Returns the spans in which the names' things may be said; None where the names tell nothing."""
        kind = inside[0].kind
        spans = domains(slots, c.text)
        first = min((begin for begin, _ in spans.values()), default=len(c.text))
        mine = {s.group for s in slots for m in inside if m.text == s.text}
        mine = mine or {s.group for s in slots for m in inside if _same_name(kind, m.text, s.text)}
        if not mine:
            known = any(place_stands_in(m.text, f"{c.context} {c.before}") for m in inside)
            return [(0, first)] if kind == "place" and known else None
        return [(0, first), *(spans[group] for group in mine)]

    def _turned(self, inside: Sequence[Slot], slots: Sequence[Slot], text: str) -> bool:
        """Returns whether two names of one clause stand the other way about than in the source's."""
        if len({s.group for s in inside}) < 2:
            return False
        first, second = inside[0], inside[-1]
        ends = [
            (s, t)
            for s in slots
            for t in slots
            if s.text == second.text and t.text == first.text and s.end <= t.start
        ]
        if (
            not ends
            or first.text == second.text
            or any(
                s.text == first.text and t.text == second.text and s.end <= t.start
                for s in slots
                for t in slots
            )
        ):
            return False
        between = text[ends[0][0].end : ends[0][1].start]
        return not re.search("[,，;；。]", between) and "、" not in between and not _JOINED.fullmatch(between)


def _beside(name: Slot, placed: Placed, statement: Parsed) -> bool:
    """Returns whether a place stands in the clause of a figure."""
    start, end = statement.clause_at(placed.figure.start)
    return name.kind == "place" and start <= name.start < end


def _same_name(kind: str, a: str, b: str) -> bool:
    if kind == "place":
        short, long = sorted((bare_place(a), bare_place(b)), key=len)
        return long.endswith(short) or long.startswith(short)
    return a == b or a.endswith(b) or b.endswith(a)


def _any_within(places: Sequence[int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= p < b for p in places for a, b in spans)
