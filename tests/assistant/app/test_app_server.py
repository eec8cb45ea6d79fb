from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from qinghe import ARTICLE, QUOTE, FakeAssistant

from assistant.app.server import build_app, build_services, close_services

QUESTION = "青禾市有多少注册志愿者?"


@pytest.fixture
def client(assistant: FakeAssistant, tmp_path: Path) -> Iterator[TestClient]:
    services = build_services(assistant, tmp_path)

    async def build() -> FastAPI:  # inside a running loop, or Gradio opens loops that nothing closes
        return build_app(services)

    with TestClient(asyncio.run(build())) as opened:
        yield opened
    close_services(services)


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

    def test_an_attachment_is_read_by_its_owner_only(self, client):
        mine, another = {"Cookie": "jushi_reader=me"}, {"Cookie": "jushi_reader=you"}
        text = "青溪镇新建驿站12座。".encode()
        own = {**mine, "X-Jushi": "1"}
        talk = client.post("/talks/files?name=总结.txt", content=text, headers=own).json()["talk"]
        address = f"/article/附件-{talk}-总结"
        assert "12座" in client.get(address, headers=mine).text
        assert client.get(address, headers=another).status_code == 404

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

    def test_the_page_says_that_it_opens_before_gradio_has_drawn_it(self, client):
        answer = client.get("/")
        head = answer.text.split("</head>")[0]
        assert "正在打开据实…" in head.rsplit("<style>", 1)[1]
        assert "<title>据实</title>" in head
        assert 'lang="zh-CN"' in head
        assert "githubusercontent" not in answer.text
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert "正在打开据实…" not in client.get("/config").text

    def test_each_browser_is_given_its_own_cookie_with_the_page(self, client):
        given = client.get("/").headers["set-cookie"]
        assert given.startswith("jushi_reader=")
        assert "httponly" in given.lower()
        assert "set-cookie" not in client.get("/", headers={"Cookie": "jushi_reader=mine"}).headers
