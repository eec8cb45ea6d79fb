"""The ledger of a library: rows made when first asked for, kept as long as their article stays the same."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.evidence import Evidence
from assistant.ledger.extract import LedgerReader
from assistant.ledger.row import LedgerRow
from assistant.reading.language import Language
from assistant.reading.question import understand
from assistant.reading.terms import Term
from retrieval import Article, ArticleMeta, Hit, Query, Sentence

_MOST_ARTICLES = 1000
_HITS = 300
_LEAST = 0.45


class LedgerSource(Protocol):
    """What the ledger needs of a library."""

    def articles(self) -> Sequence[ArticleMeta]:
        """Returns the metadata of all articles."""

    def article(self, article_id: str) -> Article:
        """Returns an article with its text."""

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """Returns an article's sentences in order."""

    def search(self, query: Query) -> list[Hit]:
        """Returns the best hits first."""


class Ledger:
    """Every figure of a library; safe to use from several threads."""

    def __init__(self, source: LedgerSource, language: Language, reader: LedgerReader) -> None:
        self._source = source
        self._language = language
        self._reader = reader
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[ArticleMeta, tuple[LedgerRow, ...]]] = OrderedDict()

    def rows(self, meta: ArticleMeta) -> tuple[LedgerRow, ...]:
        """Returns the figures of an article in order of the text."""
        with self._lock:
            kept = self._kept.get(meta.article_id)
            if kept is not None and kept[0] == meta:
                self._kept.move_to_end(meta.article_id)
                return kept[1]
        article = self._source.article(meta.article_id)
        rows = self._reader.rows(article, self._source.sentences(meta.article_id))
        with self._lock:
            self._kept[meta.article_id] = (meta, rows)
            while len(self._kept) > _MOST_ARTICLES:
                self._kept.popitem(last=False)
        return rows

    def rows_of(self, evidence: Evidence) -> list[LedgerRow]:
        """Returns the figures of one sentence."""
        return self._reader.rows_of(evidence)

    def figures(self, query: str = "", region: str = "") -> list[LedgerRow]:
        """Returns the figures that fit a query, best first, or all in order; those of a region alone if given."""
        return list(self.each(query, region))

    def each(self, query: str = "", region: str = "") -> Iterator[LedgerRow]:
        """Yields what `figures` returns; without a query one article's figures after the other's."""
        query, region = query.strip(), region.strip()
        if query:
            yield from self._ranked(query, region)
            return
        for meta in self._source.articles():
            yield from (row for row in self.rows(meta) if not region or within(row, region))

    def _ranked(self, query: str, region: str) -> list[LedgerRow]:
        metas = self._source.articles()
        known = {meta.article_id: meta for meta in metas}
        hits = self._source.search(Query(text=query, top_k=_HITS)) if metas else []
        found = [known[h] for h in dict.fromkeys(hit.article_id for hit in hits) if h in known]
        terms = self._terms(query)
        scored = [
            (self._score(terms, row), i, row)
            for i, row in enumerate(row for meta in found for row in self.rows(meta))
            if not region or within(row, region)
        ]
        return [row for score, _, row in sorted(scored, key=lambda s: (-s[0], s[1])) if score >= _LEAST]

    def _terms(self, query: str) -> tuple[Term, ...]:
        normal = self._language.normalise(query)
        places = tuple(dict.fromkeys(name for _, _, name in self._language.places(normal)))
        return self._language.terms(understand(normal), places)

    def _score(self, terms: Sequence[Term], row: LedgerRow) -> float:
        """Returns how well a figure meets the terms, 0 to 1; what it counts tells most."""
        if not terms:
            return 1.0
        normal, match = self._language.normalise, self._language.matcher.match
        near = row.sentence[max(0, row.start - row.sentence_start - 24) : row.end - row.sentence_start + 12]
        zones = (
            (1.0, normal(f"{row.subject} {row.per} {row.text}")),
            (0.8, normal(near)),
            (0.55, normal(row.sentence)),
            (0.4, normal(f"{row.section} {row.title} {row.place} {row.region}")),
        )
        total = sum(term.weight for term in terms)
        met = sum(
            term.weight
            * max(
                (1.0 if term.kind == "place" else credit) * match(term.text, text) for credit, text in zones
            )
            for term in terms
        )
        return met / total


def within(row: LedgerRow, region: str) -> bool:
    """Returns whether a figure holds for a region or a place in it; short names count (海南 for 海南省)."""
    bare = re.sub(r"(?<=..)(?:省|市|区|县|自治区|自治州)$", "", region)
    return bare in row.place or bare in row.region


def build_ledger(source: LedgerSource, language: Language, cut: Callable[[str], Sequence[str]]) -> Ledger:
    """Returns the ledger of a library."""
    return Ledger(source, language, LedgerReader(language.normalise, cut))
