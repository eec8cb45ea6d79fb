"""The tab 问答: which handler each action calls."""

from __future__ import annotations

import gradio as gr
from gradio.blocks import Block

from assistant.app.ask_handlers import AskHandlers
from assistant.app.ask_parts import AskPage, draw
from assistant.app.gradio_parts import quiet
from assistant.app.services import Services

__all__ = ["AskPage", "connect", "draw"]


def connect(blocks: gr.Blocks, page: AskPage, signals: gr.HTML, services: Services) -> None:
    """Connects what people do on the tab with its handlers."""
    do = AskHandlers(page, services)
    shown: list[Block] = [page.conversation, page.past, page.latest, page.welcome, page.examples]
    shown += [page.doors, page.send, page.halt, page.next, page.attached]
    talk, limits = page.conversation, page.scope
    # With every step the page says what is on it; the server may have been restarted meanwhile.
    given, say = [talk, page.remembered], "() => [null, jushi.shown()]"
    box, say_box = [page.box, *given], "(text) => [text, null, jushi.shown()]"
    asked = [
        gr.on([page.box.submit, page.send.click], do.ask, box, js=say_box, **quiet(page.box, *shown)),
        signals.ask(do.ask_this, given, js=say, **quiet(*shown)),
        signals.again(do.ask_again, given, js=say, **quiet(*shown)),
    ]
    for event in asked:
        event.failure(do.broken, [talk], **quiet(*shown))
        event.then(do.go_on, [talk], **quiet(page.talks, page.next, page.attached))
    page.halt.click(do.halted, [talk], cancels=asked, **quiet(*shown))
    signals.rate(do.rate, given, js=say, **quiet(*shown))
    signals.talk(do.talk, given, js=say, cancels=asked, **quiet(page.talks, *shown)).then(
        do.suggest, [talk], **quiet(page.examples)
    )
    signals.find(do.find, [talk], **quiet(page.talks))
    signals.mode(do.change_mode, [page.mode], **quiet(page.mode, page.status))
    # What is added to the library or taken out can be asked at once, and counts.
    signals.shelf(do.recount, [limits, page.mode], **quiet(page.limits, page.status))
    signals.scope(do.limit, None, **quiet(page.scope, page.limits))
    remember = "() => [sessionStorage.getItem('jushi-talk') || '', null, null]"
    blocks.load(
        do.begin,
        [page.remembered, limits, page.mode],
        js=remember,
        **quiet(page.limits, page.status, page.talks, page.add, *shown),
    ).then(do.suggest, [talk], **quiet(page.examples))
