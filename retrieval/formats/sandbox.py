"""Files parsed in a child process with limits of time and memory, so that no file can harm the library."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from retrieval.errors import ArticleUnreadable
from retrieval.formats.kinds import CONVERTED, check_kind
from retrieval.formats.office import convert
from retrieval.formats.record import Extracted

_MOST_MEMORY = 900 * 1024 * 1024
_START_SECONDS, _END_SECONDS = 60.0, 5.0
# The child ends itself by the time it has worked; on a busy machine that takes longer by the clock.
_PATIENCE = 3.0 if hasattr(signal, "setitimer") else 1.0
_OUT_OF_TIME = int(getattr(signal, "SIGPROF", 0))
_SECONDS, _SECONDS_PER_MEGABYTE = 8.0, 1.0
_PACKAGES = Path(__file__).resolve().parents[2]
_SLOW = "解析超过 {:.0f} 秒，已停止：文件可能已损坏或异常复杂，请用原软件另存、拆分后再导入。"
_DIED = "解析时程序中断（文件可能已损坏或占用内存过多）：请用原软件另存后再导入。"


class Extractor(Protocol):
    """Turns a file into text."""

    def extract(self, path: Path) -> Extracted:
        """Returns what a file holds. Raises ArticleUnreadable."""


class Sandbox:
    """An Extractor whose parsers run in one child process, started when first needed and again after a death.

    Use as a context manager, from one thread at a time.
    """

    def __init__(self, *, seconds: float = _SECONDS, memory: int = _MOST_MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes] = queue.Queue()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def extract(self, path: Path) -> Extracted:
        """Returns what a file holds. Raises ArticleUnreadable."""
        check_kind(path)
        target = CONVERTED.get(path.suffix.lower())
        if target is None:
            return self._parse(path)
        with tempfile.TemporaryDirectory(prefix="jushi-") as folder:
            return self._parse(convert(path, target, Path(folder)))

    def close(self) -> None:
        """Ends the child; closing twice is fine."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()

    def _parse(self, path: Path) -> Extracted:
        seconds = self._seconds + _SECONDS_PER_MEGABYTE * path.stat().st_size / 2**20
        answer = self._ask(str(path.absolute()), seconds)
        if answer.get("worn"):
            self.close()
        if "found" not in answer:
            raise ArticleUnreadable(str(answer["reason"]))
        return Extracted.model_validate(answer["found"])

    def _ask(self, path: str, seconds: float) -> dict[str, Any]:
        child = self._running()
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps([path, seconds]).encode("ascii") + b"\n")
            child.stdin.flush()
            line = self._answers.get(timeout=_START_SECONDS)
            if line:  # loaded
                line = self._answers.get(timeout=seconds * _PATIENCE)
        except queue.Empty as error:
            self.close()
            raise ArticleUnreadable(_SLOW.format(seconds)) from error
        except OSError:
            line = b""
        if not line:
            with suppress(subprocess.TimeoutExpired):
                child.wait(_END_SECONDS)
            out_of_time = bool(_OUT_OF_TIME) and child.poll() == -_OUT_OF_TIME
            self.close()
            raise ArticleUnreadable(_SLOW.format(seconds) if out_of_time else _DIED)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        self._answers = queue.Queue()
        child = subprocess.Popen(
            # -P: a file of the folder at hand must not stand in for a module.
            [sys.executable, "-P", "-m", "retrieval.formats.worker", str(self._memory)],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(_PACKAGES), os.environ.get("PYTHONPATH", "")]),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._child = child
        threading.Thread(target=_forward, args=(child, self._answers), daemon=True).start()
        try:
            ready = self._answers.get(timeout=_START_SECONDS)
        except queue.Empty:
            ready = b""
        if not ready:
            self.close()
            raise ArticleUnreadable("解析程序没有启动：请重新安装 jushi 后再试。")
        return child


def _forward(child: subprocess.Popen[bytes], answers: queue.Queue[bytes]) -> None:
    """Hands on the child's lines; an empty one says that it has ended."""
    assert child.stdout is not None
    try:
        for line in child.stdout:
            answers.put(line)
    except ValueError:  # closed while reading
        pass
    answers.put(b"")
