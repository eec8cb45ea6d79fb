from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings

from retrieval import keeper
from retrieval import library as library_module
from retrieval.errors import LibraryLocked
from retrieval.library import Library
from retrieval.locking import write_lock
from retrieval.models import Query


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with (
        write_lock(tmp_path),
        pytest.raises(LibraryLocked, match="正在写入"),
        write_lock(tmp_path, patience=0),
    ):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with write_lock(tmp_path, patience=0):
            pass
    with pytest.raises(ZeroDivisionError), write_lock(tmp_path, patience=0):
        raise ZeroDivisionError
    with write_lock(tmp_path, patience=0):
        pass


def test_the_lock_may_be_released_in_another_thread(tmp_path: Path) -> None:
    held = write_lock(tmp_path, patience=0)
    held.__enter__()
    thread = threading.Thread(target=held.__exit__, args=(None, None, None))
    thread.start()
    thread.join()
    with write_lock(tmp_path, patience=0):
        pass


def test_a_library_writes_one_at_a_time_and_reads_on(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in (keeper, library_module):
        monkeypatch.setattr(user, "write_lock", partial(write_lock, patience=0))
    series = invented.write_series(tmp_path, 3)
    with Library.open(data_dir, embeddings=CharacterEmbeddings()) as library:
        results = library.ingest([series])
        assert next(results).result == "added"
        for write in (
            lambda: list(library.ingest([series])),
            lambda: library.remove(["s0000"]),
            library.repair,
        ):
            with pytest.raises(LibraryLocked):
                write()
        assert library.search(Query(text="志愿者"))
        results.close()
        assert library.remove(["s0000"]) == ["s0000"]
