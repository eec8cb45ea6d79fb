"""How likely a candidate is to be the answer: a model learned from questions with and without one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from assistant.reading.features import Table
from assistant.reading.model import Trees, chance

MOST_JUDGED = 16  # candidates of a question, as many as were trained on
_NAME = "answer"


@dataclass(frozen=True, slots=True)
class Judge:
    """Gives the chance that a candidate answers its question."""

    trees: Trees

    def chances(self, table: Table) -> list[float]:
        """Returns a chance for each row of a table that `against_others` gave."""
        return [chance(float(odds)) for odds in self.trees.log_odds(table)]


def load_judge(path: Path | None = None) -> Judge:
    """Returns the judge of a file, by default the one that is shipped."""
    return _shipped() if path is None else _read(path)


@lru_cache(maxsize=1)
def _shipped() -> Judge:
    with files("assistant").joinpath("data/reader.npz").open("rb") as file:
        return Judge(Trees.of(dict(np.load(file)), _NAME))


def _read(path: Path) -> Judge:
    return Judge(Trees.of(dict(np.load(path)), _NAME))
