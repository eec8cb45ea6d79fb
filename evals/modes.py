"""The same questions with and without a model, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import Answer, Assistant
from assistant.models import Mode
from evals.report import METRICS, average, by_group
from evals.suite import Result

_SHOWN = ("right", "bare_figure", "figure_in_text", "cited", "answers", "abstention", "figures_verified")


@dataclass(frozen=True, slots=True)
class Moded:
    """An Asker that asks in one mode, whatever the environment has set."""

    system: Assistant
    mode: Mode

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ()) -> Answer:
        """Returns the answer in the mode."""
        return self.system.ask(question, history, None, self.mode)


def side_by_side(extractive: Sequence[Result], llm: Sequence[Result]) -> str:
    """Returns each group's scores in both modes, in percent, and what became of the model's words."""
    assert set(_SHOWN) <= set(METRICS)
    lines = [f"{'group':14}{'mode':12}{'n':>5}" + "".join(f"{name:>18}" for name in _SHOWN)]
    groups = {name: (found, by_group(llm).get(name, [])) for name, found in by_group(extractive).items()}
    for name, pair in groups.items():
        for mode, results in zip(("extractive", "llm"), pair, strict=True):
            scores = [average(results, metric) for metric in _SHOWN]
            cells = "".join(f"{'-' if s is None else f'{100 * s:.1f}':>18}" for s in scores)
            lines.append(f"{name:14}{mode:12}{len(results):>5}{cells}")
    return "\n".join([*lines, "", how_written(llm)])


def how_written(results: Sequence[Result]) -> str:
    """Returns how many answers the model wrote, and how many needed mending or an extract."""
    answers = [result.answer for result in results if result.answer is not None]
    kinds = [{notice.kind for notice in answer.notices} for answer in answers]
    counts = {kind: sum(kind in found for found in kinds) for kind in ("dropped", "repaired", "fell_back")}
    by_model = sum(answer.mode == "llm" for answer in answers)
    noted = ", ".join(f"{kind} in {count}" for kind, count in counts.items())
    return f"{by_model} of {len(answers)} answers written by the model; {noted}"
