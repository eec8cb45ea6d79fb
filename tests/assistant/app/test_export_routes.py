"""Answers, conversations and spreadsheets of questions as files."""

from __future__ import annotations

import base64
import io
import json
from urllib.parse import unquote

import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook
from qinghe import QUOTE, FakeAssistant

from assistant.app.export_routes import KINDS, export_routes
from assistant.app.services import Services, browser_person
from assistant.conversations.records import Conversation, Exchange
from retrieval import RetrievalError

OWN = {"X-Jushi": "1", "Cookie": "jushi_reader=me"}
ASKED = ("青禾市有多少志愿者？", "天气怎么样？", "")


@pytest.fixture
def page(services: Services) -> TestClient:
    app = FastAPI()
    app.include_router(export_routes(services))
    return TestClient(app)


@pytest.fixture
def talk(services: Services, assistant: FakeAssistant) -> str:
    """Returns the key of a conversation of «me» with three questions, the last of them empty."""
    exchanges = tuple(Exchange(question=one, answer=assistant.ask(one)) for one in ASKED)
    asking = type("Asking", (), {"cookies": {"jushi_reader": "me"}})()
    kept = services.talks.save(
        browser_person(asking).owner, Conversation(title="志愿者核实", exchanges=exchanges)
    )
    return kept.conversation_id


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_a_file_with_a_chinese_name(page, talk, kind):
    answered = page.get(f"/export/answer?talk={talk}&at=0&kind={kind}", headers=OWN)
    assert answered.status_code == 200
    name = unquote(answered.headers["content-disposition"].split("''")[1])
    assert name == f"青禾市有多少志愿者？{KINDS[kind].ending}"
    assert len(answered.content) > 100


def test_a_conversation_holds_its_answers_under_its_own_title(page, talk):
    answered = page.get(f"/export/answer?talk={talk}&kind=final", headers=OWN)
    text = [one.text for one in Document(io.BytesIO(answered.content)).paragraphs]
    assert text[0] == "志愿者核实"
    assert [one for one in text if one.startswith(("一、", "二、", "三、"))] == [
        f"一、{ASKED[0]}",
        f"二、{ASKED[1]}",
    ]


def test_nobody_exports_another_s_conversation(page, talk):
    another = {**OWN, "Cookie": "jushi_reader=you"}
    answered = page.get(f"/export/answer?talk={talk}&kind=final", headers=another)
    assert (answered.status_code, answered.json()["detail"]) == (404, "这次对话已经删除，或者不是您的。")
    assert (
        page.get(f"/export/answer?talk={talk}&kind=final", headers={"Cookie": OWN["Cookie"]}).status_code
        == 403
    )


@pytest.mark.parametrize("at", [2, 7])
def test_what_has_no_answer_is_said(page, talk, at):
    answered = page.get(f"/export/answer?talk={talk}&at={at}&kind=final", headers=OWN)
    assert (answered.status_code, answered.json()["detail"]) == (404, "没有可以导出的回答。")


def test_the_log_tells_of_exports_but_not_what_was_asked(page, talk, services):
    page.get(f"/export/answer?talk={talk}&at=0&kind=review", headers=OWN)
    page.get(f"/export/answer?talk={talk}&kind=markdown", headers=OWN)
    told = [(entry.action, entry.about) for entry in services.audit.all()]
    assert told == [("导出", "1条回答，Word 核稿版"), ("导出", "对话（2问），Markdown")]


def test_questions_are_answered_row_by_row_with_progress(page, services):
    sent = workbook(("问题",), (ASKED[0],), (ASKED[1],))
    answered = page.post("/export/questions?name=问题.xlsx", content=sent, headers=OWN)
    *steps, last = [json.loads(line) for line in answered.text.splitlines()]
    assert [(one["done"], one["of"]) for one in steps] == [(0, 2), (1, 2), (2, 2)]
    assert (last["name"], last["states"]) == ("问题（已作答）.xlsx", {"有据": 1, "未找到": 1})
    rows = list(load_workbook(io.BytesIO(base64.b64decode(last["content"]))).active.values)
    assert rows[1][1] == "3.2万名"
    assert rows[1][4:] == (QUOTE, "有据")
    assert rows[2][5] == "未找到"
    assert [entry.about for entry in services.audit.all()] == ["成批提问 2 问，Excel"]


def test_a_fault_fails_one_question_alone(page, assistant):
    assistant.failure = RetrievalError("索引正忙。")
    sent = workbook(("问题",), (ASKED[0],))
    answered = page.post("/export/questions?name=a.xlsx", content=sent, headers=OWN)
    last = json.loads(answered.text.splitlines()[-1])
    assert last["states"] == {"未能作答": 1}


def test_the_chosen_scope_holds_for_every_row(page, assistant):
    sent = workbook(("问题",), (ASKED[0],))
    query = {"name": "a.xlsx", "scope": '{"articles": ["qinghe"]}'}
    page.post("/export/questions", params=query, content=sent, headers=OWN)
    assert assistant.asked[-1][2] == {"qinghe"}
    nothing = {"name": "a.xlsx", "scope": '{"years": ["1999"]}'}
    answered = page.post("/export/questions", params=nothing, content=sent, headers=OWN)
    assert "没有文章" in answered.json()["detail"]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"x", "不是可读的 .xlsx 文件"), (workbook(("姓名", "电话")), "没有找到“问题”这一列")],
)
def test_a_bad_file_is_refused_in_chinese(page, content, told):
    answered = page.post("/export/questions?name=a.xlsx", content=content, headers=OWN)
    assert answered.status_code == 422
    assert told in answered.json()["detail"]


def test_two_sheets_at_a_time(page, monkeypatch):
    monkeypatch.setattr("assistant.app.export_routes.BoundedSemaphore.acquire", lambda *_, **__: False)
    sent = workbook(("问题",), (ASKED[0],))
    answered = page.post("/export/questions?name=a.xlsx", content=sent, headers=OWN)
    assert (answered.status_code, answered.json()["detail"][:4]) == (429, "正在给别")
