"""Locks over a data folder, by which processes keep out of each other's way.

A lock dies with the process that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import LibraryLocked
from retrieval.failures import failures_as_library_errors

FILE_NAME = "write.lock"
_OPENING_NAME = "open.lock"
_PATIENCE = 0.5
_OPENING_PATIENCE = 60.0


@contextmanager
def write_lock(folder: Path, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Holds the write lock of the folder. Raises LibraryLocked if someone else keeps it that long.

    Not re-entrant: a second writer in the same process is refused as well.
    """
    with _held(folder, FILE_NAME, patience):
        yield


@contextmanager
def opening_lock(folder: Path) -> Iterator[None]:
    """Holds the lock under which indexes are opened: two processes that make one at once spoil it."""
    with _held(folder, _OPENING_NAME, _OPENING_PATIENCE):
        yield


@contextmanager
def _held(folder: Path, name: str, patience: float) -> Iterator[None]:
    # Not thread-local: a generator that ingests may be started in one thread and closed in another.
    lock = FileLock(folder / name, timeout=patience, thread_local=False)
    with failures_as_library_errors(folder, OSError):
        try:
            lock.acquire()
        except Timeout as error:
            raise LibraryLocked(
                f"另一个程序正在写入资料库：{folder}。请等它完成后再试；只提问和查找不受影响。"
            ) from error
    try:
        yield
    finally:
        lock.release()
