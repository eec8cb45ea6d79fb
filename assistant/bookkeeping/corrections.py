"""Corrections of ledger rows: kept apart from the articles, which stay as they are."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from assistant.ledger.row import LedgerRow
from retrieval import Record

FILE = "corrections.sqlite3"
Key = tuple[str, int, int]


class Correction(Record):
    """What a row should say; an empty field leaves the row's own.

    `text` is the figure as the article had it: where that has changed since, the correction no longer holds.
    """

    article_id: str
    start: int = Field(ge=0)
    end: int
    text: str
    subject: str = ""
    value: str = Field(default="", pattern=r"^(-?\d+(\.\d+)?)?$")
    unit: str = ""
    place: str = ""
    as_of: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    reason: str = ""
    by: str = ""
    at: str = ""

    @property
    def key(self) -> Key:
        """What tells one row from another."""
        return self.article_id, self.start, self.end


class ShownRow(Record):
    """A row with its correction, if it has one; `row` is what the article says."""

    row: LedgerRow
    correction: Correction | None = None

    def said(self, field: str) -> str:
        """Returns a field as corrected, else as the article has it."""
        changed = str(getattr(self.correction, field)) if self.correction else ""
        return changed or str(getattr(self.row, field))


def _now() -> datetime:
    return datetime.now(UTC)


class Corrections:
    """The corrections of a data folder; safe to use from several threads."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = _now) -> None:
        """Opens the store in a folder, which is made if missing. Raises OSError or sqlite3.Error."""
        folder.mkdir(parents=True, exist_ok=True)
        self._now = now
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(folder / FILE, check_same_thread=False, timeout=10)
        with self._connection:
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS correction (article TEXT, start INTEGER, stop INTEGER, "
                "record TEXT NOT NULL, PRIMARY KEY (article, start, stop))"
            )

    def close(self) -> None:
        """Releases the file."""
        with self._lock:
            self._connection.close()

    def keep(self, correction: Correction) -> Correction:
        """Keeps a correction in place of an earlier one of the same row; returns it with its time."""
        kept = correction.model_copy(update={"at": self._now().isoformat(timespec="seconds")})
        with self._lock, self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?)", (*kept.key, kept.model_dump_json())
            )
        return kept

    def take_back(self, key: Key) -> bool:
        """Drops a row's correction; returns whether it had one."""
        with self._lock, self._connection:
            done = self._connection.execute(
                "DELETE FROM correction WHERE article = ? AND start = ? AND stop = ?", key
            )
        return done.rowcount > 0

    def all(self) -> dict[Key, Correction]:
        """Returns every correction by its row."""
        with self._lock:
            rows = self._connection.execute("SELECT record FROM correction").fetchall()
        found = [Correction.model_validate_json(record) for (record,) in rows]
        return {one.key: one for one in found}


def with_corrections(rows: Iterable[LedgerRow], corrections: dict[Key, Correction]) -> list[ShownRow]:
    """Returns the rows with those of the corrections that still hold."""
    shown = []
    for row in rows:
        found = corrections.get((row.article_id, row.start, row.end))
        holds = found is not None and found.text == row.text
        shown.append(ShownRow(row=row, correction=found if holds else None))
    return shown
