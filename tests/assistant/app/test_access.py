"""With accounts on, every address of the app has been decided on, and is refused to whom it is not for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from qinghe import FakeAssistant, answer_to
from signing_in import HTML, PASSWORD, Office, office_of, said
from starlette.routing import Mount, Route

from assistant.accounts.records import NewAccount
from assistant.app.access import NOT_YOURS, decide
from assistant.conversations.records import Conversation, Exchange

# Named one by one: whoever opens another address to everybody has to say so here too.
PUBLIC = {"/healthz", "/login", "/login.css", "/login.js", "/english.json", "/favicon.ico", "/manifest.json"}
KEYED = {"/v1/models", "/v1/chat/completions"}
ADMINS = {
    "/library/files",
    "/library/prefill",
    "/library/texts",
    "/feedback/candidates.yaml",
    "/accounts/audit.xlsx",
    "/accounts/first.xlsx",
}
OWN = {"X-Jushi": "1"}


@pytest.fixture
def office(assistant: FakeAssistant, tmp_path: Path) -> Iterator[Office]:
    with office_of(assistant, tmp_path, service_keys=["a-key"]) as opened:
        yield opened


def addresses(routes, own=True) -> Iterator[tuple[str, str, bool]]:
    """Yields method and path of every route, and whether it is ours rather than Gradio's."""
    for route in routes:
        if isinstance(route, Mount):
            yield from addresses(route.routes, own=False)
        elif isinstance(route, Route):
            path = re.sub(r"\{[^}]*\}", "x", route.path)
            yield from ((method, path, own) for method in sorted(route.methods or ()))
        else:
            yield from addresses(
                getattr(route, "original_router", route).routes, own
            )  # FastAPI's included router


def test_no_address_answers_anybody_but_those_that_are_named(office):
    visitor, opened, tried = office.visitor(), set(), 0
    for method, path, _ in addresses(office.app.routes):
        tried += 1
        status = visitor.request(method, path).status_code
        if status != 401:
            opened.add(path)
    assert tried > 100
    assert opened == PUBLIC


def test_every_address_of_ours_has_been_decided_on(office):
    paths = {path for _, path, own in addresses(office.app.routes) if own}
    assert len(paths) > 15
    assert {path for path in paths if decide(path) == "closed"} == set()


def test_readers_are_kept_from_what_is_the_administrators_alone(office):
    reader, admin = office.person("du"), office.person("guan", "admin")
    for method, path, own in addresses(office.app.routes):
        if not own or path in {"/logout", "/password", "/login"} or "originals" in path:
            continue
        told = reader.request(method, path, headers=OWN)
        assert (told.status_code == 403 and told.json()["detail"] == NOT_YOURS) is (path in ADMINS), path
        if path in ADMINS:
            assert admin.request(method, path, headers=OWN).status_code != 403, path


def test_what_gradio_offers_beside_the_page_is_closed(office):
    admin = office.person("guan", "admin")
    for address in (
        "/gradio_api/file=/etc/hostname",
        "/gradio_api/proxy=http://a",
        "/monitoring",
        "/gradio_api/runs",
    ):
        assert admin.get(address).status_code == 404
    for address in (
        "/gradio_api/upload",
        "/gradio_api/run/x",
        "/gradio_api/call/x",
        "/gradio_api/component_server",
    ):
        assert admin.post(address).status_code == 404


def test_programs_need_their_key_and_no_login(office):
    visitor = office.visitor()
    assert visitor.get("/v1/models").status_code == 401
    assert office.person("du").get("/v1/models").status_code == 401
    assert visitor.get("/v1/models", headers={"Authorization": "Bearer a-key"}).status_code == 200


@pytest.mark.parametrize(
    "sender",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver.evil.example"},
    ],
)
def test_what_another_site_s_page_sends_changes_nothing(office, sender):
    reader = office.person("du")
    for address in ("/logout", "/password", "/talks/files?name=a.txt", "/gradio_api/queue/join", "/login"):
        assert reader.post(address, headers={**OWN, **sender}).status_code == 403, address
    assert reader.get("/style.css").status_code == 200


def test_people_are_led_to_the_login_page_and_scripts_told_why(office):
    visitor = office.visitor()
    assert visitor.get("/", headers=HTML).headers["location"] == "login"
    assert visitor.get("/article/qinghe", headers=HTML).headers["location"] == "../login"
    assert "登录" in visitor.get("/config").json()["detail"]
    page = visitor.get("/login")
    assert page.status_code == 200
    assert "form-action 'self'" in page.headers["content-security-policy"]


