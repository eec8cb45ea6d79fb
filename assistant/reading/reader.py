"""Evidence sentences in, ranked candidate answers out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from assistant.evidence import Evidence
from assistant.figures import extract_figures, same_amount, same_unit
from assistant.reading.agents import agent_spans, asks_agent, asks_doer
from assistant.reading.answerable import MOST_JUDGED, Judge, load_judge
from assistant.reading.asked import Asked
from assistant.reading.bonuses import (
    amount_penalty,
    asks_several,
    date_role,
    figure_parts,
    narrower,
    role_penalty,
    ruled_out,
    shape_bonus,
)
from assistant.reading.candidates import (
    DOCUMENT,
    Parsed,
    Span,
    figure_spans,
    name_spans,
    named_spans,
    parse,
    pattern_spans,
    sentence_span,
    take_apart,
)
from assistant.reading.constraints import Finder, bare_place, place_match, time_match
from assistant.reading.dates import date_spans, event_met, frequency_spans
from assistant.reading.features import Field, Measured, Table, against_others, measure
from assistant.reading.localities import is_local, placeless
from assistant.reading.matching import Matcher
from assistant.reading.presumed import untold
from assistant.reading.qualified import LOOSE, asks_bare_total, is_qualified
from assistant.reading.scoring import Coverage, cover
from assistant.reading.things import compounds, is_name, sorts_of, things_in, titles_in, within
from assistant.reading.zones import zones_of

_MOST_SEARCHED = 30  # sentences a question's answers are looked for in
_CHANCE_COUNTS = 0.15  # how much the judge's word counts among candidates that are no figures
_NAMELESS = 0.1  # off a sentence without a name of the sort asked for
_ASKS_NAME = re.compile("叫(什么|啥)|名字|名称|品牌是|全称")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer with its score.

    Attributes:
        score: Larger is better; about 0 (nothing in common) to 1.5.
        time_match: 1 if it is of the asked time, -1 if of another, 0 if either is open.
        place_match: Likewise for the asked place.
        parts: What spoke for or against it besides the words it meets, by name.
        chance: How likely it is the answer, 0 to 1, by the learned judge.
        premise_untold: True if it does not tell of what the question takes for granted (see `presumed`).
        part_only: True if a bare total is asked for and this is of a qualified part (see `qualified`).
    """

    parsed: Parsed
    span: Span
    score: float
    coverage: Coverage
    time_match: int
    place_match: int
    parts: Mapping[str, float] = field(default_factory=dict, compare=False)
    chance: float = 0.0
    part_only: bool = False
    premise_untold: bool = False

    @property
    def evidence(self) -> Evidence:
        """The sentence it stands in."""
        return self.parsed.evidence

    @property
    def bare(self) -> str:
        """The answer by which candidates agree with each other; a sentence agrees with none."""
        return f"#{self.evidence.label}" if self.span.type == "sentence" else self.span.text

    @property
    def place_in_library(self) -> tuple[str, int]:
        """Article and offset of the span."""
        return self.evidence.article.article_id, self.evidence.start + self.span.start


