"""Where Chroma's collection lives: a folder that one process uses at a time, or a server.

The only importer of chromadb.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import chromadb
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from filelock import FileLock, Timeout

from retrieval.errors import LibraryError, LibraryLocked, LibraryUnreachable
from retrieval.failures import failures_as_library_errors
from retrieval.models import ChromaServer
from retrieval.narrow_paths import narrow_path

FAILURES = (ChromaError, OSError, RuntimeError, ValueError)
# A client that fails to start trips over its own clean-up: it stops what was never started.
_OPENING_FAILURES = (*FAILURES, AttributeError)
_HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400}
# What is not yet saved in the graph's own files is inserted anew at every opening: keep it little.
_LOCAL_HNSW = {**_HNSW, "sync_threshold": 250}
_COLLECTION = "chunks"
_LOCK_NAME = "in-use.lock"
_STAMP_NAME = "stamp"
_PATIENCE = 60.0
_QUICK = 0.05
_CALM_SECONDS = 3.0


class VectorsBusy(LibraryLocked):
    """Another process or thread is using the vector index; a reader can do without it meanwhile."""


class ChromaPlace(Protocol):
    """Hands out the collection; `batch` is the most rows of one call."""

    batch: int

    def writing(self) -> AbstractContextManager[Any]:
        """Gives the collection to write to; what was written is on the disk when it ends."""

    def reading(self, *, patient: bool = False) -> AbstractContextManager[Any]:
        """Gives the collection as the last writer left it. Raises VectorsBusy unless `patient`."""

    def close(self) -> None:
        """Releases everything; closing twice is fine."""


class ChromaFolder:
    """Chroma's embedded store in a folder.

    An open handle neither sees what another process writes, nor leaves its files alone: a query brings the
    graph up to date and may save it. So one process at a time uses the folder, under a lock that dies with
    it; a stamp beside the lock tells the next one that its handle is out of date.
    """

    batch = 4_000

    def __init__(self, folder: Path) -> None:
        """Uses `folder`, which is made if missing. Raises LibraryError."""
        self._folder = folder
        self._thread_lock = threading.RLock()
        with failures_as_library_errors(folder, OSError):
            folder.mkdir(parents=True, exist_ok=True)
        self._file_lock = FileLock(folder / _LOCK_NAME, thread_local=False)
        self._client: Any = None
        self._collection: Any = None
        self._stamp = -1

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Gives the collection to write to; what was written is on the disk when it ends."""
        with self._alone(_PATIENCE):
            collection = self._current(self._stamp_on_disk())
            self._stamp = self._stamp_on_disk() + 1
            (self._folder / _STAMP_NAME).write_text(str(self._stamp), encoding="ascii")
            yield collection
            self._sync()

    @contextmanager
    def reading(self, *, patient: bool = False) -> Iterator[Any]:
        """Gives the collection as the last writer left it. Raises VectorsBusy unless `patient`."""
        with self._alone(_PATIENCE if patient else _QUICK):
            stamp = self._stamp_on_disk()
            stale = self._client is not None and stamp != self._stamp
            if stale and not patient and self._written_just_now():
                raise self._busy()
            yield self._current(stamp)

    def close(self) -> None:
        """Releases everything; closing twice is fine."""
        with self._thread_lock:
            if self._client is not None:
                self._client.close()
            self._client, self._collection, self._stamp = None, None, -1

    @contextmanager
    def _alone(self, patience: float) -> Iterator[None]:
        if not self._thread_lock.acquire(timeout=patience):
            raise self._busy()
        try:
            with failures_as_library_errors(self._folder, *FAILURES):
                try:
                    self._file_lock.acquire(timeout=patience)
                except Timeout as error:
                    raise self._busy() from error
                try:
                    yield
                finally:
                    self._file_lock.release()
        finally:
            self._thread_lock.release()

    def _current(self, stamp: int) -> Any:
        if self._client is None or stamp != self._stamp:
            self.close()
            self._open()
            self._stamp = stamp
        return self._collection

    def _open(self) -> None:
        with failures_as_library_errors(self._folder, *_OPENING_FAILURES):
            self._client = chromadb.PersistentClient(
                path=str(narrow_path(self._folder)), settings=Settings(anonymized_telemetry=False)
            )
            self._collection = _collection(self._client, _COLLECTION, _LOCAL_HNSW)

    def _stamp_on_disk(self) -> int:
        with suppress(FileNotFoundError, ValueError):
            return int((self._folder / _STAMP_NAME).read_text(encoding="ascii"))
        return 0

    def _written_just_now(self) -> bool:
        """While somebody writes, opening anew for every question would cost more than it gives."""
        with suppress(FileNotFoundError):
            return time.time() - (self._folder / _STAMP_NAME).stat().st_mtime < _CALM_SECONDS
        return False

    def _busy(self) -> VectorsBusy:
        return VectorsBusy(f"另一个程序正在使用向量索引：{self._folder}。请稍后再试。")

    def _sync(self) -> None:
        """Waits until everything lies on the disk: what SQLite then calls ready must outlive a power cut."""
        for path in self._folder.rglob("*"):
            if path.is_file() and path.name != _LOCK_NAME:
                _sync_file(path)


class ChromaService:
    """A collection on a Chroma server, which takes care of several clients by itself."""

    batch = 1_000

    def __init__(self, server: ChromaServer, collection: str) -> None:
        """Uses the collection of that name, which is made if missing. Raises LibraryError."""
        self._server = server
        self._name = collection
        self._lock = threading.Lock()
        self._client: Any = None
        self._collection: Any = None

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Gives the collection to write to."""
        with self._failures():
            yield self._opened()

    @contextmanager
    def reading(self, *, patient: bool = False) -> Iterator[Any]:
        """Gives the collection."""
        with self._failures():
            yield self._opened()

    def close(self) -> None:
        """Forgets the connection."""
        with self._lock:
            self._client, self._collection = None, None

    def drop_others(self, prefix: str) -> None:
        """Deletes the other collections whose names begin with `prefix`."""
        with self._failures():
            self._opened()
            for collection in self._client.list_collections():
                if collection.name.startswith(prefix) and collection.name != self._name:
                    self._client.delete_collection(collection.name)

    def _opened(self) -> Any:
        with self._lock:
            if self._collection is None:
                self._client = chromadb.HttpClient(
                    host=self._server.url,  # whole, so that a path before a proxy stays
                    ssl=urlsplit(self._server.url).scheme == "https",
                    headers=dict(self._server.headers),
                    tenant=self._server.tenant,
                    database=self._server.database,
                    settings=Settings(anonymized_telemetry=False),
                )
                self._collection = _collection(self._client, self._name, _HNSW)
            return self._collection

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except LibraryError:
            raise
        except Exception as error:
            if not isinstance(error, _OPENING_FAILURES) and not type(error).__module__.startswith("httpx"):
                raise
            raise LibraryUnreachable(
                f"Chroma 服务用不了：{self._server.url}（{error}）。"
                "请检查 JUSHI_CHROMA 的地址、服务是否已启动，以及租户、数据库和请求头。"
            ) from error


def _collection(client: Any, name: str, hnsw: Mapping[str, Any]) -> Any:
    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return client.create_collection(name, embedding_function=None, configuration={"hnsw": dict(hnsw)})


def _sync_file(path: Path) -> None:
    with suppress(FileNotFoundError, PermissionError):
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
