"""The audit log: who did what and when. Rows are only ever added, and each seals those before it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from assistant.sqlite_file import connected
from retrieval import Record

FILE = "audit.sqlite3"
HERE, COMMAND_LINE, ENDED = "本机", "命令行", "（登录已结束）"
_MOST_ABOUT = 500
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,
  about TEXT NOT NULL, address TEXT NOT NULL, seal TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS entry_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""
_COLUMNS = "number, at, who, action, about, address"


class Entry(Record):
    """One thing that was done; `at` in ISO 8601, `address` that of the computer where it is known."""

    number: int
    at: str
    who: str
    action: str
    about: str = ""
    address: str = ""


def _now() -> datetime:
    return datetime.now(UTC)


def local_time(at: str) -> str:
    """Returns a time of the log as the clock on the wall shows it, "" for none."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S") if at else ""


class AuditLog:
    """The audit log of a data folder; safe to use from several threads and processes."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = _now) -> None:
        """Opens the log in a folder, which is made if missing. Raises OSError or sqlite3.Error."""
        self._now = now
        self._lock = threading.Lock()
        self._connection = connected(folder / FILE, _SCHEMA)

    def close(self) -> None:
        """Releases the file."""
        with self._lock:
            self._connection.close()

    def record(self, who: str, action: str, about: str = "", address: str = "") -> None:
        """Adds what somebody has done."""
        at = self._now().isoformat(timespec="seconds")
        told = (at, who[:80], action, " ".join(about.split())[:_MOST_ABOUT], address[:60])
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                last = self._connection.execute(
                    "SELECT seal FROM entry ORDER BY number DESC LIMIT 1"
                ).fetchone()
                self._connection.execute(
                    "INSERT INTO entry (at, who, action, about, address, seal) VALUES (?, ?, ?, ?, ?, ?)",
                    (*told, _seal(last[0] if last else "", told)),
                )
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def latest(self, most: int, wanted: str = "") -> list[Entry]:
        """Returns entries in which all the words stand, the latest first."""
        clause, values = "", []
        for word in wanted.split():
            clause += " AND instr(at || ' ' || who || ' ' || action || ' ' || about || ' ' || address, ?) > 0"
            values.append(word)
        query = f"SELECT {_COLUMNS} FROM entry WHERE 1{clause} ORDER BY number DESC LIMIT ?"
        with self._lock:
            rows = self._connection.execute(query, [*values, most]).fetchall()
        return [_entry(row) for row in rows]

    def all(self) -> Iterator[Entry]:
        """Yields every entry, the earliest first."""
        with self._lock:
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM entry ORDER BY number").fetchall()
        return map(_entry, rows)

    def broken_at(self) -> int:
        """Returns the number of the first entry that was changed or follows a missing one, 0 if all stand."""
        with self._lock:
            rows = self._connection.execute(f"SELECT {_COLUMNS}, seal FROM entry ORDER BY number").fetchall()
        before = ""
        for place, row in enumerate(rows, start=1):
            if row[0] != place or row[6] != _seal(before, row[1:6]):
                return int(row[0])
            before = row[6]
        return 0


def _seal(before: str, told: tuple[str, ...]) -> str:
    return sha256("\x1f".join((before, *told)).encode("utf-8", "replace")).hexdigest()


def _entry(row: tuple[int, str, str, str, str, str]) -> Entry:
    number, at, who, action, about, address = row
    return Entry(number=number, at=at, who=who, action=action, about=about, address=address)
