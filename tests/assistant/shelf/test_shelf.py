from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from qinghe import FakeLibrary

from assistant.shelf.listing import Wanted, choices, listed
from assistant.shelf.mending import edit_of
from assistant.shelf.pasted import Pasted, objection, prefill
from assistant.shelf.receiving import TOO_LARGE, UPLOADS, Receiver
from retrieval import ArticleMeta, Library, LibraryLocked

TEXT = "青溪镇新建驿站\n青溪日报记者 张三\n2025年3月9日\n全镇新建驿站12座，有志愿者340名。\n".encode()


@pytest.fixture
def receiver(tmp_path: Path) -> Receiver:
    return Receiver(FakeLibrary(), tmp_path)


@pytest.fixture
def library_of() -> Callable[[Receiver], FakeLibrary]:
    return lambda receiver: receiver._library


def kept(tmp_path: Path) -> list[str]:
    folder = tmp_path / UPLOADS
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


class TestReceiving:
    def test_a_file_is_taken_in_under_its_own_name(self, receiver, tmp_path):
        (result,) = receiver.receive("C:\\材料\\青溪.txt", TEXT)
        assert (result.result, result.path, result.article_id) == ("added", "青溪.txt", "青溪")
        assert kept(tmp_path) == []

    @pytest.mark.parametrize(("name", "content"), [("坏.exe", b"x"), ("空.txt", b""), ("坏.jsonl", b"{")])
    def test_what_is_refused_leaves_nothing_behind(self, receiver, tmp_path, name, content):
        (result,) = receiver.receive(name, content)
        assert result.result == "rejected"
        assert result.reason
        assert kept(tmp_path) == []

    def test_a_file_too_large_is_not_even_looked_at(self, receiver, monkeypatch):
        monkeypatch.setattr("assistant.shelf.receiving.MOST_BYTES", 3)
        assert receiver.receive("a.txt", TEXT)[0].reason == TOO_LARGE

    def test_nothing_is_written_outside_its_folder(self, receiver, tmp_path, library_of):
        receiver.receive("../../outside.txt", TEXT)
        receiver.receive("/etc/passwd.txt", TEXT)
        assert sorted(library_of(receiver).held) == ["outside", "passwd", "qinghe"]
        assert [path.name for path in tmp_path.iterdir()] == [UPLOADS]

    def test_the_same_name_again_is_an_update_and_what_is_known_can_be_put_right(self, tmp_path, data_dir):
        with Library.open(data_dir) as library:
            receiver = Receiver(library, tmp_path)
            receiver.receive("青溪.txt", TEXT)
            (again,) = receiver.receive("青溪.txt", TEXT + "又建3座。".encode())
            assert again.result == "updated"
            receiver.edit("青溪", edit_of({"title": "新题", "topics": "志愿、驿站"}))
            (meta,) = library.articles()
            assert (meta.title, meta.topics, meta.source) == ("新题", ("志愿", "驿站"), "青溪.txt")
            assert receiver.remove("青溪")
            assert not receiver.remove("青溪")
            assert library.articles() == []
        assert kept(tmp_path) == []

    def test_it_waits_for_another_program_that_is_writing(self, receiver, monkeypatch, library_of):
        library, tries = library_of(receiver), []

        def ingest(paths: object, **_: object) -> object:
            tries.append(paths)
            if len(tries) < 3:
                raise LibraryLocked("锁着。")
            return iter([])

        monkeypatch.setattr(library, "ingest", ingest)
        monkeypatch.setattr("assistant.shelf.receiving._PAUSE", 0)
        assert receiver.receive("a.txt", TEXT) == []
        assert len(tries) == 3


class TestPasted:
    def test_what_the_text_says_of_itself_is_filled_in(self):
        found = prefill(TEXT.decode())
        assert (found.title, found.publisher, found.published) == ("青溪镇新建驿站", "青溪日报", "2025-03-09")

    def test_it_is_kept_with_what_was_filled_in(self, tmp_path, data_dir):
        given = Pasted(title=" 题: “一”/二 ", publisher="某报", published="2025-03", text="正文写在这里。\n")
        with Library.open(data_dir) as library:
            assert Receiver(library, tmp_path).paste(given).result == "added"
            (meta,) = library.articles()
        assert (meta.title, meta.publisher, meta.published) == ("题: “一”/二", "某报", "2025-03")

    @pytest.mark.parametrize(
        ("given", "objected"),
        [
            (Pasted(title="题", text="文"), ""),
            (Pasted(title="题", text=" "), "正文"),
            (Pasted(text="文"), "标题"),
            (Pasted(title="题", text="文", published="昨天"), "日期"),
            (Pasted(title="题", text="文", published="2025-13"), "日期"),
        ],
    )
    def test_what_cannot_be_kept_is_said(self, given, objected):
        assert objected in objection(given)
        assert bool(objection(given)) is bool(objected)


METAS = [
    ArticleMeta(
        article_id="a", title="甲报告", publisher="青禾日报", published="2025-03-09", region="丰原省青禾市"
    ),
    ArticleMeta(
        article_id="b",
        title="乙通知",
        publisher="丰原日报",
        published="2024",
        region="丰原省",
        topics=("减负",),
    ),
    ArticleMeta(article_id="c"),
]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), "abc"),
        (Wanted(order="oldest"), "bac"),
        (Wanted(order="title"), "cba"),
        (Wanted(order="publisher"), "bac"),
        (Wanted(words="报告 青禾"), "a"),
        (Wanted(region="丰原省"), "ab"),
        (Wanted(publisher="丰原日报"), "b"),
        (Wanted(year="2025"), "a"),
        (Wanted(topic="减负"), "b"),
        (Wanted(topic="减负", year="2025"), ""),
    ],
)
def test_listing(wanted, ids):
    assert "".join(meta.article_id for meta in listed(METAS, wanted)) == ids


def test_choices_count_articles():
    assert choices(METAS)["publisher"] == [("丰原日报（1篇）", "丰原日报"), ("青禾日报（1篇）", "青禾日报")]
    assert choices(METAS)["topic"] == [("减负（1篇）", "减负")]
