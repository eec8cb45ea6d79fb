"""Behind a reverse proxy that publishes the app below a path."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from proxying import PREFIX, proxied
from qinghe import FakeAssistant
from signing_in import HTML, PASSWORD, Office, office_of

from assistant.accounts.records import NewAccount
from assistant.app.forwarding import clean_prefix
from assistant.app.server import build_app, build_services, close_services
from assistant.cli.chat import listen


@contextmanager
def served(office: Office) -> Iterator[int]:
    """Yields the port on which an app answers."""
    config = uvicorn.Config(office.app, log_level="error", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def begin(office: Office, published: str) -> httpx.Client:
    """Returns the browser of somebody who has come in through the proxy, led by links and redirects alone."""
    ((_, first),) = office.accounts.add([NewAccount(login="du")], "命令行")
    origin = published.removesuffix(PREFIX)
    browser = httpx.Client(follow_redirects=True, headers={"Origin": origin, **HTML}, trust_env=False)
    page = browser.get(published)
    assert str(page.url) == f"{published}/login"
    assert browser.get(urljoin(str(page.url), "login.css")).status_code == 200
    page = browser.post(urljoin(str(page.url), "login"), data={"login": "du", "password": first})
    assert str(page.url) == f"{published}/password"
    page = browser.post(urljoin(str(page.url), "password"), data={"new": PASSWORD, "again": PASSWORD})
    assert str(page.url) == f"{published}/"
    return browser


@pytest.mark.parametrize(("cut", "told"), [(True, True), (False, True), (True, False), (False, False)])
def test_the_app_works_below_a_path(assistant: FakeAssistant, tmp_path: Path, cut: bool, told: bool) -> None:
    root = "" if told else PREFIX
    with office_of(assistant, tmp_path, root_path=root) as office, served(office) as port:
        with proxied(port, cut=cut, told=told) as published, closing(begin(office, published)) as browser:
            (cookie,) = browser.cookies.jar
            assert cookie.path == PREFIX
            config = browser.get(f"{published}/config").json()
            assert config["root"] == published
            page = browser.get(f"{published}/").text
            assert 'href="/assets' not in page
            assert 'src="/assets' not in page
            asset = page.split('src="./assets/')[1].split('"')[0]
            assert browser.get(f"{published}/assets/{asset}").status_code == 200
            article = browser.get(f"{published}/article/qinghe")
            assert browser.get(urljoin(str(article.url), "../style.css")).status_code == 200
            assert asked(browser, config) == "process_completed"
            assert browser.post(f"{published}/logout").url.path == f"{PREFIX}/login"
        addresses = {entry.address for entry in office.accounts.audit.all() if entry.action == "登录"}
        assert addresses == {"10.1.2.3"}


def asked(browser: httpx.Client, config: dict) -> str:
    """Returns how an event of the page ended that went through Gradio's own queue."""
    root = config["root"] + config["api_prefix"]
    event = next(
        one["id"]
        for one in config["dependencies"]
        if [t[1] for t in one["targets"]] == ["load"] and not one["inputs"]
    )
    joined = browser.post(f"{root}/queue/join", json={"data": [], "fn_index": event, "session_hash": "abc"})
    assert joined.status_code == 200, joined.text
    with browser.stream("GET", f"{root}/queue/data?session_hash=abc") as stream:
        for line in stream.iter_lines():
            said = json.loads(line.removeprefix("data: ")) if line else {}
            if said.get("msg") == "process_completed":
                assert said["success"], said
                return said["msg"]
    return "nothing"


@pytest.mark.parametrize(
    "given", ["//evil.example", "/a/../b", "/a b", "http://evil.example", "/" + "a" * 300, "/a\r\nX: y"]
)
def test_what_is_no_path_is_not_taken_for_one(given):
    assert clean_prefix(given) == ""


def test_without_accounts_nothing_is_answered_through_a_proxy(assistant, tmp_path):
    services = build_services(assistant, tmp_path)

    async def build() -> FastAPI:
        return build_app(services)

    with TestClient(asyncio.run(build())) as client:
        for name in ("X-Forwarded-For", "Forwarded", "X-Forwarded-Host"):
            told = client.get("/healthz", headers={name: "10.1.2.3"})
            assert told.status_code == 403
            assert "--accounts" in told.json()["detail"]
        assert client.get("/healthz").status_code == 200
    close_services(services)
