"""The tab 核对材料: a draft goes in, what was checked comes out; `draft_routes` reads and exports files."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.app.escaping import escape
from assistant.app.gradio_parts import Updates, html, quiet, said
from assistant.app.services import Services
from assistant.app.verify_html import MOST_CHARACTERS, draft_html, report_html
from assistant.explain import explain
from retrieval import RetrievalError


@dataclass(frozen=True)
class VerifyPage:
    """The parts of the tab that handlers change."""

    report: gr.HTML


def draw() -> VerifyPage:
    """Draws the tab's content."""
    with gr.Column(elem_id="verify", elem_classes="page"):
        html(draft_html(), elem_id="draft")
        return VerifyPage(html(elem_id="report"))


class VerifyHandlers:
    """What each action on the tab does."""

    def __init__(self, page: VerifyPage, services: Services) -> None:
        self._page = page
        self._services = services

    def check(self, event: gr.EventData) -> Updates:
        """Checks a draft and shows what was found."""
        given = said(event)
        shown = self._checked(str(given.get("text", "")))
        # The page waits for the report of this very check.
        return {self._page.report: f'<div data-turn="{int(given.get("turn", 0))}">{shown}</div>'}

    def _checked(self, text: str) -> str:
        if not text.strip():
            return _told("材料是空的。请先粘贴一段，或选择文件。")
        if len(text) > MOST_CHARACTERS:
            return _told(f"材料有 {len(text)} 字，超过 {MOST_CHARACTERS} 字。请分几次核对。")
        try:
            return report_html(text, self._services.assistant.verify(text))
        except (RetrievalError, OSError) as error:
            return _told(explain(error))


def _told(text: str) -> str:
    return f'<p class="failure" role="alert">{escape(text)}</p>'


def connect(page: VerifyPage, signals: gr.HTML, services: Services) -> None:
    """Connects what people do on the tab with its handlers."""
    do = VerifyHandlers(page, services)
    signals.draft(do.check, None, **quiet(page.report))