class Reader:
    """Finds candidate answers in evidence; remembers only how it took sentences apart.

    Args:
        normalise: Text → simplified, half-width, lower case, same length.
        matcher: Compares words.
        people: Finder of personal names; places: finder of place names.
        is_noun: Whether a word is a noun.
        bodies: Finder of offices, firms, schools and the like.
        localities: Finder of places of the sort asked for.
        judge: Says how likely a candidate is the answer; the shipped one by default.
    """

    def __init__(
        self,
        normalise: Callable[[str], str],
        matcher: Matcher,
        people: Finder,
        places: Finder,
        is_noun: Callable[[str], bool],
        bodies: Finder,
        localities: Finder,
        judge: Judge | None = None,
    ) -> None:
        self._normalise = normalise
        self._matcher = matcher
        self._people = people
        self._places = places
        self._is_noun = is_noun
        self._bodies = bodies
        self._localities = localities
        self._judge = judge or load_judge()
        self._dissect = lru_cache(maxsize=8192)(partial(take_apart, figures_of=matcher.figures))

    def read(self, asked: Asked, evidence: Iterable[Evidence]) -> list[Candidate]:
        """Returns the candidate answers, best first, ties by label and position."""
        found = []
        for item in self._promising(asked, list(evidence)):
            parsed, context = parse(item, self._normalise, self._dissect), self._context(item, item.paragraph)
            spans = self._spans(asked, parsed)
            found += [self._candidate(asked, parsed, span, context) for span in spans]
        ranked = sorted(found, key=lambda c: (-c.score, c.evidence.label, c.span.start))
        return self._judged(asked, ranked)

    def _judged(self, asked: Asked, ranked: Sequence[Candidate]) -> list[Candidate]:
        """Returns the candidates with their chances; those of another place or year have none."""
        fit = fitting(asked, ranked)
        if not fit:
            return list(ranked)
        chances = self._judge.chances(measured(asked, fit))
        of = {id(c): chance for c, chance in zip(fit, chances, strict=False)}
        judged = [replace(c, chance=of.get(id(c), 0.0)) for c in ranked]
        if asked.question.wants_figure or asked.thing:
            return judged
        return sorted(judged, key=lambda c: -(c.score + _CHANCE_COUNTS * c.chance))

    def _promising(self, asked: Asked, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Returns the sentences that meet the question's terms best: only they are searched for answers."""
        if len(evidence) <= _MOST_SEARCHED:
            return evidence
        met = [cover(asked.terms, self._glance(e), self._matcher).score for e in evidence]
        best = sorted(range(len(evidence)), key=lambda i: (-met[i], i))[:_MOST_SEARCHED]
        return [evidence[i] for i in sorted(best)]

    def _spans(self, asked: Asked, parsed: Parsed) -> Iterator[Span]:
        question, kind = asked.question, asked.question.kind
        if question.wants_figure or kind == "rank" or (kind == "other" and not asked.thing):
            yield from figure_spans(parsed, question)
        if kind == "duration" and not question.unit:
            yield from frequency_spans(parsed)
        yield from self._named_spans(asked, parsed)
        if asked.thing:
            yield from named_spans(parsed, self._things(asked, parsed), "name")
        if (kind not in {"date", "person"} or asks_agent(question)) and not question.wants_figure:
            yield sentence_span(parsed)

    def _named_spans(self, asked: Asked, parsed: Parsed) -> Iterator[Span]:
        """Yields the dates, names, bodies, places or documents of a sentence, as the question asks."""
        question = asked.question
        kind, text = question.kind, parsed.text
        if asks_agent(question):
            yield from named_spans(parsed, list(agent_spans(text)), kind)
        if kind == "date":
            yield from date_spans(parsed, question)
        elif kind == "person":
            yield from named_spans(parsed, self._people(text), "person")
            if asks_doer(question):
                yield from named_spans(parsed, self._bodies(text), "organisation")
        elif kind == "place":
            yield from named_spans(parsed, self._localities(text, asked.thing), "place")
        elif kind == "document":
            yield from pattern_spans(parsed, DOCUMENT, "document")
        elif kind == "organisation":
            yield from named_spans(parsed, self._bodies(text), "organisation")
        elif kind == "definition" and _ASKS_NAME.search(question.text):
            yield from name_spans(parsed)

    def _things(self, asked: Asked, parsed: Parsed) -> list[tuple[int, int, str]]:
        """Returns the names in a sentence that are of the sort asked for: quoted ones, and runs of nouns."""
        text = parsed.text
        if is_local(asked.thing):
            return [] if asked.question.kind == "place" else self._localities(text, asked.thing)
        sorts = sorts_of(asked.thing)
        quoted = list(things_in(text, sorts))
        if len(asked.thing) < 2:
            return quoted
        titles = titles_in(text)
        runs = [r for r in self._bodies(text, sorts) if is_name(r[2])] or list(compounds(text, asked.thing))
        runs = [r for r in runs if not within(r[0], r[1], titles) and self._says_more(asked, r[2])]
        return [*quoted, *(r for r in runs if not any(r[0] < b and a < r[1] for a, b, _ in quoted))]

    def _says_more(self, asked: Asked, name: str) -> bool:
        """Returns whether a name has a word that the question does not ask with."""
        words = self._matcher.words(self._normalise(name))
        return any(w not in asked.question.text and w not in asked.thing for w in words if len(w) > 1)

    def _glance(self, evidence: Evidence) -> dict[str, str]:
        """Returns the zones of a sentence with its whole paragraph, which is compared once for all its sentences."""
        return {"clause": self._normalise(evidence.text), **self._context(evidence, evidence.whole)}

    def _context(self, evidence: Evidence, paragraph: str) -> dict[str, str]:
        meta = evidence.article
        return {
            "section": self._normalise(evidence.sentence.section),
            "title": self._normalise(" ".join((meta.title, meta.region, meta.publisher))),
            "carried": self._normalise(evidence.before),
            "paragraph": self._normalise(paragraph),
        }

    def _candidate(self, asked: Asked, parsed: Parsed, span: Span, context: dict[str, str]) -> Candidate:
        zones = zones_of(parsed, span, context)
        coverage = cover(asked.terms, zones, self._matcher)
        timed = time_match(asked, parsed, span, context)
        placed = place_match(asked, parsed, span, context, self._places)
        score = coverage.score - 0.002 * parsed.evidence.rank - 0.3 * coverage.lacking
        score += 0.15 * timed if timed > 0 else 0.5 * timed
        score += 0.05 * placed if placed > 0 else 0.3 * placed
        parts = self._parts(asked, parsed, span, coverage, zones)
        score += sum(parts.values())
        part = span.type == "figure" and asks_bare_total(asked, LOOSE)
        part = part and is_qualified(asked, parsed, span, self._matcher, self._is_noun)
        around = " ".join((context["section"], context["carried"], context["paragraph"]))
        wrong = untold(asked, parsed.text, around, self._matcher.match)
        return Candidate(
            parsed, span, score, coverage, timed, placed, parts, part_only=part, premise_untold=wrong
        )

    def _parts(
        self, asked: Asked, parsed: Parsed, span: Span, coverage: Coverage, zones: dict[str, str]
    ) -> dict[str, float]:
        """Returns what speaks for or against a candidate besides the words it meets, by name."""
        if span.type == "sentence":
            names = self._things(asked, parsed) if asked.thing else []
            return {
                "shape": shape_bonus(asked.question, parsed.evidence.text)
                - (_NAMELESS if asked.thing and not names else 0.0)
                - placeless(asked.question, parsed.evidence.text, self._localities)
            }
        # What the question names is not what it asks for.
        parts = {"named": -0.5 if self._named(asked, span) else 0.0}
        if span.type == "figure" and span.figure is not None:
            parts |= figure_parts(asked, parsed, span, span.figure, self._matcher, self._is_noun)
            parts["narrower"] = -narrower(asked, zones, self._matcher, self._is_noun)
            parts["ruled_out"] = -ruled_out(asked, zones, self._matcher)
            if span.figure.is_quantity:
                parts["amount"] = -amount_penalty(coverage, zones, self._matcher)
        elif span.type == "date":
            parts["dated"] = date_role(asked.question, parsed.text, span.start, span.end)
            parts["event"] = event_met(coverage)
        else:
            parts["typed"] = 0.0 if asks_several(asked.question) else 0.1
        if span.type == "person":
            parts["role"] = -role_penalty(asked.question, parsed.text, span.start, span.end)
        return parts

    def _named(self, asked: Asked, span: Span) -> bool:
        """Returns whether the question itself names the candidate."""
        text = self._normalise(span.text)
        if span.figure is not None and span.figure.is_quantity:
            if text in asked.question.text and not re.search(r"\d", text):
                return True
            given = [f for t in asked.terms if t.kind in {"figure", "code"} for f in extract_figures(t.text)]
            return any(same_amount(span.figure, f) and same_unit(span.figure.unit, f.unit) for f in given)
        if span.type == "place" and any(bare_place(text) == bare_place(p) for p in asked.places):
            return True
        return any(text.strip("《》“”") in t.text or t.text == text for t in asked.terms)


def fitting(asked: Asked, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Returns the candidates that are of no other place or year than asked."""
    return [c for c in ranked if c.place_match >= 0 and (c.time_match > 0 or not asked.years)]


def measured(asked: Asked, ranked: Sequence[Candidate]) -> Table:
    """Returns what the judge sees of the best candidates, a row each."""
    rows = [
        measure(asked, c.parsed, c.span, c.coverage, Measured(c.time_match, c.place_match, c.score, c.parts))
        for c in ranked[:MOST_JUDGED]
    ]
    answers = [c.bare for c in ranked]
    return against_others(rows, Field([c.score for c in ranked], [c.coverage.score for c in ranked], answers))
