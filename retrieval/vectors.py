"""The vector index in Chroma: exact while it is small or scoped, HNSW beyond.

The only importer of chromadb.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from numpy.typing import NDArray

from retrieval.errors import LibraryError
from retrieval.failures import failures_as_library_errors
from retrieval.lexical import Ranked

EXACT_LIMIT = 20_000
_COLLECTION = "chunks"
_BATCH = 4_000
_HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 1000}
_FAILURES = (ChromaError, OSError, RuntimeError, ValueError)
# A client that fails to start trips over its own clean-up: it stops what was never started.
_OPENING_FAILURES = (*_FAILURES, AttributeError)

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class VectorEntry:
    """A chunk's vector to store, with the stamp of what it was made from."""

    chunk_id: str
    article_id: str
    stamp: str
    vector: Vector


class VectorIndex(Protocol):
    """What search and upkeep need of a vector index; the conformance suite holds for all of them."""

    def replace(self, article_ids: Collection[str], entries: Sequence[VectorEntry]) -> None:
        """Drops every chunk of the articles and adds the entries; durable and visible when it returns."""

    def search(self, vector: Vector, top_k: int, scope: Collection[str] | None = None) -> list[Ranked]:
        """Returns the chunks of highest cosine similarity, best first, equal scores by chunk id."""

    def count(self) -> int:
        """Returns the number of chunks."""

    def stamps(self) -> dict[str, str]:
        """Returns the stamp of every chunk by its id."""

    def reload(self) -> None:
        """Makes visible what another process wrote."""

    def close(self) -> None:
        """Releases everything; closing twice is fine."""


@dataclass(frozen=True, slots=True)
class _Matrix:
    """All vectors of the index, or of a scope: row i belongs to chunk_ids[i]."""

    chunk_ids: list[str]
    rows: Vector

    def nearest(self, vector: Vector, top_k: int) -> list[Ranked]:
        """Returns the best rows by cosine similarity, equal scores by chunk id."""
        if not self.chunk_ids:
            return []
        scores = np.round(self.rows @ _unit(vector), 5)
        best = np.lexsort((np.array(self.chunk_ids), -scores))[:top_k]
        return [
            Ranked(chunk_id=chunk_id, article_id=_article_of(chunk_id), score=round(float(score), 5))
            for chunk_id, score in ((self.chunk_ids[i], scores[i]) for i in best)
        ]


class ChromaIndex:
    """A VectorIndex in a folder of its own. Vectors are always handed in; Chroma embeds nothing itself."""

    def __init__(self, folder: Path, *, exact_limit: int = EXACT_LIMIT) -> None:
        """Opens the index in `folder`, making it if missing. Raises LibraryError."""
        self._folder = folder
        self._exact_limit = exact_limit
        self._lock = threading.RLock()
        self._client: Any = None
        self._collection: Any = None
        self._all: _Matrix | None = None
        self._open()

    def replace(self, article_ids: Collection[str], entries: Sequence[VectorEntry]) -> None:
        """Drops every chunk of the articles and adds the entries. Raises LibraryError."""
        with self._lock, failures_as_library_errors(self._folder, *_FAILURES):
            for ids in _parts(self._ids_of(article_ids)):
                self._opened().delete(ids=ids)
            for part in _parts(entries):
                self._opened().upsert(
                    ids=[entry.chunk_id for entry in part],
                    embeddings=np.stack([_unit(entry.vector) for entry in part]),
                    metadatas=[{"article_id": entry.article_id, "stamp": entry.stamp} for entry in part],
                )
            self._all = None

    def search(self, vector: Vector, top_k: int, scope: Collection[str] | None = None) -> list[Ranked]:
        """Returns the chunks of highest cosine similarity, best first, equal scores by chunk id."""
        with self._lock, failures_as_library_errors(self._folder, *_FAILURES):
            if scope is not None:
                return self._matrix(sorted(scope)).nearest(vector, top_k) if scope else []
            if self.count() > self._exact_limit:
                return self._approximate(vector, top_k)
            if self._all is None:
                self._all = self._matrix(None)
            matrix = self._all
        return matrix.nearest(vector, top_k)

    def count(self) -> int:
        """Returns the number of chunks."""
        with self._lock, failures_as_library_errors(self._folder, *_FAILURES):
            return int(self._opened().count())

    def stamps(self) -> dict[str, str]:
        """Returns the stamp of every chunk by its id."""
        found: dict[str, str] = {}
        with self._lock, failures_as_library_errors(self._folder, *_FAILURES):
            for page in self._pages(None, ["metadatas"]):
                stamps = (str(metadata["stamp"]) for metadata in page["metadatas"])
                found.update(zip(page["ids"], stamps, strict=True))
        return found

    def reload(self) -> None:
        """Reopens the folder: an open handle never sees vectors that another process wrote."""
        with self._lock:
            self.close()
            self._open()

    def close(self) -> None:
        """Releases everything; closing twice is fine."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._client, self._collection, self._all = None, None, None

    def _open(self) -> None:
        with failures_as_library_errors(self._folder, *_OPENING_FAILURES):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(
                path=str(self._folder), settings=Settings(anonymized_telemetry=False)
            )
            try:
                self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            except NotFoundError:
                self._collection = self._client.create_collection(
                    _COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
                )

    def _opened(self) -> Any:
        if self._collection is None:
            raise LibraryError(f"向量索引已经关闭：{self._folder}。请重新打开资料库。")
        return self._collection

    def _ids_of(self, article_ids: Collection[str]) -> list[str]:
        return [
            chunk_id
            for part in _parts(sorted(article_ids))
            for chunk_id in self._opened().get(where={"article_id": {"$in": part}}, include=[])["ids"]
        ]

    def _matrix(self, article_ids: list[str] | None) -> _Matrix:
        chunk_ids: list[str] = []
        rows: list[Vector] = []
        for page in self._pages(article_ids, ["embeddings"]):
            chunk_ids.extend(page["ids"])
            rows.append(np.asarray(page["embeddings"], dtype=np.float32))
        return _Matrix(chunk_ids, np.vstack(rows) if rows else np.zeros((0, 1), dtype=np.float32))

    def _pages(self, article_ids: list[str] | None, include: list[str]) -> Iterator[Any]:
        """Yields what the collection holds of the articles (None: of all) in pages of a bearable size."""
        if article_ids is None:
            for offset in range(0, self.count(), _BATCH):
                yield self._opened().get(limit=_BATCH, offset=offset, include=include)
            return
        for part in _parts(article_ids):
            page = self._opened().get(where={"article_id": {"$in": part}}, include=include)
            if page["ids"]:
                yield page

    def _approximate(self, vector: Vector, top_k: int) -> list[Ranked]:
        found = self._opened().query(
            query_embeddings=_unit(vector)[np.newaxis], n_results=top_k, include=["distances"]
        )
        ranked = [
            Ranked(chunk_id=chunk_id, article_id=_article_of(chunk_id), score=round(1 - distance, 5))
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]
        return sorted(ranked, key=lambda hit: (-hit.score, hit.chunk_id))


def _article_of(chunk_id: str) -> str:
    """Chroma gives no metadata for what another process has just deleted; the id tells the article."""
    return chunk_id.rpartition("#")[0]


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length else vector, dtype=np.float32)


def _parts(items: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _BATCH):
        yield list(items[start : start + _BATCH])
