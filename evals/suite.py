"""Asks every case and scores the answers."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant import Answer
from evals.cases import CROSS_ARTICLE, Case, Turn
from evals.corpus import Corpus
from evals.evaluators import EVALUATORS, Score

GROUPS = ("figures", "facts", "cross-article", "unanswerable", "later turns")
_NEEDED = ("abstention", "bare_figure", "answers", "cited")


class Asker(Protocol):
    """What the suite needs of the system under test."""

    def ask(self, question: str, history: Sequence[tuple[str, Answer]] = ...) -> Answer:
        """Returns the answer to a question, given the earlier turns of the conversation."""


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """One asked turn with its scores; `answer` is None and `error` set if asking crashed."""

    case: Case
    index: int
    turn: Turn
    answer: Answer | None
    scores: dict[str, Score]
    seconds: float
    error: str = ""

    def __repr__(self) -> str:
        """Names the turn without its content, so that a failing test shows nothing of the part kept apart."""
        return f"<Result {self.name}>"

    @property
    def group(self) -> str:
        """The one group a turn counts in."""
        if self.index:
            return "later turns"
        if not self.turn.answerable:
            return "unanswerable"
        if self.turn.kind in CROSS_ARTICLE:
            return "cross-article"
        return "figures" if self.turn.figures else "facts"

    @property
    def name(self) -> str:
        """The case's id, with the turn's number in a conversation."""
        return f"{self.case.id}#{self.index}" if len(self.case.turns) > 1 else self.case.id

    @property
    def right(self) -> bool:
        """True if the turn is answered, cited, and abstained from, as the gold says."""
        return not self.error and all(self.scores[name].value == 1 for name in _NEEDED if name in self.scores)

    @property
    def reason(self) -> str:
        """What was wrong, empty if nothing."""
        if self.error:
            return self.error
        return "; ".join(f"{name}: {score.reason}" for name, score in self.scores.items() if score.value < 1)


def evaluate(turn: Turn, answer: Answer, corpus: Corpus) -> dict[str, Score]:
    """Returns the scores that apply to a turn, by the evaluator's name."""
    scores = {name: evaluator(turn, answer, corpus) for name, evaluator in EVALUATORS.items()}
    return {name: score for name, score in scores.items() if score is not None}


def _zero(turn: Turn) -> dict[str, Score]:
    """Returns zero for everything a turn would have been scored on."""
    empty = Answer(question=turn.question, status="abstained", text="")
    crashed = evaluate(turn, empty, Corpus({}))
    return {name: Score(0.0, "crashed") for name in crashed}


def ask_case(system: Asker, case: Case, corpus: Corpus) -> list[Result]:
    """Returns a result for every turn; after a crash the conversation goes on without that turn."""
    history: list[tuple[str, Answer]] = []
    results = []
    for index, turn in enumerate(case.turns):
        started = time.perf_counter()
        try:
            answer = system.ask(turn.question, history=tuple(history))
        except Exception as error:  # noqa: BLE001 - a crash is a result of the run, not its end
            seconds = time.perf_counter() - started
            fault = f"crashed: {type(error).__name__}: {error}"
            results.append(Result(case, index, turn, None, _zero(turn), seconds, fault))
            continue
        seconds = time.perf_counter() - started
        history.append((turn.question, answer))
        results.append(Result(case, index, turn, answer, evaluate(turn, answer, corpus), seconds))
    return results


def ask_cases(system: Asker, cases: Iterable[Case], corpus: Corpus) -> list[Result]:
    """Returns the results of all turns of all cases, in order."""
    return [result for case in cases for result in ask_case(system, case, corpus)]
