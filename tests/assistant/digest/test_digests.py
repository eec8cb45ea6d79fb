"""Longer texts without a model: what is asked for, and that every sentence of them is cited and true."""

from __future__ import annotations

import doctest

import pytest

from assistant import Answer, Assistant
from assistant.digest import tasks
from assistant.digest.tasks import find_task


@pytest.mark.parametrize(
    ("text", "manner", "subject"),
    [
        ("概括一下青禾的志愿服务", "summary", "青禾的志愿服务"),
        ("请帮我总结青禾的物业党建做法。", "summary", "青禾的物业党建做法"),
        ("把青禾的做法概括成三句话", "summary", "青禾的做法"),
        ("写一份关于志愿服务的综述", "briefing", "志愿服务"),
        ("帮我写一篇成都社区治理情况的简报", "briefing", "成都社区治理"),
        ("起草关于网格员队伍建设的报告", "briefing", "网格员队伍建设"),
        ("整理一份青禾社会工作的汇报材料", "briefing", "青禾社会工作"),
        ("给我一句能用在材料里的关于青禾志愿者的话", "sentence", "青禾志愿者"),
        ("写一句话说明青禾减负成效,要能放进报告", "sentence", "青禾减负成效"),
    ],
)
def test_a_longer_text_is_told_from_its_wording(text: str, manner: str, subject: str) -> None:
    task = find_task(text)
    assert task is not None
    assert (task.manner, task.subject, task.this) == (manner, subject, False)


@pytest.mark.parametrize(
    "text", ["概括这篇文章", "这篇文章讲了什么?", "总结一下该文", "这篇报道的主要内容是什么?"]
)
def test_an_article_may_be_pointed_at(text: str) -> None:
    task = find_task(text)
    assert task is not None
    assert (task.manner, task.this, task.subject) == ("summary", True, "")


@pytest.mark.parametrize(
    "text",
    [
        "青禾有多少志愿者?", "青禾总结了哪些经验?", "会议总结了什么经验", "有多少篇报告?", "总结表彰大会什么时候开?",
        "青禾梳理职责多少项?", "概括", "写报告", "“11431”体系用数字怎么概括?", "综述是谁写的?", "写一份报告要多久?",
    ],
)  # fmt: skip
def test_questions_are_no_orders_for_a_text(text: str) -> None:
    assert find_task(text) is None


def test_the_examples_hold() -> None:
    assert doctest.testmod(tasks).failed == 0


def must_be_cited(answer: Answer, answering: Assistant) -> None:
    """Asserts that each statement stands in what it cites, and each figure in its quote."""
    quotes = {c.n: c.quote for c in answer.citations}
    for citation in answer.citations:
        assert citation.quote == answering.article(citation.article_id).text[citation.start : citation.end]
    for statement in answer.statements:
        assert statement.text + "".join(f"[{n}]" for n in statement.citations) in answer.text
        (number,) = statement.citations
        bare = statement.text.rstrip("。").partition("（")[0]
        assert bare in quotes[number]
    assert all(figure.text in quotes[figure.citation] for figure in answer.figures)


def test_an_article_is_summed_up_in_its_own_sentences(answering: Assistant) -> None:
    answer = answering.ask("概括《衡阳市志愿服务走深走实》")
    assert (answer.status, answer.mode, answer.model) == ("grounded", "extractive", None)
    assert 2 <= len(answer.statements) <= 6
    assert {c.article_id for c in answer.citations} == {"hengyang"}
    assert "约62万人" in answer.text
    must_be_cited(answer, answering)


def test_this_article_is_the_one_talked_about(answering: Assistant) -> None:
    before = answering.ask("襄阳有多少专职网格员?")
    answer = answering.ask("概括这篇文章", [("襄阳有多少专职网格员?", before)])
    assert {c.article_id for c in answer.citations} == {"xiangyang"}
    one = answering.ask("这篇文章讲了什么?", scope=["luzhou"])
    assert {c.article_id for c in one.citations} == {"luzhou"}


def test_without_an_article_it_is_asked_which(answering: Assistant) -> None:
    answer = answering.ask("概括这篇文章")
    assert (answer.status, answer.statements) == ("abstained", ())
    assert "请说明是哪一篇文章" in answer.text


def test_a_briefing_has_sections_and_a_cited_table(answering: Assistant) -> None:
    answer = answering.ask("写一份关于注册志愿者的综述")
    assert answer.status == "grounded"
    assert {"湖南省衡阳市", "湖北省襄阳市"} <= {s.section for s in answer.statements}
    assert "### 湖南省衡阳市" in answer.text
    rows = [line for line in answer.text.splitlines() if line.startswith("| 注册志愿者 ")]
    assert any("约62万人[" in row and "衡阳市" in row for row in rows)
    assert any("超48万余人[" in row and "襄阳市" in row for row in rows)
    must_be_cited(answer, answering)


def test_a_sentence_for_a_report_is_one(answering: Assistant) -> None:
    answer = answering.ask("给我一句能用在材料里的关于襄阳注册志愿者的话")
    (statement,) = answer.statements
    assert "超48万余人" in statement.text
    assert {c.article_id for c in answer.citations} == {"xiangyang"}


@pytest.mark.parametrize("text", ["概括火星移民的进展", "写一份关于高铁建设的综述", "总结岳阳的志愿服务做法"])
def test_nothing_is_written_of_what_the_articles_do_not_tell(answering: Assistant, text: str) -> None:
    answer = answering.ask(text)
    assert (answer.status, answer.statements, answer.figures) == ("abstained", (), ())
    assert "文章没有提到" in answer.text


def test_the_stream_ends_in_what_ask_returns(answering: Assistant) -> None:
    *steps, last = answering.ask_stream("写一份关于注册志愿者的综述")
    assert steps[0].kind == "understood"
    assert tuple(s.statement for s in steps if s.statement) == last.answer.statements
    known = {c.n for s in steps for c in s.citations}
    assert {n for s in last.answer.statements for n in s.citations} <= known
