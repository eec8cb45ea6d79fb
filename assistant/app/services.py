"""What the pages work with, handed in once: the assistant, what is kept, and who is asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from assistant.app.examples import Examples, FollowUps, Priority
from assistant.attachments.answering import Answering
from assistant.attachments.receiving import Attaching
from assistant.attachments.store import AttachmentStore
from assistant.bookkeeping.corrections import Corrections
from assistant.conversations.store import ConversationStore
from assistant.feedback.candidates import Candidates
from assistant.ports import AssistantPort
from assistant.shelf.receiving import Receiver

READER_COOKIE = "jushi_reader"


class Asking(Protocol):
    """A web request as far as it tells who asks; Gradio's and FastAPI's both do."""

    @property
    def cookies(self) -> Mapping[str, str]:
        """The cookies sent along."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking.

    Attributes:
        owner: Key under which their conversations are kept; never shown.
        shown: Name to show, "" where there are no accounts.
        is_admin: Whether they may change the library and see the 管理 tab.
    """

    owner: str
    shown: str = ""
    is_admin: bool = True


PersonOf = Callable[[Asking], Person]


def browser_person(request: Asking) -> Person:
    """Returns whoever uses this browser: without accounts, each browser keeps conversations of its own."""
    cookie = request.cookies.get(READER_COOKIE, "") or str(getattr(request, "session_hash", "") or "")
    return Person(owner="browser:" + sha256(cookie.encode()).hexdigest()[:32])


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the pages call; built in `server.build_services`, replaced in tests."""

    assistant: AssistantPort
    talks: ConversationStore
    examples: Examples
    follow_ups: FollowUps
    priority: Priority
    receiver: Receiver
    corrections: Corrections
    attachments: AttachmentStore
    attaching: Attaching
    answering: Answering
    candidates: Candidates
    person_of: PersonOf = browser_person
