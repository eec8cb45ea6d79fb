"""A process is killed while it ingests: what it has printed is there, and the stores agree.

`JUSHI_TEST_KILLS` sets how many are killed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings

from retrieval.library import Library
from retrieval.models import Query

KILLS = int(os.environ.get("JUSHI_TEST_KILLS", "3"))
WORKER = Path(__file__).with_name("library_worker.py")


def kill_while_ingesting(data_dir: Path, source: Path, delay: float) -> list[str]:
    """Kills a worker `delay` seconds after its first result; returns the ids it has printed."""
    root = Path(__file__).parents[2]
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(data_dir), str(source)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    with worker:
        assert worker.stdout is not None
        first = worker.stdout.readline()
        time.sleep(delay)
        worker.send_signal(signal.SIGKILL)
        printed = [first, *worker.stdout.readlines()]
    whole = [json.loads(line) for line in printed if line.endswith("\n")]
    return [result["article_id"] for result in whole if result]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_ingest_loses_nothing_it_has_printed(data_dir: Path, tmp_path: Path) -> None:
    seed = int(os.environ.get("JUSHI_TEST_SEED", "20240630"))
    moments, count = random.Random(seed), 120
    printed: set[str] = set()
    for round_number in range(KILLS):
        # Every round changes all texts, so that updates are killed as well as additions.
        source = invented.write_series(tmp_path, count)
        text = source.read_text("utf-8").replace("栖霞里", f"栖霞{round_number}里")
        source.write_text(text, encoding="utf-8")
        printed |= set(kill_while_ingesting(data_dir, source, moments.uniform(0, 0.3)))
        with Library.open(data_dir, embeddings=CharacterEmbeddings()) as library:
            assert library.check().problems == ()
            held = {meta.article_id for meta in library.articles()}
            assert printed <= held
            for article_id in moments.sample(sorted(printed), 5):
                figure = 7000 + int(article_id[1:])
                hits = library.search(Query(text=f"新增志愿者{figure}名", top_k=3))
                assert article_id in [hit.article_id for hit in hits]
    with Library.open(data_dir, embeddings=CharacterEmbeddings()) as library:
        assert len(list(library.ingest([source]))) == count
        assert library.check().ok
        assert len(library.articles()) == count
