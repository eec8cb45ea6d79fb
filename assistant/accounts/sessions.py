"""Who is logged in: tokens that only the browser knows; the file keeps their digests and when they end."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from hashlib import sha256

from assistant.accounts.database import Database
from assistant.accounts.records import Account
from assistant.accounts.store import account_of

IDLE = 12 * 3600
LASTING = 7 * 24 * 3600
_TOUCHED = 60  # a page of eighty files must not write eighty times
_COLUMNS = "id, login, name, role, disabled, must_change, created, last_seen"


class Sessions:
    """The sessions of a users file; `now` gives seconds since the epoch."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database = database
        self._now = now

    def open(self, account_id: str) -> str:
        """Returns the token of a new session; sessions that have ended are forgotten."""
        token, now = secrets.token_urlsafe(32), self._now()
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM session WHERE seen <= ? OR opened <= ?", (now - IDLE, now - LASTING)
            )
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)", (_digest(token), account_id, now, now)
            )
        return token

    def account(self, token: str) -> Account | None:
        """Returns whose session it is, None if it has ended or its account is disabled."""
        if not token:
            return None
        now = self._now()
        with self._database.reading() as connection:
            row = connection.execute(
                f"SELECT {_COLUMNS}, seen FROM session JOIN account ON account.id = session.account "
                "WHERE token = ? AND NOT disabled AND seen > ? AND opened > ?",
                (_digest(token), now - IDLE, now - LASTING),
            ).fetchone()
        if row is None:
            return None
        if now - row[-1] >= _TOUCHED:
            with self._database.writing() as connection:
                connection.execute("UPDATE session SET seen = ? WHERE token = ?", (now, _digest(token)))
        return account_of(row[:-1])

    def close(self, token: str) -> None:
        """Ends a session."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM session WHERE token = ?", (_digest(token),))

    def close_all(self, account_id: str) -> None:
        """Ends every session of an account."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM session WHERE account = ?", (account_id,))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
