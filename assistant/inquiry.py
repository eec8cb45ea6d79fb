"""One question looked into: passages found, evidence gathered, candidates read, an answer decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.across.reading import Outside, Reading
from assistant.composing import Composer
from assistant.decide import SURE, SURE_LATER, Choice, choose
from assistant.evidence import ArticleSource, Evidence, gather
from assistant.focus import Focus, Surroundings
from assistant.lists import Lists
from assistant.orders import tainted
from assistant.reading.asked import Asked
from assistant.reading.asking import Asking
from assistant.reading.composition import asked_parts
from assistant.reading.constraints import bare_place
from assistant.reading.credits import asks_credits
from assistant.reading.language import Language
from assistant.reading.parts import split_question
from assistant.reading.question import FIGURE_KINDS, Kind
from assistant.reading.ranking import merged, search_text, telling
from assistant.reading.reader import Reader
from retrieval import ArticleMeta, Hit, Query, ids_about

_EXACT = frozenset({*FIGURE_KINDS, "date", "person", "place"})
_FEW = 4  # articles whose passages need no choosing among
_HEADED = 12  # best candidates whose sections are looked at for a list of headings
_OWN_WORDS = 0.25  # what it is worth that an answer meets what a later turn itself says
_LATER_READING = 0.12  # by how much a less likely reading of a follow-up must be answered better


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of one question: what was asked, what was found, what was decided."""

    asked: Asked
    evidence: tuple[Evidence, ...]
    choice: Choice


