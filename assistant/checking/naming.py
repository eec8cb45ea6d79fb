"""Whether what is said of a place, person or body in a statement is said of it in the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.cited import Cited
from assistant.checking.equal_words import EqualWords
from assistant.checking.parsing import Parsed, Word
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

    def fault(self, statement: Parsed, clause: tuple[int, int], words: Sequence[Word], cited: Sequence[Cited]) -> tuple[str, str]:
        """Returns the kind and words of what is said of the wrong place, person or body, or ("", "")."""
        for kind in ("place", "person", "body"):
            mine = [s for s in statement.slots if s.kind == kind]
            inside = [s for s in mine if clause[0] <= s.start < clause[1]]
            carried = [s for s in mine if s.end <= clause[0]]
            if not inside and carried:
                inside = [s for s in carried if s.group == carried[-1].group]
            if not inside:
                continue
            for c in cited:
                if fault := self._said_of_others(kind, statement, clause, words, inside, c):
                    return kind, fault
        return "", ""

    def _said_of_others(
        self, kind: str, statement: Parsed, clause: tuple[int, int], words: Sequence[Word], inside: Sequence[Slot], c: Cited
    ) -> str:
        slots = [s for s in c.parsed.slots if s.kind == kind]
        if len({s.group for s in slots}) < (1 if kind == "place" else 2):
            return ""
        allowed = self._allowed(kind, inside, slots, c)
        if allowed is None:
            return ""
        if self._turned(inside, slots, c.text):
            return inside[0].text
        for word in words:
            if any(s.start <= word.start < s.end for s in statement.slots if s.kind == kind):
                continue
            places = self._equal.places_of(word.text, c.text)
            if places and not _any_within(places, allowed):
                return word.text
        for placed in statement.placed:
            if clause[0] <= placed.figure.start < clause[1]:
                places = [p.figure.start for p in c.parsed.placed if same_amount(p.figure, placed.figure)]
                if places and not _any_within(places, allowed):
                    return placed.figure.text
        return ""

    def _allowed(
        self, kind: str, inside: Sequence[Slot], slots: Sequence[Slot], c: Cited
    ) -> list[tuple[int, int]] | None:
        """Returns the spans in which the names' things may be said; None where the names tell nothing."""
        spans = domains(slots, c.text)
        first = min((begin for begin, _ in spans.values()), default=len(c.text))
        mine = {s.group for s in slots for m in inside if _same_name(kind, m.text, s.text)}
        if not mine:
            known = any(place_stands_in(m.text, f"{c.context} {c.before}") for m in inside)
            return [(0, first)] if kind == "place" and known else None
        return [(0, first), *(spans[group] for group in mine)]

    def _turned(self, inside: Sequence[Slot], slots: Sequence[Slot], text: str) -> bool:
        """Returns whether two names of one clause stand the other way about than in the source's."""
        if len(inside) < 2:
            return False
        first, second = inside[0], inside[-1]
        ends = [(s, t) for s in slots for t in slots if s.text == second.text and t.text == first.text and s.end <= t.start]
        if not ends or first.text == second.text or any(s.text == first.text and t.text == second.text and s.end <= t.start for s in slots for t in slots):
            return False
        between = text[ends[0][0].end : ends[0][1].start]
        return not re.search("[,，;；。]", between) and not _JOINED.fullmatch(between) and "、" not in between


def _same_name(kind: str, a: str, b: str) -> bool:
    if kind == "place":
        short, long = sorted((bare_place(a), bare_place(b)), key=len)
        return long.endswith(short) or long.startswith(short)
    return a == b or a.endswith(b) or b.endswith(a)


def _any_within(places: Sequence[int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= p < b for p in places for a, b in spans)
