"""The lexical index: BM25 over our own tokens, on disk, incremental. The only importer of tantivy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import tantivy

from retrieval.failures import failures_as_library_errors
from retrieval.models import Record

CONTEXT_BOOST = 0.35
_WRITER_BYTES = 64_000_000
_TIES = 16
# Of a scope of so many articles, the best are most often among the best of all, which are found faster.
_WIDE_SCOPE, _WIDE_DEPTH = 2_000, 10


class Ranked(Record):
    """A chunk an index found, and how well it fits (higher is better)."""

    chunk_id: str
    article_id: str
    score: float


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A chunk to index: tokens of its text and of its context (title, place, section), and its stamp."""

    chunk_id: str
    article_id: str
    stamp: str
    tokens: tuple[str, ...]
    context: tuple[str, ...] = ()


class LexicalIndex(Protocol):
    """What search and upkeep need of a lexical index; the conformance suite holds for all of them."""

    def replace(self, article_ids: Collection[str], entries: Sequence[LexicalEntry]) -> None:
        """Drops every chunk of the articles and adds the entries; durable and visible when it returns."""

    def search(self, tokens: Sequence[str], top_k: int, scope: Collection[str] | None = None) -> list[Ranked]:
        """Returns chunks that share a token, best first, equal scores by chunk id."""

    def holding(self, groups: Sequence[Collection[str]], scope: Collection[str] | None = None) -> list[str]:
        """Returns the ids of all chunks that hold every token of at least one of the groups, in order."""

    def count(self) -> int:
        """Returns the number of chunks."""

    def stamps(self) -> dict[str, str]:
        """Returns the stamp of every chunk by its id."""

    def reload(self) -> None:
        """Makes visible what another process wrote."""

    def close(self) -> None:
        """Releases everything; closing twice is fine."""


class TantivyIndex:
    """A LexicalIndex in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Opens the index in `folder`, making it if missing. Raises LibraryError."""
        self._folder = folder
        # People ask several questions of one scope.
        self._inside = lru_cache(maxsize=4)(self._in_scope)
        with failures_as_library_errors(folder, OSError, ValueError):
            folder.mkdir(parents=True, exist_ok=True)
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
            self._index.config_reader(reload_policy="manual")
            self._index.reload()

    def replace(self, article_ids: Collection[str], entries: Sequence[LexicalEntry]) -> None:
        """Drops every chunk of the articles and adds the entries. Raises LibraryError."""
        with failures_as_library_errors(self._folder, OSError, ValueError):
            writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
            for article_id in sorted(article_ids):
                writer.delete_documents_by_term("article_id", article_id)
            for entry in entries:
                writer.add_document(_document(entry))
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()

    def search(self, tokens: Sequence[str], top_k: int, scope: Collection[str] | None = None) -> list[Ranked]:
        """Returns chunks that share a token, best first, equal scores by chunk id."""
        if not tokens or (scope is not None and not scope):
            return []
        ranked = []
        if scope is not None and len(scope) >= _WIDE_SCOPE:
            ranked = self._ranked(self._query(tokens, None), _WIDE_DEPTH * top_k, scope)
        if len(ranked) < top_k + _TIES:
            ranked = self._ranked(self._query(tokens, scope), top_k + _TIES)
        return sorted(ranked, key=lambda hit: (-hit.score, hit.chunk_id))[:top_k]

    def _ranked(self, query: tantivy.Query, limit: int, kept: Collection[str] | None = None) -> list[Ranked]:
        """Returns the best chunks; of those, the ones of the articles in `kept`."""
        searcher = self._index.searcher()
        ranked = []
        for score, address in searcher.search(query, limit=limit, count=False).hits:
            stored = searcher.doc(address)
            article_id = _value(stored, "article_id")
            if kept is None or article_id in kept:
                chunk_id = _value(stored, "chunk_id")
                ranked.append(Ranked(chunk_id=chunk_id, article_id=article_id, score=round(score, 4)))
        return ranked

    def holding(self, groups: Sequence[Collection[str]], scope: Collection[str] | None = None) -> list[str]:
        """Returns the ids of all chunks that hold every token of at least one of the groups, in order."""
        groups = [group for group in groups if group]
        if not groups or (scope is not None and not scope):
            return []
        searcher = self._index.searcher()
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._all_of(group)) for group in groups])
        query = self._within(query, scope)
        found = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
        return sorted({_value(searcher.doc(address), "chunk_id") for _, address in found})

    def _all_of(self, tokens: Collection[str]) -> tantivy.Query:
        must = tantivy.Occur.Must
        terms = [
            tantivy.Query.term_query(self._schema, "body", token, index_option="basic")
            for token in sorted(set(tokens))
        ]
        return tantivy.Query.boolean_query([(must, term) for term in terms])

    def count(self) -> int:
        """Returns the number of chunks."""
        return int(self._index.searcher().num_docs)

    def stamps(self) -> dict[str, str]:
        """Returns the stamp of every chunk by its id."""
        searcher = self._index.searcher()
        total = max(1, searcher.num_docs)
        hits = searcher.search(tantivy.Query.all_query(), limit=total, count=False).hits
        stored = (searcher.doc(address) for _, address in hits)
        return {_value(document, "chunk_id"): _value(document, "stamp") for document in stored}

    def reload(self) -> None:
        """Makes visible what another process wrote."""
        with failures_as_library_errors(self._folder, OSError, ValueError):
            self._index.reload()

    def close(self) -> None:
        """Nothing is held open between writes."""

    def _query(self, tokens: Sequence[str], scope: Collection[str] | None) -> tantivy.Query:
        should = tantivy.Occur.Should
        clauses = []
        for token, times in sorted(Counter(tokens).items()):
            for field, boost in (("body", 1.0), ("context", CONTEXT_BOOST)):
                term = tantivy.Query.term_query(self._schema, field, token, index_option="freq")
                clauses.append((should, tantivy.Query.boost_query(term, boost * times)))
        return self._within(tantivy.Query.boolean_query(clauses), scope)

    def _within(self, matching: tantivy.Query, scope: Collection[str] | None) -> tantivy.Query:
        if scope is None:
            return matching
        inside = self._inside(frozenset(scope))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, matching), (tantivy.Occur.Must, inside)])

    def _in_scope(self, scope: frozenset[str]) -> tantivy.Query:
        """Returns what finds the chunks of a scope and adds nothing to their scores."""
        inside = tantivy.Query.term_set_query(self._schema, "article_id", sorted(scope))
        return tantivy.Query.const_score_query(inside, 0.0)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("chunk_id", "article_id"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stamp", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("body", "context"):
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _value(document: tantivy.Document, field: str) -> str:
    return str(document.get_first(field))


def _document(entry: LexicalEntry) -> tantivy.Document:
    return tantivy.Document(
        chunk_id=entry.chunk_id,
        article_id=entry.article_id,
        stamp=entry.stamp,
        body=" ".join(entry.tokens),
        context=" ".join(entry.context),
    )
