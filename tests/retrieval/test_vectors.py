from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from index_fakes import MemoryVectors

from retrieval import vectors
from retrieval.errors import LibraryError
from retrieval.vectors import ChromaIndex, VectorEntry, VectorIndex


def entry(chunk_id: str, *vector: float, stamp: str = "s") -> VectorEntry:
    return VectorEntry(chunk_id, chunk_id.rpartition("#")[0], stamp, np.array(vector, dtype=np.float32))


def vector(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


ENTRIES = [
    entry("青禾#0", 1, 0, 0),
    entry("青禾#1", 5, 5, 0),
    entry("云岭 志#0", 0, 1, 0),
    entry("云岭 志#1", 0, 0, 0.1),
]


@pytest.fixture(params=["memory", "exact", "hnsw"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    limit = {"exact": 20_000, "hnsw": 0}
    made: VectorIndex = MemoryVectors()
    if request.param in limit:
        made = ChromaIndex(tmp_path / "chroma", exact_limit=limit[request.param])
    made.replace([], ENTRIES)
    yield made
    made.close()


def found(index: VectorIndex, *values: float, top_k: int = 9, scope: list[str] | None = None) -> list[str]:
    return [hit.chunk_id for hit in index.search(vector(*values), top_k, scope)]


class TestEveryVectorIndex:
    def test_ranks_by_cosine_not_by_length(self, index: VectorIndex) -> None:
        hits = index.search(vector(2, 0.1, 0), 2)
        assert [h.chunk_id for h in hits] == ["青禾#0", "青禾#1"]
        assert [h.article_id for h in hits] == ["青禾", "青禾"]
        assert hits[0].score == pytest.approx(2 / np.hypot(2, 0.1), abs=1e-4)

    def test_the_scope_limits_the_search(self, index: VectorIndex) -> None:
        assert found(index, 1, 0.2, 0.1, scope=["云岭 志"]) == ["云岭 志#0", "云岭 志#1"]
        assert found(index, 1, 0, 0, scope=[]) == []
        assert found(index, 1, 0, 0, scope=["没有"]) == []

    def test_equal_scores_go_by_chunk_id(self, index: VectorIndex) -> None:
        index.replace([], [entry(f"同{n}#0", 0, 0, -1) for n in (3, 1, 2)])
        assert found(index, 0, 0, -1, top_k=3) == ["同1#0", "同2#0", "同3#0"]

    def test_replace_leaves_no_orphan(self, index: VectorIndex) -> None:
        index.replace(["青禾"], [entry("青禾#0", 0, 0, 1, stamp="t")])
        assert index.stamps() == {"青禾#0": "t", "云岭 志#0": "s", "云岭 志#1": "s"}
        assert index.count() == 3
        assert found(index, 0, 0, 1, top_k=2) == ["云岭 志#1", "青禾#0"]

    def test_a_search_before_does_not_hide_a_replacement(self, index: VectorIndex) -> None:
        assert found(index, 0, 0, 1, top_k=1) == ["云岭 志#1"]
        index.replace(["云岭 志", "新"], [entry("新#0", 0, 0, 1)])
        assert found(index, 0, 0, 1, top_k=1) == ["新#0"]
        assert len(found(index, 0, 0, 1)) == 3

    def test_replace_with_nothing_removes(self, index: VectorIndex) -> None:
        index.replace(["青禾", "云岭 志"], [])
        assert (index.count(), index.stamps()) == (0, {})
        assert found(index, 1, 0, 0) == []


class TestChroma:
    def test_is_there_after_reopening(self, tmp_path: Path) -> None:
        first = ChromaIndex(tmp_path)
        first.replace([], ENTRIES)
        first.close()
        first.close()
        second = ChromaIndex(tmp_path)
        assert found(second, 0, 1, 0, top_k=1) == ["云岭 志#0"]
        second.close()

    def test_more_than_one_batch(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vectors, "_BATCH", 40)
        index = ChromaIndex(tmp_path)
        rows = np.random.default_rng(7).normal(size=(801, 8))
        index.replace([], [entry(f"文{n // 7}#{n % 7}", *row) for n, row in enumerate(rows)])
        assert index.count() == len(index.stamps()) == 801
        assert found(index, *rows[800], top_k=1) == [f"文{800 // 7}#{800 % 7}"]
        index.replace([f"文{n}" for n in range(100)], [])
        assert index.count() == 101
        index.close()

    def test_exact_and_approximate_agree(self, tmp_path: Path) -> None:
        random = np.random.default_rng(7)
        rows = random.normal(size=(400, 24))
        exact, approximate = ChromaIndex(tmp_path), ChromaIndex(tmp_path, exact_limit=0)
        exact.replace([], [entry(f"文#{n}", *row) for n, row in enumerate(rows)])
        approximate.reload()
        for query in random.normal(size=(20, 24)):
            assert found(exact, *query, top_k=10) == found(approximate, *query, top_k=10)
        exact.close()
        approximate.close()

    def test_a_broken_store_is_a_library_error(self, tmp_path: Path) -> None:
        (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 999)
        with pytest.raises(LibraryError):
            ChromaIndex(tmp_path)
