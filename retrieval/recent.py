"""What was read last, by a key: kept up to a size in all, as it was at one revision of the library."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Remembers values by key until there are too many of them, or the revision changes. Thread-safe."""

    def __init__(self, most: int) -> None:
        """Keeps values of `most` in all, by the sizes that `put` is given."""
        self._most = most
        self._lock = threading.Lock()
        self._revision = -1
        self._held: dict[str, tuple[T, int]] = {}
        self._size = 0

    def get(self, key: str, revision: int) -> T | None:
        """Returns the value of a key as of a revision, None if it is not remembered."""
        with self._lock:
            self._move_to(revision)
            found = self._held.get(key)
            return found[0] if found else None

    def put(self, key: str, value: T, size: int, revision: int) -> None:
        """Remembers what was read at a revision, unless it has changed since; what came first gives way."""
        with self._lock:
            if revision != self._revision or key in self._held or size > self._most:
                return
            self._held[key] = (value, size)
            self._size += size
            while self._size > self._most:
                self._size -= self._held.pop(next(iter(self._held)))[1]

    def _move_to(self, revision: int) -> None:
        if revision != self._revision:
            self._held.clear()
            self._size, self._revision = 0, revision
