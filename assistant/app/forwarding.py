"""The app behind a reverse proxy: the path it is published below, and who may forward to it."""

from __future__ import annotations

import re

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIX = re.compile(r"(?:/[A-Za-z0-9_~.-]+)+")
_MOST = 200
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-prefix")
NO_ACCOUNTS = (
    "这个请求是经过反向代理来的，但据实没有打开帐号，人人都会是管理员，所以没有放行。"
    "请在服务器上用 jushi chat --accounts 重新启动（先用 jushi accounts add 添加管理员）。"
)


def clean_prefix(given: str) -> str:
    """Returns a path below which the app is published, "" for none or what is no path.

    >>> clean_prefix("jushi/"), clean_prefix("//evil.example"), clean_prefix("/")
    ('/jushi', '', '')
    """
    if given.startswith("//"):
        return ""
    path = "/" + given.strip().strip("/")
    dots = any(part in {".", ".."} for part in path.split("/"))
    return path if _PREFIX.fullmatch(path) and not dots and len(path) <= _MOST else ""


def path_of(scope: Scope) -> str:
    """Returns a request's path within the app."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


class Published:
    """Middleware that knows the path the app is published below, whether the proxy cuts it off or not."""

    def __init__(self, app: ASGIApp, root_path: str = "") -> None:
        self._app = app
        self._root = clean_prefix(root_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with its path below the prefix; the prefix alone leads to the page."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        root = self._root or clean_prefix(HTTPConnection(scope).headers.get("x-forwarded-prefix", ""))
        path = str(scope["path"])
        if root and path == root:
            await RedirectResponse(f"{root.rsplit('/', 1)[1]}/", 307)(scope, receive, send)
            return
        if root:
            within = path if path.startswith(f"{root}/") else root + path
            scope = {**scope, "path": within, "root_path": root}
        await self._app(scope, receive, send)


class Unforwarded:
    """Middleware that refuses what comes through a proxy: without accounts all would be administrators."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what comes from this machine itself."""
        if scope["type"] == "http":
            headers = HTTPConnection(scope).headers
            if any(name in headers for name in _FORWARDED):
                await JSONResponse({"detail": NO_ACCOUNTS}, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)
