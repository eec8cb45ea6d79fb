"""The tab 管理, for administrators only."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.app import accounts_page
from assistant.app.accounts_page import AccountsPage
from assistant.app.admin_html import ONLY_ADMINS, candidates_html, library_state_html
from assistant.app.escaping import escape
from assistant.app.gradio_parts import Updates, html, quiet, said
from assistant.app.services import Services
from assistant.explain import explain
from retrieval import CheckReport, RetrievalError


@dataclass(frozen=True)
class AdminPage:
    """The parts of the tab that handlers change."""

    tab: gr.Tab
    people: AccountsPage
    candidates: gr.HTML
    state: gr.HTML


def draw(tab: gr.Tab) -> AdminPage:
    """Draws the tab's content."""
    with gr.Column(elem_id="admin", elem_classes="page"):
        return AdminPage(tab, accounts_page.draw(), html(elem_id="candidates"), html(elem_id="library-state"))


class AdminHandlers:
    """What each action on the tab does."""

    def __init__(self, page: AdminPage, services: Services) -> None:
        self._page = page
        self._services = services

    def allow(self, request: gr.Request) -> Updates:
        """Shows the tab to administrators alone."""
        return {self._page.tab: gr.update(visible=self._services.person_of(request).may("administer"))}

    def show(self, request: gr.Request) -> Updates:
        """Shows the tab when it is opened."""
        if not self._services.person_of(request).may("administer"):
            return {self._page.candidates: ONLY_ADMINS, self._page.state: ""}
        return {**self._candidates(), self._page.state: library_state_html(None)}

    def act(self, event: gr.EventData, request: gr.Request) -> Updates:
        """Does what an administrator asked for."""
        given, library = said(event), self._services.assistant.library
        if not self._services.person_of(request).may("administer"):
            return {}
        try:
            match given.get("do"):
                case "check":
                    return self._state(library.check())
                case "repair":
                    self._services.note(request, "修复资料库")
                    return self._state(library.repair())
                case "drop":
                    if self._services.candidates.drop(str(given.get("candidate", ""))):
                        self._services.note(request, "删候选题", str(given.get("candidate", "")))
            return self._candidates()
        except (RetrievalError, OSError) as error:
            return {self._page.state: f'<p class="failure" role="alert">{escape(explain(error))}</p>'}

    def _state(self, report: CheckReport) -> Updates:
        return {self._page.state: library_state_html(report)}

    def _candidates(self) -> Updates:
        return {self._page.candidates: candidates_html(self._services.candidates.all())}


def connect(blocks: gr.Blocks, page: AdminPage, signals: gr.HTML, services: Services) -> None:
    """Connects what people do on the tab with its handlers."""
    do = AdminHandlers(page, services)
    blocks.load(do.allow, None, **quiet(page.tab))
    page.tab.select(do.show, None, **quiet(page.candidates, page.state))
    accounts_page.connect(page.tab, page.people, signals, services)
    signals.admin(do.act, None, **quiet(page.candidates, page.state))
