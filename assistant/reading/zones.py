"""The texts around a candidate by how near they are: what its words are looked for in."""

from __future__ import annotations

import re

from assistant.reading.candidates import MONEY, Parsed, Span
from assistant.reading.implied import implied_nouns
from assistant.reading.owning import (
    base_words,
    condition_start,
    owned_by_others,
    paired,
    paired_with_others,
    shared_left,
)

_LEAD = 12  # characters of a clause before a subject: 乡村振兴志愿者|梁志鹏


_TITLE = re.compile("《[^《》]*》")
_DATELINE = re.compile("[^,，。;；:：(（]{0,10}(?:电|讯|消息|获悉)|记者|[(（]")
_GOVERNS = frozenset({"date", "person", "organisation"})


def governed(parsed: Parsed, span: Span) -> str:
    """Returns what a date or a subject at the beginning of a sentence holds for: all up to the next date or the end."""
    if span.type not in _GOVERNS or not span.start <= span.segment.clause[0] + _LEAD:
        return ""
    if _DATELINE.match(parsed.text, span.end):
        return ""  # it dates the report, not what is told in it
    later = [t.start for t in parsed.times if t.start >= span.end] if span.type == "date" else []
    return parsed.text[span.end : min(later, default=len(parsed.text))]


_NAME = 1  # characters more of a name that the reach of another figure cuts in two


def _in_brackets(text: str, start: int, end: int, position: int) -> bool:
    """Returns whether words stand in brackets that are closed before a position: they go with what is before those."""
    opened = max(text.rfind("(", 0, start), text.rfind("（", 0, start))
    closed = next((i for i in range(max(opened, 0), len(text)) if text[i] in ")）"), -1)
    return opened >= 0 and end <= closed < position


def _purpose(parsed: Parsed, span: Span, free: str) -> str:
    """Returns the clause behind an amount of money, which says what it is for: «列支198.9万元,救助大学生1412名»."""
    if span.figure is None or span.figure.unit not in MONEY or span.figure.per:
        return ""
    return " " + next((free[a:b] for a, b in parsed.clauses if a >= span.segment.clause[1]), "")


def zones_of(parsed: Parsed, span: Span, context: dict[str, str]) -> dict[str, str]:
    """Returns the texts around a candidate by the name of their zone."""
    if span.type == "sentence":
        return {"clause": parsed.text, **context}
    segment, text = span.segment, parsed.text
    rest = list(text)
    owned: list[str] = []
    later: list[str] = []
    for a, b in owned_by_others(parsed, span):
        apart = a >= span.end or _in_brackets(text, a, b, span.start)
        (later if apart else owned).append(text[max(0, a - _NAME) : b])
        rest[a:b] = " " * (b - a)
    for a, b in paired_with_others(parsed, span):
        rest[a:b] = " " * (b - a)
    free = "".join(rest)
    prior = max((a for a, _ in parsed.clauses if a < segment.clause[0]), default=segment.clause[0])
    near = max(condition_start(parsed, span, segment.left[0]), segment.left[1] - 16)
    documents = span.text.startswith("《")
    own = parsed.text[span.start : span.end] if documents else ""
    if documents:  # what another title says is not said of this one
        free = _TITLE.sub(lambda m: " " * len(m[0]), free)
        text = _TITLE.sub(lambda m: " " * len(m[0]), text)
    return {
        "own": own,
        "governed": governed(parsed, span),
        "paired": paired(parsed, span),
        "unit": implied_nouns(span.figure.unit) if span.figure else "",
        "right": text[slice(*segment.right)][:16],
        "left": " ".join((
            text[near : segment.left[1]] + shared_left(parsed, span),
            base_words(parsed, span),
        )),
        "clause": free[slice(*segment.clause)],
        "prior": free[prior : segment.clause[0]] + _purpose(parsed, span, free),
        "before": free[:prior],
        "sentence": free,
        "owned": " ".join(owned),
        "later": " ".join(later),
        "whole": text,
        **context,
    }
