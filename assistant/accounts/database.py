"""The users file of a data folder: accounts, sessions and failed attempts in one SQLite file."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.sqlite_file import connected

FILE = "accounts.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
  id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
  hash TEXT NOT NULL, disabled INTEGER NOT NULL, must_change INTEGER NOT NULL,
  created TEXT NOT NULL, last_seen TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS session (
  token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  opened INTEGER NOT NULL, seen INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS attempt (
  number INTEGER PRIMARY KEY, login TEXT NOT NULL, address TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS attempt_at ON attempt (at);
"""


class Database:
    """One connection to the users file; safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Opens the file in a folder, which is made if missing. Raises OSError or sqlite3.Error."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE
        # Made by its owner's rights alone, before anything stands in it.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._lock = threading.Lock()
        self._connection = connected(path, _SCHEMA)

    def close(self) -> None:
        """Releases the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Gives the connection for looking something up."""
        with self._lock:
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Gives the connection for changes that are made together or not at all."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def exists(folder: Path) -> bool:
    """Returns whether a data folder has a users file."""
    return (folder / FILE).is_file()
