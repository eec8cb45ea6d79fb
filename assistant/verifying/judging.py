"""Whether the library bears an item of a draft out, says otherwise, or says nothing of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.checking.alignment import Alignment
from assistant.checking.cited import dated
from assistant.checking.modality import planned_at
from assistant.checking.parsing import Parsed, Placed
from assistant.reading.times import TimeMention, governing_time
from assistant.verifying.items import Item
from assistant.verifying.records import DraftResult
from assistant.verifying.sources import Source, place_at, places_of, same_place

_CLOSE = 0.45  # how much of a sentence a source must say for another name or date in it to count
_SURE = 0.8  # how much of it a source must say that gives the same amount for something else
_ALIKE = 0.5  # how alike two titles must be for one to be a version of the other


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of an item."""

    result: DraftResult
    difference: str = ""
    source: Source | None = None


NOT_FOUND = Judgement("not_found")


class Judge:
    """Judges items of one sentence.

    Args:
        alignment: Compares figures with what is said of them.
        stands: Name → a source that has it as written anywhere in the library, or None.
    """

    def __init__(self, alignment: Alignment, stands: Callable[[str], Source | None]) -> None:
        self._alignment = alignment
        self._stands = stands

    def judge(
        self, item: Item, statement: Parsed, places: Sequence[str], sources: Sequence[Source]
    ) -> Judgement:
        """Returns what the sources say of an item; `places` are those carried to the statement."""
        if item.kind == "date":
            mention = next(t for t in statement.times if t.start == item.start)
            return self._date(mention, statement, places, sources)
        if item.kind in {"name", "document"}:
            return self._name(item, statement, sources)
        placed = next((p for p in statement.placed if p.figure.start == item.start), None)
        if placed is None:
            return self._code(statement.text[item.start : item.end], sources)
        return self._figure(placed, statement, places, sources)

    def _figure(
        self, stated: Placed, statement: Parsed, carried: Sequence[str], sources: Sequence[Source]
    ) -> Judgement:
        own = _place_before(statement, stated.figure.start)
        places = (own,) if own else tuple(carried)
        others: list[tuple[Source, Placed]] = []
        told_otherwise: dict[bool, Judgement] = {}  # of the same thing, and perhaps of another
        for source in sources:
            fault, _, match = self._alignment.find(stated, statement, [source.cited])
            if match is not None and _one_place(places, source, match.figure.start):
                if not fault:
                    return Judgement("supported", "", source)
                if said := _otherwise(fault, match, source):
                    told_otherwise.setdefault(fault != "subject", Judgement("different", said, source))
            for p in source.cited.parsed.placed:
                here = place_at(source, p.figure.start)
                alike = any(same_place(x, here) for x in places) if places else source.fit > _CLOSE
                if alike and self._alignment.other_version(stated, p, statement, source.cited):
                    others.append((source, p))
        if True in told_otherwise or not others:
            return told_otherwise.get(True) or told_otherwise.get(False) or NOT_FOUND
        source, p = max(others, key=lambda o: o[0].fit)
        text = source.evidence.text[p.figure.start : p.figure.end]
        return Judgement("different", f"原文为“{text}”：{_quote(source)}", source)

    def _date(
        self, mention: TimeMention, statement: Parsed, places: Sequence[str], sources: Sequence[Source]
    ) -> Judgement:
        governed = [p for p in statement.placed if _governs(statement, mention, p)]
        for source in sources:
            if not dated(mention, statement.text, source.cited):
                continue
            if not governed and source.fit > _CLOSE:
                return Judgement("supported", "", source)
            for p in governed:
                if not self._alignment.find(p, statement, [source.cited])[0]:
                    return Judgement("supported", "", source)
        for source in sources:
            other = self._other_time(mention, statement, governed, source)
            here = not places or any(same_place(p, source.place) or p in source.cited.text for p in places)
            if other is not None and here:
                return Judgement("different", f"原文的时间是“{other.text}”：{_quote(source)}", source)
        near = next((s for s in sources if dated(mention, statement.text, s.cited) and s.fit > _CLOSE), None)
        return Judgement("supported", "", near) if near else NOT_FOUND

    def _other_time(
        self, mention: TimeMention, statement: Parsed, governed: Sequence[Placed], source: Source
    ) -> TimeMention | None:
        """Returns the time at which the source gives the very figures that the draft dates otherwise."""
        for p in governed:
            fault, _, match = self._alignment.find(p, statement, [source.cited])
            if fault == "time" and match is not None:
                time = governing_time(source.cited.parsed.times, match.figure.start)
                if time is not None and time.iso[:4] and mention.iso and not time.compared:
                    return time
        return None

    def _name(self, item: Item, statement: Parsed, sources: Sequence[Source]) -> Judgement:
        for source in sources:
            if item.name in source.cited.around:
                return Judgement("supported", "", source)
        if (found := self._stands(item.name)) is not None:
            return Judgement("supported", "", found)
        opening = statement.text[item.start]
        for source in sources:
            if source.fit <= _CLOSE:
                continue
            for other in _names_of(source, opening):
                if _likeness(item.name, other) >= _ALIKE and other not in statement.text:
                    shown = f"《{other}》" if opening == "《" else f"“{other}”"
                    return Judgement("different", f"原文为{shown}：{_quote(source)}", source)
        return NOT_FOUND

    def _code(self, code: str, sources: Sequence[Source]) -> Judgement:
        found = next((s for s in sources if code in s.cited.around and s.fit > 0.3), None)
        return Judgement("supported", "", found) if found else NOT_FOUND


