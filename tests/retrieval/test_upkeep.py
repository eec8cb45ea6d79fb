"""Replay, checks, repair and rebuild: the stores are damaged on purpose and must be found out and mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings

from retrieval.errors import LibraryError, LibraryFull, LibraryLocked, LibraryReadOnly, LibraryTooNew
from retrieval.failures import library_error
from retrieval.index import Indexes
from retrieval.lexical import LexicalEntry
from retrieval.library import Library
from retrieval.locking import write_lock
from retrieval.models import Query
from retrieval.preparing import prepare_all
from retrieval.schema import FILE_NAME, SCHEMA_VERSION
from retrieval.tokens import Tokenizer
from retrieval.vectors import VectorEntry


class OtherEmbeddings(CharacterEmbeddings):
    fingerprint = "characters-2"


@pytest.fixture
def filled(data_dir: Path, tmp_path: Path) -> Path:
    """Returns the data folder of a closed library with three articles."""
    with opened(data_dir) as library:
        invented.write(tmp_path / "in", "青禾.md", invented.QINGHE)
        invented.write(tmp_path / "in", "兰桥.md", invented.LANQIAO)
        invented.write(tmp_path / "in", "栖霞.txt", invented.numbered(5))
        assert len(list(library.ingest([tmp_path / "in"]))) == 3
    return data_dir


def opened(data_dir: Path) -> Library:
    return Library.open(data_dir, embeddings=CharacterEmbeddings())


def sql(data_dir: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(data_dir / FILE_NAME)
    with connection:
        connection.execute(statement, values)
    connection.close()


def indexes_of(library: Library) -> Indexes:
    return library._keeper.current()


def assert_whole(library: Library) -> None:
    assert library.check().problems == ()
    assert [hit.article_id for hit in library.search(Query(text="骑手驿站318个", top_k=1))] == ["青禾"]


def test_what_is_pending_is_finished_on_opening(filled: Path) -> None:
    with opened(filled) as library:
        indexes_of(library).write(["青禾"], [])
    sql(filled, "UPDATE article SET state = 'pending' WHERE article_id = '青禾'")
    with opened(filled) as library:
        assert_whole(library)
        assert len(library.articles()) == 3


def test_a_half_indexed_article_is_finished_on_opening(filled: Path) -> None:
    with opened(filled) as library:
        indexes_of(library).lexical.replace(["青禾"], [])
    sql(filled, "UPDATE article SET state = 'pending' WHERE article_id = '青禾'")
    with opened(filled) as library:
        assert_whole(library)


def test_what_was_being_removed_is_gone_on_opening(filled: Path) -> None:
    sql(filled, "UPDATE article SET state = 'removing' WHERE article_id = '兰桥'")
    with opened(filled) as library:
        assert sorted(meta.article_id for meta in library.articles()) == ["栖霞", "青禾"]
        assert_whole(library)
        assert library.check().articles == 2


def test_a_reader_leaves_the_unfinished_to_the_writer(filled: Path) -> None:
    sql(filled, "UPDATE article SET state = 'pending' WHERE article_id = '青禾'")
    with write_lock(filled), opened(filled) as reader:
        assert len(reader.articles()) == 2
        assert "青禾" not in [hit.article_id for hit in reader.search(Query(text="骑手驿站318个"))]


def forget_in_lexical(library: Library) -> None:
    indexes_of(library).lexical.replace(["青禾"], [])


def forget_in_vectors(library: Library) -> None:
    indexes_of(library).vectors.replace(["青禾"], [])


def add_orphan(library: Library) -> None:
    entry = LexicalEntry(chunk_id="鬼#0", article_id="鬼", stamp="x", tokens=("骑手",))
    indexes_of(library).lexical.replace([], [entry])


def add_orphan_chunk(library: Library) -> None:
    entry = LexicalEntry(chunk_id="青禾#99", article_id="青禾", stamp="x", tokens=("骑手",))
    indexes_of(library).lexical.replace([], [entry])


def stale_stamp(library: Library) -> None:
    article, indexes = library.article("青禾"), indexes_of(library)
    changed = article.model_copy(update={"title": "改"})
    prepared = prepare_all(indexes.tokenizer, indexes.embeddings, [(changed, article.text)])
    indexes.write(["青禾"], prepared)


def another_vector(library: Library) -> None:
    [(_, rows)] = library._store.vectors_of("1", ["青禾"])
    index = indexes_of(library).vectors
    mark = index.stamps()["青禾#0"]
    index.replace([], [VectorEntry("青禾#0", "青禾", mark, rows[0][::-1])])


@pytest.mark.parametrize(
    "damage",
    [forget_in_lexical, forget_in_vectors, add_orphan, add_orphan_chunk, stale_stamp, another_vector],
)
def test_check_finds_and_repair_mends(filled: Path, damage: Callable[[Library], None]) -> None:
    with opened(filled) as library:
        damage(library)
        report = library.check()
        assert not report.ok
        assert "青禾" in report.problems[0] or "鬼" in report.problems[0]
        assert library.repair().ok
        assert_whole(library)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE body SET text = text || '尾' WHERE article_id = '青禾'",
        "UPDATE article SET content_hash = '0' WHERE article_id = '青禾'",
        "DELETE FROM chunk WHERE article_id = '青禾' AND number = 0",
    ],
)
def test_a_text_that_does_not_fit_is_found_and_mended(filled: Path, statement: str) -> None:
    with opened(filled) as library:
        sql(filled, statement)
        report = library.check()
        assert any("青禾" in problem for problem in report.problems)
        assert library.repair().ok
        assert_whole(library)


@pytest.mark.parametrize("damage", [forget_in_lexical, forget_in_vectors, add_orphan])
def test_opening_mends_indexes_whose_counts_differ(filled: Path, damage: Callable[[Library], None]) -> None:
    with opened(filled) as library:
        damage(library)
    with opened(filled) as library:
        assert_whole(library)


@pytest.mark.parametrize("name", ["lexical", "chroma"])
@pytest.mark.parametrize("how", ["gone", "garbled"])
def test_opening_rebuilds_an_index_that_is_lost(filled: Path, name: str, how: str) -> None:
    for path in sorted((filled / name).rglob("*"), reverse=True):
        if path.is_file() and how == "gone":
            path.unlink()
        elif path.name in {"meta.json", "chroma.sqlite3"}:
            path.write_bytes(b"garbled" * 1000)
    with opened(filled) as library:
        assert_whole(library)


def test_what_is_pending_is_finished_when_an_index_is_lost_too(filled: Path) -> None:
    sql(filled, "UPDATE article SET state = 'pending' WHERE article_id = '青禾'")
    (filled / "chroma" / "1" / "chroma.sqlite3").write_bytes(b"garbled" * 1000)
    with opened(filled) as library:
        assert_whole(library)
        assert len(library.articles()) == 3


def test_another_embedder_means_a_rebuild(filled: Path) -> None:
    with Library.open(filled, embeddings=OtherEmbeddings(8)) as library:
        assert_whole(library)
        assert "characters-2" in library._store.get("fingerprint")
        generations = [
            sorted(path.name for path in (filled / name).iterdir()) for name in ("lexical", "chroma")
        ]
        assert generations == [["2"], ["2"]]


def test_a_persons_lexicon_means_a_rebuild(filled: Path) -> None:
    invented.write(filled, "lexicon.txt", "暖蜂驿站\n")
    with opened(filled) as library:
        assert_whole(library)
        assert "暖蜂驿站" in library.tokenizer.tokens("暖蜂驿站")
        assert Tokenizer().version not in library._store.get("fingerprint")


def test_a_rebuild_that_must_wait_says_so(filled: Path) -> None:
    with write_lock(filled), pytest.raises(LibraryLocked, match="正在写入"):
        Library.open(filled, embeddings=OtherEmbeddings(8))


def test_a_rebuild_that_fails_leaves_all_as_it_was(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise LibraryFull("满了")

    with monkeypatch.context() as patch:
        patch.setattr(Indexes, "write", fail)
        with pytest.raises(LibraryFull):
            Library.open(filled, embeddings=OtherEmbeddings(8))
    with opened(filled) as library:
        assert_whole(library)


def test_a_newer_library_is_left_alone(filled: Path) -> None:
    sql(filled, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = {path: path.stat().st_mtime_ns for path in filled.rglob("*")}
    with pytest.raises(LibraryTooNew, match="升级"):
        opened(filled)
    assert {path: path.stat().st_mtime_ns for path in filled.rglob("*")} == before


def test_a_file_that_is_no_database_is_a_library_error(data_dir: Path) -> None:
    invented.write(data_dir, FILE_NAME, "这不是数据库" * 1000)
    with pytest.raises(LibraryError, match="资料库出错"):
        opened(data_dir)


def test_a_full_disk_keeps_what_was_stored(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def replace(self, *_: object) -> None:
            raise library_error(OSError(28, "No space left on device"), filled)

    with opened(filled) as library:
        path = invented.write(tmp_path, "新.txt", "新来的一篇文章。")
        with monkeypatch.context() as patch:
            patch.setattr(indexes_of(library).vectors, "replace", Full().replace)
            with pytest.raises(LibraryFull, match="腾出空间"):
                list(library.ingest([path]))
        assert len(library.articles()) == 3
        assert_whole_of_the_rest(library)
        assert [r.result for r in library.ingest([path])] == ["unchanged"]
        assert_whole(library)
        assert len(library.articles()) == 4


def assert_whole_of_the_rest(library: Library) -> None:
    assert library.search(Query(text="骑手驿站318个", top_k=1))[0].article_id == "青禾"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(28, "No space left on device"), LibraryFull),
        (sqlite3.OperationalError("database or disk is full"), LibraryFull),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), LibraryFull),
        (PermissionError(13, "Permission denied"), LibraryReadOnly),
        (OSError(30, "Read-only file system"), LibraryReadOnly),
        (sqlite3.OperationalError("attempt to write a readonly database"), LibraryReadOnly),
        (sqlite3.OperationalError("unable to open database file"), LibraryReadOnly),
        (sqlite3.DatabaseError("file is not a database"), LibraryError),
    ],
)
def test_failures_below_are_told_apart(error: Exception, kind: type[LibraryError], tmp_path: Path) -> None:
    told = library_error(error, tmp_path)
    assert type(told) is kind
    assert str(tmp_path) in str(told)
