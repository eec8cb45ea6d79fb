"""The vector index in Chroma: the durable store of all vectors and the graph that searches many of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from retrieval.chroma import ChromaPlace
from retrieval.lexical import Ranked
from retrieval.vector_table import Vector


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

    def search(self, vector: Vector, top_k: int) -> list[Ranked]:
        """Returns the chunks of highest cosine similarity, best first, equal scores by chunk id.

        Raises VectorsBusy where another process is writing; an exact scan serves instead.
        """

    def count(self) -> int:
        """Returns the number of chunks."""

    def stamps(self) -> dict[str, str]:
        """Returns the stamp of every chunk by its id."""

    def vectors(self) -> Iterator[tuple[str, Vector]]:
        """Yields every chunk's id with its vector, in no certain order."""

    def close(self) -> None:
        """Releases everything; closing twice is fine."""


class ChromaIndex:
    """A VectorIndex in a place of its own. Vectors are always handed in; Chroma embeds nothing itself."""

    def __init__(self, place: ChromaPlace) -> None:
        """Uses the collection of a place; it is opened when first needed."""
        self._place = place

    def replace(self, article_ids: Collection[str], entries: Sequence[VectorEntry]) -> None:
        """Drops every chunk of the articles and adds the entries. Raises LibraryError."""
        if not article_ids and not entries:
            return
        with self._place.writing() as collection:
            for part in self._parts(sorted(article_ids)):
                found = collection.get(where={"article_id": {"$in": part}}, include=[])["ids"]
                for ids in self._parts(found):
                    collection.delete(ids=ids)
            for batch in self._parts(entries):
                collection.upsert(
                    ids=[entry.chunk_id for entry in batch],
                    embeddings=np.stack([_unit(entry.vector) for entry in batch]),
                    metadatas=[{"article_id": entry.article_id, "stamp": entry.stamp} for entry in batch],
                )

    def search(self, vector: Vector, top_k: int) -> list[Ranked]:
        """Returns the chunks of highest cosine similarity, best first, equal scores by chunk id."""
        with self._place.reading() as collection:
            found = collection.query(
                query_embeddings=_unit(vector)[np.newaxis], n_results=top_k, include=["distances"]
            )
        ranked = [
            Ranked(chunk_id=chunk_id, article_id=chunk_id.rpartition("#")[0], score=round(1 - distance, 5))
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]
        return sorted(ranked, key=lambda hit: (-hit.score, hit.chunk_id))

    def count(self) -> int:
        """Returns the number of chunks."""
        with self._place.reading(patient=True) as collection:
            return int(collection.count())

    def stamps(self) -> dict[str, str]:
        """Returns the stamp of every chunk by its id."""
        found: dict[str, str] = {}
        for page in self._pages("metadatas"):
            stamps = (str(metadata["stamp"]) for metadata in page["metadatas"])
            found.update(zip(page["ids"], stamps, strict=True))
        return found

    def vectors(self) -> Iterator[tuple[str, Vector]]:
        """Yields every chunk's id with its vector."""
        for page in self._pages("embeddings"):
            yield from zip(page["ids"], np.asarray(page["embeddings"], dtype=np.float32), strict=True)

    def close(self) -> None:
        """Releases everything; closing twice is fine."""
        self._place.close()

    def _pages(self, include: str) -> Iterator[Any]:
        """Yields what the collection holds in pages of a bearable size. The caller keeps writers out."""
        for offset in range(0, self.count(), self._place.batch):
            with self._place.reading(patient=True) as collection:
                page = collection.get(limit=self._place.batch, offset=offset, include=[include])
            if page["ids"]:
                yield page

    def _parts(self, items: Sequence[Any]) -> Iterator[list[Any]]:
        for start in range(0, len(items), self._place.batch):
            yield list(items[start : start + self._place.batch])


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length else vector, dtype=np.float32)
