"""A conversation as it is kept and passed about: frozen, with every answer whole, citations and all."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.models import Answer, Citation, Statement
from assistant.ports import Turn
from retrieval import Record

Outcome = Literal["answered", "stopped", "failed"]
Verdict = Literal["up", "down"]
LONGEST_TITLE = 30


class Rating(Record):
    """What the reader thought of an answer; `reason` is one of those offered, `comment` their own words."""

    verdict: Verdict
    reason: str = ""
    comment: str = ""


class Exchange(Record):
    """A question and what came of it.

    Attributes:
        answer: The whole answer, None unless `outcome` is `answered`.
        statements, citations: What had been checked and shown when it was stopped.
        reason: Why it failed, Chinese.
        scope: What the question was limited to, for people; "" for all articles.
    """

    question: str
    outcome: Outcome = "answered"
    answer: Answer | None = None
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    reason: str = ""
    scope: str = ""
    rating: Rating | None = None
    asked_at: str = ""


class Pending(Record):
    """A question being answered, with what has been checked so far."""

    question: str
    scope: str = ""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()


class Conversation(Record):
    """What was said so far; `pending` is the question being answered, None at rest."""

    conversation_id: str = ""
    title: str = ""
    exchanges: tuple[Exchange, ...] = ()
    pending: Pending | None = None

    @property
    def begun(self) -> bool:
        """Whether anything was asked yet."""
        return bool(self.exchanges or self.pending)

    @property
    def history(self) -> tuple[Turn, ...]:
        """The answered questions, oldest first."""
        return tuple((one.question, one.answer) for one in self.exchanges if one.answer is not None)

    def before(self, position: int) -> Conversation:
        """Returns the conversation as it was before the exchange at a position (0-based) was asked."""
        return self.model_copy(update={"exchanges": self.exchanges[: max(0, position)], "pending": None})

    def with_exchange(self, exchange: Exchange) -> Conversation:
        """Returns the conversation with one more exchange, at rest."""
        title = self.title or title_of(exchange.question)
        return self.model_copy(
            update={"exchanges": (*self.exchanges, exchange), "pending": None, "title": title}
        )

    def rated(self, position: int, rating: Rating | None) -> Conversation:
        """Returns the conversation with the exchange at a position rated; itself if there is none."""
        if not 0 <= position < len(self.exchanges):
            return self
        changed = self.exchanges[position].model_copy(update={"rating": rating})
        exchanges = (*self.exchanges[:position], changed, *self.exchanges[position + 1 :])
        return self.model_copy(update={"exchanges": exchanges})


class Summary(Record):
    """A line of the list of conversations."""

    conversation_id: str
    title: str
    updated: str
    questions: int = Field(ge=0)


def title_of(question: str) -> str:
    r"""Returns a question short enough to stand in the list.

    >>> title_of(" 青禾市有多少\n志愿者? ")
    '青禾市有多少 志愿者?'
    """
    flat = " ".join(question.split())
    return flat if len(flat) <= LONGEST_TITLE else flat[: LONGEST_TITLE - 1] + "…"
