"""What a browser shows of the page before Gradio has drawn it: words of ours instead of English ones."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.app.forwarding import path_of

# Gradio hands our own styles to its scripts, so that they come too late for this. Its shell names another
# host for a picture that nobody sees here.
_FOREIGN = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_SIGN = """<title>据实</title><style>
body:not(:has(#jushi)) [data-testid=status-tracker], [data-testid=status-tracker] .loading {
  visibility: hidden;
}
body:not(:has(#jushi))::before {
  content: "正在打开据实…"; color: #64748b; position: fixed; inset: 0; z-index: 1;
  display: grid; place-items: center; font: 18px "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  animation: jushi-waiting 1s ease-in-out infinite alternate;
}
@keyframes jushi-waiting { from { opacity: 1; } to { opacity: .45; } }
@media (prefers-reduced-motion: reduce) { body:not(:has(#jushi))::before { animation: none; } }
</style></head>"""


def with_sign(page: bytes) -> bytes:
    """Returns Gradio's page with a sign of its opening, in Chinese, and without names of other hosts.

    >>> with_sign(b'<html lang="en"><head></head><gradio-app>').count(b"zh-CN")
    1
    """
    if b"<gradio-app" not in page:
        return page
    page = _FOREIGN.sub(b"", page).replace(b'lang="en"', b'lang="zh-CN"', 1)
    return page.replace(b"</head>", _SIGN.encode(), 1)


class FirstPaint:
    """Middleware that puts the sign into the page at the app's root; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Holds the root's answer back until it is whole, and sends it with the sign."""
        if scope["type"] != "http" or scope["method"] != "GET" or path_of(scope) != "/":
            await self._app(scope, receive, send)
            return
        begun: list[Message] = []
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                page = with_sign(bytes(body))
                MutableHeaders(scope=begun[0])["content-length"] = str(len(page))
                await send(begun[0])
                await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, hold)
