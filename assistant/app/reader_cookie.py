"""A cookie that tells one browser from another, so that each finds its own conversations again."""

from __future__ import annotations

import secrets
from http.cookies import SimpleCookie
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.app.services import READER_COOKIE

_LASTING = 400 * 24 * 3600


class ReaderCookie:
    """Middleware that gives a browser its cookie with the page, if it has none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; sets the cookie on the page itself."""
        page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].endswith("/")
        if not page or READER_COOKIE in HTTPConnection(scope).cookies:
            await self._app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", _cookie())
            await send(message)

        await self._app(scope, receive, with_cookie)


def _cookie() -> str:
    morsel: SimpleCookie = SimpleCookie({READER_COOKIE: secrets.token_urlsafe(24)})
    lasting: dict[str, Any] = {"path": "/", "httponly": True, "samesite": "Lax", "max-age": _LASTING}
    morsel[READER_COOKIE].update(lasting)
    return morsel[READER_COOKIE].OutputString()
