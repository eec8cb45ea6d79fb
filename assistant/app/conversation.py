"""A conversation and how each step of an answer changes what is on screen; knows nothing of Gradio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.app.excerpts import collect_surroundings
from assistant.app.render import exchange_html, failed_html, stopped_html, waiting_html
from assistant.app.sources import article_html, library_html
from assistant.explain import explain
from assistant.models import Answer, Citation, Statement
from assistant.ports import AssistantPort, LibraryPort, Turn
from retrieval import RetrievalError

FAULT = "程序内部出错，这个问题没有作答。请重试；若再次出错，请把命令行窗口里的报错反馈给维护者。"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer (None if stopped or failed) and how it is shown."""

    question: str
    answer: Answer | None
    html: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said so far; `pending` is the question being answered, "" if none."""

    exchanges: tuple[Exchange, ...] = ()
    pending: str = ""

    @property
    def history(self) -> tuple[Turn, ...]:
        """The answered questions, oldest first."""
        return tuple((one.question, one.answer) for one in self.exchanges if one.answer is not None)


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows: earlier exchanges, the latest one, the panel (None: as it is)."""

    conversation: Conversation
    past: str = ""
    latest: str = ""
    panel: str | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        return bool(self.conversation.pending)


def converse(assistant: AssistantPort, conversation: Conversation, question: str) -> Iterator[View]:
    """Yields the screen at every step of answering the question; the last one has the whole answer."""
    past = "".join(one.html for one in conversation.exchanges)
    asking = replace(conversation, pending=question or " ")
    statements: list[Statement] = []
    citations: list[Citation] = []
    yield View(asking, past, waiting_html(question, statements, citations))
    try:
        for event in assistant.ask_stream(question, conversation.history):
            if event.answer is not None:
                yield _finished(assistant, conversation, question, event.answer, past)
            elif event.statement is not None:
                statements.append(event.statement)
                citations.extend(event.citations)
                yield View(asking, past, waiting_html(question, statements, citations))
    except (RetrievalError, OSError) as error:
        yield _added(conversation, Exchange(question, None, failed_html(question, explain(error))), past)


def _finished(
    assistant: AssistantPort, conversation: Conversation, question: str, answer: Answer, past: str
) -> View:
    around = collect_surroundings((*answer.citations, *answer.nearest), assistant.library)
    exchange = Exchange(question, answer, exchange_html(question, answer, around))
    first = next(iter((*answer.citations, *answer.nearest)), None)
    panel = source_html(assistant.library, first.article_id, first.start, first.end) if first else None
    return replace(_added(conversation, exchange, past), panel=panel)


def _added(conversation: Conversation, exchange: Exchange, past: str) -> View:
    return View(Conversation((*conversation.exchanges, exchange)), past, exchange.html)


def stop(conversation: Conversation) -> View:
    """Returns the screen after the answer under way was stopped."""
    return _broken_off(conversation, stopped_html(conversation.pending))


def break_down(conversation: Conversation) -> View:
    """Returns the screen after the answer under way ended in a fault of the program."""
    return _broken_off(conversation, failed_html(conversation.pending, FAULT))


def _broken_off(conversation: Conversation, html: str) -> View:
    if not conversation.pending:
        return showing(conversation)
    past = "".join(one.html for one in conversation.exchanges)
    return _added(conversation, Exchange(conversation.pending, None, html), past)


def showing(conversation: Conversation) -> View:
    """Returns the screen of a conversation at rest."""
    *earlier, latest = [one.html for one in conversation.exchanges] or [""]
    return View(conversation, "".join(earlier), latest)


def before_last(conversation: Conversation) -> tuple[Conversation, str]:
    """Returns the conversation without its last exchange, and that one's question ("" if there is none)."""
    if not conversation.exchanges:
        return conversation, ""
    return Conversation(conversation.exchanges[:-1]), conversation.exchanges[-1].question


def source_html(library: LibraryPort, article_id: str, start: int = 0, end: int = 0) -> str:
    """Returns an article for the panel, a span of it marked. Raises ArticleNotFound."""
    return article_html(library.article(article_id), library.sentences(article_id), start, end)


def shelf_html(library: LibraryPort) -> str:
    """Returns the list of articles for the panel."""
    return library_html(library.articles())
