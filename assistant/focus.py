"""Where a conversation stands: the sentences that the turns before cited, and those near to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.evidence import ArticleSource, Evidence, whole_article
from assistant.models import Answer
from assistant.reading.owning import base_of
from assistant.reading.reader import Candidate
from assistant.reading.terms import tells_of
from retrieval import MEASURES, is_within

Stands = Literal["own", "leans", "elided"]

_REACH = 3  # sentences around a cited one that a later turn most often asks about
_NEAR = (0.18, 0.12, 0.09, 0.07)  # what speaks for a sentence by how far it stands from a cited one
_SAME_ARTICLE = 0.03
# What speaks for a figure by how many clauses of its sentence part it from the figure answered last, and for
# the change that is told of that figure.
_CLAUSES_OFF = (0.12, 0.07, 0.03)
_ITS_CHANGE = 0.15
_BESIDE: Mapping[Stands, float] = {"own": 0.0, "leans": 0.5, "elided": 1.0}
_MARK = re.compile("[,，;；。:：]")
_SAID = -0.2  # what speaks against the answer that was given last
_ELSEWHERE = -0.35  # what speaks against another article where the turn names no place of its own
_MET = 0.2
_TELLING = 0.15  # what a turn must say for that to be asked of the answer
_OWN_LEAST = 0.5  # share of what the turn itself says that an answer must meet
_TURNS = 2  # turns back that still count


@dataclass(frozen=True, slots=True)
class Focus:
    """What a later turn is likely about.

    Attributes:
        cited: Article and offset of the sentences cited by the last answered turn.
        said: The bare answer of that turn, which is seldom asked for again.
        spots: Article and offset of the figures of that answer.
        turn: The later turn as asked.
        stands: `own` if the turn names a place or a name of its own, `leans` if it only names a thing,
            `elided` if it leaves out what it is about, so that no other article can answer it.
    """

    cited: tuple[tuple[str, int], ...]
    said: str = ""
    turn: str = ""
    stands: Stands = "own"
    spots: tuple[tuple[str, int], ...] = ()


def focus_of(turn: str, history: Sequence[tuple[str, Answer]], stands: Stands) -> Focus | None:
    """Returns the focus that the last turns leave, None if none of them cites anything."""
    for _, answer in reversed(history[-_TURNS:]):
        if answer.citations:
            cited = tuple((c.article_id, c.start) for c in answer.citations)
            return Focus(cited, answer.short_answer, turn, stands, tuple(_spots(answer)))
    return None


def _spots(answer: Answer) -> Iterator[tuple[str, int]]:
    """Yields article and offset of each part of a bare answer that stands in a cited sentence."""
    for part in answer.short_answer.split("、"):
        for citation in answer.citations:
            if part and re.search(r"\d", part) and (at := citation.quote.find(part)) >= 0:
                yield citation.article_id, citation.start + at
                break


class Surroundings:
    """The sentences around what was cited, read once for all readings of a turn.

    A sentence that goes on after a cited one is read as if that stood right before it: what the conversation
    is about carries over. It is cited as it stands.

    Args:
        focus: Where the conversation stands.
        source: Gives articles and their sentences.
        carried: Sentence → what of it carries over: its names and nouns, no times, nothing that happened.
    """

    def __init__(self, focus: Focus, source: ArticleSource, carried: Callable[[str], str]) -> None:
        self._turn, self._stands, self._bound = focus.turn, focus.stands, focus.stands == "elided"
        self._elsewhere, self._said = _ELSEWHERE if focus.stands == "leans" else 0.0, focus.said
        self._spots = focus.spots
        self._distance: dict[tuple[str, int], int] = {}
        self._plain: dict[tuple[str, int], Evidence] = {}
        self._articles = {article for article, _ in focus.cited}
        self._regions: set[str] = set()
        self.evidence: list[Evidence] = []
        for article_id in dict.fromkeys(article for article, _ in focus.cited):
            article = source.article(article_id)
            self._regions.add(article.region)
            every = whole_article(article, source.sentences(article_id))
            cited = [i for i, e in enumerate(every) if (article_id, e.start) in set(focus.cited)]
            for i, evidence in enumerate(every):
                nearest = min(cited, key=lambda at: abs(at - i), default=-_REACH - 1)
                if (far := abs(i - nearest)) <= _REACH:
                    key = article_id, evidence.start
                    self._distance[key], self._plain[key] = far, evidence
                    goes_on = i > nearest and evidence.sentence.section == every[nearest].sentence.section
                    told = carried(every[nearest].text) if goes_on else ""
                    self.evidence.append(replace(evidence, before=f"{told} {evidence.before}".strip()))

    def added(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Returns evidence with the sentences around what was cited among it."""
        found = [e for e in evidence if _key(e) not in self._plain]
        near = (replace(e, label=len(found) + n) for n, e in enumerate(self.evidence, 1))
        return (*found, *near)

    def weighed(self, candidates: Iterable[Candidate], *, placed: bool = False) -> list[Candidate]:
        """Returns the candidates with what their distance says for or against them, best first.

        `placed` tells that the reading names its place.
        """
        here = [c for c in candidates if self._may_answer(c, placed=placed)]
        moved = [self._as_it_stands(replace(c, score=c.score + self._worth(c))) for c in here]
        return sorted(moved, key=lambda c: -c.score)

    def answers(self, candidate: Candidate) -> bool:
        """Returns whether a candidate meets what the turn itself says, not only what those before said."""
        own = [
            (tells_of(t), met)
            for t, met, _ in candidate.coverage.by_term
            if t.kind != "place" and t.text in self._turn and t.text not in MEASURES
        ]
        total = sum(weight for weight, _ in own)
        return total < _TELLING or sum(weight for weight, met in own if met >= _MET) >= _OWN_LEAST * total

    def _may_answer(self, candidate: Candidate, *, placed: bool) -> bool:
        """Returns whether a turn may mean an article; without a place it means none of quite another one."""
        article = candidate.evidence.article
        if article.article_id in self._articles or self._stands == "own":
            return True
        known = [region for region in self._regions if region]
        if self._bound or placed or not article.region or not known:
            return not self._bound
        return any(is_within(article.region, r) or is_within(r, article.region) for r in known)

    def own_met(self, candidate: Candidate) -> float:
        """Returns how well a candidate meets what the turn itself says, verbs too; 1 if it says nothing."""
        own = [
            (t.weight, met)
            for t, met, _ in candidate.coverage.by_term
            if t.kind != "place" and t.text in self._turn and t.text not in MEASURES
        ]
        total = sum(weight for weight, _ in own)
        return sum(weight * met for weight, met in own) / total if total else 1.0

    def _as_it_stands(self, candidate: Candidate) -> Candidate:
        plain = self._plain.get(_key(candidate.evidence))
        if plain is None:
            return candidate
        evidence = replace(plain, label=candidate.evidence.label)
        return replace(candidate, parsed=replace(candidate.parsed, evidence=evidence))

    def _worth(self, candidate: Candidate) -> float:
        key = _key(candidate.evidence)
        said = _SAID if candidate.span.text == self._said else 0.0
        if key in self._distance:
            return said + _NEAR[self._distance[key]] + self._beside(candidate)
        if key[0] in self._articles:
            return _SAME_ARTICLE
        return self._elsewhere

    def _beside(self, candidate: Candidate) -> float:
        """Returns what speaks for a figure that stands beside the one answered last."""
        if candidate.span.type != "figure":
            return 0.0
        start, text = candidate.evidence.start, candidate.parsed.text
        base = base_of(candidate.parsed, candidate.span)
        best = 0.0
        for article, offset in self._spots:
            at = offset - start
            if article != candidate.evidence.article.article_id or not 0 <= at < len(text):
                continue
            if base is not None and base.start <= at < base.end:
                return _ITS_CHANGE
            low, high = sorted((at, candidate.span.start))
            off = len(_MARK.findall(text[low:high]))
            best = max(best, _CLAUSES_OFF[off] if off < len(_CLAUSES_OFF) else 0.0)
        return best * _BESIDE[self._stands]


def _key(evidence: Evidence) -> tuple[str, int]:
    return evidence.article.article_id, evidence.start
