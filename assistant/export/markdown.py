"""Answers as Markdown: each question, its answer with markers, and the sources with their sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.export.parts import clean, note
from assistant.models import Answer
from assistant.ports import Turn


def to_markdown(turns: Sequence[Turn]) -> str:
    """Returns the questions and answers as Markdown, numbers as in each answer."""
    return "\n\n".join(_one(question, answer) for question, answer in turns) + "\n"


def _one(question: str, answer: Answer) -> str:
    parts = [f"# {clean(' '.join(question.split()))}", clean(answer.text).strip()]
    if answer.citations:
        listed = "\n".join(f"- [{citation.n}] {note(citation)}" for citation in answer.citations)
        parts.append(f"## 出处\n\n{listed}")
    return "\n\n".join(parts)
