"""Every command on consoles that cannot show every character (GBK, ASCII), under a path with Chinese and blanks."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.cli import program
from assistant.cli.program import run
from retrieval import Library

# ★ 〔 〕 and full-width letters are in GBK; ² ✓ • and 𠮷 are not.
ARTICLE = """---
title: ★〔青禾〕①“社区书院²”—𠮷野镇•综述✓
publisher: 青禾日报
published: 2025-03-09
region: 青禾市
---
截至2024年12月，青禾市共有社区书院312个，面积10km²，服务居民4.5万人次✓。
据〔2024〕3号文件•要求，𠮷野镇建成ＡＢＣ站点12个。
"""
QUESTION = "青禾市有多少社区书院？"
ENCODINGS = ("gbk", "ascii")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Gives a folder with Chinese and blanks in its path; a library and its article lie in it."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="张 三 ") as folder:
        home = Path(folder) / "我的 文档"
        home.mkdir()
        (home / "社区 书院（定稿）.md").write_text(ARTICLE, encoding="utf-8")
        (home / "稿 件.txt").write_text("青禾市共有社区书院313个✓。", encoding="utf-8")
        (home / "问 题.jsonl").write_text(json.dumps({"id": "一", "question": QUESTION}), encoding="utf-8")
        with Library.open(home / "资料 夹") as library:
            (added,) = library.ingest([home / "社区 书院（定稿）.md"])
            assert added.result == "added"
        book = Workbook()
        book.active.append(["姓名", "帐号", "角色"])
        book.active.append(["张三", "zhangsan", "读者"])
        book.save(home / "名 单.xlsx")
        yield home


class Ran:
    """What a run has given, in the console's own encoding."""

    def __init__(self, code: int, out: bytes, err: bytes, encoding: str) -> None:
        self.code, self.raw = code, out
        self.out, self.err = out.decode(encoding, "replace"), err.decode(encoding, "replace")


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch, home: Path) -> Callable[..., Ran]:
    """Returns a function that runs the program on a console of that encoding; unknown characters are an error."""

    def call(encoding: str, *arguments: str, typed: bytes = b"", data: bool = True) -> Ran:
        out, err = io.BytesIO(), io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding, errors="strict"))
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding=encoding, errors="strict"))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding=encoding))
        code = run([*arguments, *(["--data", str(home / "资料 夹")] if data else [])])
        sys.stdout.flush()
        sys.stderr.flush()
        return Ran(code, out.getvalue(), err.getvalue(), encoding)

    return call


def commands(home: Path, encoding: str) -> dict[str, list[tuple[int, list[str]]]]:
    """Returns for each command what is run and the exit code it ends with."""
    article, draft = str(home / "社区 书院（定稿）.md"), str(home / "稿 件.txt")
    people, secrets = ["--data", str(home / f"帐 号 {encoding}")], str(home / f"密 码 {encoding}.xlsx")
    fresh = ["--data", str(home / f"另 一个 {encoding}")]
    return {
        "ask": [
            (0, ["ask", QUESTION]),
            (0, ["ask", QUESTION, "--json"]),
            (0, ["ask", "--batch", str(home / "问 题.jsonl"), "--out", str(home / "答 案.jsonl")]),
            (0, ["ask", QUESTION, "--docx", str(home / "答 案.docx")]),
            (0, ["ask", QUESTION, "--markdown", str(home / "答 案.md")]),
        ],
        "search": [(0, ["search", QUESTION])],
        "figures": [
            (0, ["figures"]),
            (0, ["figures", "--json"]),
            (0, ["figures", "--xlsx", str(home / "台 账.xlsx")]),
        ],
        "verify": [(1, ["verify", draft]), (1, ["verify", draft, "--json"])],
        "ingest": [(0, ["ingest", article, *fresh]), (1, ["ingest", str(home / "没 有✓.md"), *fresh])],
        "articles": [(0, ["articles"]), (0, ["articles", "--json"])],
        "article": [(0, ["article", "社区 书院（定稿）"]), (1, ["article", "没有✓"])],
        "check": [(0, ["check"])],
        "backup": [(0, ["backup", str(home / f"备 份 {encoding}.zip")])],
        "restore": [
            (
                0,
                [
                    "restore",
                    str(home / f"备 份 {encoding}.zip"),
                    "--data",
                    str(home / f"恢 复 {encoding}"),
                ],
            )
        ],
        "rebuild": [(0, ["rebuild", "--data", str(home / f"恢 复 {encoding}")])],
        "remove": [(0, ["remove", "社区 书院（定稿）", "--data", str(home / f"恢 复 {encoding}")])],
        "accounts": [
            (0, ["accounts", "import", str(home / "名 单.xlsx"), "--out", secrets, *people]),
            (0, ["accounts", "list", *people]),
        ],
        "chat": [(1, ["chat", "--host", "0.0.0.0"])],
        "mcp": [(0, ["mcp", "--help"])],
    }


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_command_dies_of_a_character(console, home: Path, encoding: str) -> None:
    tried = commands(home, encoding)
    names = {one.name or one.callback.__name__ for one in program.program.registered_commands}
    names |= {one.typer_instance.info.name for one in program.program.registered_groups} - {None}
    assert names <= {*tried, "accounts"}, "a new command: say here how it is run"
    for runs in tried.values():
        for code, arguments in runs:
            own = "--data" in arguments or "--help" in arguments
            ran = console(encoding, *arguments, data=not own)
            assert ran.code == code, (arguments, ran.err)
            assert "Traceback" not in ran.err
            assert "UnicodeEncodeError" not in ran.out + ran.err


def test_gbk_shows_what_it_has_and_a_question_mark_for_the_rest(console) -> None:
    ran = console("gbk", "ask", QUESTION)
    assert "★〔青禾〕①“社区书院?”—?野镇?综述?" in ran.out
    assert "312个" in ran.out
    assert ran.err == ""


def test_json_is_utf_8_on_every_console(console) -> None:
    for encoding in ENCODINGS:
        answer = json.loads(console(encoding, "ask", QUESTION, "--json").raw.decode("utf-8"))
        assert "km²" in answer["text"]


def test_a_console_without_chinese_says_so(console) -> None:
    assert "PYTHONUTF8=1" in console("ascii", "check").err
    assert "PYTHONUTF8" not in console("gbk", "check").err


def test_a_draft_typed_on_a_gbk_console_is_read_as_such(console) -> None:
    typed = "青禾市共有社区书院313个，服务居民很多，群众都说好。".encode("gbk")
    ran = console("gbk", "verify", "-", typed=typed)
    assert ran.code == 1
    assert "〔不一致〕" in ran.out


def test_what_is_no_text_is_refused_in_chinese(console) -> None:
    ran = console("gbk", "verify", "-", typed=b"\x00\x01\x02" * 50)
    assert ran.code == 1
    assert "读不了标准输入" in ran.err


def test_files_with_chinese_names_are_written_where_they_belong(console, home: Path) -> None:
    name = "成 稿〔1〕.docx"
    assert console("gbk", "ask", QUESTION, "--docx", str(home / name)).code == 0
    assert (home / name).read_bytes().startswith(b"PK")


def test_the_source_is_given_by_its_chinese_file_name(console) -> None:
    answer = json.loads(console("gbk", "ask", QUESTION, "--json").raw.decode("utf-8"))
    cited = answer["citations"][0]
    assert cited["article_id"] == "社区 书院（定稿）"
    article = json.loads(console("gbk", "article", cited["article_id"], "--json").raw.decode("utf-8"))
    assert cited["quote"] == article["text"][cited["start"] : cited["end"]]
