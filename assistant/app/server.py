"""The app as a web server on this machine only: the Gradio page, an article's page, a health check."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI, HTTPException, Response
from fastapi.responses import HTMLResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.app import layout
from assistant.app.conversation import source_html
from assistant.app.escaping import escape
from assistant.app.examples import Examples
from assistant.ports import AssistantPort
from retrieval import ArticleNotFound

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


def build_app(assistant: AssistantPort) -> FastAPI:
    """Returns the whole app over an assistant."""
    app = FastAPI(title="据实", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
    _add_routes(app, assistant)
    return layout.mount(app, assistant, Examples(assistant))


def _add_routes(app: FastAPI, assistant: AssistantPort) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/style.css")
    def style() -> Response:
        return Response(layout.asset("style.css"), media_type="text/css")

    @app.get("/article/{article_id}")
    def article(article_id: str, start: int = 0, end: int = 0) -> HTMLResponse:
        try:
            body = source_html(assistant.library, article_id, start, end)
            title = assistant.library.article(article_id).title or article_id
        except ArticleNotFound as error:
            raise HTTPException(404, str(error)) from error
        return HTMLResponse(_PAGE.format(title=escape(title), body=body), headers=_POLICY)


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


def serve(assistant: AssistantPort, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serves the app on a bound socket until it is interrupted; `ready` is called when it answers."""
    config = uvicorn.Config(
        build_app(assistant), log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1
    )
    _Server(config, ready).run(sockets=[listener])
