"""启动据实.bat, read and not run: what makes cmd.exe stumble must not be in it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BATCH = ROOT / "启动据实.bat"
TEXTS = sorted((ROOT / "scripts" / "windows").glob("*.txt"))


@pytest.fixture
def lines() -> list[str]:
    return BATCH.read_bytes().decode("ascii").split("\r\n")


@pytest.mark.parametrize("file", [BATCH, *TEXTS], ids=lambda file: file.name)
def test_lines_end_as_windows_ends_them(file: Path) -> None:
    raw = file.read_bytes()
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    asked = ["git", "check-attr", "eol", "--", str(file)]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False)
    assert told.returncode != 0 or told.stdout.strip().endswith(b"eol: crlf")


def test_it_is_ascii_alone() -> None:
    assert BATCH.read_bytes().isascii()


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_its_words_are_utf_8_without_a_mark(file: Path) -> None:
    text = file.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "怎么办" in text


def test_utf_8_is_switched_on_before_anything_is_said_and_off_at_the_end(lines: list[str]) -> None:
    code = [line for line in lines if not line.startswith("rem")]
    first = next(n for n, line in enumerate(code) if "chcp 65001" in line)
    assert not any(re.search(r"\b(type|echo(?! off)|%PYTHON%)", line) for line in code[:first])
    assert "chcp %OLD_PAGE%" in code[-3]
    assert 'set "PYTHONUTF8=1"' in code


def test_every_path_is_quoted(lines: list[str]) -> None:
    for line in lines:
        for found in re.finditer(r"%HERE%|%~dp0", line):
            assert line[: found.start()].count('"') % 2 == 1, line


def test_what_it_needs_is_there(lines: list[str]) -> None:
    named = re.findall(r"%HERE%([\w\\.]+)", "\n".join(lines))
    assert {"scripts\\start_jushi.py", "scripts\\windows\\no_python.txt"} <= set(named)
    assert all((ROOT / one.replace("\\", "/")).is_file() for one in named)


def test_labels_lie_ahead_of_where_they_are_gone_to(lines: list[str]) -> None:
    gone = [(n, line.split()[-1]) for n, line in enumerate(lines) if line.strip().startswith("goto ")]
    assert gone
    assert all(f":{label}" in lines[n:] for n, label in gone)


def test_python_three_is_looked_for_first_and_its_version_asked(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert re.search(r"for %%v in \(-3 ", text)
    assert "(3, 11)" in text
    assert "exit /b %CODE%" in text
