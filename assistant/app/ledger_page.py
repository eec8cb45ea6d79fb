"""The tab 台账: the figures of the articles, limited, drawn, corrected; `ledger_routes` exports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr
from pydantic import ValidationError

from assistant.app.escaping import escape
from assistant.app.gradio_parts import Updates, html, quiet, said
from assistant.app.ledger_html import MOST_WHOLE, ledger_html
from assistant.app.services import Services
from assistant.bookkeeping.corrections import Correction
from assistant.bookkeeping.limits import LedgerWanted, rows_wanted
from assistant.explain import explain
from retrieval import RetrievalError


@dataclass(frozen=True)
class LedgerPage:
    """The parts of the tab that handlers change."""

    tab: gr.Tab
    ledger: gr.HTML


def draw(tab: gr.Tab) -> LedgerPage:
    """Draws the tab's content."""
    with gr.Column(elem_classes="page"):
        return LedgerPage(tab, html('<p class="aside">正在列出数字…</p>', elem_id="ledger"))


class LedgerHandlers:
    """What each action on the tab does."""

    def __init__(self, page: LedgerPage, services: Services) -> None:
        self._page = page
        self._services = services

    def show(self, request: gr.Request) -> Updates:
        """Shows the tab when it is opened."""
        return self._table(LedgerWanted(), request)

    def act(self, event: gr.EventData, request: gr.Request) -> Updates:
        """Shows the rows wanted, after one was corrected if that was asked for."""
        given = said(event)
        person = self._services.person_of(request)
        told = ""
        if person.may("correct") and given.get("do") in {"correct", "take-back"}:
            told = self._correct(given, person.shown, request)
        return self._table(_wanted(given), request, told)

    def _correct(self, given: dict[str, Any], by: str, request: gr.Request) -> str:
        try:
            fields = {name: given[name] for name in Correction.model_fields if name in given}
            correction = Correction.model_validate({**fields, "article_id": given.get("article"), "by": by})
        except ValidationError:
            return "数值要写成数字，日期要写成 2025、2025-03 或 2025-03-09。没有改动。"
        if given["do"] == "correct":
            self._services.corrections.keep(correction)
            self._services.note(request, "更正", f"{correction.article_id} {correction.text}")
        elif self._services.corrections.take_back(correction.key):
            self._services.note(request, "撤销更正", f"{correction.article_id} {correction.text}")
        return ""

    def _table(self, wanted: LedgerWanted, request: gr.Request, told: str = "") -> Updates:
        services = self._services
        try:
            metas = services.assistant.library.articles()
            corrections = services.corrections.all()
            whole = not wanted.query and len(metas) > MOST_WHOLE
            rows = [] if whole else rows_wanted(services.assistant.figures, corrections, wanted)
        except (RetrievalError, OSError) as error:
            return {self._page.ledger: f'<p class="failure" role="alert">{escape(explain(error))}</p>'}
        may_change = services.person_of(request).may("correct")
        shown = ledger_html(metas, rows, wanted, may_change=may_change)
        note = f'<p class="failure" role="alert">{escape(told)}</p>' if told else ""
        return {self._page.ledger: note + shown}


def _wanted(given: dict[str, Any]) -> LedgerWanted:
    limits = given.get("limits")
    try:
        return LedgerWanted.model_validate(limits if isinstance(limits, dict) else {})
    except ValidationError:
        return LedgerWanted()


def connect(page: LedgerPage, signals: gr.HTML, services: Services) -> None:
    """Connects what people do on the tab with its handlers."""
    do = LedgerHandlers(page, services)
    page.tab.select(do.show, None, **quiet(page.ledger))
    signals.ledger(do.act, None, **quiet(page.ledger))
