"""The tab 问答: what stands on it, and which handler each action calls. No logic beyond that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import gradio as gr
from gradio.blocks import Block

from assistant.app import shell
from assistant.app.gradio_parts import Updates, html, quiet, said
from assistant.app.render import latest_html, past_html
from assistant.app.services import Services
from assistant.conversations.records import Conversation, Rating
from assistant.conversations.talk import break_down, converse, stop
from assistant.models import Mode
from assistant.ports import LibraryPort
from assistant.scoping import NOTHING_CHOSEN, Scope


@dataclass(frozen=True)
class AskPage:
    """The parts of the tab that handlers change."""

    conversation: gr.State
    scope: gr.State
    mode: gr.State
    remembered: gr.Textbox
    talks: gr.HTML
    past: gr.HTML
    latest: gr.HTML
    next: gr.HTML
    welcome: gr.HTML
    examples: gr.HTML
    doors: gr.Row
    verify: gr.Button
    add: gr.Button
    box: gr.Textbox
    send: gr.Button
    halt: gr.Button
    limits: gr.HTML
    attached: gr.HTML
    status: gr.HTML


def draw() -> AskPage:
    """Draws the tab's content."""
    with gr.Row(elem_id="desk"):
        talks = html(elem_id="talks")
        with gr.Column(elem_id="talk", min_width=280):
            with gr.Column(elem_id="log"):
                past, latest, following = html(elem_id="past"), html(elem_id="latest"), html(elem_id="next")
            welcome = html(shell.welcome_html(), elem_id="welcome")
            box, send, halt = _draw_composer()
            with gr.Row(elem_id="around"):
                limits, attached = html(elem_id="limits"), html(elem_id="attached")
            examples = html(elem_id="examples")
            with gr.Row(elem_id="doors") as doors:
                verify = gr.Button("核对材料", size="sm", elem_id="door-verify")
                add = gr.Button("添加资料", size="sm", elem_id="door-add")
            status = html(elem_id="status")
            html(shell.guide_html(), elem_id="guide")
    return AskPage(
        conversation=gr.State(Conversation()),
        scope=gr.State(NOTHING_CHOSEN),
        mode=gr.State(None),
        remembered=gr.Textbox(visible=False),
        talks=talks,
        past=past,
        latest=latest,
        next=following,
        welcome=welcome,
        examples=examples,
        doors=doors,
        verify=verify,
        add=add,
        box=box,
        send=send,
        halt=halt,
        limits=limits,
        attached=attached,
        status=status,
    )


def _draw_composer() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            placeholder="请输入问题，按回车发送，Shift＋回车换行",
            label="问题",
            show_label=False,
            container=False,
            max_lines=8,
            autofocus=True,
            scale=8,
            elem_id="box",
        )
        send = gr.Button("发送", variant="primary", min_width=72, scale=1, elem_id="send")
        halt = gr.Button("停止", visible=False, min_width=72, scale=1, elem_id="halt")
    return box, send, halt


@dataclass(frozen=True, slots=True)
class Terms:
    """How a question is to be answered: from which articles, by the model or by extracts."""

    scope: Scope
    mode: Mode | None


class AskHandlers:
    """What each action on the tab does; every method returns or yields what changes on the page."""

    def __init__(self, page: AskPage, services: Services) -> None:
        self._page = page
        self._services = services

    def ask(
        self, question: str, conversation: Conversation, scope: Scope, mode: Mode | None, request: gr.Request
    ) -> Iterator[Updates]:
        """Answers what stands in the box."""
        for updates in self._answer(question, conversation, Terms(scope, mode), request):
            yield {self._page.box: "", **updates}

    def ask_this(
        self,
        conversation: Conversation,
        scope: Scope,
        mode: Mode | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Answers a question that was clicked."""
        yield from self._answer(
            str(said(event).get("question", "")), conversation, Terms(scope, mode), request
        )

    def ask_again(
        self,
        conversation: Conversation,
        scope: Scope,
        mode: Mode | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Answers an earlier question anew, perhaps changed; what came after it is dropped."""
        at = int(said(event).get("at", -1))
        if not 0 <= at < len(conversation.exchanges):
            return
        question = str(said(event).get("question") or conversation.exchanges[at].question)
        yield from self._answer(question, conversation.before(at), Terms(scope, mode), request)

    def _answer(
        self, question: str, conversation: Conversation, terms: Terms, request: gr.Request
    ) -> Iterator[Updates]:
        services, page = self._services, self._page
        owner = services.person_of(request).owner
        assistant = services.answering.assistant_for(owner, conversation.conversation_id)
        own = frozenset(
            one.article_id for one in services.attachments.of(owner, conversation.conversation_id)
        )
        with services.follow_ups.answering():
            for now in converse(assistant, conversation, question, terms.scope, own, terms.mode):
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

    def rate(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> Updates:
        """Remembers what the reader thinks of an answer; the same verdict again takes it back."""
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
        return self._kept(conversation.rated(at, None if taken_back else rating), request)

    def talk(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> Updates:
        """Opens, renames or deletes a conversation, or begins a new one."""
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


def connect(blocks: gr.Blocks, page: AskPage, signals: gr.HTML, services: Services) -> None:
    """Connects what people do on the tab with its handlers."""
    do = AskHandlers(page, services)
    shown: list[Block] = [page.conversation, page.past, page.latest, page.welcome, page.examples]
    shown += [page.doors, page.send, page.halt, page.next, page.attached]
    talk, limits = page.conversation, page.scope
    given = [talk, limits, page.mode]
    asked = [
        gr.on([page.box.submit, page.send.click], do.ask, [page.box, *given], **quiet(page.box, *shown)),
        signals.ask(do.ask_this, given, **quiet(*shown)),
        signals.again(do.ask_again, given, **quiet(*shown)),
    ]
    for event in asked:
        event.failure(do.broken, [talk], **quiet(*shown))
        event.then(do.go_on, [talk], **quiet(page.talks, page.next, page.attached))
    page.halt.click(do.halted, [talk], cancels=asked, **quiet(*shown))
    signals.rate(do.rate, [talk], **quiet(*shown))
    signals.talk(do.talk, [talk], cancels=asked, **quiet(page.talks, *shown)).then(
        do.suggest, [talk], **quiet(page.examples)
    )
    signals.find(do.find, [talk], **quiet(page.talks))
    signals.mode(do.change_mode, [page.mode], **quiet(page.mode, page.status))
    signals.scope(do.limit, None, **quiet(page.scope, page.limits))
    remember: Callable[[], str] | str = "() => [sessionStorage.getItem('jushi-talk') || '', null, null]"
    blocks.load(
        do.begin,
        [page.remembered, limits, page.mode],
        js=remember,
        **quiet(page.limits, page.status, page.talks, *shown),
    ).then(do.suggest, [talk], **quiet(page.examples))
