"""A learned scorer as data: an ensemble of small decision trees, evaluated with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Trees:
    """Decision trees of equal depth, each laid out as a full binary tree; their leaves add up to log odds.

    Attributes:
        features: Column that each inner node looks at, a row a tree.
        thresholds: A value above it goes right.
        leaves: Log odds of the leaves, a row a tree.
        base: Log odds before any tree.
    """

    features: Ints
    thresholds: Floats
    leaves: Floats
    base: float

    def log_odds(self, table: Floats) -> Floats:
        """Returns the log odds of every row of a table."""
        count, trees = len(table), len(self.features)
        if not count:
            return np.zeros(0, dtype=np.float32)
        inner = self.features.shape[1]
        tree = np.arange(trees) * inner
        features, thresholds = self.features.ravel(), self.thresholds.ravel()
        rows = (np.arange(count) * table.shape[1])[:, None]
        values = np.ascontiguousarray(table).ravel()
        node = np.zeros((count, trees), dtype=np.int64)
        while node[0, 0] < inner:
            at = node + tree
            node = 2 * node + 1 + (values.take(rows + features.take(at)) > thresholds.take(at))
        at = node - inner + np.arange(trees) * self.leaves.shape[1]
        total: Floats = self.leaves.ravel().take(at).sum(axis=1, dtype=np.float32) + np.float32(self.base)
        return total

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """Returns the trees as arrays to be stored under a name."""
        return {
            f"{name}.features": self.features.astype(np.int16),
            f"{name}.thresholds": self.thresholds,
            f"{name}.leaves": self.leaves,
            f"{name}.base": np.array(self.base, dtype=np.float32),
        }

    @classmethod
    def of(cls, stored: Mapping[str, npt.NDArray[np.generic]], name: str) -> Trees:
        """Returns the trees stored under a name by `arrays`."""
        return cls(
            features=stored[f"{name}.features"].astype(np.int32),
            thresholds=stored[f"{name}.thresholds"].astype(np.float32),
            leaves=stored[f"{name}.leaves"].astype(np.float32),
            base=float(stored[f"{name}.base"]),
        )


def chance(log_odds: float) -> float:
    """Returns log odds as a probability.

    >>> chance(0.0)
    0.5
    """
    return float(1.0 / (1.0 + np.exp(-log_odds)))
