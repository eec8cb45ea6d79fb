from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from qinghe import ARTICLE, QUOTE, FakeAssistant

from assistant.app.conversation import Conversation, View, before_last, break_down, converse, showing, stop
from assistant.app.examples import (
    Example,
    Examples,
    example_questions,
    figure_examples,
    term_examples,
    verified,
)
from assistant.app.server import build_app
from retrieval import Article, LibraryLocked

QUESTION = "青禾市有多少注册志愿者?"


def last(views: Iterator[View]) -> View:
    *_, view = views
    return view


class TestConversation:
    def test_statements_show_before_the_whole_answer(self, assistant):
        views = list(converse(assistant, Conversation(), QUESTION))
        assert [view.busy for view in views] == [True, True, False]
        assert "正在查找" in views[1].latest
        assert QUOTE in views[1].latest
        assert "有据" in views[-1].latest
        assert f'<mark id="quote">{QUOTE}</mark>' in (views[-1].panel or "")

    def test_history_is_question_and_answer_pairs(self, assistant):
        first = last(converse(assistant, Conversation(), QUESTION))
        second = last(converse(assistant, first.conversation, "去年呢"))
        ((question, answer),) = assistant.asked[-1][1]
        assert (question, answer.status) == (QUESTION, "grounded")
        assert "3.2万名" in second.past
        assert "去年呢" in second.latest

    def test_a_failure_is_said_and_not_part_of_the_history(self, assistant):
        assistant.failure = LibraryLocked("另一个程序正在写入<库>。")
        view = last(converse(assistant, Conversation(), QUESTION))
        assert "另一个程序正在写入&lt;库&gt;。" in view.latest
        assert view.conversation.history == ()
        assert not view.busy

    def test_an_empty_question_shows_the_assistant_s_own_words(self, assistant):
        assert "问题是空的" in last(converse(assistant, Conversation(), "  ")).latest

    def test_stopping_keeps_the_question(self, assistant):
        view = next(converse(assistant, Conversation(), QUESTION))
        stopped = stop(view.conversation)
        assert "已停止" in stopped.latest
        assert not stopped.busy
        assert before_last(stopped.conversation) == (Conversation(), QUESTION)

    def test_a_fault_of_the_program_is_said(self, assistant):
        view = break_down(next(converse(assistant, Conversation(), QUESTION)).conversation)
        assert "程序内部出错" in view.latest
        assert not view.busy

    def test_stopping_when_nothing_runs_changes_nothing(self, assistant):
        view = last(converse(assistant, Conversation(), QUESTION))
        assert stop(view.conversation) == showing(view.conversation)

    def test_asking_again_replaces_the_last_answer(self, assistant):
        first = last(converse(assistant, Conversation(), QUESTION))
        second = last(converse(assistant, first.conversation, "去年呢"))
        earlier, question = before_last(second.conversation)
        assert (earlier, question) == (first.conversation, "去年呢")
        assert before_last(Conversation()) == (Conversation(), "")


@pytest.fixture
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    async def build() -> FastAPI:  # inside a running loop, or Gradio opens loops that nothing closes
        return build_app(assistant)

    with TestClient(asyncio.run(build())) as opened:
        yield opened


class TestServer:
    def test_health(self, client):
        assert client.get("/healthz").json() == {"status": "ok"}

    def test_an_article_s_page_marks_the_span_and_allows_no_script(self, client):
        start = ARTICLE.text.index(QUOTE)
        page = client.get(f"/article/qinghe?start={start}&end={start + len(QUOTE)}")
        assert f'<mark id="quote">{QUOTE}</mark>' in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "color" in client.get("/style.css").text

    def test_an_unknown_article_is_404(self, client):
        assert client.get("/article/nowhere").status_code == 404

    def test_foreign_host_names_are_refused(self, client):
        assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400
        assert client.get("/healthz", headers={"Host": "[::1]:7860"}).status_code == 200

    def test_what_gradio_would_report_is_off(self, client):
        config = client.get("/config").json()
        assert config["analytics_enabled"] is False
        assert client.get("/monitoring").status_code in {403, 404}
        assert client.get("/gradio_api/runs").status_code == 404
        assert client.get("/gradio_api/info").json()["named_endpoints"] == {}

    def test_the_page_names_no_other_host(self, client):
        page = client.get("/").text
        assert "据实" in page
        assert "fonts.googleapis.com" not in page
        assert "cdnjs" not in page


class TestExamples:
    TEXT = "全市现有注册志愿者3.2万名,社区派单。配备社区工作者18名。\n\n## “邻里帮”怎么做\n\n全市有5个和。\n"

    def test_they_are_made_from_figures_and_headings(self, library):
        library.held = {"a": Article(article_id="a", region="丰原省青禾市", text=self.TEXT)}
        assert [e.question for e in figure_examples(library)] == ["青禾市有多少注册志愿者？"]
        assert [e.question for e in term_examples(library)] == ["“邻里帮”指的是什么？"]
        assert len(example_questions(library)) == 2

    def test_no_region_no_figure_example(self, library):
        library.held = {"a": Article(article_id="a", text=self.TEXT)}
        assert figure_examples(library) == []

    def test_only_those_answered_with_their_figure_are_kept(self, assistant):
        tried = [Example(QUESTION, "32000"), Example(QUESTION, "5"), Example("天气"), Example("志愿者")]
        assert verified(assistant, tried, 4) == [QUESTION, "志愿者"]

    def test_they_are_verified_in_the_background(self, assistant):
        assert Examples(assistant).questions() == ["青禾市有多少注册志愿者？"]

    def test_a_failing_library_gives_none(self, assistant):
        assistant.failure = LibraryLocked("锁着。")
        assert Examples(assistant).questions() == []
