"""Whose words are whose in a sentence of several figures: carried to one, shared by some, owned by others."""

from __future__ import annotations

import re

from assistant.figures import Figure
from assistant.reading.candidates import MONEY, Parsed, Span
from assistant.reading.segments import paired_noun, run_of, segment_of

_REACH = 14  # how far from a figure, in characters, words are taken to be its own


def owned_by_others(parsed: Parsed, span: Span) -> list[tuple[int, int]]:
    """Returns the spans of words that stand at other quantities of the sentence, and so most likely belong to those.

    Words of a quantity further on start behind `span.end`: what is said of a total carries on to its parts, what is
    said of a part does not go back to the total.
    """
    spans = []
    base = base_of(parsed, span)
    for figure in parsed.figures:
        if _other_sort(figure, span.figure):
            continue  # «列支198.9万元,救助大学生1412名»: whom the money is for is told at the students
        if figure.is_quantity and figure.start != span.start and figure is not base:
            segment = segment_of(figure, parsed.figures, parsed.clauses, parsed.text)
            low = max(segment.left[0], segment.left[1] - _REACH)
            spans += [
                (low, segment.left[1]),
                (segment.right[0], min(segment.right[1], segment.right[0] + _REACH)),
            ]
    mine = [span.segment.left, span.segment.right]
    return [(a, b) for a, b in spans if not any(x < b and a < y for x, y in mine)]


def _other_sort(figure: Figure, own: Figure | None) -> bool:
    """Returns whether one of two figures is money and the other counts things, so that both may tell of one matter."""
    if own is None or not figure.is_quantity or "%" in {figure.unit, own.unit}:
        return False
    return (figure.unit in MONEY) != (own.unit in MONEY) and bool(figure.unit) and bool(own.unit)


# What leads to a change that is told of the amount before it: «报考1.6万人,比去年增长21.9%».
_OF_THE_AMOUNT = re.compile(
    r"[,，、(（]?\s*(?:分别|也|均|都)?(?:(?:同比|环比|按年|同期)|(?:[比较]|[与和同]).{1,10}?(?:相比)?)?[,，]?(?:分别|也|均|都|又|再)?(?:实际|名义)?"
    r"(?:增长|增加|增|减少|降低|下降|减|降|上升|提升|提高|升|上涨|涨|下滑|下跌|回落|扩大|缩减)(?:了|约|超|超过|近|逾|达)?\s*"
)


def base_of(parsed: Parsed, span: Span) -> Figure | None:
    """Returns the amount before a change that the change is told of, None where the change names its own subject."""
    if span.figure is None:
        return None
    before = [f for f in parsed.figures if f.is_quantity and f.end <= span.start]
    if not before or not _OF_THE_AMOUNT.fullmatch(parsed.text[before[-1].end : span.start]):
        return None
    return before[-1]


def base_words(parsed: Parsed, span: Span) -> str:
    """Returns the words that stand at the amount a change is told of, "" where there is none."""
    base = base_of(parsed, span)
    if base is None:
        return ""
    segment = segment_of(base, parsed.figures, parsed.clauses, parsed.text)
    return parsed.text[max(segment.left[0], segment.left[1] - 16) : segment.left[1]]


def condition_start(parsed: Parsed, span: Span, start: int) -> int:
    """Returns where the words that narrow a figure begin: «3000万元到5000万元的5栋» reaches back over its amounts."""
    position = span.start
    for figure in reversed([f for f in parsed.figures if f.is_quantity and f.end <= span.start]):
        joined = re.fullmatch(
            r"的?(?:共?有|达|为|是|则有|共)?|到|至|—|-", parsed.text[figure.end : position].strip()
        )
        if joined is None or (span.figure is not None and figure.unit == span.figure.unit):
            break
        position = figure.start
        start = min(start, position)
    return start


def shared_left(parsed: Parsed, span: Span) -> str:
    """Returns the words that lead to an enumeration of figures («增加500元、400元») for all but its first."""
    run = run_of(parsed.text, parsed.figures, span.figure) if span.figure else []
    if len(run) < 2 or run[0] is span.figure:
        return ""
    first = segment_of(run[0], parsed.figures, parsed.clauses, parsed.text)
    return parsed.text[max(first.left[0], first.left[1] - 16) : first.left[1]]


def paired(parsed: Parsed, span: Span) -> str:
    """Returns the noun that an enumeration pairs with this figure («A和B分别有3个、5个»), else ""."""
    return paired_noun(parsed.text, parsed.figures, span.figure) if span.figure else ""


def paired_with_others(parsed: Parsed, span: Span) -> list[tuple[int, int]]:
    """Returns where the nouns stand that an enumeration pairs with other figures than this one."""
    if not span.figure:
        return []
    own = paired_noun(parsed.text, parsed.figures, span.figure)
    others = [
        paired_noun(parsed.text, parsed.figures, f)
        for f in run_of(parsed.text, parsed.figures, span.figure)
        if own and f is not span.figure
    ]
    found = [(parsed.text.rfind(noun, 0, span.start), len(noun)) for noun in others if noun]
    return [(start, start + length) for start, length in found if start >= 0]
