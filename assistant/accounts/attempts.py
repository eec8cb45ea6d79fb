"""Lockout: after repeated failures an account, or a computer's address, has to wait.

An attempt is written down before the password is looked at, so that many at once count as many.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.accounts.database import Database
from assistant.accounts.records import SignInRefused

WINDOW = 15 * 60
PER_ACCOUNT = 5
# An office often shares one address behind its router.
PER_ADDRESS = 30


class Attempts:
    """The failed attempts of a users file; `now` gives seconds since the epoch."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        self._database = database
        self._now = now

    def begin(self, login: str, address: str) -> tuple[int, int]:
        """Returns the number of a new attempt and how many the account has left after it.

        Raises SignInRefused, saying how long, while account or address have to wait.
        """
        now = self._now()
        with self._database.writing() as connection:
            connection.execute("DELETE FROM attempt WHERE at <= ?", (now - WINDOW,))
            for column, key, most, what, other in (
                (
                    "login",
                    login,
                    PER_ACCOUNT,
                    f"这个帐号连续 {PER_ACCOUNT} 次没有登录成功",
                    "，或请管理员重置密码",
                ),
                ("address", address, PER_ADDRESS, "这台电脑（或同一出口的电脑）多次没有登录成功", ""),
            ):
                count, latest = connection.execute(
                    f"SELECT count(*), max(at) FROM attempt WHERE {column} = ?", (key,)
                ).fetchone()
                if count >= most:
                    raise SignInRefused(f"{what}。请过 {_minutes(latest + WINDOW - now)} 分钟再试{other}。")
            (before,) = connection.execute(
                "SELECT count(*) FROM attempt WHERE login = ?", (login,)
            ).fetchone()
            done = connection.execute(
                "INSERT INTO attempt (login, address, at) VALUES (?, ?, ?)", (login, address, now)
            )
        return int(done.lastrowid or 0), PER_ACCOUNT - before - 1

    def succeeded(self, number: int, login: str) -> None:
        """Forgets the account's failures; of the address's only this attempt, which was none."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM attempt WHERE number = ? OR login = ?", (number, login))

    def forgive(self, login: str) -> None:
        """Lets an account try again at once."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM attempt WHERE login = ?", (login,))

    def locked(self) -> frozenset[str]:
        """Returns the logins that have to wait."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT login FROM attempt WHERE at > ? GROUP BY login HAVING count(*) >= ?",
                (self._now() - WINDOW, PER_ACCOUNT),
            ).fetchall()
        return frozenset(login for (login,) in rows)


def _minutes(seconds: int) -> int:
    return max(1, -(-seconds // 60))
