"""The SQLite file below the store: opening, schema, transactions, the meta table and the revision."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from retrieval.errors import LibraryError, LibraryTooNew
from retrieval.failures import failures_as_library_errors

SCHEMA_VERSION = 2
FILE_NAME = "library.sqlite3"
_WAIT_MS = 30_000
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
  article_id TEXT PRIMARY KEY, origin TEXT NOT NULL, state TEXT NOT NULL, content_hash TEXT NOT NULL,
  metadata TEXT NOT NULL, chunk_count INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX article_content ON article (content_hash);
CREATE INDEX article_unfinished ON article (state) WHERE state != 'ready';
CREATE TABLE origin (
  origin TEXT PRIMARY KEY, article_id TEXT NOT NULL, alias TEXT NOT NULL, content_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX origin_article ON origin (article_id);
CREATE INDEX origin_alias ON origin (alias);
CREATE TABLE chunk (
  article_id TEXT NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  section TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (article_id, number)
) WITHOUT ROWID;
"""


# What later versions added to the first; a library of an older version gets what it lacks.
_ADDED = {
    2: """
CREATE TABLE edit (article_id TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE original (origin TEXT PRIMARY KEY, file TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX original_file ON original (file);
CREATE TABLE sketch (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, bands BLOB NOT NULL);
CREATE TABLE band (
  value INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (value, number)
) WITHOUT ROWID;
CREATE TABLE kin (
  article_id TEXT NOT NULL, other_id TEXT NOT NULL, relation TEXT NOT NULL, PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE INDEX kin_other ON kin (other_id);
CREATE TABLE family (article_id TEXT PRIMARY KEY, leader TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX family_leader ON family (leader)
""",
}


class Database:
    """The SQLite file. One connection, used by one thread at a time; writes only inside `transaction`."""

    def __init__(self, folder: Path) -> None:
        """Opens the store in `folder`, making it if missing. Raises LibraryError and its subclasses."""
        self._folder = folder
        self._lock = threading.RLock()
        self._bumped = 0
        self.written_revision = 0  # the last revision that this store itself has made
        with self._failures():
            self._connection = sqlite3.connect(
                folder / FILE_NAME, timeout=_WAIT_MS / 1000, isolation_level=None, check_same_thread=False
            )
        try:
            with self._failures():
                self._prepare()
        except LibraryError:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        version = self._one("PRAGMA user_version")[0]
        if version > SCHEMA_VERSION:
            raise LibraryTooNew(
                f"资料库由更新的版本写成（格式 {version}，本版本只认到 {SCHEMA_VERSION}）：{self._folder}。"
                "请升级 jushi，或用 --data 换一个文件夹。"
            )
        if version == SCHEMA_VERSION:
            return
        if version == 0:
            self._use_write_ahead_log()
        else:
            self._keep_copy(version)
        with self.transaction():
            held = self._one("PRAGMA user_version")[0]  # another process may have been faster
            statements = _SCHEMA.split(";") if held == 0 else []
            for number in range(max(held, 1) + 1, SCHEMA_VERSION + 1):
                statements += _ADDED[number].split(";")
            for statement in statements:
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _keep_copy(self, version: int) -> None:
        """Keeps a copy of the file as an older version wrote it, beside it."""
        copy = self._folder / f"{FILE_NAME}.format-{version}"
        if copy.exists():
            return
        with closing(sqlite3.connect(copy.with_suffix(".unfinished"))) as target:
            self._connection.backup(target)
        copy.with_suffix(".unfinished").replace(copy)

    def _use_write_ahead_log(self) -> None:
        """Two processes that make the same library at once collide here whatever the busy timeout says."""
        for _ in range(_WAIT_MS // 100):
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                time.sleep(0.1)
            else:
                return

    def close(self) -> None:
        """Closes the file; closing twice is fine."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """Everything written inside is committed together, or not at all. Raises LibraryError.

        A commit that is not durable survives the death of the process, but not a power cut, until a
        durable one follows.
        """
        with self._lock, self._failures():
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            bumped = self.written_revision
            try:
                yield
                bumped = max(bumped, self._bumped)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._bumped = self.written_revision
                raise
            self.written_revision = bumped

    def get(self, key: str) -> str:
        """Returns a value of the meta table, `""` if it is not there."""
        row = self._one("SELECT value FROM meta WHERE key = ?", key)
        return str(row[0]) if row else ""

    def put(self, key: str, value: str) -> None:
        """Sets a value of the meta table."""
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    @property
    def revision(self) -> int:
        """A number that grows with every change that readers must notice."""
        return int(self.get("revision") or 0)

    def bump_revision(self) -> None:
        """Tells readers that something has changed."""
        self._bumped = self.revision + 1
        self.put("revision", str(self._bumped))

    def _failures(self) -> AbstractContextManager[None]:
        return failures_as_library_errors(self._folder, sqlite3.Error, OSError)

    def _one(self, sql: str, *values: object) -> Any:
        with self._lock, self._failures():
            return self._connection.execute(sql, values).fetchone()

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._lock, self._failures():
            return self._connection.execute(sql, values).fetchall()

    def _run(self, sql: str, *values: object) -> None:
        self._connection.execute(sql, values)