class Inquiry:
    """Looks into questions; every outside thing is handed in.

    Args:
        search: Query → hits, best first.
        articles: All articles' metadata.
        source: Gives articles and their sentences.
        language: What is known of Chinese.
        asking: Understands questions.
        top_k: Passages looked at for a question.
    """

    def __init__(
        self,
        *,
        search: Callable[[Query], list[Hit]],
        articles: Callable[[], Sequence[ArticleMeta]],
        source: ArticleSource,
        language: Language,
        asking: Asking,
        top_k: int,
    ) -> None:
        self._search = search
        self._articles = articles
        self._source = source
        self._language = language
        self._asking = asking
        self._reader = Reader(
            language.normalise,
            language.matcher,
            language.likely_people,
            language.places,
            language.is_noun,
            language.bodies,
            language.localities,
        )
        self._composer = Composer(source, language.normalise)
        self._lists = Lists(source, language.normalise, language.matcher)
        self._top_k = top_k

    def best(
        self, readings: Sequence[str], scope: frozenset[str] | None, focus: Focus | None = None
    ) -> tuple[str, list[Read]]:
        """Returns the standalone question that the evidence answers best, with its parts read.

        Args:
            readings: What a later turn may ask, the likeliest first.
            scope: Ids of the only articles to look in, None for all.
            focus: Where the conversation stands, None on a first turn or a new topic.
        """
        best: tuple[tuple[bool, float], str, list[Read]] | None = None
        around = Surroundings(focus, self._source, self._language.names_in) if focus is not None else None
        for i, reading in enumerate(readings):
            reads: list[Read] = []
            parts = split_question(reading, self._asking.places)
            if i and focus is not None and self._parts_of(reading) > self._parts_of(focus.turn):
                continue  # asks once more what the turn before asked
            for part in parts:
                reads.append(self._part(part, scope, reads, around))
            said = _OWN_WORDS * _own_met(reads, around)
            worth = (_answered(reads), _score(reads) + said - _LATER_READING * i)
            if best is None or worth > best[0]:
                best = (worth, reading, reads)
        assert best is not None
        return best[1], best[2]

    def _part(
        self, text: str, scope: frozenset[str] | None, before: Sequence[Read], around: Surroundings | None
    ) -> Read:
        """Returns one part of a question read: first in the articles that answered the parts before.

        A later part says little by itself («其中海口有几栋»): among many articles others would answer it.
        """
        used = [c.place_in_library for r in before for c in r.choice.chosen if c.span.type == "figure"]
        same = frozenset(c.evidence.article.article_id for r in before for c in r.choice.chosen)
        if same:
            near = self.read(text, same, frozenset(used), around)
            if near.choice.chosen:
                return near
        return self.read(text, scope, frozenset(used), around)

    def _parts_of(self, text: str) -> int:
        return len(split_question(re.sub(r"[(（][^()（）]*[)）]", "", text), self._asking.places))

    def read(
        self,
        text: str,
        scope: frozenset[str] | None,
        used: frozenset[tuple[str, int]] = frozenset(),
        around: Surroundings | None = None,
    ) -> Read:
        """Returns a question read; figures in `used` answered an earlier part already.

        Args:
            text: One question, standing alone.
            scope: Ids of the only articles to look in, None for all.
            used: Article and offset of figures that are taken.
            around: The sentences that the conversation is about, which come before others that fit as well.
        """
        asked = self._asking.ask(text)
        evidence = self._evidence(asked, scope)
        if (respelled := self._language.mended(text, [e.text for e in evidence])) != text:
            asked = self._asking.ask(respelled)
            evidence = self._evidence(asked, scope)
        if parts := asked_parts(asked.question.text):
            near = around.evidence if around is not None else []
            return Read(asked, evidence, self._composer.choose(parts, [*near, *evidence]))
        if around is not None:
            evidence = around.added(evidence)
        candidates = [c for c in self._reader.read(asked, evidence) if c.place_in_library not in used]
        weighed = candidates if around is None else around.weighed(candidates, placed=bool(asked.places))
        headed = self._lists.by_headings(asked, weighed[:_HEADED])
        if headed := headed or self._lists.by_lines(asked, weighed[:_HEADED]):
            return Read(asked, evidence, Choice(headed))
        choice = choose(asked, weighed, self._lists.around, SURE if around is None else SURE_LATER)
        choice = replace(choice, chosen=self._lists.in_full(asked, choice.chosen))
        exact = around is not None and bool(choice.chosen) and asked.question.kind in _EXACT
        if around is not None and exact and not around.answers(choice.chosen[0]):
            choice = Choice((), choice.missing, "terms", runners=choice.chosen)
        if choice.reason == "terms" and (other := self._respelled(asked, choice)) != asked.question.text:
            again = self.read(other, scope, used, around)
            if again.choice.chosen:
                return again
        return Read(asked, evidence, choice)

    def _respelled(self, asked: Asked, choice: Choice) -> str:
        """Returns the question with unmet words as the closest passage writes what sounds or looks alike."""
        text = asked.question.text
        if not asked.question.wants_figure or not choice.runners:
            return text
        missing = [t.text for t in choice.missing if t.kind == "word"]
        return self._language.meant(text, missing, choice.runners[0].evidence.text)

    def operand(
        self,
        question: str,
        scope: frozenset[str] | None,
        kind: Kind | None = None,
        outside: Outside | None = None,
    ) -> Reading:
        """Returns one side of a comparison read, within a scope that its place has settled already.

        Args:
            question: A question of its own.
            scope: Ids of the only articles to look in, None for all.
            kind: What sort of answer is looked for, None for what the question says.
            outside: Where else its place is told of.
        """
        asked = self._asking.ask(question)
        evidence: tuple[Evidence, ...] = ()
        for _ in range(2):
            found = gather(self._beside(asked, scope, outside), self._source)
            evidence = tuple(e for e in found if not tainted(e.text, e.paragraph))
            respelled = self._language.mended(asked.question.text, [e.text for e in evidence])
            if respelled == asked.question.text:
                break
            asked = self._asking.ask(respelled)
        if kind is not None:
            asked = replace(asked, question=asked.question.model_copy(update={"kind": kind}))
        return Reading(asked, tuple(self._reader.read(asked, evidence)), evidence)

    def _beside(self, asked: Asked, scope: frozenset[str] | None, outside: Outside | None) -> list[Hit]:
        """Returns the passages for one side: within its scope, and those elsewhere that name its place."""
        query = self._query(asked, scope)
        found = [self._search(query)]
        if scope is not None and len(scope) <= _FEW and outside is None:
            return found[0]
        if outside is not None and outside.scope != scope:
            wider = self._search(query.model_copy(update={"scope": outside.scope}))
            found.append([h for h in wider if outside.place in h.text or outside.place in h.section])
        return self._merged(asked, found, frozenset() if scope is None else scope)

    def _evidence(self, asked: Asked, scope: frozenset[str] | None) -> tuple[Evidence, ...]:
        found = gather(self._hits(asked, scope), self._source, notes=asks_credits(asked.question.text))
        return tuple(
            e for e in found if not tainted(e.text, e.paragraph)
        )  # what speaks to the machine tells nothing

    def _hits(self, asked: Asked, scope: frozenset[str] | None) -> list[Hit]:
        local = frozenset(self._articles_of(asked.places))
        scopes = [scope, *filter(None, [local if scope is None else local & scope])]
        query = self._query(asked, scope)
        return self._merged(
            asked, [self._search(query.model_copy(update={"scope": s})) for s in scopes], local
        )

    def _query(self, asked: Asked, scope: frozenset[str] | None) -> Query:
        words = telling(asked, self._language.vocabulary)
        return Query(text=search_text(asked), scope=scope, top_k=self._top_k, telling=words)

    def _merged(self, asked: Asked, found: Sequence[Sequence[Hit]], local: frozenset[str]) -> list[Hit]:
        hits = merged(asked, found, local, self._language.matcher, self._language.normalise)
        return hits[: self._top_k]

    def _articles_of(self, places: Sequence[str]) -> list[str]:
        wanted = {bare_place(p) for p in places}
        return ids_about(self._articles(), wanted)


def _score(reads: Sequence[Read]) -> float:
    """Returns how well the worst answered of several parts is answered."""
    return min((c.score for r in reads for c in r.choice.chosen[:1]), default=0.0)


def _own_met(reads: Sequence[Read], around: Surroundings | None) -> float:
    """Returns how well the worst answered of several parts meets what a later turn itself says."""
    if around is None:
        return 0.0
    return min((around.own_met(c) for r in reads for c in r.choice.chosen[:1]), default=0.0)


def _answered(reads: Sequence[Read]) -> bool:
    return all(r.choice.chosen for r in reads)
