"""Logging in, the first change, asking and logging out, below a path of a reverse proxy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import QUESTION, Reader, filled, running
from proxying import proxied
from signing_in import PASSWORD

from assistant.accounts.accounts import Accounts
from assistant.accounts.audit import AuditLog
from assistant.accounts.records import NewAccount

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[str, dict[str, str]]]:
    """Returns the address at which the proxy publishes the app, and first passwords."""
    people = [NewAccount(login="guan", name="管立", role="admin"), NewAccount(login="du", name="杜若")]
    with filled() as data:
        with closing(AuditLog(Path(data))) as audit, closing(Accounts(Path(data), audit)) as accounts:
            first = {account.login: password for account, password in accounts.add(people, "命令行")}
        with (
            running(data, "--accounts") as direct,
            proxied(urlsplit(direct).port or 0, cut=True, told=True) as published,
        ):
            yield published, first


@pytest.fixture
def visitor(reader: Reader, office) -> Iterator[Reader]:
    """Returns somebody who opens the published address for the first time."""
    published, _ = office
    reader.requested()
    reader.driver.get_log("browser")
    visiting = Reader(reader.driver, f"{published}/")
    visiting.driver.get(visiting.address)
    visiting.driver.delete_all_cookies()
    visiting.driver.get(visiting.address)
    visiting.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
    visiting.driver.get_log("performance")
    yield visiting
    visiting.driver.get("about:blank")
    assert visiting.requested() == {urlsplit(published).netloc}
    failed = [entry["message"] for entry in visiting.driver.get_log("browser")]
    assert [message for message in failed if "Uncaught" in message] == []


def log_in(visitor: Reader, login: str, password: str) -> None:
    visitor.see("input[name=login]").clear()
    visitor.type("input[name=login]", login)
    visitor.type("input[name=password]", f"{password}\n")


def begin(visitor: Reader, login: str, first: str) -> None:
    log_in(visitor, login, first)
    visitor.type("input[name=new]", PASSWORD)
    visitor.type("input[name=again]", f"{PASSWORD}\n")
    visitor.see("#box textarea")
    visitor.see(".status")


def test_a_reader_s_day(visitor, office):
    published, first = office
    log_in(visitor, "du", "wrong")
    assert "还可以再试 4 次" in visitor.see("[role=alert]").text
    visitor.click("button.peek")
    assert visitor.see("input[name=password]").get_attribute("type") == "text"
    begin(visitor, "du", first["du"])
    assert visitor.driver.current_url == f"{published}/"
    visitor.see("#masthead .who", "杜若")
    assert "读者" in visitor.see("#masthead .who").text
    visitor.see("#door-verify")
    visitor.gone("#door-add")
    assert "管理" not in [
        tab.text for tab in visitor.driver.find_elements("css selector", "#tabs button[role=tab]")
    ]
    assert "3.2万名" in visitor.ask(QUESTION).text
    visitor.see(".talk-list .open-talk", QUESTION)
    visitor.click("#latest .text a.marker")
    assert "队伍还在壮大" in visitor.see("#side article.whole").text
    visitor.click("[data-do=settings]")
    visitor.see("dialog .who", "杜若")
    visitor.click("dialog [data-do=sign-out]")
    visitor.see("input[name=login]")
    assert visitor.driver.current_url == f"{published}/login"
    visitor.driver.back()
    visitor.see("input[name=login]")
    log_in(visitor, "du", PASSWORD)
    visitor.see(".talk-list .open-talk", QUESTION)


def test_an_administrator_s_day(visitor, office):
    _, first = office
    begin(visitor, "guan", first["guan"])
    assert visitor.driver.find_elements("css selector", ".talk-list") == []
    visitor.click("#tabs button[role=tab]", "管理")
    visitor.see("#people li", "杜若")
    visitor.click("[data-do=add-person]")
    visitor.type("dialog input[name=name]", "孙晓")
    visitor.type("dialog input[name=login]", "sun")
    visitor.click("dialog button[type=submit]")
    assert len(visitor.see(".first-password b").text) == 14
    visitor.click("#people li[data-login=du] [data-do=disable-person]")
    visitor.click("dialog button[type=submit]")
    visitor.see("#people li[data-login=du]", "已停用")
    visitor.type("#audit input[name=words]", "停用")
    visitor.see("#audit tbody tr:only-child", "du（杜若）")
    visitor.click("[data-do=check-audit]")
    visitor.see("#audit", "没有被改动过")


def test_a_login_that_ended_meanwhile_is_said(visitor, office):
    log_in(visitor, "guan", PASSWORD)
    visitor.see("#masthead .who")
    visitor.see(".ask-this")  # the page has asked for all it needs
    visitor.driver.delete_all_cookies()
    visitor.type("#box textarea", f"{QUESTION}\n")
    visitor.see("dialog h2", "登录已过期")
    visitor.click("dialog button[type=submit]")
    visitor.see("input[name=login]")
