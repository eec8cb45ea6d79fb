"""A library of two invented articles' folder, and a Chroma server on the loopback, started once for all tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings

from retrieval.library import Library
from retrieval.models import ChromaServer

_PATIENCE = 60.0


@pytest.fixture
def library(data_dir: Path) -> Iterator[Library]:
    with Library.open(data_dir, embeddings=CharacterEmbeddings()) as opened:
        yield opened
        assert opened.check().problems == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    invented.write(made, "青禾.md", invented.QINGHE)
    invented.write(made, "兰桥.md", invented.LANQIAO)
    return made


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """Returns the address of a `chroma run`, with headers that it ignores."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = "from chromadb.cli.cli import app; app()"
    arguments = ["run", "--path", str(tmp_path_factory.mktemp("chroma-server")), "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-c", command, *arguments, "--host", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    )
    try:
        _wait_until_it_answers(port, process)
        yield ChromaServer(url=f"http://127.0.0.1:{port}", headers={"X-Test": "1"})
    finally:
        process.kill()
        process.wait()


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("chroma run did not start")
