"""Many questions from a file: `.jsonl` in, `.jsonl` out, in the same order.

A line that cannot be asked gives a rejected line and the run goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.cli.console import json_line, progress_bar, well_formed
from assistant.cli.opening import UnknownScope, resolve_scope

LineId = str | int


@dataclass(frozen=True, slots=True)
class BatchItem:
    """A line of the file that can be asked: its questions (several: one conversation) and its scope."""

    id: LineId
    questions: tuple[str, ...]
    conversation: bool = False
    scope: frozenset[str] | None = None

    def ids(self) -> list[LineId]:
        """Returns the id of each question's answer: the line's own, or `ID#0`, `ID#1`, …."""
        if not self.conversation:
            return [self.id]
        return [f"{self.id}#{turn}" for turn in range(len(self.questions))]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be asked and the Chinese reason."""

    id: LineId
    reason: str

    def rejected(self) -> dict[str, Any]:
        """Returns the line of the answer file that stands for it."""
        return {"id": self.id, "status": "rejected", "text": self.reason}


class _Unusable(ValueError):
    """What a line says cannot be asked."""


def read_batch(raw: bytes, held: Mapping[str, str]) -> list[BatchItem | BadLine]:
    """Returns the lines of a batch file in order, blank ones left out; never raises for a line.

    Args:
        raw: The file as it lies on the disk; UTF-8, with or without BOM.
        held: Every known article id with the id it is indexed under.
    """
    lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [_read_line(line, number, held) for number, line in enumerate(lines, start=1) if line.strip()]


def _read_line(line: bytes, number: int, held: Mapping[str, str]) -> BatchItem | BadLine:
    name: LineId = f"line-{number}"
    try:
        record = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return BadLine(name, f"第 {number} 行不是完整的 UTF-8 JSON。请检查这一行的引号、逗号、括号和编码。")
    if not isinstance(record, dict):
        return BadLine(name, f"第 {number} 行不是 JSON 对象。每行应形如 {{“id”：…，“question”：…}}。")
    given = record.get("id")
    if isinstance(given, str | int) and not isinstance(given, bool):
        name = well_formed(given) if isinstance(given, str) else given
    try:
        questions = _questions(record, number)
        return BatchItem(name, questions, "turns" in record, _scope(record, number, held))
    except (_Unusable, UnknownScope) as error:
        return BadLine(name, str(error))


def _questions(record: Mapping[str, Any], number: int) -> tuple[str, ...]:
    if "turns" in record and "question" in record:
        raise _Unusable(f"第 {number} 行同时有 question 和 turns。请只留一个。")
    if "turns" not in record:
        question = record.get("question")
        if not isinstance(question, str):
            raise _Unusable(f"第 {number} 行缺少字符串 question。请写上要问的话。")
        return (well_formed(question),)
    turns = record["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise _Unusable(f"第 {number} 行的 turns 不是字符串列表。请把各轮问题依次写进列表。")
    return tuple(well_formed(turn) for turn in turns)


def _scope(record: Mapping[str, Any], number: int, held: Mapping[str, str]) -> frozenset[str] | None:
    scope = record.get("scope")
    if scope is None:
        return None
    if not isinstance(scope, list) or not all(isinstance(name, str) for name in scope):
        raise _Unusable(f"第 {number} 行的 scope 不是文章编号的列表。请写成 [编号，…]。")
    return resolve_scope(scope, held)


def run_batch(
    source: Path,
    target: Path,
    held: Mapping[str, str],
    answer: Callable[[BatchItem], Iterable[Mapping[str, Any]]],
) -> None:
    """Writes the answers to every line of `source` to `target`, each line whole and flushed when done.

    `answer` gives the lines for one item, their ids included. Raises OSError.
    """
    items = read_batch(source.read_bytes(), held)
    with target.open("wb") as out, progress_bar("作答") as advance:
        for done, item in enumerate(items):
            advance(done, len(items))
            for line in _lines(item, answer):
                out.write(json_line(line))
                out.flush()
        advance(len(items), len(items))


def _lines(
    item: BatchItem | BadLine, answer: Callable[[BatchItem], Iterable[Mapping[str, Any]]]
) -> Iterator[Mapping[str, Any]]:
    if isinstance(item, BadLine):
        yield item.rejected()
    else:
        yield from answer(item)
