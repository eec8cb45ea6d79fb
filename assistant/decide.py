"""Whether the evidence answers the question, and with which candidates; decided before writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.reading.asked import Asked
from assistant.reading.bonuses import asks_several
from assistant.reading.dates import is_event
from assistant.reading.listing import fewer_than_asked, items_in, list_noun, listed
from assistant.reading.misfits import is_misfit, restricts, wants_both
from assistant.reading.outline import announces
from assistant.reading.qualified import LOOSE
from assistant.reading.reader import Candidate
from assistant.reading.scoring import AROUND
from assistant.reading.terms import Term, tells_of

_MOST_ENUMERATED = 6
_ITEM = re.compile(
    "第[一二三四五六七八九十]|[一二三四五六七八九]是|首先|其次|再次|再者|最后|此外|同时|“\\d+”|\\d+[.、．]|[(（][一二三四五六七八九十]|一方面|另一方面"
)
_LISTS = frozenset({"list", "measure"})
_HEAD_TELLS = 0.6
_SAID = 0.2  # how well a word must be met to be said
HEAD_LEAST = 0.3  # how well the thing asked about must be met
FIGURE_LEAST = 0.58
SENTENCE_LEAST = 0.42
NAME_LEAST = 0.7
MISSING_MOST = 0.40  # share of what the terms tell that may be missing where a figure or date is asked for
MISSING_MOST_SENTENCE = 0.5  # and where a sentence answers
_COUNTED_MARGIN = 0.15  # by how much a list of as many items as asked for may be behind
LIST_MARGIN = 0.08
SURE_LATER = 0.5  # the same in a later turn, whose words are supplied, or where the main thing is not met
SURE = 0.25  # chance of being the answer from which doubts about a figure give way
# The same where no figure is asked for, by what the answer is, and how much of the question may be missing.
_SURE_OF = {"date": (0.25, 0.4), "person": (0.22, 0.4), "place": (0.3, 0.4), "sentence": (0.35, 0.3)}
UNLIKELY_SIDE = (
    0.05  # the same of one side of a comparison, which is judged among its own place's figures alone
)
UNLIKELY = 0.1  # chance below which a figure is no answer


@dataclass(frozen=True, slots=True)
class Choice:
    """What to answer with.

    Attributes:
        chosen: Candidates to answer with, best first; empty when the articles do not say.
        missing: Terms of the question that the best candidate does not meet.
            Where it is answered with all the same, they are told beside the answer.
        reason: `""`, or why not: `nothing`, `place`, `year`, `terms`, `score`.
        runners: The closest candidates when none is chosen.
        head: The thing asked about, where the best candidate meets it; else "".
    """

    chosen: tuple[Candidate, ...]
    missing: tuple[Term, ...] = ()
    reason: str = ""
    runners: tuple[Candidate, ...] = ()
    head: str = ""


Around = Callable[[Asked, Candidate], Sequence[Candidate]]


def _alone(asked: Asked, best: Candidate) -> Sequence[Candidate]:
    return ()


def choose(
    asked: Asked,
    candidates: Sequence[Candidate],
    around: Around = _alone,
    sure: float = SURE,
    unlikely: float = UNLIKELY,
) -> Choice:
    """Returns the candidates that answer, or why none does.

    Args:
        asked: The question.
        candidates: Its candidates, best first.
        around: Gives the sentences that carry one list together with a candidate, in order.
        sure: Chance of being the answer from which doubts about a figure give way.
        unlikely: Chance below which a figure is no answer.
    """
    if not candidates or all(t.kind == "place" for t in asked.terms):
        return Choice((), asked.terms, "nothing")
    placed = [c for c in candidates if c.place_match >= 0] if asked.places else list(candidates)
    if not placed:
        return Choice((), (), "place", runners=tuple(candidates[:3]))
    dated = [c for c in placed if c.time_match > 0 or (c.time_match == 0 and not asked.years)]
    if not dated:
        return Choice((), (), "year", runners=tuple(placed[:3]))
    ranked = _figure_first(asked, dated)
    best = ranked[0]
    gone = tuple(t for t in best.coverage.missing if t.kind != "place")
    reason = _refusal(asked, best, gone, (sure, unlikely))
    if reason:
        return Choice((), gone, reason, runners=tuple(ranked[:3]))
    head = asked.head
    met = "" if head is None or head in gone else head.text
    chosen = _with_equals(asked, ranked, around)
    if fewer_than_asked(asked.question, [c.evidence.text for c in chosen]):
        return Choice((), gone, "terms", runners=tuple(ranked[:3]))
    return Choice(chosen, gone, head=met)


def _figure_first(asked: Asked, candidates: list[Candidate]) -> list[Candidate]:
    """Returns the candidates with a figure in front where keywords alone were asked."""
    best = candidates[0]
    if asked.thing or not (
        asked.question.kind == "other" and asked.question.terse and best.span.type == "sentence"
    ):
        return candidates
    inside = [c for c in candidates[:12] if c.span.type == "figure" and c.score >= best.score - 0.2]
    return [inside[0], *(c for c in candidates if c is not inside[0])] if inside else candidates


def _least(asked: Asked, best: Candidate) -> float:
    if best.span.type in {"person", "organisation", "place"}:
        return NAME_LEAST
    if asked.question.kind == "organisation" and not asks_several(asked.question):
        return NAME_LEAST  # a sentence that names no body tells of none
    return FIGURE_LEAST if asked.question.wants_figure else SENTENCE_LEAST


def choose_side(asked: Asked, candidates: Sequence[Candidate]) -> Choice:
    """Returns the candidates that answer one side of a question over several articles, or why none does."""
    return choose(asked, candidates, unlikely=UNLIKELY_SIDE)


def _refusal(asked: Asked, best: Candidate, gone: Sequence[Term], chances: tuple[float, float]) -> str:
    """Returns why the best candidate is not answered with, "" if it is.

    What excludes is final. Where a figure is asked for, doubts give way to a candidate that the learned judge
    holds likely, and what nobody doubts is no answer where the judge holds it unlikely.
    """
    if _excluded(asked, best, gone):
        return "terms"
    sure, unlikely = chances
    doubt = "terms" if _lacks(asked, best, gone) else "score" if best.score < _least(asked, best) else ""
    if not asked.question.wants_figure:
        return "" if doubt and _likely(best) else doubt
    if doubt:
        return "" if best.chance >= (sure if _in_the_main(best) else SURE_LATER) else doubt
    return "score" if best.chance < unlikely else ""


def _likely(best: Candidate) -> bool:
    """Returns whether a name, date or sentence is so likely that doubts about the rest give way."""
    if best.parts.get("role", 0.0) < 0:
        return False  # of another post than asked for
    if best.span.type == "date" and best.parts.get("event", 0.0) < 0:
        return best.chance >= SURE_LATER  # of something else that happened
    sure, most = _SURE_OF.get(best.span.type, (1.0, 0.0))
    return best.chance >= sure and best.coverage.lacking <= most


def _in_the_main(best: Candidate) -> bool:
    """Returns whether most of the question is met, so that a doubt is about the rest."""
    return best.coverage.lacking <= MISSING_MOST


def _thing_unmet(asked: Asked, best: Candidate) -> bool:
    """Returns whether nothing near a figure speaks of the thing asked about: drivers are no veterans."""
    head = asked.head
    if head is None or not head.carries or head.weight < _HEAD_TELLS or best.span.type != "figure":
        return False
    return all(credit == 0.0 for term, credit, _ in best.coverage.by_term if term == head)


def _excluded(asked: Asked, best: Candidate, gone: Sequence[Term]) -> bool:
    """Returns whether a name, code or restriction is not met, or another thing or a part is counted."""
    return (
        any(t.kind == "level" or (t.kind in {"code", "name"} and t.weight >= 1.0) for t in gone)
        or (asked.question.kind != "purpose" and any(restricts(t.text) for t in gone))
        or best.part_only
        or best.premise_untold
        or is_misfit(asked.question, best.span.figure, best.parts)
        or (asked.question.kind == "count" and wants_both(asked, [t.text for t in gone]))
        or (asked.question.kind == "count" and _thing_unmet(asked, best))
    )


def _lacks(asked: Asked, best: Candidate, gone: Sequence[Term]) -> bool:
    """Returns whether what the best candidate does not meet is telling enough to doubt it."""
    kind = asked.question.kind
    exact = asked.question.wants_figure or kind in {"date", "person"}
    words = [t for t in asked.terms if t.kind != "place"]
    tells = _weight if kind == "date" else tells_of
    firm = sum(tells(t) for t in gone if t.text not in LOOSE)
    most = MISSING_MOST if exact else MISSING_MOST_SENTENCE
    met = {t: credit for t, credit, _ in best.coverage.by_term}
    head = asked.head
    events = [m for t, m in met.items() if is_event(t)]
    lacking = (
        firm > most * (sum(map(tells, words)) or 1.0),
        exact
        and head is not None
        and (head.carries or head.weight >= 0.3)
        and met.get(head, 1.0) < HEAD_LEAST,
        any(t in asked.target for t in gone) and _passing(best),
        asked.question.wants_figure and any(_narrows(t, asked) for t in gone),
        asked.question.wants_figure and _says_nothing(best),
        kind == "date" and bool(events) and max(events) < HEAD_LEAST,  # when what happened? not this
    )
    return any(lacking)


def _says_nothing(best: Candidate) -> bool:
    """Returns whether a figure's own sentence meets no word of the question, only what is around it."""
    words = [(met, zone) for term, met, zone in best.coverage.by_term if term.kind == "word"]
    return bool(words) and not any(met >= _SAID and zone not in AROUND for met, zone in words)


