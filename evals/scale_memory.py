"""The most memory that a process and those it has started have held together (Linux)."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType

_PAUSE = 0.5
_PAGE = 4096


class PeakMemory:
    """Watches a process while the context lasts; `peak` is in bytes."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_PAUSE):
            self.peak = max(self.peak, sum(map(_resident, self._family())))

    def _family(self) -> list[int]:
        """Returns the process with its children and theirs."""
        found, fresh = [], [self._pid]
        while fresh:
            pid = fresh.pop()
            found.append(pid)
            for path in Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    fresh += map(int, path.read_text(encoding="ascii").split())
                except OSError:
                    continue
        return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except OSError:
        return 0
