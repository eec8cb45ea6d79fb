"""Whether the evidence answers the question, and with which candidates; decided before anything is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.reader import Asked, Candidate
from assistant.reading.terms import Term, tells_of

# Words that say how a thing is kept on record and hardly narrow it: their absence is told beside the answer.
_REGISTERED = frozenset({"注册", "登记", "在册", "实名", "备案"})
_ANY_EVENT = frozenset([
    "举行",
    "举办",
    "开展",
    "开始",
    "统计",
    "固定",
    "定在",
    "登记",
    "发布",
    "办",
    "搞",
    "进行",
    "定",
    "截至",
    "出门",
])  # say little of what happened
HEAD_LEAST = 0.3  # how well the thing asked about must be met
FIGURE_LEAST = 0.62
SENTENCE_LEAST = 0.42
NAME_LEAST = 0.7
MISSING_MOST = 0.34  # share of what the terms tell that may be missing where a figure or date is asked for
MISSING_MOST_SENTENCE = 0.5  # and where a sentence answers
LIST_MARGIN = 0.08


@dataclass(frozen=True, slots=True)
class Choice:
    """What to answer with.

    Attributes:
        chosen: Candidates to answer with, best first; empty when the articles do not say.
        missing: Terms of the question that the best candidate does not meet.
        reason: `""`, or why not: `nothing`, `place`, `year`, `terms`, `score`.
        modifiers: Unmet words that only narrow what was asked, to be told beside the answer.
        runners: The closest candidates when none is chosen.
    """

    chosen: tuple[Candidate, ...]
    missing: tuple[Term, ...] = ()
    reason: str = ""
    modifiers: tuple[Term, ...] = ()
    runners: tuple[Candidate, ...] = ()


def choose(asked: Asked, candidates: Sequence[Candidate]) -> Choice:
    """Returns the candidates that answer, or why none does."""
    if not candidates or all(t.kind == "place" for t in asked.terms):
        return Choice((), asked.terms, "nothing")
    if asked.places:
        placed = [c for c in candidates if c.place_match >= 0]
        if not placed:
            return Choice((), (), "place", runners=tuple(candidates[:3]))
        candidates = placed
    if asked.years:
        dated = [c for c in candidates if c.time_match > 0]
        if not dated:
            return Choice((), (), "year", runners=tuple(candidates[:3]))
        candidates = dated
    best = candidates[0]
    if asked.question.kind == "other" and asked.question.terse and best.span.type == "sentence":
        inside = [c for c in candidates[:12] if c.span.type == "figure" and c.score >= best.score - 0.2]
        best = inside[0] if inside else best  # keywords alone: a figure there is most likely what is wanted
        candidates = [best, *(c for c in candidates if c is not best)]
    words = [t for t in asked.terms if t.kind != "place"]
    tells = (lambda t: t.weight) if asked.question.kind == "date" else tells_of
    total = sum(map(tells, words)) or 1.0
    gone = [t for t in best.coverage.missing if t.kind != "place"]
    if any(t.kind in {"code", "name", "level"} and t.weight >= 1.0 for t in gone):
        return Choice((), tuple(gone), "terms", runners=tuple(candidates[:3]))
    firm = [t for t in gone if t.text not in _REGISTERED]
    exact = asked.question.wants_figure or asked.question.kind in {"date", "person"}
    if words and sum(map(tells, firm)) / total > (MISSING_MOST if exact else MISSING_MOST_SENTENCE):
        return Choice((), tuple(gone), "terms", runners=tuple(candidates[:3]))
    head = asked.head
    if (
        exact
        and head is not None
        and (head.carries or head.weight >= 0.3)
        and any(t == head and met < HEAD_LEAST for t, met, _ in best.coverage.by_term)
    ):
        return Choice((), tuple(gone), "terms", runners=tuple(candidates[:3]))
    if any(t.text in asked.question.asked for t in gone) and _passing(best):
        return Choice((), tuple(gone), "terms", runners=tuple(candidates[:3]))
    events = [
        met
        for t, met, _ in best.coverage.by_term
        if t.kind == "word" and not t.carries and t.weight >= 0.1 and t.text not in _ANY_EVENT
    ]
    if asked.question.kind == "date" and events and max(events) < HEAD_LEAST:
        return Choice((), tuple(gone), "terms", runners=tuple(candidates[:3]))  # when what happened? not this
    least = (
        NAME_LEAST
        if best.span.type in {"person", "organisation", "place"}
        else FIGURE_LEAST
        if asked.question.wants_figure
        else SENTENCE_LEAST
    )
    if best.score < least:
        return Choice((), tuple(gone), "score", runners=tuple(candidates[:3]))
    return Choice(_with_equals(asked, candidates), tuple(gone), "", tuple(gone))


def _passing(candidate: Candidate) -> bool:
    """Returns whether a figure counts what took part in one event, not what there is."""
    text = candidate.parsed.text
    clause = text[slice(*candidate.span.segment.clause)]
    day = any(
        f.kind == "date" and len(f.value) >= 7 and f.value.count("-") >= 3 for f in candidate.parsed.figures
    )
    return candidate.span.type == "figure" and (
        day or bool(re.search("期间|投入|招募|出动|仪式|现场", clause))
    )


def _with_equals(asked: Asked, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    best = candidates[0]
    if asked.question.kind not in {"list", "measure", "purpose", "summary", "definition"}:
        return (best,)
    near = [
        c
        for c in candidates[:8]
        if c.evidence.article.article_id == best.evidence.article.article_id
        and c.evidence.sentence.section == best.evidence.sentence.section
        and c.score >= best.score - LIST_MARGIN
    ]
    return tuple(near[:3])
