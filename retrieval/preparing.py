"""What both indexes hold of an article, made from its text: chunks, tokens and vectors.

Pure work, one article after the other, which worker processes share where there is much of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import numpy as np

from retrieval.chunking import chunk_sentences
from retrieval.embeddings import Embedder, HashedEmbeddings, embed_texts
from retrieval.lexical import LexicalEntry
from retrieval.models import ArticleMeta, Chunk
from retrieval.sentences import split_sentences
from retrieval.tokens import Tokenizer
from retrieval.vector_table import Vector
from retrieval.vectors import VectorEntry

Work = tuple[ArticleMeta, str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article's chunks with what is written of them to both indexes: `vectors[i]` is of `chunks[i]`."""

    article_id: str
    chunks: tuple[Chunk, ...]
    entries: tuple[LexicalEntry, ...]
    vectors: Vector

    def vector_entries(self) -> Iterator[VectorEntry]:
        """Yields what the vector index is to hold."""
        for entry, vector in zip(self.entries, self.vectors, strict=True):
            yield VectorEntry(entry.chunk_id, entry.article_id, entry.stamp, vector)


class Preparer(Protocol):
    """Prepares articles here and now, or elsewhere meanwhile."""

    def submit(self, work: Sequence[Work]) -> Future[list[Prepared]]:
        """Returns what will be the prepared articles, in order."""


class InPlace:
    """A Preparer that does the work when it is asked for."""

    def __init__(self, tokenizer: Tokenizer, embeddings: Embedder) -> None:
        self._tokenizer = tokenizer
        self._embeddings = embeddings

    def submit(self, work: Sequence[Work]) -> Future[list[Prepared]]:
        """Returns the prepared articles as a future that is done."""
        future: Future[list[Prepared]] = Future()
        future.set_result(prepare_all(self._tokenizer, self._embeddings, work))
        return future


def make_chunks(article_id: str, text: str) -> tuple[Chunk, ...]:
    """Returns the chunks of an article's text."""
    return chunk_sentences(article_id, split_sentences(article_id, text))


def prepare_all(tokenizer: Tokenizer, embeddings: Embedder | None, work: Sequence[Work]) -> list[Prepared]:
    """Returns the articles prepared, in order. Without an embedder they come without vectors."""
    hashed = isinstance(embeddings, HashedEmbeddings)
    prepared = [_prepare(tokenizer, embeddings if hashed else None, meta, text) for meta, text in work]
    return prepared if hashed or embeddings is None else with_vectors(embeddings, prepared, work)


def with_vectors(embeddings: Embedder, prepared: Sequence[Prepared], work: Sequence[Work]) -> list[Prepared]:
    """Returns the articles with their vectors, which are asked of the embedder for all of them at once."""
    texts = [
        embedded_text(meta, chunk)
        for found, (meta, _) in zip(prepared, work, strict=True)
        for chunk in found.chunks
    ]
    rows = embed_texts(embeddings, texts)
    done, position = [], 0
    for found in prepared:
        end = position + len(found.chunks)
        done.append(Prepared(found.article_id, found.chunks, found.entries, rows[position:end]))
        position = end
    return done


def _prepare(tokenizer: Tokenizer, embeddings: Embedder | None, meta: ArticleMeta, text: str) -> Prepared:
    chunks = make_chunks(meta.article_id, text)
    entries = tuple(_entry(tokenizer, meta, chunk) for chunk in chunks)
    # Right after the tokens: the tokenizer still remembers these lines.
    texts = [embedded_text(meta, chunk) for chunk in chunks] if embeddings else []
    rows = embed_texts(embeddings, texts) if embeddings else np.zeros((0, 0), dtype=np.float32)
    return Prepared(meta.article_id, chunks, entries, rows)


def _entry(tokenizer: Tokenizer, meta: ArticleMeta, chunk: Chunk) -> LexicalEntry:
    return LexicalEntry(
        chunk_id=chunk.chunk_id,
        article_id=chunk.article_id,
        stamp=stamp(meta, chunk),
        tokens=tuple(tokenizer.tokens(chunk.text)),
        context=tuple(tokenizer.tokens(context_text(meta, chunk))),
    )


def context_text(meta: ArticleMeta, chunk: Chunk) -> str:
    """Returns what a chunk is about besides its text: title, place, publisher and date, headings above."""
    parts = (meta.title, meta.region, meta.publisher, meta.published, chunk.section)
    return "\n".join(part for part in parts if part)


def embedded_text(meta: ArticleMeta, chunk: Chunk) -> str:
    """Returns the text whose vector stands for a chunk."""
    return "\n".join(part for part in (meta.title, chunk.section, chunk.text) if part)


def stamp(meta: ArticleMeta, chunk: Chunk) -> str:
    """Returns a short hash of all that is indexed of a chunk, by which the stores are compared."""
    whole = "\x1f".join((chunk.chunk_id, context_text(meta, chunk), chunk.text))
    return sha256(whole.encode("utf-8")).hexdigest()[:16]
