from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.app.ledger_routes import ledger_routes
from assistant.app.library_routes import library_routes
from assistant.app.server import build_services, close_services
from assistant.app.services import Person, Services
from assistant.app.talk_routes import talk_routes

OWN = {"X-Jushi": "1"}


def client(services: Services) -> TestClient:
    app = FastAPI()
    app.include_router(library_routes(services))
    app.include_router(ledger_routes(services))
    app.include_router(talk_routes(services))
    return TestClient(app)


def test_a_file_is_received_and_its_outcome_told(services, library):
    answered = client(services).post(
        "/library/files?name=青溪.txt", content="全镇新建驿站12座。".encode(), headers=OWN
    )
    assert [one["result"] for one in answered.json()] == ["added"]
    assert "青溪" in library.held


def test_another_site_s_page_cannot_send_one(services, library):
    answered = client(services).post("/library/files?name=a.txt", content="x。".encode())
    assert answered.status_code == 403
    assert "a" not in library.held


@pytest.mark.parametrize("address", ["/library/files?name=a.txt", "/library/prefill", "/library/texts"])
def test_readers_cannot_add(assistant, tmp_path, address):
    services = build_services(assistant, tmp_path, person_of=lambda request: Person("a", is_admin=False))
    answered = client(services).post(address, content=b"x", headers=OWN)
    assert (answered.status_code, answered.json()["detail"]) == (403, "只有管理员能添加资料。")
    close_services(services)


def test_what_is_too_long_is_refused_while_it_arrives(services, monkeypatch):
    monkeypatch.setattr("assistant.app.library_routes.MOST_BYTES", 3)
    answered = client(services).post("/library/files?name=a.txt", content=b"12345", headers=OWN)
    assert answered.status_code == 413
    assert "50 MB" in answered.json()["detail"]


def test_a_pasted_text_is_read_and_kept(services, library):
    page = client(services)
    text = "青溪镇新建驿站\n青溪日报记者 张三\n2025年3月9日\n全镇新建驿站12座。"
    assert (
        page.post("/library/prefill", content=text.encode(), headers=OWN).json()["published"] == "2025-03-09"
    )
    assert (
        page.post("/library/texts", json={"title": "", "text": text}, headers=OWN).json()[0]["reason"]
        == "请填写标题。"
    )
    assert (
        page.post("/library/texts", json={"title": "青溪", "text": text}, headers=OWN).json()[0]["result"]
        == "added"
    )
    assert page.post("/library/texts", content=b"{", headers=OWN).status_code == 422


def test_the_ledger_is_a_file_with_a_chinese_name(services):
    answered = client(services).get("/ledger/rows.xlsx?query=志愿者")
    assert answered.content.startswith(b"PK")
    assert "%E5%8F%B0%E8%B4%A6.xlsx" in answered.headers["content-disposition"]


def test_a_file_is_attached_to_one_s_own_conversation_only(services, library):
    page = client(services)
    mine, another = {**OWN, "Cookie": "jushi_reader=me"}, {**OWN, "Cookie": "jushi_reader=you"}
    text = "青溪镇新建驿站12座。".encode()
    answered = page.post("/talks/files?name=总结.txt", content=text, headers=mine).json()
    assert [one["result"] for one in answered["results"]] == ["added"]
    assert list(library.held) == ["qinghe"]
    taken = page.post(
        f"/talks/files?name=b.txt&talk={answered['talk']}", content=text, headers=another
    ).json()
    assert taken["talk"] != answered["talk"]
    assert page.post("/talks/files?name=总结.txt", content=text).status_code == 403


def test_the_person_is_asked_about_internal_files(services, library):
    page = client(services)
    text = "内部资料\n青溪镇新建驿站12座。".encode()
    (first,) = page.post("/library/files?name=内部稿.txt", content=text, headers=OWN).json()
    assert (first["result"], first["asks"]) == ("rejected", True)
    assert "--" not in first["reason"]
    (second,) = page.post("/library/files?name=内部稿.txt&internal=true", content=text, headers=OWN).json()
    assert second["result"] == "added"


def test_secrets_are_refused_before_a_byte_is_stored(services, tmp_path, library):
    text = "机密★3年\n关于某事的方案\n正文。".encode()
    (told,) = (
        client(services).post("/library/files?name=方案.txt&internal=true", content=text, headers=OWN).json()
    )
    assert (told["result"], told["asks"]) == ("rejected", False)
    assert "密级" in told["reason"]
    assert not list(tmp_path.glob("uploads/*"))
    assert list(library.held) == ["qinghe"]


def test_what_is_added_and_exported_is_written_down(services):
    page = client(services)
    page.post("/library/files?name=青溪.txt", content="全镇新建驿站12座。".encode(), headers=OWN)
    page.get("/ledger/rows.xlsx?query=志愿者")
    page.post("/talks/files?name=我的总结.txt", content="青溪镇新建驿站12座。".encode(), headers=OWN)
    told = [(entry.who, entry.action, entry.about) for entry in services.audit.all()]
    assert told[0] == ("本机", "上传", "青溪.txt：收入1篇（青溪）")
    assert [(who, action) for who, action, _ in told[1:]] == [("本机", "导出"), ("本机", "附文件")]
    assert "我的总结" not in str(told)
