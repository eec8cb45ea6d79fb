"""A 踩 with a reason as a candidate case: a file in the data folder that a person completes.

The file is in the format of the evals (docs/EVALS.md); what only a person can know is left open in it, and
what the reader said stands above it as a comment.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import yaml

from assistant.conversations.records import Conversation, Exchange
from retrieval import Record

FOLDER = "feedback"
HEAD = (
    "# 候选题：读者点了“踩”的回答。请逐题核对原文，补全 kind、articles、figures 或 answers、evidence，\n"
    "# 文章里没有的写 answerable: false；补好后移入自己的题目文件（格式见 docs/EVALS.md）。\n"
)


class Candidate(Record):
    """A candidate case; `questions` are those of the conversation up to the one found wrong."""

    candidate_id: str
    questions: tuple[str, ...]
    reason: str = ""
    comment: str = ""
    answered: str = ""
    cited: tuple[str, ...] = ()


def candidate_of(conversation: Conversation, position: int) -> Candidate | None:
    """Returns the candidate that a rated exchange makes; None if it was not found wrong."""
    if not 0 <= position < len(conversation.exchanges):
        return None
    exchange = conversation.exchanges[position]
    if exchange.rating is None or exchange.rating.verdict != "down":
        return None
    questions = tuple(one.question for one in conversation.exchanges[: position + 1])
    return Candidate(
        candidate_id=key_of(conversation, position),
        questions=questions,
        reason=exchange.rating.reason,
        comment=exchange.rating.comment,
        answered=_answered(exchange),
        cited=_cited(exchange),
    )


def key_of(conversation: Conversation, position: int) -> str:
    """Returns the id of the candidate that an exchange makes."""
    return sha256(f"{conversation.conversation_id}#{position}".encode()).hexdigest()[:12]


def _answered(exchange: Exchange) -> str:
    answer = exchange.answer
    return (answer.short_answer or answer.text) if answer else exchange.reason


def _cited(exchange: Exchange) -> tuple[str, ...]:
    if exchange.answer is None:
        return ()
    return tuple(dict.fromkeys(citation.article_id for citation in exchange.answer.citations))


def case_text(candidate: Candidate) -> str:
    """Returns a candidate as an item of a file of cases, the reader's words above it."""
    words = {
        "读者认为": candidate.reason,
        "读者写道": candidate.comment,
        "当时答": candidate.answered,
        "当时引": "、".join(candidate.cited),
    }
    notes = "".join(
        f"# {label}：{' '.join(text.split())[:300]}\n" for label, text in words.items() if text.strip()
    )
    turns: list[dict[str, object]] = [
        {"question": one, "kind": "other", "style": "plain", "articles": [], "evidence": []}
        for one in candidate.questions
    ]
    case: dict[str, object] = {"id": f"feedback-{candidate.candidate_id}"}
    case.update(turns[0] if len(turns) == 1 else {"turns": turns})
    return notes + yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=1000)


class Candidates:
    """The candidates of a data folder, one file each."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def keep(self, candidate: Candidate) -> None:
        """Keeps a candidate in place of an earlier one of its id. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(candidate.candidate_id)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(candidate.model_dump_json(), encoding="utf-8")
        unfinished.replace(path)

    def drop(self, candidate_id: str) -> bool:
        """Deletes a candidate; returns whether it was there."""
        path = self._path(candidate_id)
        there = candidate_id.isalnum() and path.exists()
        if there:
            path.unlink(missing_ok=True)
        return there

    def all(self) -> list[Candidate]:
        """Returns the candidates, the latest first."""
        paths = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [Candidate.model_validate_json(path.read_text(encoding="utf-8")) for path in paths]

    def as_cases(self, candidates: Sequence[Candidate]) -> str:
        """Returns candidates as one file of cases to complete."""
        return HEAD + "\n".join(case_text(one) for one in candidates)

    def _path(self, candidate_id: str) -> Path:
        return self._folder / f"{candidate_id}.json"
