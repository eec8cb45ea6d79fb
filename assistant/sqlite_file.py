"""One SQLite file of the data folder, opened alike by all who keep something of people in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def connected(path: Path, schema: str) -> sqlite3.Connection:
    """Returns a connection for several threads to a file, which is made with its folder if missing.

    Statements are committed at once unless a transaction is begun.

    Raises:
        OSError, sqlite3.Error: If it cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, check_same_thread=False, timeout=10, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(schema)
    return connection
