"""kill -9 at random moments of ingest, update, remove, mirror and rebuild: what the next open finds.

Usage: python -m benchmarks.kills [--kills 200] [--seed 1] [--plant early]

After each kill the library is opened anew and compared with what the dead process had said: do the stores agree, is
every article whose line was printed answered from, is none that was removed, does no index hold a chunk of an old
version. Prints a table; exit 1 if anything was wrong. `--plant early` plants a fault, which must be found: articles
are called ready before the indexes hold them.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

from assistant import Assistant
from benchmarks.kills_truth import Truth, question_of, sentence_of
from benchmarks.kills_worker import Work, kill_at_work
from retrieval import Query

_ASKED = 3
_IN_LINES, _IN_FOLDER = 30, 20  # articles of each of two .jsonl files; files of the mirrored folder
_OPENING = 0.2  # share of the kills that come while the library is being opened
_KINDS = ("ingest s", "ingest t", "remove", "remove", "mirror", "rebuild")


def main() -> None:
    """Kills, opens, compares; prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", choices=["early"], default="")
    given = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="jushi-kills-") as name:
        run = _Run(Path(name), random.Random(given.seed), given.plant)
        for number in range(given.kills):
            run.kill(number)
            if (number + 1) % 20 == 0:
                print(f"{number + 1} kills, {len(run.wrong)} wrong", file=sys.stderr)
    _print(run, given.kills, time.perf_counter() - began)
    sys.exit(1 if run.wrong else 0)


class _Run:
    """One library, killed again and again."""

    def __init__(self, folder: Path, chance: random.Random, plant: str) -> None:
        self.at: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.opened: list[float] = []
        self.wrong: list[str] = []
        self.searched = self.asked = 0
        self._data = folder / "data"
        self._source = folder / "source"
        (self._source / "mirrored").mkdir(parents=True)
        self._chance = chance
        self._plant = plant
        self._truth = Truth()

    def kill(self, number: int) -> None:
        """Has a process work, kills it at a random moment, opens the library and looks at it."""
        chance = self._chance
        work = [self._work(kind) for kind in chance.sample(_KINDS, 4)]
        opening = chance.random() < _OPENING
        moment = chance.uniform(0.1, 2.5) if opening else chance.uniform(0, 2.5)
        told = kill_at_work(self._data, work, moment, after_opening=not opening, plant=self._plant)
        self.done.update(work[i].kind for i in range(min(told.finished, len(work))))
        under_way = work[told.finished] if told.opened and told.finished < len(work) else None
        self.at[under_way.kind if under_way else "open" if not told.opened else "after all"] += 1
        self._truth.learn(work, told)
        began = time.perf_counter()
        with Assistant.open(self._data) as assistant:
            self.opened.append(time.perf_counter() - began)
            self._look(assistant, number)

    def _work(self, kind: str) -> Work:
        chance, truth = self._chance, self._truth
        if kind.startswith("ingest"):
            names = [f"{kind[-1]}{n:03}" for n in range(_IN_LINES)]
            ids = sorted(chance.sample(names, chance.randint(5, _IN_LINES)))
            return truth.ingest(self._source / f"{kind[-1]}.jsonl", {key: self._version() for key in ids})
        if kind == "remove":
            names = [f"{letter}{n:03}" for letter in "st" for n in range(_IN_LINES)]
            return truth.remove(chance.sample(names, chance.randint(1, 5)))
        if kind == "mirror":
            every = [f"m{n:03}" for n in range(_IN_FOLDER)]
            changed = chance.sample(every, chance.randint(1, 6))
            gone = chance.sample(every, chance.randint(0, 3))
            versions = {key: 0 if key in gone else self._version() for key in sorted({*changed, *gone})}
            return truth.mirror(self._source / "mirrored", versions)
        return Work("rebuild")

    def _version(self) -> int:
        return self._chance.randrange(1, 1_000_000)

    def _look(self, assistant: Assistant, number: int) -> None:
        """Compares the library with what is known of it."""
        library, said = assistant.library, self._say
        for problem in library.check().problems:
            said(number, f"check: {problem}")
        held = {meta.article_id: library.article(meta.article_id).text for meta in library.articles()}
        for problem in self._truth.settle(held):
            said(number, problem)
        for problem in _strangers(assistant, held):
            said(number, problem)
        for article_id, text in held.items():
            hits = library.search(Query(text=sentence_of(text), top_k=3))
            self.searched += 1
            if article_id not in {key for hit in hits[:1] for key in (hit.article_id, *hit.also)}:
                said(number, f"{article_id} is not found by its own sentence")
            said_of_others = [h for h in hits if h.article_id in held and h.text not in held[h.article_id]]
            for hit in [*said_of_others, *(h for h in hits if h.article_id not in held)]:
                said(number, f"a passage of {hit.article_id} that it no longer has")
        for article_id in self._chance.sample(sorted(held), min(_ASKED, len(held))):
            self.asked += 1
            question, figure = question_of(article_id, held[article_id])
            answer = assistant.ask(question)
            if figure not in answer.short_answer or article_id not in {
                c.article_id for c in answer.citations
            }:
                said(number, f"asked of {article_id}: {answer.status} {answer.short_answer!r}, not {figure}")

    def _say(self, number: int, problem: str) -> None:
        self.wrong.append(f"kill {number}: {problem}")


def _strangers(assistant: Assistant, held: dict[str, str]) -> list[str]:
    """Returns where either index holds other chunks than those of the articles as they are."""
    library = assistant.library
    # The only place that looks into the library: what the indexes hold is no matter of its own face.
    store, indexes = library._store, library._keeper.current()
    expected = {chunk.chunk_id for key in held for chunk in store.chunks_of(key)}
    found = {"lexical": set(indexes.lexical.stamps()), "vector": set(dict(indexes.vectors.stamps()))}
    return [
        f"{name} index: {sorted(ids ^ expected)[:3]} too many or missing"
        for name, ids in found.items()
        if ids != expected
    ]


def _print(run: _Run, kills: int, seconds: float) -> None:
    print(f"{'killed while':<28}{'kills':>8}{'done before':>14}")
    for kind in ("open", "ingest", "remove", "mirror", "rebuild", "after all"):
        print(f"{kind:<28}{run.at[kind]:>8}{run.done[kind] or '':>14}")
    p50, p95 = np.percentile(run.opened, [50, 95])
    print(f"\n{'what':<52}{'measured':>10}{'limit':>8}")
    print(f"{'kills':<52}{kills:>10}")
    print(f"{'found wrong after reopening':<52}{len(run.wrong):>10}{0:>8}")
    print(f"{'articles searched for by a sentence of theirs':<52}{run.searched:>10}")
    print(f"{'questions asked':<52}{run.asked:>10}")
    print(
        f"{'reopened and mended, p50 / p95 / max s':<44}{f'{p50:.2f} / {p95:.2f} / {max(run.opened):.2f}':>18}"
    )
    print(f"{'all in all, min':<52}{seconds / 60:>10.1f}")
    for problem in run.wrong[:20]:
        print(problem)


if __name__ == "__main__":
    main()
