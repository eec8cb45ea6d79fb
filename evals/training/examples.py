"""Questions with and without an answer in what is read, every candidate measured and marked right or wrong.

Without an answer is: a question of a collection that has none; one whose answering sentences are taken out of
the evidence, their neighbours left (`removed`); one whose answering article is taken out (`swapped`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant import Assistant
from assistant.evidence import Evidence
from assistant.figures import extract_figures, same_amount, same_unit
from assistant.reading.answerable import MOST_JUDGED, load_judge
from assistant.reading.asked import Asked
from assistant.reading.reader import Candidate, measured
from evals.bench import Asked as Posed
from evals.scoring import squeezed, summed

_NOT_READ = frozenset({"comparison", "aggregation", "mentions", "summary", "smalltalk"})


@dataclass(frozen=True, slots=True)
class Example:
    """The best candidates of one question over one set of evidence.

    Attributes:
        sort: `posed` (answer in the evidence), `removed`, `swapped` or `unanswerable`.
        table: A row of numbers for each candidate, best first.
        right: Which of them answer the question.
        score: Of the best candidate by words alone.
    """

    key: str
    kind: str
    sort: str
    table: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]
    score: float


def examples(system: Assistant, posed: Sequence[Posed], most_other: int) -> Iterator[Example]:
    """Yields the examples of a collection; at most `most_other` questions that ask for no figure."""
    reading = Reading(system)
    other = 0
    for question in posed:
        asked = reading.ask(question.question)
        if asked.question.kind in _NOT_READ:
            continue
        if not asked.question.wants_figure:
            other += 1
            if other > most_other:
                continue
        yield from _variants(reading, question, asked)


class Reading:
    """The product's own way from a question to candidates, judged by its own model or another."""

    def __init__(self, system: Assistant, model: Path | None = None) -> None:
        inquiry: Any = system._pipeline._inquiry
        if model is not None:
            inquiry._reader._judge = load_judge(model)
        self._inquiry = inquiry
        self.normalise: Callable[[str], str] = inquiry._language.normalise

    def ask(self, text: str) -> Asked:
        """Returns the question understood."""
        asked: Asked = self._inquiry._asking.ask(self.normalise(text))
        return asked

    def evidence(self, asked: Asked, scope: frozenset[str] | None) -> tuple[Evidence, ...]:
        """Returns what is read for it."""
        found: tuple[Evidence, ...] = self._inquiry._evidence(asked, scope)
        return found

    def candidates(self, asked: Asked, evidence: Sequence[Evidence]) -> list[Candidate]:
        """Returns the candidates, best first."""
        found: list[Candidate] = self._inquiry._reader.read(asked, evidence)
        return found


def _variants(reading: Reading, question: Posed, asked: Asked) -> Iterator[Example]:
    golds = [reading.normalise(a) for a in question.answers]
    evidence = reading.evidence(asked, question.scope)
    if not question.answerable:
        yield _example(reading, question, asked, evidence, "unanswerable", ())
        return
    yield _example(reading, question, asked, evidence, "posed", golds)
    if not golds:
        return
    left = [_without(e, golds, reading) for e in evidence if not holds(reading.normalise(e.text), golds)]
    yield _example(reading, question, asked, left, "removed", ())
    if question.scope is None:
        elsewhere = [e for e in left if e.article.article_id not in question.gold]
        yield _example(reading, question, asked, elsewhere, "swapped", ())


def _example(
    reading: Reading,
    question: Posed,
    asked: Asked,
    evidence: Sequence[Evidence],
    sort: str,
    golds: Sequence[str],
) -> Example:
    found = reading.candidates(asked, evidence)
    right = np.array(
        [
            c.evidence.article.article_id in question.gold and is_right(c, golds, reading.normalise)
            for c in found
        ],
        dtype=bool,
    )
    table = measured(asked, found) if found else np.zeros((0, 1), dtype=np.float32)
    best = found[0].score if found else -9.0
    kind = asked.question.kind
    return Example(question.key, kind, sort, table, right[:MOST_JUDGED], best)


def _without(evidence: Evidence, golds: Sequence[str], reading: Reading) -> Evidence:
    """Returns the evidence with the answering sentences taken out of what stands around it."""

    def cleaned(text: str) -> str:
        kept = re.split(r"(?<=[。!！?？;；])", text)
        return "".join(s for s in kept if not holds(reading.normalise(s), golds))

    return replace(evidence, paragraph=cleaned(evidence.paragraph), before=cleaned(evidence.before))


def holds(text: str, golds: Sequence[str]) -> bool:
    """Returns whether a text holds one of the answers, or much of a long one."""
    plain = squeezed(text)
    for gold in map(squeezed, golds):
        if gold and len(gold) < 40 and gold in plain:
            return True
        if len(gold) >= 30 and _shared(gold, plain) >= 0.5:
            return True
    return False


def _shared(a: str, b: str) -> float:
    left, right = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (a, b))
    return len(left & right) / max(1, min(len(left), len(right)))


def is_right(candidate: Candidate, golds: Sequence[str], normalise: Callable[[str], str]) -> bool:
    """Returns whether a candidate is one of the answers: the same amount, the same words, or its sentence."""
    span = candidate.span
    if span.type == "sentence":
        return any(squeezed(g) in squeezed(candidate.parsed.text) for g in golds) or holds(
            candidate.parsed.text, [g for g in golds if len(g) > 30]
        )
    if span.type == "figure" and span.figure is not None:
        amounts = [
            f for g in golds if len(f_ := [x for x in extract_figures(g) if x.is_quantity]) == 1 for f in f_
        ]
        return any(same_amount(span.figure, f) and same_unit(span.figure.unit, f.unit) for f in amounts)
    text = normalise(span.text)
    return any(
        summed(text, g) >= 0.75
        or (text in g and len(text) >= 0.6 * len(g))
        or (g in text and len(g) >= 0.5 * len(text))
        for g in golds
    )
