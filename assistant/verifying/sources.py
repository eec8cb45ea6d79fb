"""The sentences of the library that a draft's sentence may tell, nearest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.checking.checker import Checker
from assistant.checking.cited import Cited
from assistant.checking.naming import bare_place, place_stands_in
from assistant.checking.parsing import Parsed
from assistant.checking.slots import Slot
from assistant.draft import support
from assistant.evidence import ArticleSource, Evidence, gather
from assistant.figures import extract_figures
from retrieval import ArticleMeta, Hit, Query

_IN_NAME = re.compile("商会|协会|公司|大学|学院|银行|医院|集团|同乡会|籍|桥|路|大街|大道|巷|小区|花园")
_MOST_SOURCES = 12
_MOST_HITS = 10
_LONGEST_QUERY = 400


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of the library, taken apart, with its article's most specific place and how well it fits."""

    evidence: Evidence
    cited: Cited
    place: str
    fit: float


class Sources:
    """Finds what a draft's sentences may tell of.

    Args:
        search: Query → hits, best first.
        articles: Gives articles and their sentences.
        metas: All articles' metadata.
        checker: Takes sentences apart.
    """

    def __init__(
        self,
        search: Callable[[Query], list[Hit]],
        articles: ArticleSource,
        metas: Callable[[], Sequence[ArticleMeta]],
        checker: Checker,
    ) -> None:
        self._search = search
        self._articles = articles
        self._metas = metas
        self._checker = checker

    def of(self, statement: Parsed, places: Sequence[str]) -> list[Source]:
        """Returns the sentences that share most with a statement, its places' articles first."""
        text = statement.text[:_LONGEST_QUERY]
        hits = self._search(Query(text=text, top_k=_MOST_HITS))
        local = frozenset(
            m.article_id
            for m in self._metas()
            if any(place_stands_in(p, f"{m.region} {m.title}") for p in places)
        )
        if local:
            hits = [*self._search(Query(text=text, scope=local, top_k=_MOST_HITS)), *hits]
        hits = list({hit.chunk_id: hit for hit in hits}.values())
        words = [w.text for w in statement.words]
        values = {f.value for f in statement.figures}
        ranked = [(_fit(e, words, values), e) for e in gather(hits, self._articles, limit=120)]
        ranked.sort(key=lambda r: (-r[0], r[1].label))
        return [self._source(e, fit) for fit, e in ranked[:_MOST_SOURCES]]

    def holding(self, name: str) -> Source | None:
        """Returns the first sentence of the library that has a name as written, None if there is none."""
        hits = self._search(Query(text=name, top_k=_MOST_HITS))
        found = next((e for e in gather(hits, self._articles, limit=200) if name in e.text), None)
        return self._source(found, 1.0) if found else None

    def _source(self, evidence: Evidence, fit: float) -> Source:
        cited = self._checker.prepare(support(evidence))
        region = self._checker.parse(evidence.article.region or evidence.article.title)
        places = [s.text for s in places_of(region)]
        return Source(evidence, cited, places[-1] if places else "", fit)


def _fit(evidence: Evidence, words: Sequence[str], values: set[str]) -> float:
    """Returns the share of a statement's words that a sentence says, with a little for equal figures."""
    if not words:
        return 0.0
    said = sum(w in evidence.text or 0.3 * (w in evidence.context) for w in words) / len(words)
    figures = extract_figures(evidence.text) if said > 0.2 else []
    return said + 0.3 * bool(values & {f.value for f in figures})


def places_of(parsed: Parsed) -> list[Slot]:
    """Returns the places that a text speaks of; one inside a body's name (四川商会) is none of them."""
    return [
        s for s in parsed.slots if s.kind == "place" and not _IN_NAME.match(parsed.text[s.end : s.end + 4])
    ]


def place_at(source: Source, position: int) -> str:
    """Returns the place that governs a position of a source: the last named before it, else its article's."""
    before = [s.text for s in places_of(source.cited.parsed) if s.start <= position]
    return before[-1] if before else source.place


def same_place(stated: str, source: str) -> bool:
    """Returns whether two places are one, told with or without their kind; an unknown one is none."""
    return bool(stated and source) and bare_place(stated) == bare_place(source)
