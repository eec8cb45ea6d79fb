"""The whole library with its vectors on a Chroma server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings

from retrieval import index as index_module
from retrieval.errors import LibraryUnreachable
from retrieval.library import Library
from retrieval.models import ChromaServer, Query


def opened(folder: Path, server: ChromaServer | None) -> Library:
    return Library.open(folder, embeddings=CharacterEmbeddings(), server=server)


def test_the_same_on_a_server(
    data_dir: Path, tmp_path: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "EXACT_LIMIT", 0)  # so that the server is asked
    path = invented.write(tmp_path, "青禾.md", invented.QINGHE)
    other = invented.write(tmp_path, "兰桥.md", invented.LANQIAO)
    with opened(data_dir, chroma_server) as library, opened(data_dir, chroma_server) as reader:
        assert [r.result for r in library.ingest([path, other])] == ["added", "added"]
        assert "vector" in reader.search(Query(text="骑手驿站"))[0].legs
        invented.write(tmp_path, "青禾.md", "青禾市如今有骑手驿站320个。\n")
        assert [r.result for r in library.ingest([path])] == ["updated"]
        assert "320" in reader.search(Query(text="骑手驿站"))[0].text
        library.remove(["兰桥"])
        assert reader.search(Query(text="专职网格员", scope=None))[:1] != ["兰桥"]
        assert library.check().ok
        assert library.rebuild().ok
        assert reader.search(Query(text="骑手驿站"))[0].article_id == "青禾"
    assert not (data_dir / "chroma" / "1").exists()
    with opened(data_dir, None) as moved:  # from the server into the folder, and back again
        assert moved.check().ok
    with opened(data_dir, chroma_server) as back:
        assert back.check().ok


def test_a_server_that_is_down_is_named_and_nothing_is_touched(
    data_dir: Path, tmp_path: Path, chroma_server: ChromaServer
) -> None:
    with opened(data_dir, chroma_server) as library:
        list(library.ingest([invented.write(tmp_path, "青禾.md", invented.QINGHE)]))
        generation = library._store.get("generation")
    down = ChromaServer(url="http://127.0.0.1:9")
    with pytest.raises(LibraryUnreachable, match="JUSHI_CHROMA"):
        opened(data_dir, down)
    with opened(data_dir, chroma_server) as library:
        assert library._store.get("generation") == generation
        assert library.check().ok


@contextmanager
def recording() -> Iterator[tuple[int, list[tuple[str, str | None]]]]:
    """Gives the port of a server that refuses everything, and the paths and authorizations it was asked with."""
    asked: list[tuple[str, str | None]] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Authorization"]))
            self.send_error(401)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Recorder) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_port, asked
        finally:
            server.shutdown()
            thread.join()


def test_headers_and_a_proxys_path_are_sent_along(data_dir: Path) -> None:
    with recording() as (port, asked):
        server = ChromaServer(
            url=f"http://127.0.0.1:{port}/behind",
            headers={"Authorization": "Bearer let-me-in"},
        )
        with pytest.raises(LibraryUnreachable, match="请求头"):
            opened(data_dir, server)
    assert asked
    assert {authorization for _, authorization in asked} == {"Bearer let-me-in"}
    assert all(path.startswith("/behind/api/v2/") for path, _ in asked)


def test_a_database_of_ones_own(data_dir: Path, tmp_path: Path, chroma_server: ChromaServer) -> None:
    from chromadb import AdminClient
    from chromadb.config import Settings

    parts = chroma_server.url.rpartition(":")
    settings = Settings(
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host="127.0.0.1",
        chroma_server_http_port=int(parts[2]),
        anonymized_telemetry=False,
    )
    admin = AdminClient(settings)
    admin.create_tenant("qinghe")
    admin.create_database("news", "qinghe")
    own = chroma_server.model_copy(update={"tenant": "qinghe", "database": "news"})
    path = invented.write(tmp_path, "青禾.md", invented.QINGHE)
    with opened(data_dir, own) as library:
        assert [r.result for r in library.ingest([path])] == ["added"]
        assert library.check().ok
    with opened(tmp_path / "elsewhere", chroma_server) as other:
        assert other.articles() == []
        assert other.check().ok


def test_https_is_spoken_where_it_is_asked_for(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        first: list[bytes] = []

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                first.append(connection.recv(3))

        thread = threading.Thread(target=answer)
        thread.start()
        server = ChromaServer(url=f"https://127.0.0.1:{listener.getsockname()[1]}", headers={})
        with pytest.raises(LibraryUnreachable):
            opened(data_dir, server)
        thread.join(5)
    assert first == [b"\x16\x03\x01"]  # the greeting of TLS
