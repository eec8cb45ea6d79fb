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
from retrieval.schema import FILE_NAME, SCHEMA_VERSION, statements_since, version_on_disk

_WAIT_MS = 30_000


class Database:
    """The SQLite file. One connection, used by one thread at a time; writes only inside `transaction`."""

    def __init__(self, folder: Path) -> None:
        """Opens the store in `folder`, making it if missing. Raises LibraryError and its subclasses."""
        self._folder = folder
        self._lock = threading.RLock()
        self._bumped = 0
        self.written_revision = 0  # the last revision that this store itself has made
        with self._failures():
            self._refuse_newer(version_on_disk(folder))
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
        self._refuse_newer(version)
        if version == SCHEMA_VERSION:
            return
        if version == 0:
            self._use_write_ahead_log()
        else:
            self._keep_copy(version)
        with self.transaction():
            held = self._one("PRAGMA user_version")[0]  # another process may have been faster
            for statement in statements_since(held):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _refuse_newer(self, version: int) -> None:
        if version > SCHEMA_VERSION:
            raise LibraryTooNew(
                f"资料库由更新的版本写成（格式 {version}，本版本只认到 {SCHEMA_VERSION}）：{self._folder}。"
                "请升级 jushi，或用 --data 换一个文件夹。"
            )

    def _keep_copy(self, version: int) -> None:
        """Keeps a copy of the file as an older version wrote it, beside it."""
        copy = self._folder / f"{FILE_NAME}.format-{version}"
        if copy.exists():
            return
        unfinished = copy.with_name(f"{copy.name}.unfinished")
        with closing(sqlite3.connect(unfinished)) as target:
            self._connection.backup(target)
        unfinished.replace(copy)

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

    def settle(self) -> None:
        """Makes everything committed so far outlive a power cut."""
        with self.transaction():
            self.put("settled", str(self.revision))

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
