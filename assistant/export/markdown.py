"""Answers as Markdown: each question, its answer with markers, and the sources with their sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.export.parts import STATES, clean, flat, note, title_of
from assistant.models import Answer
from assistant.ports import Turn


def to_markdown(turns: Sequence[Turn], title: str = "") -> str:
    """Returns the questions and answers as Markdown, numbers as in each answer; `title` heads several."""
    single = len(turns) == 1
    heading = title_of(*turns[0]) if single else flat(title)
    parts = [f"# {heading}"] if heading else []
    for question, answer in turns:
        parts += _one(question, answer, "" if single else "#")
    return "\n\n".join(parts) + "\n"


def _one(question: str, answer: Answer, deeper: str) -> list[str]:
    asked = [] if not deeper and title_of(question, answer) == flat(question) else [f"问：{flat(question)}"]
    parts = [f"## {flat(question)}"] if deeper else asked
    parts.append(f"状态：{STATES[answer.status]}")
    parts.append(_deeper(clean(answer.text).strip(), deeper))
    parts += [f"> {flat(notice.text)}" for notice in answer.notices]
    if answer.citations:
        listed = "\n".join(f"- [{citation.n}] {note(citation)}" for citation in answer.citations)
        parts.append(f"##{deeper} 出处\n\n{listed}")
    if answer.nearest:
        listed = "\n".join(f"- {note(passage)}" for passage in answer.nearest)
        parts.append(f"##{deeper} 最接近的原文（未能回答问题，仅供参考）\n\n{listed}")
    return parts


def _deeper(text: str, deeper: str) -> str:
    return "\n".join(f"{deeper}{line}" if line.startswith("#") else line for line in text.splitlines())
