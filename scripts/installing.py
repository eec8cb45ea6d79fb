"""Steps of the installation: shown while they run, kept in a file, explained in Chinese when they fail.

Standard library only: used by `start_jushi.py` before anything is installed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

# What pip's words mean for the person before the screen; the first that is found counts.
REASONS = (
    (r"No space left|\[Errno 28\]|WinError 112", "磁盘满了。请清理出至少 1.5 GB，再启动一次。"),
    (
        r"Permission denied|WinError 5\b|Access is denied",
        "没有写入权限，或文件正被别的程序（如杀毒软件）占用。请关掉占用的程序，或把整个文件夹移到“文档”再启动。",
    ),
    (r"DO NOT MATCH THE HASHES", "wheels 里有文件损坏或不完整。请把整个文件夹重新拷一遍，再启动。"),
    (
        r"HTTPSConnection|ConnectionError|ConnectTimeout|NewConnectionError|Temporary failure in name|ProxyError",
        "连不上网，下载不了。请检查网络或代理；不能上网的电脑，请按 docs/OFFLINE.md 在能上网的电脑上备好 wheels。",
    ),
    (r"No matching distribution", "缺少安装包。请按 docs/OFFLINE.md 重新备好 wheels，再把整个文件夹拷过来。"),
    (
        r"WinError 206|No such file or directory",
        "文件夹的路径太长，Windows 写不下。请把整个文件夹移到短一些的位置（如 D:\\据实），再启动。",
    ),
)


def say(text: str, end: str = "\n") -> None:
    """Writes for people; what the console cannot show becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + end)
    sys.stdout.flush()


class Installation:
    """Runs the steps of the installation; shows that they move on, keeps what they say in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: list[str] = []

    def run(self, label: str, command: list[str]) -> bool:
        """Returns whether the command ended well; shows packages and seconds meanwhile."""
        environment = {
            **os.environ,
            "PYTHONUTF8": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
        }
        if "--no-index" in command:
            environment["PIP_CONFIG_FILE"] = os.devnull
        self._lines.append(f"$ {' '.join(command)}\n")
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        reader.start()
        pause = 1.0 if sys.stdout.isatty() else 10.0
        while True:
            reader.join(pause)
            if not reader.is_alive():
                break
            self._show(label, time.monotonic() - began)
        done = process.wait() == 0
        say(f"{label}：{'完成' if done else '失败'}，用了 {time.monotonic() - began:.0f} 秒。{' ' * 20}")
        self._file.write_text("".join(self._lines), encoding="utf-8-sig")
        return done

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self._lines.extend(process.stdout)

    def _show(self, label: str, seconds: float) -> None:
        packages = sum(one.startswith(("Collecting", "Processing")) for one in self._lines)
        last = any(one.startswith("Installing collected") for one in self._lines)
        step = "，正在写入磁盘" if last else ""
        count = f"{packages} 个安装包{step}，" if packages else ""
        end = "\r" if sys.stdout.isatty() else "\n"
        say(f"{label}：{count}已用 {seconds:.0f} 秒…", end)

    def reason(self) -> str:
        """Returns in Chinese what to do about the step that failed."""
        return f"{reason_of(''.join(self._lines))}详情见“{self._file}”。"


def reason_of(text: str) -> str:
    """Returns what to do about what pip has said.

    >>> reason_of("OSError: [Errno 28] No space left on device")
    '磁盘满了。请清理出至少 1.5 GB，再启动一次。'
    """
    found = (advice for pattern, advice in REASONS if re.search(pattern, text))
    return next(found, "请再启动一次；仍不行，请把安装记录发给维护者。")
