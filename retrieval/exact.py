"""Exact search over the vectors in SQLite: all of them while they are few, those of a scope always.

It needs no file of Chroma's, so it is right at any moment, whichever process is writing.
"""

from __future__ import annotations

import threading
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from retrieval.lexical import Ranked
from retrieval.vector_table import Vector, VectorTable

# Up to so many articles are read one by one where the whole is not in memory yet.
_FEW = 2_000
_DECIMALS = 5
# So much of the rows of the scope asked last is kept, in bytes: people ask several questions of one.
_MOST_KEPT = 64_000_000


class ExactScan:
    """Cosine similarity with every vector of the store or of a scope. Safe to use from several threads."""

    def __init__(self, table: VectorTable, generation: str) -> None:
        self._table = table
        self._generation = generation
        self._lock = threading.Lock()
        self._rows: Vector = np.zeros((0, 0), dtype=np.float32)
        self._live: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._owners: list[str] = []
        self._owner_of: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._spans: dict[str, tuple[int, int]] = {}
        self._used = 0
        self._seen = -1
        self._kept: tuple[frozenset[str], NDArray[np.int64], Vector] | None = None

    def search(self, vector: Vector, top_k: int, scope: Collection[str] | None = None) -> list[Ranked]:
        """Returns the chunks of highest cosine similarity, best first, equal scores by chunk id."""
        if scope is not None and not scope:
            return []
        with self._lock:
            if scope is not None and self._seen < 0 and len(scope) <= _FEW:
                return self._search_few(vector, top_k, scope)
            self._refresh()
            if not self._used or self._rows.shape[1] != len(vector):
                return []
            chosen, rows = self._of_scope(scope)
            scores = np.round(rows @ _unit(vector), _DECIMALS)
            if chosen is None:
                scores[~self._live[: self._used]] = -np.inf
            return [
                self._ranked(i if chosen is None else int(chosen[i]), float(scores[i]))
                for i in self._best(scores, chosen, top_k)
            ]

    def forget(self) -> None:
        """Forgets what is in memory; the next search reads it anew."""
        with self._lock:
            self._start_anew()

    def _search_few(self, vector: Vector, top_k: int, scope: Collection[str]) -> list[Ranked]:
        found: list[tuple[str, float]] = []
        unit = _unit(vector)
        for article_id, rows in self._table.vectors_of(self._generation, sorted(scope)):
            if rows.shape[1] == len(unit):
                scores = np.round(rows @ unit, _DECIMALS)
                found.extend((f"{article_id}#{i}", float(score)) for i, score in enumerate(scores))
        found.sort(key=lambda hit: (-hit[1], hit[0]))
        return [_hit(chunk_id, score) for chunk_id, score in found[:top_k]]

    def _of_scope(self, scope: Collection[str] | None) -> tuple[NDArray[np.int64] | None, Vector]:
        """Returns the places of a scope's rows (None for all) and the rows; the last ones are kept."""
        if scope is None:
            return None, self._rows[: self._used]
        if self._kept is None or self._kept[0] != scope:
            chosen = self._chosen(scope)
            rows = self._rows[chosen]
            if rows.nbytes > _MOST_KEPT:
                return chosen, rows
            self._kept = (frozenset(scope), chosen, rows)
        return self._kept[1:]

    def _chosen(self, scope: Collection[str]) -> NDArray[np.int64]:
        """Returns the places of the rows of a scope's articles."""
        spans = [span for article_id in scope if (span := self._spans.get(article_id))]
        if not spans:
            return np.zeros(0, dtype=np.int64)
        starts, counts = np.array(spans, dtype=np.int64).T
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.asarray(np.repeat(starts, counts) + within, dtype=np.int64)

    def _best(self, scores: Vector, chosen: NDArray[np.int64] | None, top_k: int) -> list[int]:
        if len(scores) > top_k:
            least = np.partition(scores, len(scores) - top_k)[len(scores) - top_k]
            found = np.flatnonzero((scores >= least) & np.isfinite(scores))
        else:
            found = np.flatnonzero(np.isfinite(scores))
        places = found if chosen is None else chosen[found]
        order = sorted(
            zip(found.tolist(), places.tolist(), strict=True),
            key=lambda pair: (-scores[pair[0]], self._chunk_id(pair[1])),
        )
        return [i for i, _ in order[:top_k]]

    def _ranked(self, row: int, score: float) -> Ranked:
        return _hit(self._chunk_id(row), score)

    def _chunk_id(self, row: int) -> str:
        owner = self._owners[self._owner_of[row]]
        return f"{owner}#{row - self._spans[owner][0]}"

    def _refresh(self) -> None:
        """Reads what has been written since, whichever process wrote it."""
        revision = self._table.revision
        if revision == self._seen:
            return
        self._kept = None
        if self._seen < 0 or revision < self._seen or self._used > 2 * max(1_000, int(self._live.sum())):
            self._start_anew()
        for article_id, rows in self._table.vectors_since(self._generation, self._seen):
            self._take(article_id, rows)
        self._seen = revision

    def _start_anew(self) -> None:
        self._rows = np.zeros((0, 0), dtype=np.float32)
        self._live = np.zeros(0, dtype=bool)
        self._owner_of = np.zeros(0, dtype=np.int32)
        self._owners, self._spans, self._used, self._seen, self._kept = [], {}, 0, -1, None

    def _take(self, article_id: str, rows: Vector) -> None:
        before = self._spans.pop(article_id, None)
        if before:
            self._live[before[0] : before[0] + before[1]] = False
        if not len(rows):
            return
        if self._used and rows.shape[1] != self._rows.shape[1]:
            self._start_anew()  # another embedder has taken over: the rest follows
        start, end = self._used, self._used + len(rows)
        self._make_room(end, rows.shape[1])
        self._rows[start:end] = rows
        self._live[start:end] = True
        self._owner_of[start:end] = len(self._owners)
        self._owners.append(article_id)
        self._spans[article_id] = (start, len(rows))
        self._used = end

    def _make_room(self, wanted: int, width: int) -> None:
        have = len(self._rows)
        if wanted <= have:
            return
        size = max(wanted, have + have // 4, 1_000)
        rows = np.zeros((size, width), dtype=np.float32)
        live, owner_of = np.zeros(size, dtype=bool), np.zeros(size, dtype=np.int32)
        if have:
            rows[:have], live[:have], owner_of[:have] = self._rows, self._live, self._owner_of
        self._rows, self._live, self._owner_of = rows, live, owner_of


def _hit(chunk_id: str, score: float) -> Ranked:
    return Ranked(chunk_id=chunk_id, article_id=chunk_id.rpartition("#")[0], score=round(score, _DECIMALS))


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length else vector, dtype=np.float32)
