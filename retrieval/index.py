"""Both indexes as one: write, replace and delete in the lexical and the vector index together."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from retrieval.embeddings import Embedder, embed_texts, fingerprint_of
from retrieval.lexical import LexicalEntry, LexicalIndex, TantivyIndex
from retrieval.models import ArticleMeta, Chunk
from retrieval.tokens import Tokenizer
from retrieval.vectors import ChromaIndex, VectorEntry, VectorIndex

# Grows when what is written for a chunk changes, so that older indexes are rebuilt.
INDEX_VERSION = "1"
LEXICAL_FOLDER = "lexical"
VECTOR_FOLDER = "chroma"
_PART = 128


@dataclass(frozen=True, slots=True)
class Indexes:
    """The two indexes with what makes their entries. Both hold the same chunks with the same stamps."""

    lexical: LexicalIndex
    vectors: VectorIndex
    tokenizer: Tokenizer
    embeddings: Embedder

    def replace(
        self, article_ids: Collection[str], added: Sequence[tuple[ArticleMeta, Sequence[Chunk]]]
    ) -> None:
        """Drops every chunk of the articles from both indexes and adds those given. Raises LibraryError."""
        chunks = [(meta, chunk) for meta, of_article in added for chunk in of_article]
        lexical: list[LexicalEntry] = []
        vectors: list[VectorEntry] = []
        for start in range(0, len(chunks), _PART):
            part = chunks[start : start + _PART]
            lexical.extend(self._lexical_entry(meta, chunk) for meta, chunk in part)
            vectors.extend(self._vector_entries(part))
        self.lexical.replace(article_ids, lexical)
        self.vectors.replace(article_ids, vectors)

    def reload(self) -> None:
        """Makes visible what another process wrote."""
        self.lexical.reload()
        self.vectors.reload()

    def close(self) -> None:
        """Releases both."""
        self.lexical.close()
        self.vectors.close()

    def _lexical_entry(self, meta: ArticleMeta, chunk: Chunk) -> LexicalEntry:
        return LexicalEntry(
            chunk_id=chunk.chunk_id,
            article_id=chunk.article_id,
            stamp=stamp(meta, chunk),
            tokens=tuple(self.tokenizer.tokens(chunk.text)),
            context=tuple(self.tokenizer.tokens(context_text(meta, chunk))),
        )

    def _vector_entries(self, part: Sequence[tuple[ArticleMeta, Chunk]]) -> list[VectorEntry]:
        vectors = embed_texts(self.embeddings, [embedded_text(meta, chunk) for meta, chunk in part])
        return [
            VectorEntry(chunk.chunk_id, chunk.article_id, stamp(meta, chunk), vector)
            for (meta, chunk), vector in zip(part, vectors, strict=True)
        ]


def index_fingerprint(tokenizer: Tokenizer, embeddings: Embedder) -> str:
    """Returns what both indexes depend on besides the articles; another one means that they are rebuilt."""
    return f"{INDEX_VERSION}|{tokenizer.version}|{fingerprint_of(embeddings)}"


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


def open_indexes(folder: Path, generation: str, tokenizer: Tokenizer, embeddings: Embedder) -> Indexes:
    """Opens both indexes of a generation, making them if missing. Raises LibraryError."""
    lexical = TantivyIndex(folder / LEXICAL_FOLDER / generation)
    return Indexes(lexical, ChromaIndex(folder / VECTOR_FOLDER / generation), tokenizer, embeddings)


def drop_other_generations(folder: Path, generation: str) -> None:
    """Deletes what earlier or unfinished rebuilds left behind."""
    for parent in (folder / LEXICAL_FOLDER, folder / VECTOR_FOLDER):
        for path in parent.iterdir() if parent.is_dir() else ():
            if path.name != generation:
                shutil.rmtree(path, ignore_errors=True)
