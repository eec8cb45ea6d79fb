"""The starter: what it asks of the machine, how it installs, what it says when something is wrong."""

from __future__ import annotations

import argparse
import http.server
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import installing
import pytest
import start_jushi
from start_jushi import Trouble

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Returns a folder as it is carried over, in a path with Chinese and blanks."""
    home = tmp_path / "据实 离线包"
    (home / "wheels").mkdir(parents=True)
    (home / "wheels" / "甲-1-py3-none-any.whl").write_bytes(b"")
    return home


def pinned(home: Path, *versions: str) -> None:
    for version in versions:
        (home / "wheels" / f"requirements-win_amd64-py{version}.txt").write_text("甲==1", encoding="utf-8")


@pytest.mark.parametrize(("version", "bits", "told"), [((3, 9), 64, "3.9"), ((3, 12), 32, "32 位")])
def test_a_python_that_cannot_run_it_is_told_what_to_install(version, bits, told) -> None:
    with pytest.raises(Trouble, match=f"(?s){told}.*3.11、3.12 或 3.13"):
        start_jushi.check_python(version, bits)


def test_a_python_that_can_is_taken() -> None:
    start_jushi.check_python((3, 14), 64)


def test_a_folder_without_write_permission_is_told_where_to_go(tmp_path: Path, monkeypatch) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(start_jushi.tempfile, "TemporaryFile", refused)
    with pytest.raises(Trouble, match=r"不能在.*写文件.*移到自己能写的位置"):
        start_jushi.check_place(tmp_path)


def test_a_full_disk_is_told_before_anything_is_installed(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(start_jushi, "NEEDED_BYTES", 1 << 62)
    with pytest.raises(Trouble, match="清理出空间"):
        start_jushi.check_place(tmp_path)


def test_the_list_of_wheels_for_this_python_is_taken(home: Path) -> None:
    pinned(home, "3.11", "3.12")
    command, wheels = start_jushi.interpreter(home, "3.12", "win_amd64")
    assert command == [sys.executable]
    assert wheels is not None
    assert wheels.name == "requirements-win_amd64-py3.12.txt"


def test_wheels_for_another_python_are_installed_with_that_one_if_it_is_here(home: Path) -> None:
    pinned(home, PYTHON)
    command, wheels = start_jushi.interpreter(home, "3.99", "win_amd64")
    assert command == [f"python{PYTHON}"]
    assert wheels is not None


def test_wheels_for_a_python_that_is_not_here_are_told(home: Path) -> None:
    pinned(home, "3.77")
    with pytest.raises(Trouble, match=r"给 win_amd64（Python 3\.77）备的.*--python-version 3\.12"):
        start_jushi.interpreter(home, "3.12", "win_amd64")


def test_wheels_for_another_system_are_told(home: Path) -> None:
    pinned(home, "3.12")
    with pytest.raises(Trouble, match=r"给 win_amd64（Python 3\.12）备的.*--platform linux_x86_64"):
        start_jushi.interpreter(home, "3.12", "linux_x86_64")


def test_a_folder_with_neither_wheels_nor_source_is_told_incomplete(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="不完整"):
        start_jushi.interpreter(tmp_path, "3.12", "win_amd64")


def test_without_wheels_the_source_is_installed_by_pip(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    assert start_jushi.interpreter(tmp_path, "3.12", "win_amd64") == ([sys.executable], None)


def test_changed_wheels_or_source_are_installed_anew(tmp_path: Path) -> None:
    package = tmp_path / "assistant"
    package.mkdir()
    (tmp_path / "pyproject.toml").touch()
    (package / "ask.py").write_text("1", encoding="utf-8")
    before = start_jushi.stamp_of(tmp_path, None)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "ask.pyc").write_text("1", encoding="utf-8")
    assert start_jushi.stamp_of(tmp_path, None) == before
    (package / "ask.py").write_text("2", encoding="utf-8")
    assert start_jushi.stamp_of(tmp_path, None) != before


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "磁盘满了"),
        ("OSError: [WinError 5] 拒绝访问。: 'C:\\\\x'", "没有写入权限"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "重新拷一遍"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError(…)'", "连不上网"),
        ("ERROR: No matching distribution found for 甲==1", "缺少安装包"),
        ("OSError: [Errno 2] No such file or directory: 'D:\\\\very\\\\long'", "路径太长"),
        ("something else", "再启动一次"),
    ],
)
def test_what_pip_says_becomes_advice(said: str, advice: str) -> None:
    assert advice in installing.reason_of(said)


def test_a_taken_port_is_said_and_the_next_one_used(monkeypatch, capsys) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(start_jushi, "PORTS", range(port, port + 50))
        assert start_jushi.free_port() > port
        assert f"端口 {port} 正被别的程序占用" in capsys.readouterr().out
        monkeypatch.setattr(start_jushi, "PORTS", range(port, port + 1))
        with pytest.raises(Trouble, match=r"都被占用了.*--port"):
            start_jushi.free_port()


class _Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"status":"ok"}')

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def opened() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), _Healthy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_started_twice_it_opens_the_one_that_runs(home: Path, opened: str, monkeypatch, capsys) -> None:
    seen: list[str] = []
    monkeypatch.setattr(start_jushi.webbrowser, "open", seen.append)
    (home / "venv").mkdir()
    (home / "venv" / "running.txt").write_text(opened, encoding="ascii")
    given = argparse.Namespace(port=None, no_browser=False)
    assert start_jushi.start(home, Path("nowhere"), given, []) == 0
    assert seen == [opened]
    assert "已经开着" in capsys.readouterr().out


def test_a_note_left_by_a_program_that_has_ended_opens_nothing(tmp_path: Path) -> None:
    note = tmp_path / "running.txt"
    assert start_jushi.already_open(note) == ""
    note.write_text("http://127.0.0.1:9", encoding="ascii")
    assert start_jushi.already_open(note) == ""


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_it_speaks_on_every_console(home: Path, encoding: str) -> None:
    pinned(home, "3.77")
    for name in ("start_jushi.py", "installing.py"):
        (home / "scripts").mkdir(exist_ok=True)
        (home / "scripts" / name).write_bytes((Path(start_jushi.__file__).parent / name).read_bytes())
    done = subprocess.run(
        [sys.executable, str(home / "scripts" / "start_jushi.py")],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert ("wheels 是给" if encoding == "gbk" else "wheels") in done.stdout.decode(encoding)
