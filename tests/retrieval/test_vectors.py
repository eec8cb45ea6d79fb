from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from index_fakes import MemoryVectors

from retrieval.chroma import ChromaFolder, ChromaService
from retrieval.errors import LibraryError, LibraryUnreachable
from retrieval.models import ChromaServer
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


@pytest.fixture(params=["memory", "folder", "server"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    made: VectorIndex = MemoryVectors()
    if request.param == "folder":
        made = ChromaIndex(ChromaFolder(tmp_path / "chroma"))
    elif request.param == "server":
        server = request.getfixturevalue("chroma_server")
        made = ChromaIndex(ChromaService(server, f"test-{uuid4().hex}"))
    made.replace([], ENTRIES)
    yield made
    made.close()


def found(index: VectorIndex, *values: float, top_k: int = 9) -> list[str]:
    return [hit.chunk_id for hit in index.search(vector(*values), top_k)]


class TestEveryVectorIndex:
    def test_ranks_by_cosine_not_by_length(self, index: VectorIndex) -> None:
        hits = index.search(vector(2, 0.1, 0), 2)
        assert [h.chunk_id for h in hits] == ["青禾#0", "青禾#1"]
        assert [h.article_id for h in hits] == ["青禾", "青禾"]
        assert hits[0].score == pytest.approx(2 / np.hypot(2, 0.1), abs=1e-4)

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
        first = ChromaIndex(ChromaFolder(tmp_path))
        first.replace([], ENTRIES)
        first.close()
        first.close()
        second = ChromaIndex(ChromaFolder(tmp_path))
        assert found(second, 0, 1, 0, top_k=1) == ["云岭 志#0"]
        second.close()

    def test_more_than_one_batch(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ChromaFolder, "batch", 40)
        index = ChromaIndex(ChromaFolder(tmp_path))
        rows = np.random.default_rng(7).normal(size=(801, 8))
        index.replace([], [entry(f"文{n // 7}#{n % 7}", *row) for n, row in enumerate(rows)])
        assert index.count() == len(index.stamps()) == 801
        assert found(index, *rows[800], top_k=1) == [f"文{800 // 7}#{800 % 7}"]
        index.replace([f"文{n}" for n in range(100)], [])
        assert index.count() == 101
        index.close()

    def test_a_broken_store_is_a_library_error(self, tmp_path: Path) -> None:
        (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 999)
        with pytest.raises(LibraryError):
            ChromaIndex(ChromaFolder(tmp_path)).count()


def test_a_server_that_does_not_answer_is_named() -> None:
    index = ChromaIndex(ChromaService(ChromaServer(url="http://127.0.0.1:9"), "test-none"))
    with pytest.raises(LibraryUnreachable, match=r"127\.0\.0\.1:9"):
        index.count()


def test_the_vectors_come_back_as_they_went_in(index: VectorIndex) -> None:
    given = {e.chunk_id: e.vector / np.linalg.norm(e.vector) for e in ENTRIES}
    kept = dict(index.vectors())
    assert kept.keys() == given.keys()
    for chunk_id, row in kept.items():
        assert row / np.linalg.norm(row) == pytest.approx(given[chunk_id], abs=1e-5)
