"""Whether a candidate is of the place and the time that the question asks about: 1 yes, -1 no, 0 open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.reading.asked import Asked
from assistant.reading.candidates import Parsed, Span
from assistant.reading.times import same_time

Finder = Callable[[str], list[tuple[int, int, str]]]

# A town's or street's name; 乡镇, 城镇, 各街道 and the like are none.
_SPOT = re.compile(
    r"(?:(?![乡城市各个全及和])[一-鿿])(?:(?![乡城面下该各及])[一-鿿]){0,2}[一-鿿](?:镇(?![（(])|乡(?![镇村（(])|街道(?![）)（(]))"
)
_ALL = re.compile("全省|全市|全县|全区")


def bare_place(name: str) -> str:
    """Returns a place's name without its rank: 揭阳 for 揭阳市."""
    return re.sub(r"(?<=..)(省|市|区|县|自治区|特别行政区|自治州|自治县)$", "", name)


def place_match(asked: Asked, parsed: Parsed, span: Span, context: Mapping[str, str], places: Finder) -> int:
    """Returns 1 if the candidate is about the asked place, -1 if about another or another level, 0 if not clear."""
    if not asked.places:
        return 0
    own = places(parsed.evidence.article.region)
    level = bare_place(own[-1][2]) if own else ""
    wanted = {bare_place(p) for p in asked.places}
    clause = parsed.text[slice(*span.segment.clause)]
    city = bool(own) and not own[-1][2].endswith(("省", "自治区"))
    whole = "全省" in clause or ("全市" in clause and city) or (bool(level) and level in clause)
    inside = {bare_place(p) for _, _, p in places(parsed.text)} - {level}
    around = context["section"] + context["carried"] + context["paragraph"]
    for place in wanted - {level}:
        if place not in parsed.text and (whole or inside or place not in around):
            return -1
    if span.type == "figure" and wanted == {level} and level not in clause:
        inner = {bare_place(p) for _, _, p in places(clause)} - {level}
        if any(p not in asked.question.text for p in inner):
            return 0
    return _spot_match(asked, parsed)


def _spot_match(asked: Asked, parsed: Parsed) -> int:
    """Returns -1 if the sentence, or what it carries on, speaks of another town, or of one where all are meant."""
    evidence = parsed.evidence
    here = (
        _SPOT.findall(parsed.text) or _SPOT.findall(evidence.before)[-1:] or _SPOT.findall(evidence.paragraph)
    )
    if not asked.spots:
        return -1 if here and _ALL.search(asked.question.text) else 1
    named = here or [evidence.sentence.section]
    return 1 if any(spot in name for spot in asked.spots for name in named) else -1


def time_match(asked: Asked, parsed: Parsed, span: Span, context: Mapping[str, str]) -> int:
    """Returns 1 if the candidate is of an asked time, -1 if of another, 0 if open or no time is asked."""
    if asked.years:
        return _year_match(asked, parsed, span, context)
    if not asked.relative:
        return 0
    named = [span.time] if span.time else list(parsed.times) if span.type == "sentence" else []
    if any(word in t.text for word in asked.relative for t in named):
        return 1
    return -1 if any(re.search("今年|去年|前年|明年", t.text) for t in named) else 0


def _year_match(asked: Asked, parsed: Parsed, span: Span, context: Mapping[str, str]) -> int:
    isos = [span.time.iso] if span.time and span.time.iso else []
    if span.type == "sentence":
        isos = [t.iso for t in parsed.times if t.iso]
    if any(same_time(year, iso) for year in asked.years for iso in isos):
        return 1
    if isos:
        return -1
    around = context["carried"] + context["section"] + context["title"]
    return 1 if any(year[:4] in around for year in asked.years) else 0
