"""Scores of bare answers as reading collections have them, and how well scores part two sorts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

_MARKS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")


def squeezed(text: str) -> str:
    """Returns the text in lower case without marks and white space."""
    return _MARKS.sub("", text.lower())


def summed(a: str, b: str) -> float:
    """Returns the F1 of the characters two texts share, in whatever order."""
    left, right = squeezed(a), squeezed(b)
    same = sum((Counter(left) & Counter(right)).values())
    return 2 * same / (len(left) + len(right)) if left and right else 0.0


def exact(answer: str, golds: Sequence[str]) -> float:
    """Returns 1.0 if the answer is one of the right ones, marks aside."""
    return float(any(squeezed(answer) == squeezed(g) for g in golds))


def overlap(answer: str, golds: Sequence[str]) -> float:
    """Returns the best F1 over the right answers, of the longest stretch of characters in common.

    >>> overlap("于1980年成立", ["1980年"])
    0.5714285714285714
    """
    return max((_overlap(_parts(answer), _parts(g)) for g in golds), default=0.0)


def _parts(text: str) -> list[str]:
    return _PARTS.findall(_MARKS.sub(" ", text.lower()))


def _overlap(a: list[str], b: list[str]) -> float:
    best, row = 0, [0] * (len(b) + 1)
    for x in a:
        row = [0, *((row[j] + 1 if x == y else 0) for j, y in enumerate(b))]
        best = max(best, *row)
    return 2 * best / (len(a) + len(b)) if best else 0.0


def area(with_answer: Sequence[float], without: Sequence[float]) -> float:
    """Returns the chance that a question with an answer scores above one without (AUROC, ties count half).

    >>> area([3.0, 2.0], [1.0, 2.0])
    0.875
    """
    order = np.argsort(np.concatenate([with_answer, without]), kind="stable")
    values = np.concatenate([with_answer, without])[order]
    ranks = np.empty(len(values))
    _, first, count = np.unique(values, return_index=True, return_counts=True)
    for start, length in zip(first, count, strict=True):
        ranks[order[start : start + length]] = start + (length + 1) / 2
    mine = len(with_answer)
    return float((ranks[:mine].sum() - mine * (mine + 1) / 2) / (mine * len(without)))
