"""Accounts in the users file."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence

from assistant.accounts.database import Database
from assistant.accounts.records import Account, AccountRefused, NewAccount, Role

_COLUMNS = "id, login, name, role, disabled, must_change, created, last_seen"
ONE_ADMIN = "这是最后一个能用的管理员帐号，不能停用或改成读者。请先添加另一个管理员。"


class AccountStore:
    """The accounts of a users file; logins are those of `records.login_of`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: Sequence[tuple[NewAccount, str]], created: str) -> list[Account]:
        """Adds accounts with the hashes of their first passwords, all or none. Raises AccountRefused."""
        made = []
        with self._database.writing() as connection:
            for account, kept in new:
                key = secrets.token_hex(16)
                try:
                    connection.execute(
                        "INSERT INTO account VALUES (?, ?, ?, ?, ?, 0, 1, ?, '')",
                        (key, account.login, account.name, account.role, kept, created),
                    )
                except sqlite3.IntegrityError as error:
                    raise AccountRefused(f"帐号“{account.login}”已经有了。") from error
                made.append(Account(account_id=key, created=created, **account.model_dump()))
        return made

    def find(self, login: str) -> Account | None:
        """Returns the account of a login, None if there is none."""
        with self._database.reading() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM account WHERE login = ?", (login,)).fetchone()
        return account_of(row) if row else None

    def hash_of(self, account_id: str) -> str:
        """Returns the hash of an account's password, "" if there is no such account."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT hash FROM account WHERE id = ?", (account_id,)).fetchone()
        return str(row[0]) if row else ""

    def all(self) -> list[Account]:
        """Returns every account, administrators first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM account ORDER BY disabled, role, login"
            ).fetchall()
        return [account_of(row) for row in rows]

    def has_admin(self) -> bool:
        """Returns whether an administrator can come in."""
        with self._database.reading() as connection:
            return _admins_but(connection, "") > 0

    def set_hash(self, account_id: str, kept: str, *, must_change: bool) -> None:
        """Sets the hash of a password."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE account SET hash = ?, must_change = ? WHERE id = ?", (kept, must_change, account_id)
            )

    def set_role(self, account_id: str, role: Role) -> None:
        """Gives an account another role. Raises AccountRefused for the last administrator."""
        with self._database.writing() as connection:
            if role != "admin":
                _keep_an_admin(connection, account_id)
            connection.execute("UPDATE account SET role = ? WHERE id = ?", (role, account_id))

    def set_disabled(self, account_id: str, *, disabled: bool) -> None:
        """Keeps somebody out at once, or lets them in. Raises AccountRefused for the last administrator."""
        with self._database.writing() as connection:
            if disabled:
                _keep_an_admin(connection, account_id)
                connection.execute("DELETE FROM session WHERE account = ?", (account_id,))
            connection.execute("UPDATE account SET disabled = ? WHERE id = ?", (disabled, account_id))

    def was_seen(self, account_id: str, at: str) -> None:
        """Remembers when somebody has come in."""
        with self._database.writing() as connection:
            connection.execute("UPDATE account SET last_seen = ? WHERE id = ?", (at, account_id))


def _admins_but(connection: sqlite3.Connection, account_id: str) -> int:
    row = connection.execute(
        "SELECT count(*) FROM account WHERE role = 'admin' AND NOT disabled AND id <> ?", (account_id,)
    ).fetchone()
    return int(row[0])


def _keep_an_admin(connection: sqlite3.Connection, account_id: str) -> None:
    row = connection.execute(
        "SELECT 1 FROM account WHERE id = ? AND role = 'admin' AND NOT disabled", (account_id,)
    ).fetchone()
    if row and not _admins_but(connection, account_id):
        raise AccountRefused(ONE_ADMIN)


def account_of(row: Sequence[object]) -> Account:
    """Returns the account that a row of `id, login, …` describes."""
    names = ("account_id", "login", "name", "role", "disabled", "must_change", "created", "last_seen")
    return Account.model_validate(dict(zip(names, row, strict=True)))
