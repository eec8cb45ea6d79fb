"""What stands on the tab 问答."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.app import shell
from assistant.app.gradio_parts import html
from assistant.conversations.records import Conversation
from assistant.scoping import NOTHING_CHOSEN


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
