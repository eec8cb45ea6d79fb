"""Reads the questions of collections nobody tuned on and prints how well they are answered and refused.

Usage: python -m evals.collections BENCH [--only NAME …] [--most N] [--model FILE.npz]

A row a collection: exact match and F1 of the bare answer over the whole collection (retrieve, then read), the
same of the sentence that shares most with the question, and how well the chance of the best candidate parts
questions with an answer from those without (AUROC; beside it the reader's score, by which what is no figure
is refused, and the share of the question's words met).
`--model` takes another model than the shipped one: trained without the collection it is measured on.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from assistant import Assistant
from evals.bench import MEASURED, TRAINABLE, Asked, opened, questions
from evals.scoring import area, exact, overlap
from evals.training.examples import Reading

_NOTHING = -9.0  # score of a question without a candidate


@dataclass(frozen=True, slots=True)
class Row:
    """What one collection gave; an area is None where every question has an answer."""

    name: str
    questions: int
    exact: float
    f1: float
    sentence_f1: float
    answered: float
    area: float | None
    area_score: float | None
    area_words: float | None


def measured(name: str, system: Assistant, posed: Sequence[Asked], model: Path | None) -> Row:
    """Returns how well the questions of a collection are answered and refused."""
    reading = Reading(system, model)
    given, golds, sentences, odds, scores, words = [], [], [], [], [], []
    for question in posed:
        asked = reading.ask(question.question)
        evidence = reading.evidence(asked, question.scope)
        found = reading.candidates(asked, evidence)
        odds.append(max((c.chance for c in found), default=0.0))
        scores.append(max((c.score for c in found), default=_NOTHING))
        words.append(max((c.coverage.score for c in found), default=0.0))
        if question.answerable and question.answers:
            answer = system.ask(question.question, scope=question.scope)
            given.append(answer.short_answer or (answer.statements[0].text if answer.statements else ""))
            golds.append([reading.normalise(a) for a in question.answers])
            sentences.append(max((e.text for e in evidence), key=_Likeness(asked.question.text), default=""))
    plain = [reading.normalise(text) for text in given]
    return Row(
        name,
        len(posed),
        mean(map(exact, plain, golds)) if golds else 0.0,
        mean(map(overlap, plain, golds)) if golds else 0.0,
        mean(map(overlap, map(reading.normalise, sentences), golds)) if golds else 0.0,
        mean(bool(text) for text in given) if given else 0.0,
        _parted(posed, odds),
        _parted(posed, scores),
        _parted(posed, words),
    )


class _Likeness:
    """Key by which sentences are ordered: the share of the question's character pairs that a text has."""

    def __init__(self, question: str) -> None:
        self._pairs = {question[i : i + 2] for i in range(len(question) - 1)}

    def __call__(self, text: str) -> float:
        return sum(pair in text for pair in self._pairs)


def _parted(posed: Sequence[Asked], scores: Sequence[float]) -> float | None:
    have = [s for q, s in zip(posed, scores, strict=True) if q.answerable]
    lack = [s for q, s in zip(posed, scores, strict=True) if not q.answerable]
    return area(have, lack) if have and lack else None


def main(argv: list[str] | None = None) -> int:
    """Measures and prints; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.collections")
    parser.add_argument("bench", type=Path)
    parser.add_argument("--only", action="append", choices=(*TRAINABLE, *MEASURED))
    parser.add_argument("--most", type=int, default=300, help="questions of a collection")
    parser.add_argument("--model", type=Path, help="another model than the shipped one")
    arguments = parser.parse_args(argv)
    print("collection           n     EM     F1  sentence F1  answered  AUROC  by score  by words")
    for name in arguments.only or (*TRAINABLE, *MEASURED):
        folder = arguments.bench / name
        with opened(folder) as system:
            row = measured(name, system, questions(folder, arguments.most), arguments.model)
        areas = f"{_shown(row.area)}  {_shown(row.area_score):>8}  {_shown(row.area_words):>8}"
        print(
            f"{row.name:18}{row.questions:4}  {row.exact:5.3f}  {row.f1:5.3f}  {row.sentence_f1:11.3f}  "
            f"{row.answered:8.3f}  {areas}",
            flush=True,
        )
    return 0


def _shown(value: float | None) -> str:
    return "    -" if value is None else f"{value:5.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
