from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.errors import LibraryError
from retrieval.models import Article
from retrieval.preparing import make_chunks
from retrieval.rows import Origin
from retrieval.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


def write(store: Store, article_id: str, text: str, state: str = "ready") -> Article:
    article = Article(article_id=article_id, text=text, content_hash=f"hash of {text}", title="题")
    with store.transaction():
        store.write_article(article, f"/{article_id}")
        store.write_chunks(article_id, make_chunks(article_id, text))
        store.write_origin(
            Origin(origin=f"/{article_id}", article_id=article_id, alias=article_id, content_hash="")
        )
        store.set_state([article_id], "ready" if state == "ready" else "pending")
    return article


TEXT = "# 题🙂\r\n\r\n𠮷祥社区有志愿者12.5万人🙂。\r\n它建成驿站3个。\r\n## 下节\r\n完。"


def test_text_comes_back_as_it_was(store: Store) -> None:
    assert store.article("甲") is None
    assert write(store, "甲", TEXT) == store.article("甲")


def test_chunks_come_back_as_they_were(store: Store) -> None:
    """Offsets count code points: characters beyond the basic plane must not shift them."""
    write(store, "甲#1", TEXT)
    chunks = make_chunks("甲#1", TEXT)
    assert store.chunks_of("甲#1") == list(chunks)
    assert store.chunks([chunk.chunk_id for chunk in chunks]) == {chunk.chunk_id: chunk for chunk in chunks}
    assert store.chunks(["甲#1#99", "没有#0", "甲#x", ""]) == {}
    assert store.totals() == (1, len(chunks))


def test_a_transaction_that_fails_writes_nothing(store: Store) -> None:
    write(store, "甲", TEXT)
    with pytest.raises(ZeroDivisionError):
        write_and_fail(store)
    assert (store.get("key"), store.revision, store.written_revision) == ("", 0, 0)
    assert store.article("甲") is not None


def write_and_fail(store: Store) -> None:
    with store.transaction():
        store.put("key", "value")
        store.bump_revision()
        store.drop_articles(["甲"])
        raise ZeroDivisionError


def test_the_revision_grows_and_others_see_it(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path)
    with store.transaction():
        store.bump_revision()
    assert (store.revision, store.written_revision) == (1, 1)
    assert (other.revision, other.written_revision) == (1, 0)
    with other.transaction():
        other.bump_revision()
    assert (store.revision, store.written_revision) == (2, 1)
    other.close()


def test_only_ready_articles_are_read(store: Store) -> None:
    write(store, "甲", TEXT, state="pending")
    write(store, "乙", "正文。")
    assert store.article("甲") is None
    assert store.resolve("甲") == ""
    assert [meta.article_id for meta in store.metas()] == store.ready_ids() == ["乙"]
    assert store.chunks(["甲#0", "乙#0"]).keys() == {"乙#0"}
    assert [held.article_id for held in store.unfinished()] == ["甲"]


def test_writing_an_article_again_replaces_its_chunks(store: Store) -> None:
    write(store, "甲", TEXT)
    write(store, "甲", "短了。")
    assert [chunk.text for chunk in store.chunks_of("甲")] == ["短了。"]
    assert store.totals() == (1, 1)


def test_aliases_lead_to_the_article(store: Store) -> None:
    write(store, "甲", TEXT)
    with store.transaction():
        store.write_origin(Origin(origin="/乙", article_id="甲", alias="乙", content_hash=""))
    assert (store.resolve("乙"), store.also_of(["甲"])) == ("甲", {"甲": ("乙",)})
    assert [meta.also for meta in store.metas()] == [("乙",)]
    assert store.id_is_taken("乙", by_other_than="/丙")
    assert not store.id_is_taken("乙", by_other_than="/乙")
    with store.transaction():
        assert store.drop_alias("乙")
        assert not store.drop_alias("甲")
    assert store.resolve("乙") == ""


def test_a_closed_store_is_a_library_error(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(LibraryError):
        store.get("revision")


def test_briefs_are_of_the_same_articles_as_metas(store: Store) -> None:
    for name, state in (("乙", "ready"), ("甲", "ready"), ("丙", "pending")):
        write(store, name, TEXT, state)
    assert [(b.article_id, b.region, b.title) for b in store.briefs()] == [
        (m.article_id, m.region, m.title) for m in store.metas()
    ]
    assert len(store.briefs()) == 2
