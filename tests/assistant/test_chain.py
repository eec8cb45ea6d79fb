from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant import Answer, Assistant, build_checker, build_language
from assistant.checking.checker import Support
from retrieval import ArticleNotFound

QUESTION = "衡阳市有多少注册志愿者?"


def timeless(answer: Answer) -> Answer:
    return answer.model_copy(update={"elapsed_ms": 0})


class TestAssistant:
    def test_gives_articles(self, answering):
        article = answering.article("hengyang")
        assert (article.title, article.published) == ("衡阳市志愿服务走深走实", "2025-03-09")
        assert article.text.startswith("截至2024年12月")

    def test_does_not_know_other_articles(self, answering):
        with pytest.raises(ArticleNotFound, match="没有"):
            answering.article("yueyang")

    def test_over_an_empty_folder_says_what_to_do(self, data_dir):
        with Assistant.open(data_dir) as empty:
            answer = empty.ask(QUESTION)
            assert (answer.status, answer.citations) == ("abstained", ())
            assert "jushi ingest" in answer.text
            assert empty.ask("你好").status == "smalltalk"

    def test_answers_several_threads_alike(self, answering):
        questions = [QUESTION, "襄阳有多少专职网格员?", "泸州有多少社区工作者?"] * 3
        with ThreadPoolExecutor(3) as pool:
            together = [timeless(a) for a in pool.map(answering.ask, questions)]
        assert together == [timeless(answering.ask(q)) for q in questions]

    def test_sees_what_is_ingested_and_removed(self, data_dir, tmp_path, language):
        path = tmp_path / "yueyang.txt"
        path.write_text("岳阳市志愿服务观察\n\n2024年,岳阳市注册志愿者31万人。\n", encoding="utf-8")
        with Assistant.open(data_dir) as growing:
            list(growing.library.ingest([path]))
            assert growing.ask("岳阳有多少注册志愿者?").short_answer == "31万人"
            growing.library.remove(["yueyang"])
            assert growing.ask("岳阳有多少注册志愿者?").status == "abstained"


class TestRunnable:
    def test_is_one_of_langchain(self, answering):
        assert isinstance(answering.as_runnable(), Runnable)

    def test_invoke_is_ask(self, answering):
        assert timeless(answering.as_runnable().invoke({"question": QUESTION})) == timeless(
            answering.ask(QUESTION)
        )

    def test_takes_history_and_scope(self, answering):
        chain = answering.as_runnable()
        first = chain.invoke({"question": QUESTION, "history": []})
        second = chain.invoke({"question": "那襄阳呢?", "history": [(QUESTION, first)]})
        assert second.short_answer == "超48万余人"
        assert chain.invoke({"question": QUESTION, "scope": ["luzhou"]}).status == "abstained"

    def test_batch_keeps_the_order(self, answering):
        answers = answering.as_runnable().batch([
            {"question": QUESTION},
            {"question": ""},
            {"question": "襄阳有多少专职网格员?"},
        ])
        assert [a.short_answer for a in answers] == ["约62万人", "", "1236名"]

    def test_streams_and_composes(self, answering):
        *_, last = answering.as_runnable().stream({"question": QUESTION})
        assert last.short_answer == "约62万人"
        chain = answering.as_runnable() | RunnableLambda(lambda answer: answer.short_answer)
        assert chain.invoke({"question": QUESTION}) == "约62万人"


class TestRetriever:
    def test_is_one_of_langchain(self, answering):
        assert isinstance(answering.as_retriever(), BaseRetriever)

    def test_gives_documents_with_their_place(self, answering):
        found = answering.as_retriever(k=3).invoke("衡阳注册志愿者")
        assert 1 <= len(found) <= 3
        assert all(isinstance(d, Document) for d in found)
        for document in found:
            about = document.metadata
            text = answering.article(about["article_id"]).text
            assert document.page_content == text[about["start"] : about["end"]]
        assert found[0].metadata["article_id"] == "hengyang"
        assert found[0].metadata["title"] == "衡阳市志愿服务走深走实"

    def test_k_is_a_limit(self, answering):
        assert len(answering.as_retriever(k=1).invoke("志愿者")) == 1


class TestParts:
    def test_checker_is_built_of_itself(self):
        assert build_checker().check("志愿者约62万人。", [Support("全市志愿者约62万人。")]) == ()

    def test_language_is_built_of_itself(self, language):
        text = "衡阳市有多少志愿者?"
        assert build_language().words(text) == language.words(text)


def test_what_opening_loads_is_no_garbage_until_it_closes(tmp_path):
    import gc

    before = gc.get_threshold()
    with Assistant.open(tmp_path / "data"):
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() != before
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)
