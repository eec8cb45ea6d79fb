"""Which address is whose: every request passes here before anything answers it, once accounts are on.

An address that stands on no list is refused to everybody, so that none is open by being forgotten.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.accounts.accounts import Accounts
from assistant.accounts.records import Account
from assistant.accounts.rights import Right, may
from assistant.app.forwarding import path_of
from assistant.app.services import SESSION_COOKIE

Decision = Literal["open", "keyed", "entry", "closed"] | Right

# Open to anybody: the way in, and what its page is made of.
# Browsers ask for the manifest and the icon without cookies.
OPEN = frozenset({
    "/healthz", "/login", "/login.css", "/login.js", "/english.json", "/favicon.ico", "/manifest.json",
})  # fmt: skip
# These ask for a key of their own (`service.openai_api`).
KEYED = frozenset({"/v1/models", "/v1/chat/completions"})
# Open to whoever is logged in, before the first password is changed too.
ENTRY = frozenset({"/password", "/logout"})
_QUEUE = "/gradio_api/(?:queue/(?:join|data)|cancel|reset|heartbeat/[^/]+)"
_BY_RIGHT: tuple[tuple[str, Right], ...] = (
    (r"/", "read"),
    (r"/(?:config|theme\.css|robots\.txt|style\.css)", "read"),
    (r"/(?:assets|static)/.+", "read"),
    (r"/gradio_api/(?:info|startup-events|theme\.css)", "read"),
    (_QUEUE, "read"),
    (r"/article/[^/]+", "read"),
    (r"/library/originals/[^/]+", "export"),
    (r"/ledger/rows\.xlsx", "export"),
    (r"/export/(?:answer|questions)", "export"),
    (r"/drafts/(?:text|annotated\.docx)", "export"),
    (r"/talks/files", "attach"),
    (r"/library/(?:files|prefill|texts)", "add"),
    (r"/feedback/candidates\.yaml", "administer"),
    (r"/accounts/(?:audit|first)\.xlsx", "administer"),
)
_RIGHTS = tuple((re.compile(pattern), right) for pattern, right in _BY_RIGHT)
_SESSION = re.compile(_QUEUE)
_LASTING = re.compile(r"/(?:assets|static)/.+|/theme\.css|/gradio_api/theme\.css")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_BYTES = 16 * 1024 * 1024
_MOST_CLAIMS = 20_000
SIGN_IN_FIRST = "还没有登录，或登录已过期。请重新登录。"
CHANGE_FIRST = "请先把首次密码改成自己的。"
NOT_YOURS = "这项操作只有管理员能做。"
FOREIGN = "这个请求不是从据实的页面发来的，没有执行。"
NOTHING_HERE = "没有这个地址。"


def decide(path: str) -> Decision:
    """Returns who may have an address.

    >>> decide("/login"), decide("/library/files"), decide("/gradio_api/upload")
    ('open', 'add', 'closed')
    """
    if path in OPEN:
        return "open"
    if path in KEYED:
        return "keyed"
    if path in ENTRY:
        return "entry"
    return next((right for pattern, right in _RIGHTS if pattern.fullmatch(path)), "closed")


def is_own(request: HTTPConnection) -> bool:
    """Returns whether a request was sent by a page of this app, as far as browsers tell."""
    site = request.headers.get("sec-fetch-site")
    if site:
        return site in {"same-origin", "none"}
    host = urlsplit(request.headers.get("origin", "")).netloc
    known = {
        request.headers.get("host", ""),
        request.headers.get("x-forwarded-host", "").split(",")[0].strip(),
    }
    return bool(host) and host in known


class Access:
    """Middleware that lets each request through only to whom its address is for."""

    def __init__(self, app: ASGIApp, accounts: Accounts) -> None:
        self._app = app
        self._accounts = accounts
        self._claims = _Claims()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers itself what is refused, passes on the rest."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, path = HTTPConnection(scope), path_of(scope)
        decision = decide(path)
        account = self._accounts.person(request.cookies.get(SESSION_COOKIE, ""))
        refusal = _refusal(request, path, decision, account)
        if refusal is None and account and _SESSION.fullmatch(path):
            body = await _body(receive) if scope["method"] == "POST" else b""
            refusal = self._claimed(account, scope, path, body)
            receive = _again(body, receive) if scope["method"] == "POST" else receive
        await (refusal or self._app)(scope, receive, send if _LASTING.fullmatch(path) else _private(send))

    def _claimed(self, account: Account, scope: Scope, path: str, body: bytes | None) -> Response | None:
        """Keeps each page's queue to the account that opened it."""
        if body is None:
            return JSONResponse({"detail": "内容太长。请缩短后再试。"}, 413)
        key = _session_of(scope, path, body)
        if key is None or self._claims.claim(key, account.account_id):
            return None
        return JSONResponse({"detail": NOTHING_HERE}, 404)


def _refusal(
    request: HTTPConnection, path: str, decision: Decision, account: Account | None
) -> Response | None:
    method = request.scope["method"]
    if method not in _SAFE and decision != "keyed" and not is_own(request):
        return JSONResponse({"detail": FOREIGN}, 403)
    if decision == "open" or decision == "keyed":
        return None
    if account is None:
        return _sent_to("login", request, path, 401, SIGN_IN_FIRST)
    if decision == "entry":
        return None
    if account.must_change:
        return _sent_to("password", request, path, 403, CHANGE_FIRST)
    if decision == "closed":
        return JSONResponse({"detail": NOTHING_HERE}, 404)
    return None if may(account.role, decision) else JSONResponse({"detail": NOT_YOURS}, 403)


def _sent_to(page: str, request: HTTPConnection, path: str, status: int, said: str) -> Response:
    """Returns a way to a page for people, a reason for scripts."""
    if request.scope["method"] in _SAFE and "text/html" in request.headers.get("accept", ""):
        # Relative where the app is not told below which path a proxy publishes it.
        root = request.scope.get("root_path", "")
        return RedirectResponse(f"{root}/{page}" if root else "../" * (path.count("/") - 1) + page, 303)
    return JSONResponse({"detail": said, "page": page}, status)


def _session_of(scope: Scope, path: str, body: bytes) -> str | None:
    """Returns the key of the page's queue that a request names, None if it names none."""
    if "/heartbeat/" in path:
        return path.rsplit("/", 1)[1]
    if scope["method"] != "POST":
        return next(iter(parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])), None)
    try:
        given = json.loads(body)
    except ValueError:
        return None
    key = given.get("session_hash") if isinstance(given, dict) else None
    return key if isinstance(key, str) else None


class _Claims:
    """Which account a page's queue belongs to; the longest unused are forgotten."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()

    def claim(self, key: str, account_id: str) -> bool:
        """Returns whether a queue is the account's; one that is nobody's becomes so."""
        owner = self._owners.setdefault(key, account_id)
        self._owners.move_to_end(key)
        if len(self._owners) > _MOST_CLAIMS:
            self._owners.popitem(last=False)
        return owner == account_id


async def _body(receive: Receive) -> bytes | None:
    """Returns a request's body, None if it is too long."""
    parts, length = [], 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > _MOST_BYTES:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes | None, receive: Receive) -> Receive:
    """Returns a way to read a body that was read already."""
    waiting = [body or b""]

    async def read() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return read


def _private(send: Send) -> Send:
    """Returns a way to answer what no cache keeps and no other site frames."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Cache-Control"] = "no-store"
            headers["X-Frame-Options"] = "SAMEORIGIN"
            headers["X-Content-Type-Options"] = "nosniff"
        await send(message)

    return sealed
