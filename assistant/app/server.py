"""The app as a web server: the Gradio page, an article's page, a health check, accounts where they are on."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.accounts.accounts import Accounts
from assistant.accounts.audit import AuditLog
from assistant.app import layout
from assistant.app.access import Access
from assistant.app.admin_routes import admin_routes
from assistant.app.draft_routes import draft_routes
from assistant.app.escaping import escape
from assistant.app.examples import Examples, FollowUps, Priority
from assistant.app.export_routes import export_routes
from assistant.app.first_paint import FirstPaint
from assistant.app.forwarding import Published, Unforwarded
from assistant.app.ledger_routes import ledger_routes
from assistant.app.library_routes import library_routes
from assistant.app.login_routes import login_routes
from assistant.app.reader_cookie import ReaderCookie
from assistant.app.services import PersonOf, Services, account_person, browser_person
from assistant.app.sources import article_html
from assistant.app.talk_routes import talk_routes
from assistant.attachments.answering import Answering
from assistant.attachments.receiving import Attaching
from assistant.attachments.store import AttachmentStore, is_attachment
from assistant.bookkeeping.corrections import Corrections
from assistant.conversations.store import ConversationStore
from assistant.feedback.candidates import Candidates
from assistant.ports import AssistantPort
from assistant.service.openai_api import openai_routes
from assistant.shelf.receiving import Receiver
from retrieval import Article, ArticleNotFound, Sentence
from retrieval.sentences import split_sentences

# Other names for this machine would let a foreign web page reach the app through the reader's browser.
HOSTS = ["127.0.0.1", "localhost", "[::1]", "[", "testserver"]
_PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>{title}</title><link rel="stylesheet" href="../style.css"></head>'
    '<body class="reading">{body}</body></html>'
)
_POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def build_services(
    assistant: AssistantPort,
    data_dir: Path,
    person_of: PersonOf = browser_person,
    accounts: Accounts | None = None,
) -> Services:
    """Returns what the pages work with; conversations are kept in the data folder.

    With accounts, people are those who are logged in; the accounts stay the caller's to close.
    """
    talks = ConversationStore(data_dir)
    priority = Priority()
    attachments = AttachmentStore(data_dir)
    return Services(
        assistant=assistant,
        talks=talks,
        attachments=attachments,
        attaching=Attaching(talks, attachments),
        answering=Answering(assistant, attachments),
        examples=Examples(assistant, priority),
        follow_ups=FollowUps(assistant, priority),
        priority=priority,
        receiver=Receiver(assistant.library, data_dir),
        corrections=Corrections(data_dir),
        candidates=Candidates(data_dir),
        audit=AuditLog(data_dir),
        person_of=account_person(accounts) if accounts else person_of,
        accounts=accounts,
    )


def close_services(services: Services) -> None:
    """Releases what `build_services` has opened; the assistant stays open."""
    services.follow_ups.close()
    services.attachments.close()
    services.talks.close()
    services.corrections.close()
    services.audit.close()


def build_app(services: Services, service_keys: Collection[str] = (), root_path: str = "") -> FastAPI:
    """Returns the whole app; other programs may ask with the keys, nobody without any."""
    app = FastAPI(title="据实", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(FirstPaint)
    if services.accounts:
        # Whatever name leads here, a browser sends the session's cookie to the name it was given by alone.
        app.add_middleware(Access, accounts=services.accounts)
        app.include_router(login_routes(services.accounts))
    else:
        app.add_middleware(ReaderCookie)
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
        app.add_middleware(Unforwarded)
    app.add_middleware(Published, root_path=root_path)
    _add_routes(app, services)
    app.include_router(library_routes(services))
    app.include_router(ledger_routes(services))
    app.include_router(talk_routes(services))
    app.include_router(export_routes(services))
    app.include_router(admin_routes(services))
    app.include_router(openai_routes(services.assistant, service_keys))
    app.include_router(draft_routes(services))
    return layout.mount(app, services)


def _add_routes(app: FastAPI, services: Services) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/style.css")
    def style() -> Response:
        return Response(layout.style_sheet(), media_type="text/css")

    @app.get("/english.json")
    def english() -> Response:
        return Response(layout.asset("english.json"), media_type="application/json")

    @app.get("/article/{article_id}")
    def article(request: Request, article_id: str, start: int = 0, end: int = 0) -> HTMLResponse:
        try:
            found, sentences = _found(services, request, article_id)
        except ArticleNotFound as error:
            raise HTTPException(404, str(error)) from error
        page = _PAGE.format(
            title=escape(found.title or article_id), body=article_html(found, sentences, start, end)
        )
        return HTMLResponse(page, headers=_POLICY)


def _found(services: Services, request: Request, article_id: str) -> tuple[Article, Sequence[Sentence]]:
    """Returns an article of the library, or an attachment of the person's own. Raises ArticleNotFound."""
    if not is_attachment(article_id):
        library = services.assistant.library
        return library.article(article_id), library.sentences(article_id)
    own = services.attachments.article(services.person_of(request).owner, article_id)
    if own is None:
        raise ArticleNotFound("这份附件已经去掉了，或者不是您的。")
    return own, split_sentences(own.article_id, own.text)


class _Server(uvicorn.Server):
    """Calls `ready` once the app answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts answering, then says so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops answering; what open pages lose by it is no error to report."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets=sockets)


@dataclass(frozen=True, slots=True)
class Serving:
    """How the app is reached.

    Attributes:
        service_keys: Keys of the programs that may ask, none to ask nobody.
        accounts: The accounts by which people log in, None on a machine of one's own.
        root_path: The path the app is published below, where the proxy does not tell it.
        proxies: Addresses of the proxies that are believed about where a request comes from.
    """

    service_keys: Collection[str] = ()
    accounts: Accounts | None = None
    root_path: str = ""
    proxies: str = "127.0.0.1"


def serve(
    assistant: AssistantPort,
    data_dir: Path,
    listener: socket.socket,
    ready: Callable[[], None],
    serving: Serving,
) -> None:
    """Serves the app on a bound socket until it is interrupted; `ready` is called when it answers."""
    services = build_services(assistant, data_dir, accounts=serving.accounts)
    config = uvicorn.Config(
        build_app(services, serving.service_keys, serving.root_path),
        log_level="warning",
        access_log=False,
        ws="none",
        timeout_graceful_shutdown=1,
        forwarded_allow_ips=serving.proxies,
    )
    try:
        _Server(config, ready).run(sockets=[listener])
    finally:
        close_services(services)
