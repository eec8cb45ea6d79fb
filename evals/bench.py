"""Question collections (`NAME/passages.jsonl.xz`, `NAME/questions.jsonl.xz`) opened as libraries."""

from __future__ import annotations

import json
import lzma
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant
from retrieval import Library

TRAINABLE = ("drcd", "cmrc2018", "cjrc", "news_antiterror", "ncp_policy", "crud", "domainrag")
MEASURED = ("dureader_checklist", "rgb_zh")  # their licences allow measuring, not training
_MOST_PASSAGES = 6000  # of a collection whose passages are mostly asked about by nobody


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a collection.

    Attributes:
        answers: Right answers; any of them will do.
        gold: Ids of the articles that answer it.
        scope: Ids of the only articles that may be read, None for all.
    """

    key: str
    question: str
    answers: tuple[str, ...]
    gold: frozenset[str]
    scope: frozenset[str] | None
    answerable: bool


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _passages(folder: Path) -> list[dict[str, Any]]:
    passages = list(_rows(folder / "passages.jsonl.xz"))
    if len(passages) <= 2 * _MOST_PASSAGES:
        return passages
    needed = {p for q in _rows(folder / "questions.jsonl.xz") for p in q["passage_ids"]}
    rest = [p for p in passages if p["id"] not in needed]
    random.Random(0).shuffle(rest)
    return [p for p in passages if p["id"] in needed] + rest[:_MOST_PASSAGES]


def questions(folder: Path, most: int | None = None) -> list[Asked]:
    """Returns the questions of a collection that have a bare answer or none, shuffled, at most `most`."""
    numbers = {p["id"]: f"a{i:06d}" for i, p in enumerate(_passages(folder))}
    found = []
    for row in _rows(folder / "questions.jsonl.xz"):
        if row.get("yesno") is True or row.get("split") == "event2news":
            continue
        scope = row.get("scope")
        found.append(
            Asked(
                str(row["id"]),
                row["question"].strip(),
                tuple(str(a) for a in row.get("answers") or () if str(a).strip()),
                frozenset(numbers[p] for p in row["passage_ids"] if p in numbers),
                frozenset(numbers[p] for p in scope if p in numbers) if scope else None,
                bool(row["answerable"]),
            )
        )
    random.Random(1).shuffle(found)
    return found[:most]


@contextmanager
def opened(folder: Path) -> Iterator[Assistant]:
    """Yields an assistant over all passages of a collection, under ids that tell nothing; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="jushi-bench-", ignore_cleanup_errors=True) as name:
        source = Path(name) / "passages.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for i, passage in enumerate(_passages(folder)):
                row = {"id": f"a{i:06d}", "title": passage.get("title", ""), "text": passage["text"]}
                if passage.get("date"):
                    row["published"] = passage["date"][:10]
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        with Library.open(Path(name) / "data") as library:
            for _ in library.ingest([source]):
                pass
        with Assistant.open(Path(name) / "data") as system:
            yield system
