"""Sizes and times of a large library, beside the plain LangChain pipeline in the same run.

`python -m evals.scale --articles FILE.jsonl --count N [--questions FILE.jsonl] [--plain] [--keep DIR]`

FILE.jsonl: an article a line, as `jushi ingest` takes it. A question file has a `question` a line; without
one, sentences of the articles are asked. `--plain` needs langchain-chroma, langchain-community and rank-bm25.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from evals.scale_memory import PeakMemory

_SEED = 20240630
_SHARE = 10
_PAUSE = 0.2
_PLAIN = ("langchain_chroma", "langchain_community", "rank_bm25")
Row = tuple[str, float, str, float | None]


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    if given.plain and (missing := [name for name in _PLAIN if not find_spec(name)]):
        parser.error(f"--plain needs {', '.join(missing)}")
    with _folder(given.keep) as folder:
        source, size = _first(given.articles, given.count, folder / "articles.jsonl")
        questions = _questions(given.questions, source, given.asked, folder / "questions.json")
        rows = _ingest(source, folder / "data", given.count, size)
        rows += _measure("evals.scale_queries", folder / "data", questions, source)
        _print("jushi", rows)
        if given.plain:
            plain = _measure("evals.scale_plain", folder / "plain", questions, source)
            _print("plain LangChain: Chroma and BM25Retriever", plain)
            _print_ratios(dict((r[0], r[1]) for r in rows), dict((r[0], r[1]) for r in plain))


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="jushi-scale-") as name:
        yield Path(name)


def _first(articles: Path, count: int, target: Path) -> tuple[Path, int]:
    """Writes the first articles into a file of their own; returns it and the bytes of their texts."""
    size = 0
    with articles.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as file:
        for _, line in zip(range(count), lines, strict=False):
            size += len(json.loads(line)["text"].encode("utf-8"))
            file.write(line)
    return target, size


def _questions(given: Path | None, source: Path, asked: int, target: Path) -> Path:
    chance = random.Random(_SEED)
    if given:
        with given.open(encoding="utf-8") as lines:
            found = [json.loads(line)["question"] for line in lines]
    else:
        with source.open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        parts = (text.split("。")[len(text) % 3 :][:1] for text in texts)
        found = [part[0].strip()[:60] for part in parts if part and len(part[0].strip()) > 15]
    chance.shuffle(found)
    target.write_text(json.dumps(found[:asked], ensure_ascii=False), encoding="utf-8")
    return target


def _ingest(source: Path, data: Path, count: int, size: int) -> list[Row]:
    """Ingests as a person would, in a process of its own, and watches its time, memory and disk."""
    if data.exists():
        print(f"{data} is there already: not ingested again")
        return []
    command = [sys.executable, "-m", "assistant", "ingest", str(source), "--json", "--data", str(data)]
    began, moments = time.perf_counter(), []
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdout=pipe, stderr=null) as process, PeakMemory(process.pid) as memory:
        for _ in process.stdout or ():
            moments.append(time.perf_counter() - began)
    wall = time.perf_counter() - began
    first, last = _rates(moments)
    disk = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    return [
        ("articles", len(moments), "", None),
        ("ingest, min", wall / 60, "min", 15.0 * count / 64_645),
        ("rate of the first tenth, articles/s", first, "", None),
        ("rate of the last tenth, articles/s", last, "", None),
        ("rate last/first", last / first, "", 0.6),
        ("peak memory, GB", memory.peak / 1e9, "", 2.5),
        ("disk / text", disk / size, "", 10.0),
    ]


def _rates(moments: Sequence[float]) -> tuple[float, float]:
    """Returns the articles a second of the first and of the last tenth, after the first batch.

    Lines come in batches: in between the count is taken to grow evenly.
    """
    ends = [i for i in range(1, len(moments)) if moments[i] - moments[i - 1] > _PAUSE]
    counts = np.array([*ends, len(moments)], dtype=float)
    times = np.array([moments[i - 1] for i in [*ends, len(moments)]])
    tenth = (counts[-1] - counts[0]) / _SHARE
    marks = np.interp([counts[0] + tenth, counts[-1] - tenth], counts, times)
    if not tenth:
        return 1.0, 1.0
    return float(tenth / (marks[0] - times[0])), float(tenth / (times[-1] - marks[1]))


def _measure(module: str, data: Path, questions: Path, source: Path) -> list[Row]:
    command = [sys.executable, "-m", module, str(data), str(questions), str(source)]
    found = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return [(str(r[0]), float(r[1]), str(r[2]), r[3]) for r in json.loads(found.stdout.splitlines()[-1])]


def _print(title: str, rows: list[Row]) -> None:
    print(f"\n{title}\n{'what':<46}{'measured':>12}{'limit':>10}{'ratio':>8}")
    for name, value, _, limit in rows:
        said = f"{limit:>10.2f}{value / limit:>8.2f}" if limit else ""
        print(f"{name:<46}{value:>12.2f}{said}")


def _print_ratios(own: dict[str, Any], plain: dict[str, Any]) -> None:
    print(f"\n{'beside the plain pipeline':<46}{'jushi':>12}{'plain':>10}{'ratio':>8}")
    for name in own:
        if plain.get(name):
            print(f"{name:<46}{own[name]:>12.2f}{plain[name]:>10.2f}{own[name] / plain[name]:>8.2f}")


if __name__ == "__main__":
    main()
