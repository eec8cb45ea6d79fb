from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from qinghe import ARTICLE, FakeAssistant, FakeLibrary

from assistant import Assistant
from assistant.attachments.answering import Answering
from assistant.attachments.overlay import Overlay
from assistant.attachments.receiving import TOO_MANY, Attaching
from assistant.attachments.store import AttachmentStore, is_attachment
from assistant.conversations.records import Conversation
from assistant.conversations.store import FILE, ConversationStore
from assistant.conversations.talk import converse
from assistant.scoping import Scope
from retrieval import Article, ArticleNotFound, Query

OWN = Article(article_id="own", title="青溪镇总结", text="青溪镇新建驿站12座。全镇现有注册志愿者3460名。")


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[ConversationStore]:
    opened = ConversationStore(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def store(talks: ConversationStore, tmp_path: Path) -> Iterator[AttachmentStore]:
    opened = AttachmentStore(tmp_path)
    yield opened
    opened.close()


class TestStore:
    def test_only_the_owner_sees_an_attachment(self, talks, store):
        key = talks.save("a", Conversation(title="甲")).conversation_id
        attached = store.add("a", key, "总结.docx", OWN)
        assert is_attachment(attached.article_id)
        assert store.of("a", key) == (attached,)
        assert store.article("a", attached.article_id).text == OWN.text
        assert store.of("b", key) == ()
        assert store.article("b", attached.article_id) is None
        assert not store.remove("b", attached.article_id)
        assert store.add("b", key, "x", OWN) is None

    def test_it_goes_with_its_conversation(self, talks, store, tmp_path):
        key = talks.save("a", Conversation(title="甲")).conversation_id
        store.add("a", key, "总结.docx", OWN)
        talks.delete("a", key)
        with sqlite3.connect(tmp_path / FILE) as raw:
            assert raw.execute("SELECT count(*) FROM attachment").fetchone() == (0,)

    def test_it_is_removed(self, talks, store):
        key = talks.save("a", Conversation(title="甲")).conversation_id
        attached = store.add("a", key, "总结.docx", OWN)
        assert store.remove("a", attached.article_id)
        assert store.articles("a", key) == ()


class TestOverlay:
    @pytest.fixture
    def overlay(self) -> Overlay:
        return Overlay(FakeLibrary(), [OWN], lambda text: list(text))

    def test_both_are_found_and_read(self, overlay):
        hits = overlay.search(Query(text="志愿者3460名"))
        assert [hit.article_id for hit in hits] == ["own", "qinghe"]
        assert overlay.article("own") == OWN
        assert overlay.article("qinghe") == ARTICLE
        assert overlay.sentences("own")[0].text == "青溪镇新建驿站12座。"
        assert [meta.article_id for meta in overlay.articles()] == ["qinghe", "own"]
        with pytest.raises(ArticleNotFound):
            overlay.article("nowhere")

    @pytest.mark.parametrize("wanted", [{"own"}, {"qinghe"}, {"own", "qinghe"}, set()])
    def test_a_scope_holds_for_both(self, overlay, wanted):
        hits = overlay.search(Query(text="志愿者", scope=frozenset(wanted)))
        assert {hit.article_id for hit in hits} == wanted

    def test_what_has_no_word_of_the_question_is_no_hit(self, overlay):
        assert [hit.article_id for hit in overlay.search(Query(text="xyz"))] == ["qinghe"]

    def test_anything_else_is_asked_of_the_library(self, overlay):
        assert overlay.ever_held


class TestAttaching:
    def attach(self, talks, store, name, content, key=""):
        return Attaching(talks, store).attach("a", key, name, content)

    def test_the_first_file_begins_a_conversation(self, talks, store):
        key, (result,) = self.attach(talks, store, "总结.txt", OWN.text.encode())
        assert result.result == "added"
        assert talks.load("a", key).title == "总结.txt"
        assert [one.text for one in store.articles("a", key)] == [OWN.text]

    def test_what_is_refused_begins_none(self, talks, store):
        key, (result,) = self.attach(talks, store, "坏.exe", b"x")
        assert (key, result.result) == ("", "rejected")
        assert talks.summaries("a") == []

    def test_there_is_a_limit(self, talks, store, monkeypatch):
        key, _ = self.attach(talks, store, "总结.txt", OWN.text.encode())
        monkeypatch.setattr("assistant.attachments.receiving.MOST_ATTACHED", 1)
        assert self.attach(talks, store, "b.txt", b"xx\xe3\x80\x82", key)[1][0].reason == TOO_MANY


def test_a_question_in_the_conversation_is_answered_from_it(
    answering: Assistant, talks: ConversationStore, store: AttachmentStore
) -> None:
    key, _ = Attaching(talks, store).attach("a", "", "总结.txt", OWN.text.encode())
    chosen = Answering(answering, store)
    question = "青溪镇有多少注册志愿者？"
    answer = chosen.assistant_for("a", key).ask(question)
    assert answer.short_answer == "3460名"
    assert is_attachment(answer.citations[0].article_id)
    assert chosen.assistant_for("a", key) is chosen.assistant_for("a", key)
    for other in (chosen.assistant_for("b", key), chosen.assistant_for("a", "")):
        assert other is answering
        assert "3460" not in other.ask(question).text


def test_no_scope_leaves_an_attachment_out(assistant: FakeAssistant) -> None:
    scope = Scope(years=("1999",))
    list(converse(assistant, Conversation(), "志愿者", scope, frozenset({"own"})))
    assert assistant.asked[-1][2] == {"own"}
