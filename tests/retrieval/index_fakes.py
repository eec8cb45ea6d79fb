"""In-memory stand-ins for the two indexes and the embedder; the conformance suites hold for them too."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from retrieval.lexical import CONTEXT_BOOST, LexicalEntry, Ranked
from retrieval.library import Library
from retrieval.models import IngestResult
from retrieval.vector_table import Vector
from retrieval.vectors import VectorEntry

K1, B = 1.2, 0.75


class CharacterEmbeddings(Embeddings):
    """Counts of characters, folded into a few dimensions: texts that share characters lie near each other."""

    fingerprint = "characters-1"
    fusion_weight = 0.01

    def __init__(self, dimensions: int = 32) -> None:
        self.dimensions = dimensions

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        counts = Counter(ord(c) % self.dimensions for c in text)
        return [float(counts[i]) for i in range(self.dimensions)]


class MemoryVectors:
    """A VectorIndex in a dict."""

    def __init__(self) -> None:
        self.entries: dict[str, VectorEntry] = {}

    def replace(self, article_ids: Collection[str], entries: Sequence[VectorEntry]) -> None:
        kept = {k: e for k, e in self.entries.items() if e.article_id not in article_ids}
        self.entries = kept | {entry.chunk_id: entry for entry in entries}

    def search(self, vector: Vector, top_k: int) -> list[Ranked]:
        ranked = [
            Ranked(chunk_id=e.chunk_id, article_id=e.article_id, score=round(_cosine(e.vector, vector), 5))
            for e in self.entries.values()
        ]
        return sorted(ranked, key=lambda r: (-r.score, r.chunk_id))[:top_k]

    def vectors(self) -> Iterator[tuple[str, Vector]]:
        for key, entry in self.entries.items():
            yield key, entry.vector

    def count(self) -> int:
        return len(self.entries)

    def stamps(self) -> dict[str, str]:
        return {k: e.stamp for k, e in self.entries.items()}

    def close(self) -> None: ...


class MemoryLexical:
    """A LexicalIndex in a dict: the textbook's BM25, field by field."""

    def __init__(self) -> None:
        self.entries: dict[str, LexicalEntry] = {}

    def replace(self, article_ids: Collection[str], entries: Sequence[LexicalEntry]) -> None:
        kept = {k: e for k, e in self.entries.items() if e.article_id not in article_ids}
        self.entries = kept | {entry.chunk_id: entry for entry in entries}

    def search(self, tokens: Sequence[str], top_k: int, scope: Collection[str] | None = None) -> list[Ranked]:
        ranked = []
        for entry in self.entries.values():
            score = self._bm25("tokens", tokens, entry) + CONTEXT_BOOST * self._bm25("context", tokens, entry)
            if score > 0 and (scope is None or entry.article_id in scope):
                ranked.append(
                    Ranked(chunk_id=entry.chunk_id, article_id=entry.article_id, score=round(score, 4))
                )
        return sorted(ranked, key=lambda r: (-r.score, r.chunk_id))[:top_k]

    def _bm25(self, field: str, query: Sequence[str], entry: LexicalEntry) -> float:
        every = [getattr(e, field) for e in self.entries.values()]
        average = sum(map(len, every)) / len(every)
        tokens = Counter(getattr(entry, field))
        score = 0.0
        for token in query:
            holding = sum(token in other for other in every)
            idf = math.log(1 + (len(every) - holding + 0.5) / (holding + 0.5))
            norm = K1 * (1 - B + B * sum(tokens.values()) / average) if average else K1
            score += idf * tokens[token] * (K1 + 1) / (tokens[token] + norm)
        return score

    def holding(self, groups: Sequence[Collection[str]], scope: Collection[str] | None = None) -> list[str]:
        return sorted(
            key
            for key, e in self.entries.items()
            if (scope is None or e.article_id in scope) and any(g and set(g) <= set(e.tokens) for g in groups)
        )

    def count(self) -> int:
        return len(self.entries)

    def stamps(self) -> dict[str, str]:
        return {k: e.stamp for k, e in self.entries.items()}

    def reload(self) -> None: ...

    def close(self) -> None: ...


def _cosine(a: Vector, b: Vector) -> float:
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def ingest(library: Library, *paths: Path) -> list[IngestResult]:
    return list(library.ingest(paths))
