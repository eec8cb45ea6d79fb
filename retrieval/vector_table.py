"""The vectors of every article beside its text in SQLite: what exact scans read and Chroma is checked by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from retrieval.database import Database

Vector = NDArray[np.float32]
_TYPE = "<f4"
_PART = 500


class VectorTable(Database):
    """An article's vectors, a row a chunk in the chunks' order, for every generation of the indexes.

    Methods that write are called inside `transaction`, with `bump_revision` in the same one.
    """

    def vectors_of(self, generation: str, article_ids: Iterable[str]) -> Iterator[tuple[str, Vector]]:
        """Yields the vectors of those of the articles that have any."""
        wanted = list(article_ids)
        for start in range(0, len(wanted), _PART):
            part = wanted[start : start + _PART]
            marks = ",".join("?" * len(part))
            rows_of = self._all(
                "SELECT article_id, count, rows FROM vector "
                f"WHERE generation = ? AND article_id IN ({marks})",
                generation,
                *part,
            )
            for article_id, count, rows in rows_of:
                yield article_id, _matrix(count, rows)

    def vectors_since(self, generation: str, revision: int) -> Iterator[tuple[str, Vector]]:
        """Yields articles with their vectors as written after `revision`, oldest first.

        An article that has been removed since comes with no rows.
        """
        last = (revision, chr(0x10FFFF))
        while found := self._all(_SINCE, generation, *last):
            for _, article_id, count, rows in found:
                yield article_id, _matrix(count, rows)
            last = (found[-1][0], found[-1][1])

    def write_vectors(self, generation: str, vectors: Mapping[str, Vector]) -> None:
        """Writes articles' vectors in place of what they had, as of the revision that comes next."""
        revision = self.revision + 1
        self._connection.executemany(
            "INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?, ?)",
            [
                (generation, key, revision, len(rows), np.ascontiguousarray(rows, dtype=_TYPE).tobytes())
                for key, rows in vectors.items()
            ],
        )

    def drop_vectors(self, article_ids: Iterable[str]) -> None:
        """Leaves articles without vectors; readers are told by a row that holds none."""
        revision = self.revision + 1
        self._connection.executemany(
            "UPDATE vector SET revision = ?, count = 0, rows = x'' WHERE article_id = ?",
            [(revision, key) for key in article_ids],
        )

    def forget_other_generations(self, generation: str) -> None:
        """Deletes the vectors of indexes that are no longer in use."""
        self._run("DELETE FROM vector WHERE generation != ?", generation)


_SINCE = (
    "SELECT revision, article_id, count, rows FROM vector "
    f"WHERE generation = ? AND (revision, article_id) > (?, ?) ORDER BY revision, article_id LIMIT {_PART}"
)


def _matrix(count: int, rows: bytes) -> Vector:
    flat = np.frombuffer(rows, dtype=_TYPE)
    return flat.reshape(count, -1) if count else np.zeros((0, 0), dtype=np.float32)
