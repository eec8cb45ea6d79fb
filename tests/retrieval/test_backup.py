"""Backup while others read, restore elsewhere: the same answers, and nothing is overwritten."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings

from retrieval.backup import back_up, restore
from retrieval.errors import LibraryError, LibraryTooNew
from retrieval.library import Library
from retrieval.locking import write_lock
from retrieval.models import Hit, Query


def opened(folder: Path) -> Library:
    return Library.open(folder, embeddings=CharacterEmbeddings())


def answers(library: Library) -> list[list[Hit]]:
    return [library.search(Query(text=text)) for text in ("骑手驿站", "志愿者", "专职网格员有多少")]


@pytest.fixture
def library(data_dir: Path, tmp_path: Path) -> Library:
    made = opened(data_dir)
    for name, text in (
        ("青禾.md", invented.QINGHE),
        ("兰桥.md", invented.LANQIAO),
        ("栖霞.txt", invented.numbered(3)),
    ):
        invented.write(tmp_path / "in", name, text)
    assert len(list(made.ingest([tmp_path / "in"]))) == 3
    return made


def test_restored_elsewhere_it_gives_the_same_answers(
    library: Library, data_dir: Path, tmp_path: Path
) -> None:
    invented.write(data_dir, "lexicon.txt", "暖蜂驿站\n")
    with closing(sqlite3.connect(data_dir / "conversations.sqlite3")) as other, other:
        other.execute("CREATE TABLE said (text)")
        other.execute("INSERT INTO said VALUES ('你好')")
    target = tmp_path / "备份.zip"
    before = answers(library)
    assert back_up(data_dir, target) == 3  # the library is open all the while
    library.remove(["青禾"])
    library.close()
    place = tmp_path / "elsewhere"
    assert restore(target, place) == 3
    with opened(place) as again:
        assert again.check().ok
        assert answers(again) == before
        assert again.original("青禾") is not None
        assert "暖蜂驿站" in again.tokenizer.tokens("暖蜂驿站")
    with closing(sqlite3.connect(place / "conversations.sqlite3")) as other:
        assert other.execute("SELECT text FROM said").fetchall() == [("你好",)]
    assert not [
        path.name for path in tmp_path.iterdir() if "unfinished" in path.name or "restoring" in path.name
    ]


def test_nothing_is_overwritten(library: Library, data_dir: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    back_up(data_dir, target)
    with pytest.raises(LibraryError, match="已经有文件"):
        restore(target, data_dir)
    assert answers(library)[0][0].article_id == "青禾"
    library.close()


def test_a_broken_backup_makes_no_library(library: Library, data_dir: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    back_up(data_dir, target)
    library.close()
    content = target.read_bytes()
    place = tmp_path / "elsewhere"
    for broken in (
        content[: len(content) // 2],
        b"",
        content.replace(b"library.sqlite3", b"library.sqlite4", 1),
    ):
        target.write_bytes(broken)
        with pytest.raises(LibraryError, match="备份"):
            restore(target, place)
        assert not place.exists()
    with pytest.raises(LibraryError, match="找不到"):
        restore(tmp_path / "nothing.zip", place)
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("jushi-backup.json", '{"format": 99, "schema": 1, "files": {}}')
    with pytest.raises(LibraryTooNew):
        restore(target, place)
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("jushi-backup.json", '{"format": 1, "schema": 1, "files": {"../escaped": ""}}')
    with pytest.raises(LibraryError, match="不是完整"):
        restore(target, place)
    assert not (tmp_path / "escaped").exists()


def test_there_must_be_a_library_and_it_must_be_left_alone(data_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="没有资料库"):
        back_up(tmp_path, tmp_path / "b.zip")
    opened(data_dir).close()
    with pytest.raises(LibraryError, match="换一个位置"):
        back_up(data_dir, data_dir / "b.zip")


def test_a_backup_waits_for_the_writer(
    library: Library, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.backup._PATIENCE", 0.0)
    with write_lock(data_dir), pytest.raises(LibraryError, match="正在写入"):
        back_up(data_dir, tmp_path / "b.zip")
    library.close()
