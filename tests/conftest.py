"""What every test stands on: no network but the loopback, and a data folder of its own."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


class NetworkRefused(RuntimeError):
    """A test has tried to reach beyond this machine."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection and name look-up that leaves the machine."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_unless_local(host: object) -> None:
        if isinstance(host, str | bytes) and host and not str(host).strip("b'").startswith(_LOOPBACK):
            raise NetworkRefused(f"tests stay offline, {host!r} was asked for")

    def address_of(connection: socket.socket, address: object) -> None:
        if connection.family != socket.AF_UNIX and isinstance(address, tuple):
            refuse_unless_local(address[0])

    def guarded_connect(connection: socket.socket, address: object) -> object:
        address_of(connection, address)
        return connect(connection, address)  # type: ignore[arg-type]

    def guarded_connect_ex(connection: socket.socket, address: object) -> object:
        address_of(connection, address)
        return connect_ex(connection, address)  # type: ignore[arg-type]

    def guarded_look_up(host: object, *args: object, **options: object) -> object:
        refuse_unless_local(host)
        return look_up(host, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """Returns where a library may live; the folder is not there yet.

    In memory where that is possible: the stores wait for the disk after every write.
    """
    memory = Path("/dev/shm")
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield tmp_path / "data"
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder) / "data"
