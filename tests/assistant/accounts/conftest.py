from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.accounts.accounts import Accounts
from assistant.accounts.audit import AuditLog
from assistant.accounts.passwords import Passwords
from assistant.accounts.records import NewAccount

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 9, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def audit(tmp_path: Path, clock: Clock) -> Iterator[AuditLog]:
    log = AuditLog(tmp_path, clock)
    yield log
    log.close()


@pytest.fixture
def accounts(tmp_path: Path, audit: AuditLog, clock: Clock) -> Iterator[Accounts]:
    opened = Accounts(tmp_path, audit, Passwords(CHEAP), clock)
    yield opened
    opened.close()


@pytest.fixture
def first(accounts: Accounts) -> dict[str, str]:
    """Returns the first passwords of an administrator and a reader."""
    new = [NewAccount(login="guan", name="管立", role="admin"), NewAccount(login="du", name="杜若")]
    return {account.login: password for account, password in accounts.add(new, "命令行")}
