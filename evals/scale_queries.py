"""Times of opening, retrieval, filters, changes and answers over a large library; started by evals.scale."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from retrieval import Library

_CHANGES = 10


def main() -> None:
    """Prints rows of (name, value, unit, limit) as JSON. Arguments: data folder, questions, articles."""
    questions = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    began = time.perf_counter()
    from assistant import Assistant
    from retrieval import Query

    imported = time.perf_counter()
    with Assistant.open(Path(sys.argv[1])) as assistant:
        opened = time.perf_counter()
        assistant.ask(questions[0])
        first = time.perf_counter()
        library = assistant.library
        ids = [meta.article_id for meta in library.articles()]
        fifth, hundredth = frozenset(ids[::5]), frozenset(ids[::100])

        def within(scope: frozenset[str] | None) -> list[float]:
            library.search(Query(text=questions[0], scope=scope))  # what is read once is read now
            return _times(lambda q: library.search(Query(text=q, scope=scope)), questions)

        every, some, few = within(None), within(fifth), within(hundredth)
        changes = _changes(library, Path(sys.argv[3]))
        _on_one_core()
        answers = _times(assistant.ask, questions)
    rows = [
        ("import, s", imported - began, "s", None),
        ("open, s", opened - imported, "s", None),
        ("open to first answer, s", first - imported, "s", 3.0),
        ("first start to first answer, s", first - began, "s", None),
        *_rows("retrieval", every, (40.0, 100.0)),
        *_rows("retrieval in a fifth", some, (2 * _at(every, 50), 2 * _at(every, 95))),
        *_rows("retrieval in a hundredth", few, (2 * _at(every, 50), 2 * _at(every, 95))),
        *[(f"{name} one article, p95 ms", _at(times, 95), "ms", 300.0) for name, times in changes.items()],
        *_rows("answer, one core", answers, (None, 200.0)),
    ]
    print(json.dumps(rows))


def _changes(library: Library, source: Path) -> dict[str, list[float]]:
    """Adds, replaces and removes articles one by one; the library is as before afterwards."""
    times: dict[str, list[float]] = {"add": [], "replace": [], "remove": []}
    with source.open(encoding="utf-8") as lines, tempfile.TemporaryDirectory() as name:
        texts = [json.loads(line)["text"] for _, line in zip(range(_CHANGES), lines, strict=False)]
        for number, text in enumerate(texts):
            path = Path(name) / f"scale-{number}.txt"
            for kind, opening in (("add", "新写的"), ("replace", "改过的")):
                path.write_text(f"{opening}第{number}篇。{text}", encoding="utf-8")
                times[kind].append(_time(lambda given: list(library.ingest(given)), [path]))
            times["remove"].append(_time(library.remove, [path.stem]))
    return times


def _times(run: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    return [_time(run, question) for question in questions]


def _time(run: Callable[[Any], object], given: Any) -> float:
    began = time.perf_counter()
    run(given)
    return (time.perf_counter() - began) * 1000


def _at(times: Sequence[float], percentile: int) -> float:
    return float(np.percentile(times, percentile))


def _rows(
    name: str, times: Sequence[float], limits: tuple[float | None, float | None]
) -> list[tuple[str, float, str, float | None]]:
    return [
        (f"{name}, p50 ms", _at(times, 50), "ms", limits[0]),
        (f"{name}, p95 ms", _at(times, 95), "ms", limits[1]),
    ]


def _on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


if __name__ == "__main__":
    main()
