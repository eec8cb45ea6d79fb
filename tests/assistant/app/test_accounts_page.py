"""What administrators do on the tab 管理, and that readers cannot do it, nor what else is not theirs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import openpyxl
import pytest
from qinghe import FakeAssistant, FakeLibrary
from signing_in import Office, office_of

from assistant.app.accounts_page import AccountsHandlers, AccountsPage
from assistant.app.admin_page import AdminHandlers, AdminPage
from assistant.app.ledger_page import LedgerHandlers, LedgerPage
from assistant.app.library_page import LibraryHandlers, LibraryPage

OWN = {"X-Jushi": "1"}


@pytest.fixture
def office(assistant: FakeAssistant, tmp_path: Path) -> Iterator[Office]:
    with office_of(assistant, tmp_path) as opened:
        yield opened


def request(browser) -> SimpleNamespace:
    """Returns an event's request as Gradio hands it on."""
    return SimpleNamespace(cookies=dict(browser.cookies), client=SimpleNamespace(host="10.0.0.1"))


def event(**given) -> SimpleNamespace:
    return SimpleNamespace(_data=given)


@pytest.fixture
def page() -> AccountsPage:
    return AccountsPage(gr.HTML(), gr.HTML())


class TestAdministrators:
    def test_accounts_are_added_reset_and_kept_out(self, office, page):
        do, admin = AccountsHandlers(page, office.services), office.person("guan", "admin")
        told = do.act(event(do="add", login="Du", name="杜<若>", role="reader"), request(admin))[page.people]
        assert "首次密码" in told
        assert "杜&lt;若&gt;" in told
        assert office.accounts.find("du").role == "reader"
        do.act(event(do="role", login="du", role="admin"), request(admin))
        assert office.accounts.find("du").role == "admin"
        do.act(event(do="disable", login="du"), request(admin))
        assert office.accounts.find("du").disabled
        told = do.act(event(do="disable", login="guan"), request(admin))
        assert "最后一个" in told[page.people]
        assert "停用帐号" in told[page.audit]

    def test_what_cannot_be_added_is_told(self, office, page):
        do, admin = AccountsHandlers(page, office.services), office.person("guan", "admin")
        for given in (
            {"login": "a b"},
            {"login": "guan"},
            {"login": "x1", "role": "boss"},
            {"login": "a" * 99},
        ):
            assert 'role="alert"' in do.act(event(do="add", **given), request(admin))[page.people]
        assert [one.login for one in office.accounts.all()] == ["guan"]

    def test_the_log_is_searched_and_checked(self, office, page):
        do, admin = AccountsHandlers(page, office.services), office.person("guan", "admin")
        assert "改密码" in do.show(request(admin))[page.audit]
        found = do.act(event(do="find", words="添加帐号"), request(admin))
        assert "改密码" not in found[page.audit]
        assert page.people not in found
        assert "没有被改动过" in do.act(event(do="check"), request(admin))[page.audit]

    def test_a_list_of_people_gives_first_passwords_back(self, office):
        admin, book, stream = office.person("guan", "admin"), openpyxl.Workbook(), io.BytesIO()
        for row in (("姓名", "帐号", "角色"), ("杜若", "du", ""), ("某", "a b", ""), ("管", "guan", "")):
            book.active.append(row)
        book.save(stream)
        answered = admin.post("/accounts/first.xlsx", content=stream.getvalue(), headers=OWN)
        made, left = openpyxl.load_workbook(io.BytesIO(answered.content)).worksheets
        assert [cell.value for cell in made[2]][:3] == ["杜若", "du", "读者"]
        assert (
            office.visitor().post("/login", data={"login": "du", "password": made["D2"].value}).status_code
            == 303
        )
        assert [row[0] for row in left.iter_rows(min_row=2, values_only=True)] == [3, 4]
        again = admin.post("/accounts/first.xlsx", content=stream.getvalue(), headers=OWN)
        assert again.status_code == 422
        assert "第 2 行" in again.json()["detail"]

    def test_the_log_is_a_file(self, office):
        admin = office.person("guan", "admin")
        book = openpyxl.load_workbook(io.BytesIO(admin.get("/accounts/audit.xlsx").content))
        assert [row[3] for row in book.active.iter_rows(values_only=True)] == [
            "做了什么",
            "添加帐号",
            "登录",
            "改密码",
            "导出",
        ]


class TestReaders:
    def test_they_see_and_change_nothing_of_the_administration(self, office, page):
        office.person("guan", "admin")
        reader = request(office.person("du"))
        people = AccountsHandlers(page, office.services)
        assert set(people.show(reader).values()) == {""}
        before = office.accounts.all()
        for what in ("add", "reset", "role", "disable", "unlock", "find", "check"):
            assert people.act(event(do=what, login="guan", role="reader"), reader) == {}
        assert office.accounts.all() == before
        admin = AdminHandlers(AdminPage(gr.Tab(), page, gr.HTML(), gr.HTML()), office.services)
        assert admin.act(event(do="check"), reader) == {}
        assert "只给管理员" in str(admin.show(reader))

    def test_they_cannot_remove_or_edit_articles(self, office, library: FakeLibrary):
        office.person("guan", "admin")
        reader = request(office.person("du"))
        shelf = LibraryPage(gr.Tab(), gr.HTML(), gr.HTML(), gr.HTML())
        do = LibraryHandlers(shelf, office.services)
        for what in ("remove", "mend"):
            told = do.act(event(do=what, article="qinghe", title="改了"), reader)
            assert told[shelf.told] == ""
            assert 'data-do="remove-article"' not in told[shelf.shelf]
        assert library.held["qinghe"].title != "改了"
        admin = request(office.visitor())
        with pytest.raises(LookupError):
            do.act(event(do="remove", article="qinghe"), admin)
        assert "qinghe" in library.held

    def test_they_cannot_correct_the_ledger(self, office):
        ledger = LedgerPage(gr.Tab(), gr.HTML())
        do = LedgerHandlers(ledger, office.services)
        given = {"article": "qinghe", "start": 0, "end": 2, "text": "62", "value": "63"}
        do.act(event(do="correct", **given), request(office.person("du")))
        assert office.services.corrections.all() == {}
        do.act(event(do="correct", **given), request(office.person("guan", "admin")))
        (kept,) = office.services.corrections.all().values()
        assert kept.by == "guan姓名"


def test_without_accounts_it_is_said_how_to_get_them(assistant, tmp_path, page):
    from assistant.app.server import build_services, close_services

    services = build_services(assistant, tmp_path)
    shown = AccountsHandlers(page, services).show(SimpleNamespace(cookies={}))
    assert "jushi accounts add" in shown[page.people]
    close_services(services)
