"""Trains the model that says how likely a candidate answers its question, and writes it with a card.

Usage: python -m evals.training.train BENCH [--without NAME …] [--only NAME …] [--swapped NAME …] [--out FILE]

BENCH holds the collections named in `evals.bench.TRAINABLE`; nothing else is trained on but questions written
for this project over passages of one of them (`evals.training.written`). `--without` leaves one out, to be
measured on it; `--swapped` takes of one only its answers and its swapped passages.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.reading.features import ALL_NAMES
from evals.bench import TRAINABLE, opened, questions
from evals.training import written
from evals.training.examples import Example, examples
from evals.training.growing import grown

SHIPPED = Path(__file__).parents[2] / "assistant" / "data" / "reader.npz"
_DEPTH = 5
_NAMES = (*TRAINABLE, written.NAME)
_MOST_OTHER, _MOST_QUESTIONS = 250, 2600
# Meeting more of a question never speaks against a candidate, lacking more of it never for one.
_MONOTONE = {
    **dict.fromkeys(
        ("covered", "head_met", "score", "unit", "beside", "set_cover_gap", "timed", "placed"), 1
    ),
    **dict.fromkeys(("named", "amount", "kind", "rate", "narrower", "planned"), 1),
    **dict.fromkeys(("lacking", "noun_none", "strict_none", "noun_worst", "strict_worst"), -1),
}


def gather(bench: Path, name: str) -> list[Example]:
    """Returns the examples of a collection."""
    if name == written.NAME:
        with written.collection(bench) as folder:
            return _examples(folder)
    return _examples(bench / name)


def _examples(folder: Path) -> list[Example]:
    posed = questions(folder, _MOST_QUESTIONS)
    with opened(folder) as system:
        return list(examples(system, posed, _MOST_OTHER))


def rows(found: Sequence[Example]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Returns the candidates to learn from; questions whose answer is no candidate are left out."""
    kept = [e for e in found if len(e.right) and (e.sort != "posed" or e.right.any())]
    return np.concatenate([e.table for e in kept]), np.concatenate([e.right for e in kept])


def fit(
    table: npt.NDArray[np.float32], right: npt.NDArray[np.bool_], trees: int = 100
) -> dict[str, npt.NDArray[np.generic]]:
    """Returns the trained model as arrays to be stored."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=trees,
        max_depth=_DEPTH,
        max_leaf_nodes=20,
        learning_rate=0.1,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.5,
        early_stopping=False,
        monotonic_cst=[_MONOTONE.get(name, 0) for name in ALL_NAMES],
        random_state=0,
    ).fit(table, right)
    return grown(model, _DEPTH).arrays("answer")


def main(argv: list[str] | None = None) -> int:
    """Trains and writes the model; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.train")
    parser.add_argument("bench", type=Path)
    parser.add_argument("--without", action="append", default=[], choices=_NAMES)
    parser.add_argument("--only", action="append", default=[], choices=_NAMES)
    parser.add_argument("--swapped", action="append", default=[], choices=_NAMES)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args(argv)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    names = [n for n in arguments.only or _NAMES if n not in arguments.without]
    found: list[Example] = []
    for name in names:
        new = gather(arguments.bench, name)
        if name in arguments.swapped:
            new = [e for e in new if e.sort in {"posed", "swapped"}]
        print(f"{name}: {len(new)} questions with and without an answer", flush=True)
        found += new
    write(arguments.out, found, names)
    return 0


def write(out: Path, found: Sequence[Example], names: Sequence[str]) -> None:
    """Fits on the examples and writes the model and its card."""
    table, right = rows(found)
    with out.open("wb") as file:
        np.savez_compressed(file, **fit(table, right))  # type: ignore[arg-type]
    card = {
        "what": "chance that a candidate answers its question; boosted trees over assistant.reading.features",
        "trained_on": list(names),
        "not_trained_on": "the seeds, the gold questions, dureader_checklist, rgb_zh",
        "questions": len(found),
        "candidates": len(right),
        "right": int(right.sum()),
        "features": list(ALL_NAMES),
        "made_by": "python -m evals.training.train",
    }
    out.with_suffix(".json").write_text(
        json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    raise SystemExit(main())
