"""A library with some articles more, which only whoever holds this object can find."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from retrieval import Article, ArticleMeta, Chunk, Hit, Query, Sentence
from retrieval.chunking import chunk_sentences
from retrieval.sentences import split_sentences

_K, _B = 1.2, 0.75
_MOST_HITS = 6
Tokens = Callable[[str], Sequence[str]]


class Base(Protocol):
    """What is needed of the library below."""

    def articles(self) -> Sequence[ArticleMeta]:
        """Returns the metadata of all articles."""

    def article(self, article_id: str) -> Article:
        """Returns one article whole."""

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """Returns an article's sentences in order."""

    def search(self, query: Query) -> list[Hit]:
        """Returns the best hits first."""


class Overlay:
    """The library below with attached articles, which are searched by BM25 in memory.

    Anything else is asked of the library below.
    """

    def __init__(self, base: Base, attached: Sequence[Article], tokens: Tokens) -> None:
        self._base = base
        self._attached = {article.article_id: article for article in attached}
        self._sentences = {key: split_sentences(key, one.text) for key, one in self._attached.items()}
        self._tokens = tokens
        self._chunks = [
            (chunk, Counter(tokens(chunk.text)))
            for key, sentences in self._sentences.items()
            for chunk in chunk_sentences(key, sentences)
        ]
        self._mean = sum(sum(terms.values()) for _, terms in self._chunks) / max(1, len(self._chunks))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)

    @property
    def attached(self) -> frozenset[str]:
        """The ids of the attached articles."""
        return frozenset(self._attached)

    def articles(self) -> Sequence[ArticleMeta]:
        """Returns the metadata of all articles, the attached ones last."""
        own = [ArticleMeta(**one.model_dump(exclude={"text"})) for one in self._attached.values()]
        return [*self._base.articles(), *own]

    def article(self, article_id: str) -> Article:
        """Returns one article whole. Raises ArticleNotFound."""
        return self._attached.get(article_id) or self._base.article(article_id)

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """Returns an article's sentences in order. Raises ArticleNotFound."""
        if article_id in self._sentences:
            return self._sentences[article_id]
        return self._base.sentences(article_id)

    def search(self, query: Query) -> list[Hit]:
        """Returns the best hits first, those of the attached articles and of the library in turns."""
        own = self._search_attached(query)
        scope = None if query.scope is None else query.scope - self.attached
        below = [] if scope is not None and not scope else self._base.search(_within(query, scope))
        merged: list[Hit] = []
        for place in range(max(len(own), len(below))):
            merged += own[place : place + 1] + below[place : place + 1]
        return merged[: query.top_k + len(own)]

    def _search_attached(self, query: Query) -> list[Hit]:
        wanted = Counter(self._tokens(query.text))
        within = [
            (chunk, terms)
            for chunk, terms in self._chunks
            if query.scope is None or chunk.article_id in query.scope
        ]
        holding = {term: sum(term in terms for _, terms in within) for term in wanted}
        scored = [(self._score(wanted, holding, terms, len(within)), chunk) for chunk, terms in within]
        best = sorted((pair for pair in scored if pair[0] > 0), key=lambda p: (-p[0], p[1].chunk_id))
        return [_hit(chunk, score, rank) for rank, (score, chunk) in enumerate(best[:_MOST_HITS], start=1)]

    def _score(
        self, wanted: Counter[str], holding: dict[str, int], terms: Counter[str], number: int
    ) -> float:
        length = sum(terms.values()) / max(1.0, self._mean)
        total = 0.0
        for term in wanted:
            if count := terms[term]:
                rarity = math.log(1 + (number - holding[term] + 0.5) / (holding[term] + 0.5))
                total += rarity * count * (_K + 1) / (count + _K * (1 - _B + _B * length))
        return total


def _within(query: Query, scope: frozenset[str] | None) -> Query:
    return query.model_copy(update={"scope": scope})


def _hit(chunk: Chunk, score: float, rank: int) -> Hit:
    fields = chunk.model_dump(include={"article_id", "chunk_id", "start", "end", "text", "section"})
    return Hit(**fields, score=round(score, 6), legs={"lexical": rank})
