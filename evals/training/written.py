"""Questions written for this project over news articles of a collection: how people ask, and near misses.

`written_questions.jsonl` has a line for each: the passage (its id in `crud`), the question, and the answers
as they stand there, none where the articles do not say. The passages are read from the collection.
"""

from __future__ import annotations

import json
import lzma
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME = "written"
_QUESTIONS = Path(__file__).with_name("written_questions.jsonl")


def rows() -> list[dict[str, Any]]:
    """Returns the questions as they are committed: `passage`, `question`, `answers`."""
    return [json.loads(line) for line in _QUESTIONS.read_text("utf-8").splitlines()]


@contextmanager
def collection(bench: Path) -> Iterator[Path]:
    """Yields a folder with these questions and their passages in the form of the other collections.

    Raises:
        FileNotFoundError: If `bench` holds no collection `crud`.
    """
    asked = rows()
    wanted = {row["passage"] for row in asked}
    with lzma.open(bench / "crud" / "passages.jsonl.xz", "rt", encoding="utf-8") as file:
        passages = [p for p in map(json.loads, file) if p["id"] in wanted]
    questions = [
        {
            "id": f"{NAME}-{number}",
            "question": row["question"],
            "answers": row["answers"],
            "passage_ids": [row["passage"]] if row["answers"] else [],
            "answerable": bool(row["answers"]),
        }
        for number, row in enumerate(asked)
    ]
    with tempfile.TemporaryDirectory(prefix="jushi-written-") as name:
        for part, found in (("passages", passages), ("questions", questions)):
            with lzma.open(Path(name) / f"{part}.jsonl.xz", "wt", encoding="utf-8") as file:
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
        yield Path(name)
