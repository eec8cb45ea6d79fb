"""Output of the command line: data on stdout, words for people on stderr, progress bars."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, Protocol

NO_CHINESE = (
    "This console ({encoding}) cannot show Chinese. Set PYTHONUTF8=1 and start again; on Windows, run "
    "'chcp 65001' first."
)


def prepare_streams() -> None:
    """Makes stdout and stderr replace what the console cannot show (a GBK console) instead of failing.

    Where no Chinese can be shown at all (ASCII), one line says so, in the only letters there are.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    if not shows(encoding, "据实"):
        say(NO_CHINESE.format(encoding=encoding))


def shows(encoding: str, text: str) -> bool:
    """Returns whether an encoding has all the characters of the text.

    >>> shows("gbk", "〔1〕★"), shows("ascii", "据实"), shows("gbk", "km²")
    (True, False, False)
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def say(text: str) -> None:
    """Writes a line for people to stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def write_text(text: str) -> None:
    """Writes a readable line to stdout."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def json_line(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> bytes:
    """Returns the value as one line of UTF-8 JSON, whatever the console's encoding is."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"


def write_json(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
    """Writes one line of UTF-8 JSON to stdout, flushed, so that a line that was printed is complete."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json_line(value))
    sys.stdout.buffer.flush()


def write_json_array(values: Iterable[Mapping[str, Any]]) -> None:
    """Writes a JSON array in UTF-8 to stdout, each value as soon as it is there."""
    sys.stdout.flush()
    out = sys.stdout.buffer
    before = b"["
    for value in values:
        out.write(before + json_line(value).rstrip(b"\n"))
        before = b", "
    out.write(b"[]\n" if before == b"[" else b"]\n")
    out.flush()


def well_formed(text: str) -> str:
    """Returns the text without lone surrogates, which no index and no UTF-8 file can hold."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


class Advance(Protocol):
    """Sets a progress bar to `done` of `total` and shows what is being worked on."""

    def __call__(self, done: int, total: int, item: object = "", /) -> None:
        """Moves the bar."""


@contextmanager
def progress_bar(label: str, *, shown: bool = True) -> Iterator[Advance]:
    """Yields a function that moves a progress bar on stderr, with the rate and the time left.

    The bar disappears from pipes by itself.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as TimeLeftColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("还需"),
        TimeLeftColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not shown, redirect_stdout=False) as bar:
        task = bar.add_task(label, total=None, rate="")
        began = time.monotonic()

        def advance(done: int, total: int, item: object = "", /) -> None:
            passed = time.monotonic() - began
            rate = f"{done / passed:.0f}/秒" if done and passed > 1 else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield advance
