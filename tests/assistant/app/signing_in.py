"""The app with accounts, as somebody at a browser reaches it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.accounts.accounts import Accounts
from assistant.accounts.audit import AuditLog
from assistant.accounts.passwords import Passwords
from assistant.accounts.records import NewAccount, Role
from assistant.app.server import build_app, build_services, close_services
from assistant.app.services import Services
from assistant.ports import AssistantPort

ORIGIN = {"Origin": "http://testserver"}
HTML = {"Accept": "text/html"}
PASSWORD = "青禾-2025-的伞"


class Office:
    """An app with accounts and the people who use it."""

    def __init__(self, app: FastAPI, accounts: Accounts, services: Services) -> None:
        self.app = app
        self.accounts = accounts
        self.services = services

    def visitor(self, **options: Any) -> TestClient:
        """Returns a browser at which nobody is logged in."""
        return TestClient(
            self.app, follow_redirects=False, raise_server_exceptions=False, headers=ORIGIN, **options
        )

    def newcomer(self, login: str, role: Role = "reader") -> TestClient:
        """Returns the browser of somebody who has logged in for the first time."""
        ((_, first),) = self.accounts.add([NewAccount(login=login, name=f"{login}姓名", role=role)], "命令行")
        browser = self.visitor()
        assert browser.post("/login", data={"login": login, "password": first}).status_code == 303
        return browser

    def person(self, login: str, role: Role = "reader") -> TestClient:
        """Returns the browser of somebody who works with the app."""
        browser = self.newcomer(login, role)
        answered = browser.post("/password", data={"new": PASSWORD, "again": PASSWORD})
        assert answered.status_code == 303, said(answered.text)
        return browser


def said(page: str) -> str:
    """Returns what a page says about what was refused."""
    found = re.search(r'role="alert">([^<]+)', page)
    return found[1] if found else ""


@contextmanager
def office_of(assistant: AssistantPort, folder: Path, **options: Any) -> Iterator[Office]:
    """Yields an app with accounts over a data folder."""
    audit = AuditLog(folder)
    accounts = Accounts(folder, audit, Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))
    services = build_services(assistant, folder, accounts=accounts)

    async def build() -> FastAPI:  # inside a running loop, or Gradio opens loops that nothing closes
        return build_app(services, **options)

    try:
        yield Office(asyncio.run(build()), accounts, services)
    finally:
        close_services(services)
        accounts.close()
        audit.close()
