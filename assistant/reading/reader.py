"""Evidence sentences in, ranked candidate answers out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.figures import same_unit
from assistant.reading.candidates import (
    DOCUMENT,
    ORGANISATION,
    Parsed,
    Span,
    date_spans,
    figure_spans,
    named_spans,
    parse,
    pattern_spans,
    sentence_span,
)
from assistant.reading.matching import Matcher
from assistant.reading.question import Question
from assistant.reading.scoring import Coverage, cover
from assistant.reading.terms import Term
from assistant.reading.times import same_time

Finder = Callable[[str], "list[tuple[int, int, str]]"]

_PERSON_UNITS = frozenset({"人", "名", "位", "个人"})
_FLOW = ("投入", "招募", "出动", "组织", "参与", "参加", "发动", "培训", "派出", "动员")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer with its score.

    Attributes:
        score: Larger is better; about 0 (nothing in common) to 1.5.
        time_match: 1 if it is of the asked time, -1 if of another, 0 if either is open.
        place_match: Likewise for the asked place.
    """

    parsed: Parsed
    span: Span
    score: float
    coverage: Coverage
    time_match: int
    place_match: int

    @property
    def evidence(self) -> Evidence:
        """The sentence it stands in."""
        return self.parsed.evidence


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready for reading: its terms and constraints."""

    question: Question
    terms: tuple[Term, ...]
    years: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Reader:
    """Finds candidate answers in evidence; holds no state but what is handed in.

    Args:
        normalise: Text → simplified, half-width, lower case, same length.
        matcher: Compares words.
        people: Finder of personal names; places: finder of place names.
    """

    def __init__(self, normalise: Callable[[str], str], matcher: Matcher, people: Finder, places: Finder) -> None:
        self._normalise = normalise
        self._matcher = matcher
        self._people = people
        self._places = places

    def read(self, asked: Asked, evidence: Iterable[Evidence]) -> list[Candidate]:
        """Returns the candidate answers, best first, ties by label and position."""
        found = []
        for item in evidence:
            parsed = parse(item, self._normalise)
            context = self._context(item)
            found += [self._candidate(asked, parsed, span, context) for span in self._spans(asked.question, parsed)]
        return sorted(found, key=lambda c: (-c.score, c.evidence.label, c.span.start))

    def _spans(self, question: Question, parsed: Parsed) -> Iterator[Span]:
        kind = question.kind
        if question.wants_figure:
            yield from figure_spans(parsed, kind)
        elif kind in {"date"}:
            yield from date_spans(parsed)
        elif kind == "document":
            yield from pattern_spans(parsed, DOCUMENT, "document")
            yield sentence_span(parsed)
        elif kind == "person":
            yield from named_spans(parsed, self._people(parsed.evidence.text), "person")
        elif kind == "organisation":
            yield from pattern_spans(parsed, ORGANISATION, "organisation")
            yield sentence_span(parsed)
        elif kind == "place":
            yield from named_spans(parsed, self._places(parsed.evidence.text), "place")
            yield sentence_span(parsed)
        else:
            yield sentence_span(parsed)
            if kind in {"other", "rank"}:
                yield from figure_spans(parsed, kind)

    def _context(self, evidence: Evidence) -> dict[str, str]:
        meta = evidence.article
        return {
            "section": self._normalise(evidence.sentence.section),
            "title": self._normalise(" ".join((meta.title, meta.region, meta.publisher))),
            "carried": self._normalise(evidence.before),
            "paragraph": self._normalise(evidence.paragraph),
        }

    def _candidate(self, asked: Asked, parsed: Parsed, span: Span, context: dict[str, str]) -> Candidate:
        segment, text = span.segment, parsed.text
        zones = {
            "right": text[slice(*segment.right)],
            "left": text[slice(*segment.left)],
            "clause": text[slice(*segment.clause)],
            "before": text[: segment.clause[0]],
            "sentence": text,
            **context,
        }
        if span.type == "sentence":
            zones = {"clause": text, **context}
        coverage = cover(asked.terms, zones, self._matcher)
        time_match = self._time(asked, span, parsed, context)
        score = coverage.score - 0.002 * parsed.evidence.rank
        score += 0.15 * time_match if time_match > 0 else 0.5 * time_match
        if span.figure is not None and span.type == "figure":
            score += self._figure_bonus(asked.question, span, text)
        elif span.type not in {"sentence", "date"}:
            score += 0.1
        if span.type != "sentence" and any(self._normalise(span.text).strip("《》") in t.text or t.text == self._normalise(span.text) for t in asked.terms):
            score -= 0.5  # the question names it: it is not what is asked for
        place_match = self._place(asked, span, parsed, context)
        score += 0.05 * place_match if place_match > 0 else 0.3 * place_match
        return Candidate(parsed, span, score, coverage, time_match, place_match)

    def _place(self, asked: Asked, span: Span, parsed: Parsed, context: dict[str, str]) -> int:
        """Returns 1 if the candidate is about the asked place, -1 if about another or another level."""
        if not asked.places:
            return 0
        own = self._places(parsed.evidence.article.region)
        level = bare_place(own[-1][2]) if own else ""
        clause = parsed.text[slice(*span.segment.clause)]
        here = parsed.text + context["section"]
        for place in asked.places:
            if bare_place(place) != level and bare_place(place) not in here + context["carried"]:
                return -1
        inner = [p for _, _, p in self._places(clause) if bare_place(p) != level and p not in asked.question.text]
        wanted = {bare_place(p) for p in asked.places}
        if span.type == "figure" and inner and wanted == {level} and not any(w in clause for w in wanted):
            return 0
        return 1

    def _figure_bonus(self, question: Question, span: Span, text: str) -> float:
        figure = span.figure
        assert figure is not None
        bonus = 0.0
        if question.unit and question.unit not in {"个", "大"}:
            both_people = question.unit in _PERSON_UNITS and figure.unit in _PERSON_UNITS
            if figure.unit and (same_unit(question.unit, figure.unit) or both_people):
                bonus += 0.15
            elif figure.unit and figure.unit != question.unit:
                follows = text[figure.number[1] : figure.number[1] + 4]
                bonus += 0.1 if question.unit in follows else -0.25
        if question.asked:
            asked = self._normalise(question.asked)
            right = text[slice(*span.segment.right)]
            left = text[slice(*span.segment.left)]
            bonus += 0.2 * max(self._matcher.match(asked[-8:], right[:14]), self._matcher.match(asked[-8:], left[-14:]))
        clause = text[slice(*span.segment.clause)]
        if question.kind == "count" and any(w in clause and w not in question.text for w in _FLOW):
            bonus -= 0.06
        if question.kind == "change" and not any(w in clause for w in ("增", "减", "降", "升", "提高", "多", "少", "涨", "缩", "压")):
            bonus -= 0.25
        if question.kind in {"other", "rank"}:
            bonus -= 0.1
        return bonus

    def _time(self, asked: Asked, span: Span, parsed: Parsed, context: dict[str, str]) -> int:
        if not asked.years:
            return 0
        isos = [span.time.iso] if span.time and span.time.iso else []
        if span.type == "sentence":
            isos = [t.iso for t in parsed.times if t.iso]
        if any(same_time(year, iso) for year in asked.years for iso in isos):
            return 1
        if isos:
            return -1
        around = context["carried"] + context["section"] + context["title"]
        return 1 if any(year[:4] in around for year in asked.years) else 0


def bare_place(name: str) -> str:
    """Returns a place's name without its rank: 揭阳 for 揭阳市."""
    return re.sub(r"(?<=..)(省|市|区|县|自治区|特别行政区|自治州|自治县)$", "", name)


def runners(candidates: Sequence[Candidate], margin: float) -> list[Candidate]:
    """Returns the best candidate and those within a margin of it."""
    return [c for c in candidates if candidates and c.score >= candidates[0].score - margin]
