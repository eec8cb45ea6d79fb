"""A process is killed at any moment of ingest, update or remove: the next open finds everything in order.

`JUSHI_TEST_KILLS` sets how many are killed (200 for the full measure), `JUSHI_TEST_SEED` when.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from index_fakes import CharacterEmbeddings

from retrieval.library import Library
from retrieval.models import Query

KILLS = int(os.environ.get("JUSHI_TEST_KILLS", "4"))
SEED = int(os.environ.get("JUSHI_TEST_SEED", "20240630"))
WORKER = Path(__file__).with_name("library_worker.py")
COUNT = 60


@dataclass
class Known:
    """What the worker has said: an article's last printed version, and which may be gone or changed.

    Attributes:
        held: Printed as added or updated: the figure that its text states.
        removed: Printed as removed.
        doubtful: Commands under way when the worker died; either outcome is right.
    """

    held: dict[str, int] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)


def figure(number: int, version: int) -> int:
    return 100_000 + 1_000 * number + version


def write_version(folder: Path, numbers: list[int], version: int) -> Path:
    path = folder / "articles.jsonl"
    lines = []
    for number in numbers:
        text = f"# 第{number}号社区\n\n栖霞里第{number}号社区今年新增志愿者{figure(number, version)}名。\n"
        text += "社区食堂每天供餐。\n" * (1 + (number + version) % 4 * 30)
        lines.append(json.dumps({"id": f"s{number:03}", "text": text}, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def kill_while_at_work(data_dir: Path, commands: list[str], moment: float) -> list[tuple[str, object]]:
    """Has a worker carry out commands and kills it at a moment; returns (command, whole line) as printed."""
    root = Path(__file__).parents[2]
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == '"ready"'
    printed: list[str] = []
    reader = threading.Thread(target=lambda: printed.extend(worker.stdout or ()))
    reader.start()
    worker.stdin.write("".join(f"{command}\n" for command in commands))
    worker.stdin.flush()
    time.sleep(moment)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    reader.join()
    worker.stdin.close()
    worker.stdout.close()
    told, left = [], iter(commands)
    command = next(left)
    for line in printed:
        if not line.endswith("\n"):
            break
        value = json.loads(line)
        told.append((command, value))
        if value is None:
            command = next(left, "")
    return told


def learn(known: Known, told: list[tuple[str, object]], commands: list[str], version: int) -> None:
    finished = sum(value is None for _, value in told)
    for command, value in told:
        if command.startswith("ingest") and isinstance(value, dict):
            assert value["result"] in {"added", "updated", "unchanged"}, value
            known.held[value["article_id"]] = version
            known.removed.discard(value["article_id"])
        elif command.startswith("remove") and isinstance(value, list):
            for article_id in value:
                known.held.pop(article_id, None)
                known.removed.add(article_id)
    known.doubtful = set()
    for command in commands[finished:]:
        names = {f"s{n:03}" for n in range(COUNT)} if command.startswith("ingest") else {command.split()[-1]}
        known.doubtful |= names
    printed = {v["article_id"] for c, v in told if isinstance(v, dict)}
    removes = {command.split()[-1] for command in commands[finished:] if command.startswith("remove")}
    known.doubtful -= printed - removes


def examine(library: Library, known: Known, versions: int, sample: list[str]) -> None:
    """Checks that the stores agree and that every article is as it was last printed to be."""
    assert library.check().problems == ()
    held = {meta.article_id for meta in library.articles()}
    for article_id in set(known.held) - known.doubtful:
        assert article_id in held
        number = int(article_id[1:])
        assert str(figure(number, known.held[article_id])) in library.article(article_id).text
    assert not (known.removed - known.doubtful) & held
    for article_id in sample:
        if article_id not in held:
            continue
        number = int(article_id[1:])
        text = library.article(article_id).text
        [version] = [v for v in range(versions + 1) if str(figure(number, v)) in text]
        hits = library.search(Query(text=f"新增志愿者{figure(number, version)}名", top_k=3))
        assert article_id in [hit.article_id for hit in hits]
        others = [figure(number, v) for v in range(versions + 1) if v != version]
        assert not any(f"{other}名" in hit.text for hit in hits for other in others)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_whatever_moment_a_process_is_killed_at(data_dir: Path, tmp_path: Path) -> None:
    chance, known = random.Random(SEED), Known()
    for version in range(KILLS):
        numbers = sorted(chance.sample(range(COUNT), chance.randint(COUNT // 2, COUNT)))
        source = write_version(tmp_path, numbers, version)
        commands = [f"remove s{n:03}" for n in chance.sample(range(COUNT), 4)]
        commands.insert(chance.randint(0, 4), f"ingest {source}")
        told = kill_while_at_work(data_dir, commands, chance.uniform(0, 1.2))
        learn(known, told, commands, version)
        with Library.open(data_dir, embeddings=CharacterEmbeddings()) as library:
            examine(library, known, version, [f"s{n:03}" for n in chance.sample(range(COUNT), 5)])
            # What is doubtful is settled now, one way or the other.
            for meta in library.articles():
                text = library.article(meta.article_id).text
                number = int(meta.article_id[1:])
                [known.held[meta.article_id]] = [
                    v for v in range(version + 1) if f"{figure(number, v)}名" in text
                ]
            known.held = {m.article_id: known.held[m.article_id] for m in library.articles()}
            known.removed -= set(known.held)
