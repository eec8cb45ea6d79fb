"""What is measured of a candidate answer, as numbers in a fixed order: the input of the learned scorer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.reading.asked import Asked
from assistant.reading.candidates import Parsed, Span
from assistant.reading.scoring import Coverage
from assistant.reading.terms import tells_of

Vector = npt.NDArray[np.float32]
Table = npt.NDArray[np.float32]

_KINDS = (
    "count", "share", "change", "ratio", "duration", "money", "rank", "date", "person", "organisation", "place",
    "document", "list", "definition", "measure", "purpose", "yesno", "other",
)  # fmt: skip
_TYPES = ("figure", "date", "person", "organisation", "place", "document", "name", "sentence")
_BUCKET = {
    "paired": "near", "unit": "near", "right": "near", "left": "near", "clause": "clause", "own": "near", "governed": "clause", "prior": "far", "before": "far", "owned": "far", "later": "far",
    "whole": "far", "sentence": "far", "section": "around", "title": "around", "carried": "around",
    "paragraph": "around",
}  # fmt: skip
_BUCKETS = ("near", "clause", "far", "around", "none")
_CLASSES = ("noun", "verb", "strict")
_SET = ("best", "second", "ahead", "rank", "many", "agree", "top_cover", "cover_gap")
_NOT_WORD = re.compile(r"[\W_]+")
_MET = 0.2


@dataclass(frozen=True, slots=True)
class Measured:
    """What the reader found out about a candidate on the way: matches, and what spoke for or against it."""

    timed: int
    placed: int
    score: float
    parts: Mapping[str, float]


def _names() -> tuple[str, ...]:
    return (
        *(f"kind_{k}" for k in _KINDS),
        *(f"type_{t}" for t in _TYPES),
        *(f"{c}_{b}" for c in _CLASSES for b in _BUCKETS),
        *(f"{c}_worst" for c in _CLASSES),
        "terms", "title", "lacking", "covered", "weak",
        "head", "head_met", "head_noun", "head_unit",
        "timed", "placed", "years", "places", "score",
        "unit", "beside", "narrower", "rate", "flow", "kind", "numeral", "named", "role", "shape", "amount", "dated",
        "planned", "former", "added", "sort",
        "figures", "clauses", "length", "span_length", "position", "depth", "hit", "qualified", "unitless",
        "pairs", "run", "year_open", "terse",
    )  # fmt: skip


NAMES = _names()
ALL_NAMES = (*NAMES, *(f"set_{name}" for name in _SET))
_INDEX = {name: i for i, name in enumerate(NAMES)}


def measure(asked: Asked, parsed: Parsed, span: Span, coverage: Coverage, found: Measured) -> Vector:
    """Returns a candidate's own numbers, in the order of `NAMES`."""
    row: dict[str, float] = {f"kind_{asked.question.kind}": 1.0, f"type_{span.type}": 1.0}
    row |= _met(coverage)
    row |= _head(asked, coverage)
    row |= _shape(asked, parsed, span)
    row |= found.parts
    row |= {
        "timed": found.timed, "placed": found.placed, "score": found.score,
        "years": float(bool(asked.years)), "places": float(bool(asked.places)),
        "terse": float(asked.question.terse),
    }  # fmt: skip
    vector = np.zeros(len(NAMES), dtype=np.float32)
    for name, value in row.items():
        if name in _INDEX:
            vector[_INDEX[name]] = value
    return vector


def _met(coverage: Coverage) -> dict[str, float]:
    """Returns the shares of the question's weight by sort of word and by where it is met."""
    total = sum(t.weight for t, _, _ in coverage.by_term) or 1.0
    row: dict[str, float] = {}
    title = 0.0
    for term, met, zone in coverage.by_term:
        sort = "strict" if term.kind != "word" else "noun" if term.carries else "verb"
        bucket = _BUCKET.get(zone, "none") if met >= _MET else "none"
        row[f"{sort}_{bucket}"] = row.get(f"{sort}_{bucket}", 0.0) + term.weight / total
        if bucket == "none":
            row[f"{sort}_worst"] = max(row.get(f"{sort}_worst", 0.0), tells_of(term))
        title += term.weight / total * (zone == "title")
    return row | {
        "terms": len(coverage.by_term), "title": title, "lacking": coverage.lacking, "covered": coverage.score,
        "weak": len(coverage.weak),
    }  # fmt: skip


def _head(asked: Asked, coverage: Coverage) -> dict[str, float]:
    head = asked.head
    if head is None:
        return {"head_met": 1.0}
    met = {term: credit for term, credit, _ in coverage.by_term}
    return {"head": head.weight, "head_met": met.get(head, 0.0), "head_noun": float(head.carries)}


def _shape(asked: Asked, parsed: Parsed, span: Span) -> dict[str, float]:
    """Returns how the candidate and its sentence are built, and how alike question and sentence are written."""
    question, text = _NOT_WORD.sub("", asked.question.text), _NOT_WORD.sub("", parsed.text)
    pairs = {question[i : i + 2] for i in range(len(question) - 1)}
    clause = span.segment.clause
    row = {
        "figures": sum(clause[0] <= f.start < clause[1] for f in parsed.figures),
        "clauses": len(parsed.clauses),
        "length": len(parsed.text),
        "span_length": span.end - span.start,
        "position": parsed.evidence.sentence.index,
        "depth": span.start / max(1, len(parsed.text)),
        "hit": parsed.evidence.rank,
        "pairs": sum(pair in text for pair in pairs) / max(1, len(pairs)),
        "run": _longest_run(question, text),
        "year_open": float(span.time is None),
    }
    if span.figure is not None:
        row |= {"qualified": float(bool(span.figure.qualifier)), "unitless": float(not span.figure.unit)}
    return row


def _longest_run(question: str, text: str) -> int:
    """Returns the length of the longest stretch of the question that stands in the text as written, up to 12."""
    best = 0
    for start in range(len(question)):
        while best < 12 and start + best < len(question) and question[start : start + best + 1] in text:
            best += 1
    return best


@dataclass(frozen=True, slots=True)
class Field:
    """All candidates of a question, best first: their scores, the shares of its words they meet, their answers."""

    scores: Sequence[float]
    covered: Sequence[float]
    answers: Sequence[str]


def against_others(rows: Sequence[Vector], field: Field) -> Table:
    """Returns the best candidates' numbers with how each stands against all of the question.

    Args:
        rows: What `measure` gave for the first few candidates.
        field: All of the question's candidates.
    """
    count = len(rows)
    scores = np.asarray(field.scores, dtype=np.float32)
    first = scores[0]
    second = scores[1] if len(scores) > 1 else first - 1.0
    place = np.arange(count)
    covered = np.asarray(field.covered, dtype=np.float32)
    own = np.stack(
        [
            np.full(count, first),
            np.full(count, second),
            scores[:count] - np.where(place == 0, second, first),
            place,
            np.full(count, len(scores)),
            [field.answers.count(text) for text in field.answers[:count]],
            np.full(count, covered.max()),
            covered[:count] - covered.max(),
        ],
        axis=1,
    )
    return np.concatenate([np.stack(rows), own.astype(np.float32)], axis=1)
