"""What each action on the tab 问答 does: call the assistant and the stores, show what they give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import gradio as gr
from pydantic import ValidationError

from assistant.app import shell
from assistant.app.ask_parts import AskPage
from assistant.app.gradio_parts import Updates, said
from assistant.app.render import latest_html, past_html
from assistant.app.services import Services
from assistant.conversations.records import Conversation, Rating
from assistant.conversations.talk import break_down, converse, stop
from assistant.feedback.candidates import candidate_of, key_of
from assistant.models import Mode
from assistant.ports import LibraryPort
from assistant.scoping import NOTHING_CHOSEN, Scope
from retrieval import Record


class Shown(Record):
    """What the page shows when somebody does something on it: the truth where the server has forgotten.

    Attributes:
        talk: The conversation on the page, "" for none.
        scope: What questions are limited to.
        mode: "extractive" where that was chosen, else "".
    """

    talk: str = ""
    scope: Scope = NOTHING_CHOSEN
    mode: Literal["", "extractive"] = ""

    @classmethod
    def of(cls, text: str) -> Shown:
        """Returns what the page said about itself, nothing if it cannot be read."""
        try:
            return cls.model_validate_json(text or "{}")
        except ValidationError:
            return cls()


class AskHandlers:
    """What each action on the tab does; every method returns or yields what changes on the page."""

    def __init__(self, page: AskPage, services: Services) -> None:
        self._page = page
        self._services = services

    def ask(
        self, question: str, conversation: Conversation, shown: str, request: gr.Request
    ) -> Iterator[Updates]:
        """Answers what stands in the box."""
        page = Shown.of(shown)
        for updates in self._answer(question, self._present(conversation, page, request), page, request):
            yield {self._page.box: "", **updates}

    def ask_this(
        self, conversation: Conversation, shown: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:
        """Answers a question that was clicked."""
        page = Shown.of(shown)
        present = self._present(conversation, page, request)
        yield from self._answer(str(said(event).get("question", "")), present, page, request)

    def ask_again(
        self, conversation: Conversation, shown: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:
        """Answers an earlier question anew, perhaps changed; what came after it is dropped."""
        page = Shown.of(shown)
        conversation = self._present(conversation, page, request)
        at = int(said(event).get("at", -1))
        if not 0 <= at < len(conversation.exchanges):
            return
        question = str(said(event).get("question") or conversation.exchanges[at].question)
        yield from self._answer(question, conversation.before(at), page, request)

    def _present(self, conversation: Conversation, shown: Shown, request: gr.Request) -> Conversation:
        """Returns the conversation on the page: kept ones outlast a restart and a computer's sleep."""
        if conversation.conversation_id or not shown.talk:
            return conversation
        owner = self._services.person_of(request).owner
        return self._services.talks.load(owner, shown.talk) or conversation

    def _answer(
        self, question: str, conversation: Conversation, shown: Shown, request: gr.Request
    ) -> Iterator[Updates]:
        services, page = self._services, self._page
        owner = services.person_of(request).owner
        assistant = services.answering.assistant_for(owner, conversation.conversation_id)
        own = frozenset(
            one.article_id for one in services.attachments.of(owner, conversation.conversation_id)
        )
        mode: Mode | None = shown.mode or None
        with services.priority.answering():
            for now in converse(assistant, conversation, question, shown.scope, own, mode):
                if now.pending is None:
                    kept = services.talks.save(owner, now, since=len(conversation.exchanges))
                    yield self.showing(kept, assistant.library)
                elif now.pending.statements:
                    yield {page.conversation: now, page.latest: latest_html(now, assistant.library)}
                else:
                    yield {page.next: "", **self.showing(now, assistant.library)}

    def go_on(self, conversation: Conversation, request: gr.Request) -> Iterator[Updates]:
        """Lists the conversations, then offers questions to go on with."""
        owner = self._services.person_of(request).owner
        attached = self._services.attachments.of(owner, conversation.conversation_id)
        yield {
            self._page.talks: self._list_of(owner, conversation),
            self._page.attached: shell.attached_html(attached, conversation.conversation_id),
        }
        if conversation.history and conversation.exchanges[-1].answer is not None:
            answer = conversation.exchanges[-1].answer
            asked = [one.question for one in conversation.exchanges]
            found = self._services.follow_ups.after(answer, asked)
            yield {self._page.next: shell.follow_ups_html(found)}

    def halted(self, conversation: Conversation, request: gr.Request) -> Updates:
        """Stops the answer under way."""
        return self._kept(stop(conversation), request)

    def broken(self, conversation: Conversation, request: gr.Request) -> Updates:
        """Says that the program failed."""
        return self._kept(break_down(conversation), request)

    def rate(
        self, conversation: Conversation, shown: str, event: gr.EventData, request: gr.Request
    ) -> Updates:
        """Remembers what the reader thinks of an answer; the same verdict again takes it back."""
        conversation = self._present(conversation, Shown.of(shown), request)
        given, at = said(event), int(said(event).get("at", -1))
        if not 0 <= at < len(conversation.exchanges) or given.get("verdict") not in {"up", "down"}:
            return {}
        old = conversation.exchanges[at].rating
        rating = Rating(
            verdict=given["verdict"],
            reason=str(given.get("reason", ""))[:40],
            comment=str(given.get("comment", ""))[:1000],
        )
        taken_back = old is not None and old.verdict == rating.verdict == "up"
        rated = conversation.rated(at, None if taken_back else rating)
        if candidate := candidate_of(rated, at):
            self._services.candidates.keep(candidate)
        else:
            self._services.candidates.drop(key_of(rated, at))
        return self._kept(rated, request)

    def talk(
        self, conversation: Conversation, shown_on_page: str, event: gr.EventData, request: gr.Request
    ) -> Updates:
        """Opens, renames or deletes a conversation, or begins a new one."""
        conversation = self._present(conversation, Shown.of(shown_on_page), request)
        talks, owner = self._services.talks, self._services.person_of(request).owner
        given = said(event)
        key = str(given.get("talk", ""))
        shown = conversation
        match given.get("do"):
            case "new":
                shown = Conversation()
            case "open":
                shown = talks.load(owner, key) or conversation
            case "rename":
                talks.rename(owner, key, str(given.get("title", "")))
            case "detach":
                self._services.attachments.remove(owner, str(given.get("article", "")))
            case "delete":
                talks.delete(owner, key)
                shown = Conversation() if key == conversation.conversation_id else conversation
        return {
            self._page.next: "",
            **self._opened(owner, shown),
            self._page.talks: self._list_of(owner, shown),
        }

    def find(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> Updates:
        """Lists the conversations in which the words stand."""
        owner = self._services.person_of(request).owner
        wanted = str(said(event).get("words", ""))[:100]
        return {self._page.talks: self._list_of(owner, conversation, wanted)}

    def limit(self, event: gr.EventData) -> Updates:
        """Limits the questions to come."""
        given = {name: tuple(map(str, said(event).get(name) or ())) for name in Scope.model_fields}
        scope = Scope.model_validate(given)
        metas = self._services.assistant.library.articles()
        return {self._page.scope: scope, self._page.limits: shell.scope_html(scope, metas)}

    def change_mode(self, mode: Mode | None) -> Updates:
        """Changes between model and extracts."""
        chosen: Mode | None = None if mode == "extractive" else "extractive"
        return {self._page.mode: chosen, self._page.status: self._status(chosen)}

    def recount(self, scope: Scope, mode: Mode | None) -> Updates:
        """Shows what the library holds now: how many articles, and what questions can be limited to."""
        metas = self._services.assistant.library.articles()
        return {self._page.limits: shell.scope_html(scope, metas), self._page.status: self._status(mode)}

    def begin(self, remembered: str, scope: Scope, mode: Mode | None, request: gr.Request) -> Updates:
        """Shows the page as it was left: the conversation that was open, else the first screen."""
        services, page = self._services, self._page
        owner = services.person_of(request).owner
        metas = services.assistant.library.articles()
        opened = services.talks.load(owner, remembered) if remembered else None
        conversation = opened or Conversation()
        return {
            page.limits: shell.scope_html(scope, metas),
            page.status: self._status(mode),
            page.talks: self._list_of(owner, conversation),
            page.add: gr.update(visible=services.person_of(request).may("add")),
            **self._opened(owner, conversation),
        }

    def suggest(self, conversation: Conversation) -> Updates:
        """Offers example questions on the first screen."""
        if conversation.begun:
            return {}
        return {self._page.examples: shell.examples_html(self._services.examples.questions())}

    def showing(self, conversation: Conversation, library: LibraryPort) -> Updates:
        """Returns the page with a conversation on it; `library` holds what it cites."""
        page = self._page
        begun, busy = conversation.begun, conversation.pending is not None
        return {
            page.conversation: conversation,
            page.past: past_html(conversation, library),
            page.latest: latest_html(conversation, library),
            page.welcome: gr.update(visible=not begun),
            page.examples: gr.update(visible=not begun),
            page.doors: gr.update(visible=not begun),
            page.send: gr.update(visible=not busy),
            page.halt: gr.update(visible=busy),
        }

    def _opened(self, owner: str, conversation: Conversation) -> Updates:
        """Returns the page with a kept conversation on it, and what is attached to it."""
        services, key = self._services, conversation.conversation_id
        library = services.answering.assistant_for(owner, key).library
        attached = shell.attached_html(services.attachments.of(owner, key), key)
        return {self._page.attached: attached, **self.showing(conversation, library)}

    def _kept(self, conversation: Conversation, request: gr.Request) -> Updates:
        owner = self._services.person_of(request).owner
        return self._opened(owner, self._services.talks.save(owner, conversation))

    def _status(self, mode: Mode | None) -> str:
        assistant = self._services.assistant
        return shell.status_html(assistant.library.articles(), assistant.model_state(), mode)

    def _list_of(self, owner: str, conversation: Conversation, wanted: str = "") -> str:
        found = self._services.talks.summaries(owner, wanted)
        return shell.talks_html(found, conversation.conversation_id, wanted)
