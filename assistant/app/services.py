"""What the pages work with, handed in once: the assistant, what is kept, and who is asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, cast

from assistant.accounts.accounts import Accounts
from assistant.accounts.audit import ENDED, HERE, AuditLog
from assistant.accounts.rights import Right, may
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
SESSION_COOKIE = "jushi_session"


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
        login: What they logged in with, "" where there are no accounts.
    """

    owner: str
    shown: str = ""
    is_admin: bool = True
    login: str = ""

    def may(self, right: Right) -> bool:
        """Returns whether they have a right (see `accounts.rights`)."""
        return may("admin" if self.is_admin else "reader", right)


PersonOf = Callable[[Asking], Person]


def browser_person(request: Asking) -> Person:
    """Returns whoever uses this browser: without accounts, each browser keeps conversations of its own."""
    cookie = request.cookies.get(READER_COOKIE, "") or str(getattr(request, "session_hash", "") or "")
    return Person(owner="browser:" + sha256(cookie.encode()).hexdigest()[:32])


def account_person(accounts: Accounts) -> PersonOf:
    """Returns the function that tells who is logged in; it raises LookupError where nobody is."""

    def person_of(request: Asking) -> Person:
        account = accounts.person(request.cookies.get(SESSION_COOKIE, ""))
        if account is None or account.must_change:
            raise LookupError("nobody is logged in")
        return Person(account.owner, account.shown, account.role == "admin", account.login)

    return person_of


def address_of(request: Asking) -> str:
    """Returns the address of the computer that asks, "" where it is not known."""
    client = getattr(request, "client", None)
    return cast(str, getattr(client, "host", "") or "")


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
    audit: AuditLog
    person_of: PersonOf = browser_person
    accounts: Accounts | None = None

    def note(self, request: Asking, action: str, about: str = "") -> None:
        """Writes into the audit log what the person behind a request has done (上传, 导出, 移除, …).

        Call it once what was asked for is done; `about` names the article or the file.
        """
        try:
            who = self.person_of(request).login or HERE
        except LookupError:  # a long export may outlast the login it began with
            who = ENDED
        self.audit.record(who, action, about, address_of(request))
