"""The committed scores: what a run is measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from evals.cases import PARTS
from evals.report import by_group, summary
from evals.suite import Result

BASELINE = Path(__file__).parent / "baseline.yaml"
TOLERANCE = 0.01

Scores = dict[str, dict[str, dict[str, float | int]]]


@dataclass(frozen=True, slots=True)
class Regression:
    """A score below the committed one by more than the tolerance."""

    part: str
    group: str
    metric: str
    committed: float
    now: float

    def __str__(self) -> str:
        return f"{self.part} / {self.group} / {self.metric}: {self.now:.4f}, committed {self.committed:.4f}"


def scores_of(results: Sequence[Result]) -> Scores:
    """Returns the scores per part and group."""
    parts = {part: [r for r in results if r.case.part == part] for part in PARTS}
    return {
        part: {g: summary(rs) for g, rs in by_group(found).items()} for part, found in parts.items() if found
    }


def read_baseline(path: Path = BASELINE) -> tuple[Scores, float]:
    """Returns the committed scores and their tolerance; no scores if none are committed yet."""
    if not path.exists():
        return {}, TOLERANCE
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return raw["scores"], float(raw["tolerance"])


def write_baseline(results: Sequence[Result], path: Path = BASELINE) -> None:
    """Writes the scores of a run; parts that the run did not ask keep theirs, and so does the tolerance."""
    committed, tolerance = read_baseline(path)
    content = {"tolerance": tolerance, "scores": {**committed, **scores_of(results)}}
    head = "# Scores as fractions per part and group; written by `python -m evals.run --write-baseline`.\n"
    path.write_text(head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")


def regressions(results: Sequence[Result], path: Path = BASELINE) -> list[Regression]:
    """Returns the scores of a run that fell below the committed ones by more than the tolerance."""
    committed, tolerance = read_baseline(path)
    now = scores_of(results)
    found = []
    for part, groups in committed.items():
        for group, metrics in groups.items():
            for metric, value in metrics.items():
                if part not in now or metric == "n":
                    continue
                current = now[part].get(group, {}).get(metric, 0.0)
                if current < value - tolerance:
                    found.append(Regression(part, group, metric, value, current))
    return found
