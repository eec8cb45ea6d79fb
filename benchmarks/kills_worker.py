"""The process that `benchmarks.kills` kills, and how it is told what to do and killed.

Reads a line of JSON for each piece of work from stdin; writes one for each article, and one when a piece is done.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from retrieval import Library

_SMALL_BATCH = 2_000  # characters, so that a short run has many batches


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do, and the version that each article it touches has afterwards (0: none)."""

    kind: str
    target: str = ""
    versions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What a killed process had said: whether the library was open, how much was done, articles of each piece."""

    opened: bool
    finished: int
    printed: Mapping[int, set[str]]


def kill_at_work(data: Path, work: list[Work], moment: float, *, after_opening: bool, plant: str) -> Told:
    """Starts a process, kills it `moment` seconds after its start or its opening, returns what it had said."""
    command = [sys.executable, "-m", "benchmarks.kills_worker", str(data), plant]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        lines: list[str] = []
        is_open = threading.Event()
        reader = threading.Thread(target=_listen, args=(process.stdout, lines, is_open))
        reader.start()
        process.stdin.write("".join(json.dumps([one.kind, one.target]) + "\n" for one in work))
        process.stdin.flush()
        if after_opening:
            is_open.wait(60)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        reader.join()
    return _told(lines)


def _listen(stream: object, lines: list[str], is_open: threading.Event) -> None:
    for line in stream:  # type: ignore[attr-defined]
        lines.append(line)
        is_open.set()
    is_open.set()


def _told(lines: list[str]) -> Told:
    opened, finished = False, 0
    printed: dict[int, set[str]] = {}
    for line in lines:
        if not line.endswith("\n"):
            break  # killed in the middle of it
        said = json.loads(line)
        if said == "open":
            opened = True
        elif said == "done":
            finished += 1
        else:
            if said["result"] not in {"added", "updated", "unchanged"}:
                raise AssertionError(f"the benchmark's own articles must get in: {said}")
            printed.setdefault(finished, set()).add(said["article_id"])
    return Told(opened, finished, printed)


def main() -> None:
    """Does as told until stdin ends."""
    from retrieval import ingest

    ingest._BATCH_CHARACTERS = _SMALL_BATCH
    if sys.argv[2] == "early":
        _plant()
    with Library.open(Path(sys.argv[1])) as library:
        _say("open")
        for line in sys.stdin:
            kind, target = json.loads(line)
            _do(library, kind, target)
            _say("done")


def _do(library: Library, kind: str, target: str) -> None:
    if kind == "remove":
        library.remove(target.split())
    elif kind == "rebuild":
        library.rebuild()
    else:
        met = []
        for result in library.ingest([Path(target)]):
            _say(result.model_dump())
            met.append(result)
        if kind == "mirror" and met:
            library.forget(library.departed(Path(target), met))


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _plant() -> None:
    """Plants a fault: articles are called ready, and writing done, before the indexes hold them."""
    from retrieval import finishing, ingest

    whole = finishing.finish

    def early(store, indexes, dropped, prepared):  # type: ignore[no-untyped-def]
        with store.transaction():
            store.set_state([found.article_id for found in prepared], "ready")
            store.put("writing", "0")
        time.sleep(0.5)
        whole(store, indexes, dropped, prepared)

    ingest.finish = early  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
