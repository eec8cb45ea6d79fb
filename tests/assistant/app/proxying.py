"""A small reverse proxy on the loopback that publishes an app below a path, cutting the path off or not."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PREFIX = "/office/jushi"


@contextmanager
def proxied(port: int, *, cut: bool, told: bool) -> Iterator[str]:
    """Yields the address below which the app on a port is published.

    `cut` takes the path off before the request is forwarded, `told` names it in X-Forwarded-Prefix.
    """

    class Forward(BaseHTTPRequestHandler):
        def forward(self) -> None:
            if not f"{self.path}/".startswith(f"{PREFIX}/"):
                self.send_error(404)
                return
            path = self.path.removeprefix(PREFIX) if cut else self.path
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            headers |= {"X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "http", "Connection": "close"}
            headers |= {"X-Forwarded-Prefix": PREFIX} if told else {}
            connection = http.client.HTTPConnection("127.0.0.1", port)
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            try:
                connection.request(self.command, path or "/", body, headers)
                answer = connection.getresponse()
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in {"transfer-encoding", "connection"}:
                        self.send_header(name, value)
                self.end_headers()
                while piece := answer.read1(65536):
                    self.wfile.write(piece)
            except OSError:
                pass  # the browser has gone away
            finally:
                connection.close()

        do_GET = do_POST = do_HEAD = forward

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Forward) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        finally:
            server.shutdown()
            thread.join()