def test_log_in_first_change_work_log_out(office):
    browser = office.newcomer("du")
    assert browser.get("/", headers=HTML).headers["location"] == "password"
    assert browser.get("/config").status_code == 403
    page = browser.get("/password").text
    assert "首次登录" in page
    assert "du姓名" in page
    assert "原密码" not in page
    assert said(browser.post("/password", data={"new": PASSWORD, "again": "x"}).text).startswith(
        "两遍新密码不一样"
    )
    assert "太短" in said(browser.post("/password", data={"new": "x", "again": "x"}).text)
    assert browser.post("/password", data={"new": PASSWORD, "again": PASSWORD}).headers["location"] == "./"
    assert "据实" in browser.get("/", headers=HTML).text
    assert browser.get("/login").headers["location"] == "./"
    kept = dict(browser.cookies)
    assert browser.post("/logout").headers["location"] == "login"
    assert not browser.cookies
    assert office.visitor(cookies=kept).get("/config").status_code == 401


def test_a_wrong_password_is_told_and_what_was_typed_stays(office):
    office.person("du")
    visitor = office.visitor()
    told = visitor.post("/login", data={"login": 'du"<b>', "password": "wrong"})
    assert told.status_code == 403
    assert "还可以再试 4 次" in said(told.text)
    assert 'value="du&quot;&lt;b&gt;"' in told.text
    for _ in range(6):
        told = visitor.post("/login", data={"login": "du", "password": "wrong"})
    assert "请过 15 分钟再试" in said(told.text)


def test_the_cookie_is_for_the_server_alone(office):
    ((_, first),) = office.accounts.add([NewAccount(login="du")], "a")
    given = {"login": "du", "password": first}
    cookie = office.visitor().post("/login", data=given).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    with_https = office.visitor(base_url="https://testserver")
    assert (
        "; secure"
        in with_https
        .post("/login", data=given, headers={"Origin": "https://testserver"})
        .headers["set-cookie"]
        .lower()
    )


def test_a_login_begins_a_new_session_and_ends_the_one_before(office):
    browser = office.person("du")
    before = dict(browser.cookies)
    browser.post("/login", data={"login": "du", "password": PASSWORD})
    assert dict(browser.cookies) != before
    assert office.visitor(cookies=before).get("/config").status_code == 401


def test_nothing_of_the_page_is_kept_by_caches(office):
    reader = office.person("du")
    assert reader.get("/", headers=HTML).headers["cache-control"] == "no-store"
    assert reader.get("/article/qinghe").headers["cache-control"] == "no-store"


def test_a_page_s_queue_is_its_account_s_alone(office):
    one, other = office.person("du"), office.person("xu")
    asked = {"data": [], "fn_index": 0, "session_hash": "abc"}
    assert one.post("/gradio_api/queue/join", json=asked).status_code != 404
    assert other.post("/gradio_api/queue/join", json=asked).status_code == 404
    assert other.get("/gradio_api/queue/data?session_hash=abc").status_code == 404
    assert other.get("/gradio_api/heartbeat/abc").status_code == 404
    assert (
        other.post(
            "/gradio_api/cancel", json={"session_hash": "abc", "fn_index": 0, "event_id": "x"}
        ).status_code
        == 404
    )


def test_nobody_sees_another_s_attachments(office):
    one, other = office.person("du"), office.person("xu", "admin")
    answered = one.post(
        "/talks/files?name=总结.txt", content="青溪镇新建驿站12座。".encode(), headers=OWN
    ).json()
    address = f"/article/附件-{answered['talk']}-总结"
    assert "12座" in one.get(address).text
    assert other.get(address).status_code == 404


def test_what_administrators_do_is_written_down_by_name(office):
    admin = office.person("guan", "admin")
    admin.post("/library/files?name=青溪.txt", content="全镇新建驿站12座。".encode(), headers=OWN)
    admin.get("/ledger/rows.xlsx?query=志愿者")
    told = [(entry.who, entry.action, entry.address) for entry in office.accounts.audit.all()]
    assert told[-2:] == [("guan", "上传", "testclient"), ("guan", "导出", "testclient")]


def test_nobody_sees_another_s_conversations(office):
    one, other = office.person("du"), office.person("xu", "admin")
    owners = {account.login: account.owner for account in office.accounts.all()}
    answer = answer_to("青禾市有多少注册志愿者?")
    asked = Conversation(exchanges=(Exchange(question=answer.question, outcome="answered", answer=answer),))
    talk = office.services.talks.save(owners["du"], asked).conversation_id
    address = f"/export/answer?talk={talk}&kind=markdown"
    assert one.get(address, headers=OWN).status_code == 200
    assert other.get(address, headers=OWN).status_code == 404
    assert office.services.talks.summaries(owners["xu"]) == []
    assert [e.who for e in office.accounts.audit.all() if e.action == "导出"] == ["du"]


def test_what_outlasts_the_login_is_still_written_down(office):
    office.services.note(SimpleNamespace(cookies={}), "导出", "成批提问")
    assert [(e.who, e.action) for e in office.accounts.audit.all()] == [("（登录已结束）", "导出")]
