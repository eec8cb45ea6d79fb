"""What people do besides ingest: paste, put right, mirror a folder, get originals back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import invented
import made_files
import pytest
from index_fakes import CharacterEmbeddings, ingest

from retrieval import schema
from retrieval.errors import ArticleNotFound, ArticleUnreadable
from retrieval.library import Library
from retrieval.models import ArticleMeta, Query


def test_an_edit_is_found_and_outlives_a_new_reading(library: Library, folder: Path) -> None:
    ingest(library, folder)
    meta = library.edit(
        "青禾", title="志愿服务新篇", published="2024年7月1日", topics="志愿服务、治理", region=""
    )
    assert (meta.title, meta.published, meta.topics) == ("志愿服务新篇", "2024-07-01", ("志愿服务", "治理"))
    assert library.search(Query(text="志愿服务新篇"))[0].article_id == "青禾"
    assert [result.result for result in ingest(library, folder)] == ["unchanged", "unchanged"]
    invented.write(folder, "青禾.md", invented.QINGHE + "又有新进展。\n")
    assert [result.result for result in ingest(library, folder)] == ["unchanged", "updated"]
    assert library.article("青禾").title == "志愿服务新篇"
    library.remove(["青禾"])
    ingest(library, folder)
    assert library.article("青禾").title == "青禾市志愿服务走深走实"


def test_an_edit_that_cannot_be_kept(library: Library, folder: Path) -> None:
    ingest(library, folder)
    before = library.revision
    with pytest.raises(ArticleUnreadable, match="不是日期"):
        library.edit("青禾", published="去年")
    with pytest.raises(ArticleUnreadable, match="没有“author”"):
        library.edit("青禾", author="甲")  # type: ignore[call-arg]
    with pytest.raises(ArticleNotFound):
        library.edit("无此篇", title="甲")
    assert library.revision == before


def test_a_pasted_text_is_an_article(library: Library) -> None:
    added = library.add_text("青禾见闻", invented.QINGHE, publisher="青禾日报", published="2024/6/30")
    assert (added.result, added.article_id) == ("added", "青禾见闻")
    article = library.article("青禾见闻")
    assert (article.text, article.publisher, article.published) == (invented.QINGHE, "青禾日报", "2024-06-30")
    assert library.original("青禾见闻") is None
    assert (
        library.add_text("青禾见闻", invented.QINGHE, publisher="青禾日报", published="2024/6/30").result
        == "unchanged"
    )
    other = library.add_text("青禾见闻", invented.LANQIAO)
    assert other.article_id.startswith("青禾见闻-")
    assert "密级" in library.add_text("某通知", "机密★\n\n正文").reason
    assert "--allow-internal" in library.add_text("某通知", "内部资料\n\n正文").reason
    assert library.add_text("某通知", "内部资料\n\n正文。", allow_internal=True).result == "added"
    assert "不是日期" in library.add_text("某", "正文。", published="某日").reason
    assert library.add_text("某", "  \n").result == "rejected"


def test_the_original_file_is_kept(library: Library, tmp_path: Path) -> None:
    path = made_files.make_docx(tmp_path / "青禾.docx")
    raw = path.read_bytes()
    ingest(library, path)
    path.unlink()
    kept = library.original("青禾")
    assert kept is not None
    assert (kept.read_bytes(), kept.suffix, library.original_name("青禾")) == (raw, ".docx", "青禾.docx")
    kept.write_bytes(raw[:-1] + b"?")
    assert library.original("青禾") is None  # no longer what it was
    library.remove(["青禾"])
    assert not kept.exists()


def test_originals_follow_updates_and_duplicates(library: Library, folder: Path, tmp_path: Path) -> None:
    ingest(library, folder)
    first = library.original("青禾")
    assert first is not None
    copy = invented.write(tmp_path / "b", "另名.md", invented.QINGHE)
    ingest(library, copy)
    assert (library.original("另名"), library.original_name("另名")) == (first, "另名.md")
    invented.write(folder, "青禾.md", invented.QINGHE + "改。\n")
    ingest(library, folder)
    second = library.original("青禾")
    assert second is not None
    assert second.read_text(encoding="utf-8").endswith("改。\n")
    assert not first.exists()


def test_no_byte_of_a_secret_is_stored(library: Library, tmp_path: Path, data_dir: Path) -> None:
    path = made_files.make_docx(tmp_path / "文.docx", header="机密★10年")
    (result,) = ingest(library, path)
    assert "密级" in result.reason
    assert not list((data_dir / "originals").glob("*/*"))
    assert library.articles() == []


def test_what_left_the_folder_leaves_the_library(library: Library, folder: Path, tmp_path: Path) -> None:
    invented.write_series(folder, 3)
    copy = invented.write(tmp_path / "b", "青禾.md", invented.QINGHE)
    ingest(library, folder, copy)
    (folder / "青禾.md").unlink()
    (folder / "兰桥.md").unlink()
    invented.write_series(folder, 2)
    gone = library.departed(folder, ingest(library, folder))
    assert [Path(origin).name for origin in gone] == ["series.jsonl#s0002", "兰桥.md", "青禾.md"]
    assert library.forget(gone) == 2
    # 青禾 is still there under its other path, and nobody else may take its id.
    assert [meta.article_id for meta in library.articles()] == ["s0000", "s0001", "青禾"]
    (taken,) = ingest(library, invented.write(tmp_path / "c", "青禾.md", "另一篇正文，写别的事。"))
    assert taken.article_id.startswith("青禾-")
    assert library.departed(folder, ingest(library, folder)) == []


def test_a_broken_file_does_not_lose_what_came_of_it(library: Library, folder: Path) -> None:
    path = invented.write_series(folder, 2)
    ingest(library, folder)
    path.write_bytes(b"\x00" * 100)
    assert library.departed(folder, ingest(library, folder)) == []


def test_attachments_lie_in_a_library_of_their_own(library: Library, folder: Path) -> None:
    ingest(library, folder / "兰桥.md")
    place = library.private_folder("张三/会话 1")
    with Library.open(place, embeddings=CharacterEmbeddings()) as private:
        ingest(private, folder / "青禾.md")
        assert private.search(Query(text="骑手驿站"))[0].article_id == "青禾"
    assert [meta.article_id for meta in library.articles()] == ["兰桥"]
    library.drop_private("张三/会话 1")
    assert not place.exists()


@pytest.mark.parametrize("version", [1, 2])
def test_a_library_of_an_older_format_is_migrated_with_a_copy_kept(
    data_dir: Path, folder: Path, version: int
) -> None:
    text = invented.LANQIAO
    with closing(older_library(data_dir, version)) as connection, connection:
        digest = sha256(text.encode("utf-8")).hexdigest()
        meta = ArticleMeta(article_id="兰桥", content_hash=digest).model_dump_json()
        values = ("兰桥", "/兰桥.md", "ready", digest, meta, 1, text)
        connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        connection.execute("INSERT INTO chunk VALUES ('兰桥', 0, 0, ?, '', 0, 3)", (len(text),))
    with Library.open(data_dir, embeddings=CharacterEmbeddings()) as opened:
        assert opened.article("兰桥").text == text
        assert opened.search(Query(text="专职网格员"))[0].article_id == "兰桥"
        ingest(opened, folder / "青禾.md")
        assert opened.original("青禾") is not None
        assert opened.check().ok
    with closing(sqlite3.connect(data_dir / f"library.sqlite3.format-{version}")) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (version,)
        assert kept.execute("SELECT text FROM article").fetchall() == [(text,)]


def older_library(data_dir: Path, version: int) -> sqlite3.Connection:
    data_dir.mkdir()
    connection = sqlite3.connect(data_dir / "library.sqlite3")
    for number in range(1, version + 1):
        connection.executescript(schema.ADDED[number])
    connection.execute(f"PRAGMA user_version = {version}")
    return connection


def test_a_part_says_so_in_its_metadata(library: Library, tmp_path: Path) -> None:
    ingest(library, invented.write(tmp_path, "甲.txt", invented.QINGHE + "\n订阅后可查看全文(剩余80%)\n"))
    assert library.article("甲").incomplete == "订阅后可查看全文(剩余80%)"
    assert library.edit("甲", incomplete="").incomplete == ""
