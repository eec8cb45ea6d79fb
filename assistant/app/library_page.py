"""The tab 资料库: the list follows what is chosen; files arrive by `library_routes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr
from pydantic import ValidationError

from assistant.app.escaping import escape
from assistant.app.gradio_parts import Updates, html, quiet, said
from assistant.app.services import Services
from assistant.app.shelf_html import adding_html, shelf_html
from assistant.explain import explain
from assistant.shelf.listing import Wanted
from assistant.shelf.mending import edit_of
from retrieval import RetrievalError


@dataclass(frozen=True)
class LibraryPage:
    """The parts of the tab that handlers change."""

    tab: gr.Tab
    adding: gr.HTML
    told: gr.HTML
    shelf: gr.HTML


def draw(tab: gr.Tab) -> LibraryPage:
    """Draws the tab's content."""
    with gr.Column(elem_id="library", elem_classes="page"):
        return LibraryPage(tab, html(elem_id="adding"), html(elem_id="shelf-told"), html(elem_id="shelf"))


class LibraryHandlers:
    """What each action on the tab does."""

    def __init__(self, page: LibraryPage, services: Services) -> None:
        self._page = page
        self._services = services

    def show(self, request: gr.Request) -> Updates:
        """Shows the tab as it is when it is opened."""
        person = self._services.person_of(request)
        may_change = person.may("edit")
        return {
            self._page.adding: adding_html(may_change=person.may("add")),
            self._page.told: "",
            **self._list(Wanted(), may_change),
        }

    def act(self, event: gr.EventData, request: gr.Request) -> Updates:
        """Lists the articles wanted, after one was removed or mended if that was asked for."""
        given = said(event)
        may_change = self._services.person_of(request).may("edit")
        told = ""
        if may_change and given.get("do") in {"remove", "mend"}:
            told = self._change(given, request)
        return {self._page.told: told, **self._list(_wanted(given), may_change)}

    def _change(self, given: dict[str, Any], request: gr.Request) -> str:
        article_id, receiver = str(given.get("article", "")), self._services.receiver
        try:
            if given["do"] == "mend":
                receiver.edit(article_id, edit_of(given))
                said = "已改好。"
                self._services.note(request, "改信息", article_id)
            elif receiver.remove(article_id):
                said = "已移除。"
                self._services.note(request, "移除", article_id)
            else:
                said = "这篇文章已经不在资料库里。"
        except (RetrievalError, OSError) as error:
            return f'<p class="failure" role="alert">{escape(explain(error))}</p>'
        return f'<p class="aside" role="status">{said}</p>'

    def _list(self, wanted: Wanted, may_change: bool) -> Updates:
        library = self._services.assistant.library
        disputed = {article_id for pair in library.disputes() for article_id in pair}
        return {self._page.shelf: shelf_html(library.articles(), wanted, disputed, may_change=may_change)}


def _wanted(given: dict[str, Any]) -> Wanted:
    try:
        return Wanted.model_validate({k: v for k, v in given.items() if k in Wanted.model_fields})
    except ValidationError:
        return Wanted()


def connect(page: LibraryPage, signals: gr.HTML, services: Services) -> None:
    """Connects what people do on the tab with its handlers."""
    do = LibraryHandlers(page, services)
    shown = (page.adding, page.told, page.shelf)
    page.tab.select(do.show, None, **quiet(*shown))
    signals.shelf(do.act, None, **quiet(page.told, page.shelf))
