"""Starts 据实 from its own folder: makes a virtual environment once, installs into it, opens the browser.

Usage: python3 scripts/start_jushi.py [--install-only] [--no-browser] [--port P] [options of `jushi chat`]

`启动据实.bat` runs it on Windows. Packages come from the folder `wheels` (made by `build_wheelhouse.py`) where
there is one, checked against their SHA-256 sums and without any network; else pip fetches them. Standard library
only, since it runs before anything is installed. Whatever goes wrong is said in Chinese, with what to do.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import urllib.request
import webbrowser
from pathlib import Path

from installing import Installation, say

HOME = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
NEEDED_BYTES = 1_500_000_000
PORTS = range(7860, 7960)
LOG = "安装记录.txt"
_SOURCES = ("assistant", "retrieval", "prompts", "seeds", "pyproject.toml")
_WINDOWS = os.name == "nt"


class Trouble(Exception):
    """Something a person has to mend; the message is Chinese and says how."""


def check_python(version: tuple[int, ...], bits: int) -> None:
    """Raises Trouble if this Python cannot run the program."""
    if version < OLDEST or bits < 64:
        shown = ".".join(map(str, version[:2]))
        raise Trouble(
            f"这里的 Python 是 {shown}（{bits} 位），要 3.11 或更新的 64 位版本。"
            "请另装 Python 3.11、3.12 或 3.13（64 位），旧版本不用卸载，然后再启动。"
        )


def check_place(home: Path) -> None:
    """Raises Trouble if nothing can be installed in the folder."""
    try:
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise Trouble(
            f"不能在“{home}”里写文件（{error.strerror}）。"
            "请把据实的整个文件夹移到自己能写的位置（如“文档”或 D 盘），不要放在光盘、U 盘只读区或 Program Files，再启动。"
        ) from error
    if shutil.disk_usage(home).free < NEEDED_BYTES:
        raise Trouble(f"“{home}”所在的磁盘剩余不到 1.5 GB。请清理出空间，或把整个文件夹移到别的盘，再启动。")


def platform_name(system: str = "") -> str:
    """Returns the platform as the names of requirements files have it.

    >>> platform_name("win-amd64"), platform_name("linux-x86_64")
    ('win_amd64', 'linux_x86_64')
    """
    return (system or sysconfig.get_platform()).replace("-", "_")


def pinned(home: Path, platform: str) -> dict[str, Path]:
    """Returns the lists of wheels for the platform by the Python version they are for."""
    lists = (home / "wheels").glob(f"requirements-{platform}-py*.txt")
    return {one.stem.rsplit("-py", 1)[1]: one for one in sorted(lists)}


def has_wheels(home: Path) -> bool:
    """Returns whether the folder was made for a machine without internet."""
    return any((home / "wheels").glob("*.whl"))


def interpreter(home: Path, version: str, platform: str) -> tuple[list[str], Path | None]:
    """Returns the Python to install for and the list of wheels, None where pip fetches them.

    Raises Trouble if there are wheels, but for other systems or versions than are here.
    """
    if not has_wheels(home):
        if not (home / "pyproject.toml").is_file():
            raise Trouble(
                "这个文件夹不完整：既没有 wheels，也没有程序的源文件。请把整个文件夹重新拷过来，再启动。"
            )
        return [sys.executable], None
    lists = pinned(home, platform)
    if version in lists:
        return [sys.executable], lists[version]
    for other, file in lists.items():
        command = ["py", f"-{other}"] if _WINDOWS else [f"python{other}"]
        if answers([*command, "-c", "pass"]):
            return command, file
    raise Trouble(
        f"wheels 是给{_made_for(home)}备的，这台电脑是 {platform}、Python {version}。"
        f"请装上对应的 Python，或在能上网的电脑上重新备一份："
        f"python scripts/build_wheelhouse.py --platform {platform} --python-version {version}"
    )


def _made_for(home: Path) -> str:
    names = sorted(one.stem for one in (home / "wheels").glob("requirements-*-py*.txt"))
    pairs = [one.removeprefix("requirements-").rsplit("-py", 1) for one in names]
    return "、".join(f" {platform}（Python {version}）" for platform, version in pairs) or "别的系统"


def answers(command: list[str]) -> bool:
    """Returns whether the command runs and ends well."""
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def stamp_of(home: Path, wheels: Path | None) -> str:
    """Returns what changes when something else would be installed."""
    total = hashlib.sha256()
    if wheels:
        total.update(wheels.read_bytes())
        return total.hexdigest()
    for name in _SOURCES:
        place = home / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(str(file.relative_to(home)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def python_of(environment: Path) -> Path:
    """Returns the Python of a virtual environment."""
    return environment / ("Scripts/python.exe" if _WINDOWS else "bin/python")


def prepare(home: Path) -> Path:
    """Returns the Python of the environment beside the program, which is made and filled if need be.

    Raises Trouble.
    """
    environment = home / "venv"
    base, wheels = interpreter(home, f"{sys.version_info[0]}.{sys.version_info[1]}", platform_name())
    python, stamp, wanted = python_of(environment), environment / "jushi.stamp", stamp_of(home, wheels)
    if stamp.is_file() and stamp.read_text("ascii") == wanted and answers([str(python), "-c", "pass"]):
        return python
    check_place(home)
    say("第一次启动（或程序已更新），正在安装，请不要关闭窗口。")
    log = Installation(home / LOG)
    if not log.run("正在准备运行环境", [*base, "-m", "venv", "--clear", str(environment)]):
        hint = "" if _WINDOWS else "Debian、Ubuntu 请先安装 python3-venv。"
        raise Trouble(f"运行环境没有建成。{hint}{log.reason()}")
    source = (
        ["--no-index", "--find-links", str(home / "wheels"), "--require-hashes", "-r", str(wheels)]
        if wheels
        else ["--upgrade", str(home)]
    )
    pip = [str(python), "-m", "pip", "install", "--progress-bar", "off", *source]
    if not log.run("正在从 wheels 安装" if wheels else "正在下载并安装", pip):
        raise Trouble(f"没有装成。{log.reason()}")
    stamp.write_text(wanted, encoding="ascii")
    return python


def free_port() -> int:
    """Returns a free port, 7860 if it is. Raises Trouble if none is."""
    for port in PORTS:
        with socket.socket() as tried:
            if (
                not _WINDOWS
            ):  # there it would share a taken port; here it only forgets a program that has ended
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != PORTS.start:
            say(f"端口 {PORTS.start} 正被别的程序占用，改用 {port}。")
        return port
    raise Trouble(
        f"端口 {PORTS.start} 到 {PORTS.stop - 1} 都被占用了。请关掉一些程序，或用 --port 指定一个空闲端口，再启动。"
    )


def already_open(note: Path) -> str:
    """Returns the address of the program started from this folder if it still answers, else ""."""
    try:
        address = note.read_text("ascii").strip()
        # Not through a proxy that the person may have set: the address is this machine's.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(f"{address}/healthz", timeout=2) as reply:
            return address if b'"ok"' in reply.read(100) else ""
    except (OSError, ValueError):
        return ""


def start(home: Path, python: Path, given: argparse.Namespace, rest: list[str]) -> int:
    """Starts the program and waits for its end; returns its exit code. Raises Trouble."""
    note = home / "venv" / "running.txt"
    if not rest and given.port is None and (address := already_open(note)):
        say(f"据实已经开着：{address}")
        if not given.no_browser:
            webbrowser.open(address)
        return 0
    port = free_port() if given.port is None else given.port
    note.write_text(f"http://127.0.0.1:{port}", encoding="ascii")
    command = [str(python), "-m", "assistant", "chat", "--port", str(port), *rest]
    command += [] if given.no_browser else ["--open"]
    say("正在启动据实（第一次要半分钟左右）。用的时候请不要关闭这个窗口。")
    # The installed program is run, whatever lies in the folder this was called from.
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"}
    with subprocess.Popen(command, env=environment) as program:
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:
                continue  # the program has got it too, and says good-bye itself


def main(arguments: list[str] | None = None, home: Path = HOME) -> int:
    """Returns the exit code: 0 when all went well, 1 when a person has to do something."""
    parser = argparse.ArgumentParser(description="安装（只在第一次）并启动据实。")
    parser.add_argument("--install-only", action="store_true", help="只安装，不启动")
    parser.add_argument("--no-browser", action="store_true", help="不打开浏览器")
    parser.add_argument("--port", type=int, help="端口；默认 7860，被占用时往后找")
    given, rest = parser.parse_known_args(arguments)
    try:
        check_python(sys.version_info[:2], 64 if sys.maxsize > 2**32 else 32)
        python = prepare(home)
        if given.install_only:
            say("装好了。")
            return 0
        return start(home, python, given, rest)
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    except KeyboardInterrupt:
        say("\n已中断。再启动一次会接着装。")
        return 1


if __name__ == "__main__":
    sys.exit(main())
