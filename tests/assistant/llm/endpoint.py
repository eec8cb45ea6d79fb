"""An OpenAI-compatible endpoint on the loopback that does what a script says, a step a request."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant import Assistant

KEY = "sk-" + "geheim-0123456789abcdef"
Asking = Callable[..., Assistant]


@dataclass(frozen=True)
class Say:
    """Streams a reply in parts of some characters."""

    text: str
    size: int = 7


@dataclass(frozen=True)
class Refuse:
    """Answers with a status; the body repeats the key, as some gateways do."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stall:
    """Streams a beginning and then nothing until the endpoint closes."""

    text: str = ""


@dataclass(frozen=True)
class Cut:
    """Streams a beginning, then drops the connection, mid-line if `half`."""

    text: str
    half: bool = False


Step = Say | Refuse | Stall | Cut | Callable[[str], str]


@dataclass
class Endpoint:
    """What was asked, and what is still to be done."""

    url: str
    steps: list[Step]
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def prompts(self) -> list[str]:
        return [request["messages"][0]["content"] for request in self.requests]


class _Handler(BaseHTTPRequestHandler):
    state: Endpoint
    refuse_schema: bool

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.state.headers.append({key.lower(): value for key, value in self.headers.items()})
        if self.refuse_schema and "response_format" in asked:
            self._refuse(Refuse(400))
            return
        self.state.requests.append(asked)
        step = self.state.steps.pop(0) if len(self.state.steps) > 1 else self.state.steps[0]
        if isinstance(step, Refuse):
            self._refuse(step)
        else:
            self._stream(Say(step(asked["messages"][0]["content"])) if callable(step) else step)

    def _stream(self, step: Say | Stall | Cut) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        size = step.size if isinstance(step, Say) else 7
        for at in range(0, len(step.text), size):
            self._event(step.text[at : at + size])
        if isinstance(step, Stall):
            self.state.closing.wait(20)
        elif isinstance(step, Say):
            self.wfile.write(b"data: [DONE]\n\n")
        elif step.half:
            self.wfile.write(b'data: {"id":"1","choices":[{"index":0,"del\n\n')

    def _event(self, text: str) -> None:
        delta = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [delta]}
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.flush()

    def _refuse(self, step: Refuse) -> None:
        told = self.headers.get("Authorization", "")
        body = json.dumps({"error": {"message": f"refused {told}", "type": "x"}}).encode()
        self.send_response(step.status)
        for name, value in step.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Says nothing: a client that hangs up is part of the script."""


@contextmanager
def endpoint(*steps: Step, refuse_schema: bool = False) -> Iterator[Endpoint]:
    """Yields an endpoint; when the steps are spent, the last one is repeated."""
    handler = type("Handler", (_Handler,), {"refuse_schema": refuse_schema})
    server = _Server(("127.0.0.1", 0), handler)
    state = Endpoint(f"http://127.0.0.1:{server.server_port}/v1", list(steps))
    handler.state = state
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield state
    finally:
        state.closing.set()
        server.shutdown()
        server.server_close()
