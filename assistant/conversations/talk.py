"""How each step of an answer changes a conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from assistant.conversations.records import Conversation, Exchange, Pending
from assistant.explain import explain
from assistant.models import Mode
from assistant.ports import AssistantPort
from assistant.scoping import NOTHING_CHOSEN, Scope, article_ids, describe
from retrieval import RetrievalError

FAULT = "程序内部出错，这个问题没有作答。请重试；若再次出错，请把命令行窗口里的报错反馈给维护者。"
NOTHING_IN_SCOPE = "选定的范围里没有文章。请放宽地区、文章或时间，再问一次。"


def _now() -> datetime:
    return datetime.now(UTC)


def converse(
    assistant: AssistantPort,
    conversation: Conversation,
    question: str,
    scope: Scope = NOTHING_CHOSEN,
    attached: frozenset[str] = frozenset(),
    mode: Mode | None = None,
    now: Callable[[], datetime] = _now,
) -> Iterator[Conversation]:
    """Yields the conversation at every step of answering the question; the last one is at rest.

    `attached` are articles of the conversation's own, which no scope leaves out.
    """
    asked_at = now().isoformat(timespec="seconds")
    pending = Pending(question=question, scope=describe(scope, assistant.library.articles()))

    def ended(**what: object) -> Conversation:
        fields = {"question": question, "scope": pending.scope, "asked_at": asked_at, **what}
        return conversation.with_exchange(Exchange.model_validate(fields))

    yield conversation.model_copy(update={"pending": pending})
    try:
        within = article_ids(scope, assistant.library.articles())
        within = within if within is None else within | attached
        if within is not None and not within:
            yield ended(outcome="failed", reason=NOTHING_IN_SCOPE)
            return
        for event in assistant.ask_stream(question, conversation.history, within, mode):
            if event.answer is not None:
                yield ended(answer=event.answer)
            elif event.statement is not None:
                pending = _grown(pending, event.statement, event.citations)
                yield conversation.model_copy(update={"pending": pending})
    except (RetrievalError, OSError) as error:
        yield ended(outcome="failed", reason=explain(error))


def _grown(pending: Pending, statement: object, citations: tuple[object, ...]) -> Pending:
    return pending.model_copy(
        update={
            "statements": (*pending.statements, statement),
            "citations": (*pending.citations, *citations),
        }
    )


def stop(conversation: Conversation) -> Conversation:
    """Returns the conversation after its pending answer was stopped; what was checked stays."""
    pending = conversation.pending
    if pending is None:
        return conversation
    return conversation.with_exchange(
        Exchange(
            question=pending.question,
            outcome="stopped",
            statements=pending.statements,
            citations=pending.citations,
            scope=pending.scope,
        )
    )


def break_down(conversation: Conversation) -> Conversation:
    """Returns the conversation after its pending answer ended in a fault of the program."""
    pending = conversation.pending
    if pending is None:
        return conversation
    return conversation.with_exchange(
        Exchange(question=pending.question, outcome="failed", reason=FAULT, scope=pending.scope)
    )
