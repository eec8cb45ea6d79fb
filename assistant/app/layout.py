"""The whole page in Gradio: the heading, a tab for each kind of work, the panel for sources."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import gradio as gr
from fastapi import FastAPI

from assistant.accounts.records import ROLE_NAMES
from assistant.app import admin_page, ask_page, ledger_page, library_page, shell, verify_page
from assistant.app.gradio_parts import draw_signals, html, quiet
from assistant.app.services import Services

TITLE = "据实 · 句句有据，数数可查"
_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
_STYLES = (
    "colours.css",
    "frame.css",
    "answers.css",
    "library.css",
    "ledger.css",
    "draft.css",
    "people.css",
    "export.css",
    "reading.css",
)
_SCRIPTS = (
    "language.js",
    "dialogs.js",
    "failures.js",
    "session.js",
    "sources.js",
    "answers.js",
    "talks.js",
    "library.js",
    "ledger.js",
    "admin.js",
    "people.js",
    "draft.js",
    "export.js",
    "settings.js",
    "translate.js",
)
_PANEL = '<div class="panel" aria-label="出处" role="complementary"></div>'


def theme() -> gr.themes.Base:
    """Returns the calm theme; its fonts are the reader's own, none is fetched."""
    return gr.themes.Base(
        primary_hue="teal", neutral_hue="slate", font=list(_FONTS), font_mono=["ui-monospace", "monospace"]
    )


def asset(name: str) -> str:
    """Returns the text of a file shipped beside this module."""
    return (files("assistant.app") / "static" / name).read_text(encoding="utf-8")


def style_sheet() -> str:
    """Returns the styles of the page and of an article's own page."""
    return "\n".join(asset(name) for name in _STYLES)


def head() -> str:
    """Returns the page's own styles and scripts, one job each.

    The styles stand here because Gradio would confine those it is given to its own container.
    """
    scripts = "".join(f"<script>{asset(name)}</script>" for name in _SCRIPTS)
    return f"<style>{style_sheet()}</style>{scripts}"


def build_page(services: Services) -> gr.Blocks:
    """Returns the page over the services."""
    page: gr.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        signals = draw_signals()
        with gr.Row(elem_id="jushi", equal_height=True):
            with gr.Column(elem_id="main", scale=3, min_width=300):
                masthead = html(shell.masthead_html(), elem_id="masthead")
                pages = _draw_tabs()
            html(_PANEL, elem_id="side")
        if services.accounts:
            _greet(page, masthead, services)
        ask_page.connect(page, pages.ask, signals, services)
        verify_page.connect(pages.verify, signals, services)
        ledger_page.connect(pages.ledger, signals, services)
        library_page.connect(pages.library, signals, services)
        admin_page.connect(page, pages.admin, signals, services)
    return page


def _greet(page: gr.Blocks, masthead: gr.HTML, services: Services) -> None:
    """Puts who is logged in into the heading when the page is opened."""

    def greeted(request: gr.Request) -> str:
        person = services.person_of(request)
        role = ROLE_NAMES["admin" if person.is_admin else "reader"]
        return shell.masthead_html(shell.account_html(person.shown, role))

    page.load(greeted, None, **quiet(masthead))


@dataclass(frozen=True)
class _Pages:
    """The tabs' contents."""

    ask: ask_page.AskPage
    verify: verify_page.VerifyPage
    ledger: ledger_page.LedgerPage
    library: library_page.LibraryPage
    admin: admin_page.AdminPage


def _draw_tabs() -> _Pages:
    with gr.Tabs(elem_id="tabs", selected="ask"):
        with gr.Tab("问答", id="ask"):
            asking = ask_page.draw()
        with gr.Tab("核对材料", id="verify"):
            verifying = verify_page.draw()
        with gr.Tab("台账", id="ledger") as tab:
            reckoning = ledger_page.draw(tab)
        with gr.Tab("资料库", id="library") as tab:
            keeping = library_page.draw(tab)
        with gr.Tab("管理", id="admin", visible=False) as tab:
            administering = admin_page.draw(tab)
    return _Pages(asking, verifying, reckoning, keeping, administering)


def mount(app: FastAPI, services: Services) -> FastAPI:
    """Returns the web app with the page at its root; nothing of it is fetched from another host."""
    page = build_page(services).queue(max_size=64, default_concurrency_limit=8)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme(),
        head=head(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    return mounted
