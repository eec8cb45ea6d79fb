"""A reader notices at once what another process has written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import invented
import numpy as np
import pytest
from filelock import FileLock
from index_fakes import CharacterEmbeddings

from retrieval import chroma
from retrieval import index as index_module
from retrieval.chroma import ChromaFolder, VectorsBusy
from retrieval.errors import ArticleNotFound
from retrieval.library import Library
from retrieval.models import Query
from retrieval.vectors import ChromaIndex

Worker = Callable[[str], list[Any]]
WORKER = Path(__file__).with_name("library_worker.py")


@pytest.fixture
def worker(data_dir: Path) -> Iterator[Worker]:
    """Returns what has another process carry out a command and gives its results."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, str(WORKER), str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert json.loads(process.stdout.readline()) == "ready"

    def order(command: str) -> list[Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(command + "\n")
        process.stdin.flush()
        results = []
        while (result := json.loads(process.stdout.readline())) is not None:
            results.append(result)
        return results

    with process:
        yield order
        process.stdin.close()


def test_a_reader_sees_what_another_process_writes(worker: Worker, data_dir: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "青禾.md", invented.write(tmp_path, "兰桥.md", invented.LANQIAO)
    with Library.open(data_dir, embeddings=CharacterEmbeddings()) as library:
        assert library.search(Query(text="骑手驿站")) == []
        an_addition_is_seen(library, worker, path)
        an_update_is_seen(library, worker, path)
        a_removal_is_seen(library, worker)
        both_may_write_in_turn(library, worker, path, other)
        assert library.check().ok


def an_addition_is_seen(library: Library, worker: Worker, path: Path) -> None:
    path.write_text(invented.QINGHE, encoding="utf-8")
    assert [result["result"] for result in worker(f"ingest {path}")] == ["added"]
    hits = library.search(Query(text="骑手驿站318个", top_k=1))
    assert [(hit.article_id, sorted(hit.legs)) for hit in hits] == [("青禾", ["lexical", "vector"])]
    assert [meta.article_id for meta in library.articles()] == ["青禾"]
    assert len(library.sentences("青禾")) > 3


def an_update_is_seen(library: Library, worker: Worker, path: Path) -> None:
    path.write_text("青禾市如今有骑手驿站320个。\n", encoding="utf-8")
    worker(f"ingest {path}")
    assert "320" in library.search(Query(text="骑手驿站"))[0].text
    assert len(library.sentences("青禾")) == 1


def a_removal_is_seen(library: Library, worker: Worker) -> None:
    worker("remove 青禾")
    assert (library.search(Query(text="骑手驿站")), library.articles()) == ([], [])
    with pytest.raises(ArticleNotFound):
        library.sentences("青禾")


def both_may_write_in_turn(library: Library, worker: Worker, path: Path, other: Path) -> None:
    assert [result.result for result in library.ingest([other])] == ["added"]
    assert set(worker("search 网格员")[0]) == {"兰桥"}
    path.write_text(invented.QINGHE, encoding="utf-8")
    worker(f"ingest {path}")
    assert [result.result for result in library.ingest([path, other])] == ["unchanged", "unchanged"]


def test_chromas_graph_sees_it_too(
    worker: Worker, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "_CALM_SECONDS", 0.0)
    worker(f"ingest {invented.write(tmp_path, '青禾.md', invented.QINGHE)}")
    index = ChromaIndex(ChromaFolder(data_dir / "chroma" / "1"))
    vector = np.float32(CharacterEmbeddings().embed_query("网格员"))
    assert {hit.article_id for hit in index.search(vector, 9)} == {"青禾"}
    worker(f"ingest {invented.write(tmp_path, '兰桥.md', invented.LANQIAO)}")
    assert {hit.article_id for hit in index.search(vector, 9)} == {"青禾", "兰桥"}
    worker("remove 青禾")
    assert {hit.article_id for hit in index.search(vector, 9)} == {"兰桥"}
    index.close()


def test_while_another_writes_a_reader_leaves_chromas_files_alone(
    worker: Worker, data_dir: Path, tmp_path: Path
) -> None:
    worker(f"ingest {invented.write(tmp_path, '青禾.md', invented.QINGHE)}")
    index = ChromaIndex(ChromaFolder(data_dir / "chroma" / "1"))
    vector = np.float32(CharacterEmbeddings().embed_query("网格员"))
    with FileLock(data_dir / "chroma" / "1" / "in-use.lock"), pytest.raises(VectorsBusy):
        index.search(vector, 9)
    index.close()


def test_what_another_process_writes_is_found_without_chroma(
    worker: Worker, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the limit a reader asks the graph, and scans exactly while that is being written."""
    monkeypatch.setattr(index_module, "EXACT_LIMIT", 0)
    path = invented.write(tmp_path, "青禾.md", invented.QINGHE)
    with Library.open(data_dir, embeddings=CharacterEmbeddings()) as library:
        worker(f"ingest {path}")
        with FileLock(data_dir / "chroma" / "1" / "in-use.lock"):
            legs = library.search(Query(text="骑手驿站"))[0].legs
        assert set(legs) == {"lexical", "vector"}
