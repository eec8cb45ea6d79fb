"""Messages of a chat client into a question with its history, and an answer into the client's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from assistant.models import Answer, AnswerEvent, Citation
from assistant.ports import AssistantPort, Turn

MOST_TURNS = 4


class Part(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")

    type: str = "text"
    text: str = ""


class Message(BaseModel):
    """A message of a chat; what a system message says is no instruction to the product."""

    model_config = ConfigDict(extra="ignore")

    role: str
    content: str | list[Part] | None = ""

    @property
    def said(self) -> str:
        """The message's text."""
        if isinstance(self.content, str) or self.content is None:
            return self.content or ""
        return "".join(part.text for part in self.content if part.type == "text")


def question_of(messages: Sequence[Message]) -> str:
    """Returns what the last message of the user asks, "" if there is none."""
    return next((m.said for m in reversed(messages) if m.role == "user"), "")


def history_of(messages: Sequence[Message], assistant: AssistantPort) -> list[Turn]:
    """Returns the earlier questions with their answers, asked anew without a model.

    What the client says that the answers were is not believed.
    """
    asked = [m.said for m in messages if m.role == "user" and m.said.strip()][:-1][-MOST_TURNS:]
    history: list[Turn] = []
    for question in asked:
        history.append((question, assistant.ask(question, tuple(history), None, "extractive")))
    return history


def text_of(answer: Answer) -> str:
    """Returns the answer as a client shows it: text, notices, sources."""
    return "".join(pieces([AnswerEvent(kind="final", answer=answer)]))


def pieces(events: Iterable[AnswerEvent]) -> Iterator[str]:
    """Yields the client's text as it comes: checked statements first, the rest with the final event."""
    sent: list[str] = []
    section = ""
    for event in events:
        if event.statement is not None:
            lines = [f"### {event.statement.section}"] if event.statement.section != section else []
            section = event.statement.section
            lines = [line for line in lines if line != "### "]
            lines.append(event.statement.text + "".join(f"[{n}]" for n in event.statement.citations))
        elif event.answer is not None:
            lines = [line for line in event.answer.text.split("\n\n") if line not in sent]
            lines += [f"注意：{notice.text}" for notice in event.answer.notices]
            lines += ["\n".join(["出处", *map(source_line, event.answer.citations)])] * bool(
                event.answer.citations
            )
        else:
            continue
        for line in lines:
            yield ("\n\n" if sent else "") + line
            sent.append(line)


def source_line(citation: Citation) -> str:
    """Returns where a citation stands and what it says, on one line."""
    known = (f"《{citation.title or citation.article_id}》", citation.publisher, citation.published)
    named = " ".join(part for part in known if part) + ("（摘要，非原文）" if citation.digest else "")
    return f"[{citation.n}] {named}：“{' '.join(citation.quote.split())}”"
