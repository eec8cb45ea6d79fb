"""The page in Gradio: what stands where, and which handler each button calls. No logic beyond that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import count, zip_longest
from typing import Any

# Read when Gradio and FastAPI are imported: nothing about the use of this app may leave the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["OTEL_SDK_DISABLED"] = "true"

import gradio as gr
from fastapi import FastAPI
from gradio.components import Component

from assistant.app.conversation import (
    Conversation,
    View,
    before_last,
    break_down,
    converse,
    shelf_html,
    showing,
    stop,
)
from assistant.app.examples import WANTED, Examples
from assistant.ports import AssistantPort

TITLE = "据实"
_SHOWN = count()
Updates = dict[Component, Any]
_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
_HEAD = """<header class="masthead"><h1>据实</h1><p>句句有据，数数可查</p></header>"""
_CLOSE = """<button type="button" class="close-side">关闭出处</button>"""
_WELCOME = (
    '<div class="welcome"><p>请就资料库里的文章提问。每一句回答都注明出处，每一个数字都与原句核对；'
    "文章里没有的，会直说没有找到。</p></div>"
)


def theme() -> gr.themes.Base:
    """Returns the calm theme; its fonts are the reader's own, none is fetched."""
    return gr.themes.Base(
        primary_hue="teal", neutral_hue="slate", font=list(_FONTS), font_mono=["ui-monospace", "monospace"]
    )


def panel_html(inner: str) -> str:
    """Returns the panel's content, each time unlike the last: the page itself may have put another there."""
    return f'<div class="panel" data-shown="{next(_SHOWN)}">{inner}</div>'


def asset(name: str) -> str:
    """Returns the text of a file shipped beside this module."""
    return (files("assistant.app") / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Screen:
    """The parts of the page that handlers change."""

    conversation: gr.State
    past: gr.HTML
    latest: gr.HTML
    panel: gr.HTML
    welcome: gr.HTML
    box: gr.Textbox
    send: gr.Button
    halt: gr.Button
    again: gr.Button
    fresh: gr.Button
    shelf: gr.Button
    suggestions: tuple[gr.Button, ...]

    @property
    def changed(self) -> list[Component]:
        """Everything that a step of an answer may change."""
        return [
            self.conversation,
            self.past,
            self.latest,
            self.panel,
            self.welcome,
            self.box,
            self.send,
            self.halt,
            self.again,
            *self.suggestions,
        ]

    def updates(self, view: View) -> Updates:
        """Returns what a view changes on the page."""
        begun = bool(view.past or view.latest)
        found: Updates = {
            self.conversation: view.conversation,
            self.past: view.past,
            self.latest: view.latest,
            self.welcome: gr.update(visible=not begun),
            self.send: gr.update(visible=not view.busy),
            self.halt: gr.update(visible=view.busy),
            self.again: gr.update(interactive=bool(view.conversation.exchanges) and not view.busy),
        }
        if begun:
            found.update({button: gr.update(visible=False) for button in self.suggestions})
        if view.panel is not None:
            found[self.panel] = panel_html(view.panel)
        return found


def _html(value: str = "", elem_id: str | None = None) -> gr.HTML:
    """Returns a place for rendered HTML, without Gradio's own text styles."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False)


def build_page(assistant: AssistantPort, examples: Examples) -> gr.Blocks:
    """Returns the page over an assistant."""
    page: gr.Blocks
    with gr.Blocks(title=f"{TITLE} · 句句有据，数数可查", analytics_enabled=False, fill_width=True) as page:
        screen = _draw()
        _connect(page, screen, assistant, examples)
    return page


def _draw() -> Screen:
    conversation = gr.State(Conversation())
    with gr.Row(elem_id="jushi", equal_height=True):
        with gr.Column(elem_id="talk", scale=3, min_width=300):
            _html(_HEAD)
            with gr.Column(elem_id="log"):
                welcome = _html(_WELCOME)
                with gr.Row(elem_id="examples"):
                    suggestions = tuple(gr.Button(visible=False, size="sm") for _ in range(WANTED))
                past = _html(elem_id="past")
                latest = _html(elem_id="latest")
            box, send, halt = _draw_composer()
            with gr.Row(elem_id="tools"):
                again = gr.Button("重问上一题", size="sm", interactive=False, elem_id="again")
                fresh = gr.Button("新对话", size="sm", elem_id="fresh")
                shelf = gr.Button("资料库", size="sm", elem_id="shelf")
        with gr.Column(elem_id="side", scale=2, min_width=280):
            _html(_CLOSE)
            panel = _html(elem_id="panel")
    return Screen(
        conversation, past, latest, panel, welcome, box, send, halt, again, fresh, shelf, suggestions
    )


def _draw_composer() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            placeholder="请输入问题，按回车发送",
            label="问题",
            show_label=False,
            container=False,
            max_lines=6,
            autofocus=True,
            scale=8,
            elem_id="box",
        )
        send = gr.Button("发送", variant="primary", min_width=72, scale=1, elem_id="send")
        halt = gr.Button("停止", visible=False, min_width=72, scale=1, elem_id="halt")
    return box, send, halt


def _connect(page: gr.Blocks, screen: Screen, assistant: AssistantPort, examples: Examples) -> None:
    def ask(question: str, conversation: Conversation) -> Iterator[Updates]:
        for view in converse(assistant, conversation, question):
            yield {screen.box: "", **screen.updates(view)}

    def ask_again(conversation: Conversation) -> Iterator[Updates]:
        earlier, question = before_last(conversation)
        for view in converse(assistant, earlier, question):
            yield screen.updates(view)

    def halted(conversation: Conversation) -> Updates:
        return screen.updates(stop(conversation))

    def begin() -> Updates:
        return {
            screen.panel: panel_html(shelf_html(assistant.library)),
            **screen.updates(showing(Conversation())),
        }

    def suggest(conversation: Conversation) -> Updates:
        if conversation.exchanges or conversation.pending:
            return {}
        pairs = zip_longest(screen.suggestions, examples.questions())
        return {button: gr.update(value=text, visible=bool(text)) for button, text in pairs if button}

    quiet: dict[str, Any] = {
        "outputs": screen.changed,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    asked = [
        gr.on([screen.box.submit, screen.send.click], ask, [screen.box, screen.conversation], **quiet),
        screen.again.click(ask_again, [screen.conversation], **quiet),
        *(button.click(ask, [button, screen.conversation], **quiet) for button in screen.suggestions),
    ]
    for event in asked:
        event.failure(
            lambda conversation: screen.updates(break_down(conversation)), [screen.conversation], **quiet
        )
    screen.halt.click(halted, [screen.conversation], cancels=asked, **quiet)
    screen.fresh.click(begin, None, cancels=asked, **quiet).then(suggest, [screen.conversation], **quiet)
    screen.shelf.click(lambda: {screen.panel: panel_html(shelf_html(assistant.library))}, None, **quiet)
    page.load(begin, None, **quiet).then(suggest, [screen.conversation], **quiet)


def mount(app: FastAPI, assistant: AssistantPort, examples: Examples) -> FastAPI:
    """Returns the web app with the page at its root; nothing of it is fetched from another host."""
    page = build_page(assistant, examples).queue(max_size=64, default_concurrency_limit=8)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme(),
        css=asset("style.css"),
        head=f"<script>{asset('behaviour.js')}</script>",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    return mounted
