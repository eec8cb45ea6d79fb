"""The accounts and the audit log on the tab 管理: what administrators do with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.accounts.accounts import Accounts
from assistant.accounts.records import AccountError, NewAccount, checked_login, role_of
from assistant.app.accounts_html import (
    MOST_ENTRIES,
    audit_html,
    first_password_html,
    people_html,
    people_off_html,
    refused_html,
    whole_html,
)
from assistant.app.gradio_parts import Updates, html, quiet, said
from assistant.app.services import Person, Services


@dataclass(frozen=True)
class AccountsPage:
    """The parts of the tab that handlers change."""

    people: gr.HTML
    audit: gr.HTML


def draw() -> AccountsPage:
    """Draws the part of the tab."""
    return AccountsPage(html(elem_id="people"), html(elem_id="audit"))


class AccountsHandlers:
    """What each action does; nothing for whoever is no administrator."""

    def __init__(self, page: AccountsPage, services: Services) -> None:
        self._page = page
        self._services = services

    def show(self, request: gr.Request) -> Updates:
        """Shows the accounts and the log when the tab is opened."""
        person = self._services.person_of(request)
        if not person.may("administer"):
            return {self._page.people: "", self._page.audit: ""}
        return {**self._people(person), **self._audit()}

    def act(self, event: gr.EventData, request: gr.Request) -> Updates:
        """Does what an administrator asked for."""
        given, person = said(event), self._services.person_of(request)
        if not person.may("administer"):
            return {}
        match given.get("do"):
            case "find":
                return self._audit(str(given.get("words", ""))[:100])
            case "check":
                return self._audit(told=whole_html(self._services.audit.broken_at()))
        told = self._changed(self._services.accounts, given, person) if self._services.accounts else ""
        return {**self._people(person, told), **self._audit()}

    def _changed(self, accounts: Accounts, given: dict[str, Any], person: Person) -> str:
        """Changes an account and returns what is to be said about it."""
        login, by = str(given.get("login", "")), person.login
        try:
            match given.get("do"):
                case "add":
                    new = NewAccount(
                        login=checked_login(login),
                        name=str(given.get("name", "")).strip()[:40],
                        role=role_of(str(given.get("role", ""))),
                    )
                    ((account, password),) = accounts.add([new], by)
                    return first_password_html(account, password)
                case "reset":
                    return first_password_html(accounts.find(login), accounts.reset(login, by))
                case "role":
                    accounts.set_role(login, role_of(str(given.get("role", ""))), by)
                case "disable" | "enable" as what:
                    accounts.set_disabled(login, by, disabled=what == "disable")
                case "unlock":
                    accounts.unlock(login, by)
        except AccountError as error:
            return refused_html(str(error))
        return ""

    def _people(self, person: Person, told: str = "") -> Updates:
        accounts = self._services.accounts
        if accounts is None:
            return {self._page.people: people_off_html()}
        return {self._page.people: people_html(accounts.all(), accounts.locked(), person.login, told)}

    def _audit(self, wanted: str = "", told: str = "") -> Updates:
        entries = self._services.audit.latest(MOST_ENTRIES, wanted)
        return {self._page.audit: audit_html(entries, wanted, told)}


def connect(tab: gr.Tab, page: AccountsPage, signals: gr.HTML, services: Services) -> None:
    """Connects what administrators do with its handlers."""
    do = AccountsHandlers(page, services)
    tab.select(do.show, None, **quiet(page.people, page.audit))
    signals.people(do.act, None, **quiet(page.people, page.audit))
