"""Gradio with its reporting switched off, and the few parts that every page is made of."""

from __future__ import annotations

import os
from typing import Any

# Read when Gradio and FastAPI are imported: nothing about the use of this app may leave the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["OTEL_SDK_DISABLED"] = "true"

import gradio as gr
from gradio.blocks import Block

Updates = dict[Block, Any]
# What people do inside rendered HTML arrives as one of these events, with what belongs to it.
SIGNALS = (
    "ask",
    "again",
    "rate",
    "talk",
    "find",
    "scope",
    "mode",
    "shelf",
    "ledger",
    "draft",
    "admin",
    "people",
)
_FORWARD = "document.addEventListener('jushi', (event) => {{ const say = event.detail; {cases} }});"
_CASE = "if (say.event === '{name}') trigger('{name}', say);"


def html(value: str = "", elem_id: str | None = None, *, visible: bool = True) -> gr.HTML:
    """Returns a place for rendered HTML, without Gradio's own text styles."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, visible=visible, js_on_load=None)


def draw_signals() -> gr.HTML:
    """Returns the part that turns the page's own events into Gradio's, e.g. `.ask(handler, …)`."""
    cases = " ".join(_CASE.format(name=name) for name in SIGNALS)
    return gr.HTML("", elem_id="signals", apply_default_css=False, js_on_load=_FORWARD.format(cases=cases))


def said(event: gr.EventData) -> dict[str, Any]:
    """Returns what came with a signal."""
    return event._data if isinstance(event._data, dict) else {}


def quiet(*outputs: Block) -> dict[str, Any]:
    """Returns the settings of an event that shows no progress of Gradio's and is no public endpoint."""
    return {"outputs": list(outputs), "show_progress": "hidden", "api_visibility": "private"}
