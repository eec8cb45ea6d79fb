"""How likely a candidate is to be the answer: a model learned from questions with and without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from assistant.reading.features import Vector, against_others
from assistant.reading.model import Trees, chance

MOST_JUDGED = 16  # candidates of a question, as many as were trained on
_NAME = "answer"


@dataclass(frozen=True, slots=True)
class Judge:
    """Gives the chance that a candidate answers its question."""

    trees: Trees

    def chances(self, measured: Sequence[Vector], answers: Sequence[str]) -> list[float]:
        """Returns a chance for each of a question's candidates, 0 for those beyond `MOST_JUDGED`.

        Args:
            measured: What was measured of all candidates, best first.
            answers: The bare answer of each, to see which agree.
        """
        if not measured:
            return []
        odds = self.trees.log_odds(against_others(measured, answers)[:MOST_JUDGED])
        return [chance(float(o)) for o in odds] + [0.0] * (len(measured) - len(odds))


def load_judge(path: Path | None = None) -> Judge:
    """Returns the judge of a file, by default the one that is shipped."""
    return _shipped() if path is None else _read(path)


@lru_cache(maxsize=1)
def _shipped() -> Judge:
    with files("assistant").joinpath("data/reader.npz").open("rb") as file:
        return Judge(Trees.of(dict(np.load(file)), _NAME))


def _read(path: Path) -> Judge:
    return Judge(Trees.of(dict(np.load(path)), _NAME))