def _narrows(term: Term, asked: Asked) -> bool:
    """Returns whether a word is part of the thing asked about and singles out some of it (持证社工)."""
    return term.kind == "word" and term.weight >= 0.45 and term.text not in LOOSE and term in asked.target


def _weight(term: Term) -> float:
    return term.weight


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


def _with_equals(asked: Asked, candidates: Sequence[Candidate], around: Around) -> tuple[Candidate, ...]:
    best = candidates[0]
    lists = best.span.type == "sentence" and (
        asked.question.kind in _LISTS
        or listed(asked.question.text) > 1
        or (asked.question.kind != "yesno" and announces(best.evidence.text))
    )
    if lists and (whole := _whole_list(asked, candidates, around)):
        return whole
    if asked.question.kind not in {"list", "measure", "purpose", "summary", "definition"}:
        return (best,)
    near = [
        c
        for c in candidates[:8]
        if c.evidence.article.article_id == best.evidence.article.article_id
        and c.evidence.sentence.section == best.evidence.sentence.section
        and c.score >= best.score - LIST_MARGIN
    ]
    return (*near[:3], *_enumerated(best, near[:3], candidates))


def _whole_list(asked: Asked, candidates: Sequence[Candidate], around: Around) -> tuple[Candidate, ...]:
    """Returns the best candidate's list, or a nearly as good one of as many items as asked for."""
    best, wanted = candidates[0], listed(asked.question.text)
    if wanted > 2 and items_in(best.evidence.text) == wanted:
        return (best,)  # it names them all by itself
    noun = list_noun(asked.question.text)
    near = [
        c for c in candidates[:8] if c.span.type == "sentence" and c.score >= best.score - _COUNTED_MARGIN
    ]
    for candidate in near if wanted > 1 else ():
        whole = tuple(around(asked, candidate))
        of_sort = sum(noun[-2:] in c.evidence.text for c in whole) >= len(whole) - 1
        if wanted in {len(whole), len(whole) - 1} and (candidate is best or (noun and of_sort)):
            return whole
    return tuple(around(asked, best))


def _enumerated(
    best: Candidate, chosen: Sequence[Candidate], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Returns the sentences that go on from the best one as an enumeration (第一…, 一是…, “4”…), in order."""
    sentence = best.evidence.sentence
    later = {
        c.evidence.sentence.index: c
        for c in candidates
        if c.span.type == "sentence"
        and c.evidence.article.article_id == best.evidence.article.article_id
        and c.evidence.sentence.section == sentence.section
    }
    found: list[Candidate] = []
    index = sentence.index + 1
    while index in later and len(found) < _MOST_ENUMERATED and _ITEM.match(later[index].evidence.text):
        if later[index] not in chosen:
            found.append(later[index])
        index += 1
    return found