def _otherwise(fault: str, match: Placed, source: Source) -> str:
    """Returns in what but the amount a source differs, "" where it may well speak of something else."""
    shown = source.evidence.text[match.figure.start : match.figure.end]
    if fault in {"unit", "qualifier", "frequency"} and source.fit > _CLOSE:
        return f"原文为“{shown}”：{_quote(source)}"
    if fault == "direction" and source.fit > _CLOSE:
        return f"原文对“{shown}”的说法不同（增减、升降或是升降后的数）：{_quote(source)}"
    if fault == "subject" and source.fit > _SURE:
        return f"原文中“{shown}”的说法与此不同，请核对：{_quote(source)}"
    if fault == "modality":
        planned = planned_at(source.cited.text, match.figure.start)
        return f"原文说的是{'计划，并非已完成' if planned else '已完成，并非计划'}：{_quote(source)}"
    time = governing_time(source.cited.parsed.times, match.figure.start) if fault == "time" else None
    return f"原文这一数字的时间是“{time.text}”：{_quote(source)}" if time is not None else ""


def _one_place(places: Sequence[str], source: Source, position: int) -> bool:
    """Returns whether a figure that agrees is of one of the places; one of unknown place is taken for it."""
    here = place_at(source, position)
    return not places or not here or any(same_place(p, here) or p in source.cited.text for p in places)


def _place_before(statement: Parsed, position: int) -> str:
    before = [s.text for s in places_of(statement) if s.start <= position]
    return before[-1] if before else ""


def _governs(statement: Parsed, mention: TimeMention, placed: Placed) -> bool:
    time = governing_time(statement.times, placed.figure.start)
    return time is not None and time.start == mention.start


def _names_of(source: Source, opening: str) -> list[str]:
    pattern = "《([^《》]+)》" if opening == "《" else "“([^“”]{2,30})”"
    return re.findall(pattern, source.cited.text)


def _likeness(a: str, b: str) -> float:
    """Returns the share of character pairs that two names have in common."""
    mine, theirs = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (a, b))
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def _quote(source: Source) -> str:
    text = " ".join(source.evidence.text.split())
    return text if len(text) <= 120 else text[:119] + "…"
