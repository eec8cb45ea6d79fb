"""The commands that put an article's metadata right and keep a library like a folder, on a real library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli.program import run

TEXT = "# {0}市志愿服务走深走实\n\n截至2024年6月，{0}市注册志愿者约{1}万人。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "文章"
    made.mkdir()
    for name, count in [("青禾", 62), ("兰桥", 8)]:
        (made / f"{name}.md").write_text(TEXT.format(name, count), encoding="utf-8")
    return made


def test_set_and_mirror(data_dir: Path, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", str(folder), "--data", str(data_dir)]) == 0
    assert (
        run([
            "articles",
            "--set",
            "青禾",
            "title=新题名",
            "published=2024年7月",
            "--json",
            "--data",
            str(data_dir),
        ])
        == 0
    )
    out, _ = capfd.readouterr()
    meta = json.loads(out.splitlines()[-1])
    assert (meta["title"], meta["published"]) == ("新题名", "2024-07")
    assert run(["articles", "--set", "青禾", "published=去年", "--data", str(data_dir)]) == 1
    assert run(["articles", "--set", "青禾", "作者=甲", "--data", str(data_dir)]) == 2
    assert run(["articles", "title=x", "--data", str(data_dir)]) == 2
    assert run(["ingest", "--mirror", str(folder / "青禾.md"), "--data", str(data_dir)]) == 2
    (folder / "兰桥.md").unlink()
    capfd.readouterr()
    assert run(["ingest", "--mirror", str(folder), "--data", str(data_dir)]) == 0
    _, said = capfd.readouterr()
    assert "来源有 1 个" in said
    assert "已删除 1 篇" in said
    (folder / "青禾.md").unlink()
    assert run(["ingest", "--mirror", str(folder), "--data", str(data_dir)]) == 0
    _, said = capfd.readouterr()
    assert "没有删除" in said


def test_the_original_comes_back(
    data_dir: Path, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    raw = (folder / "青禾.md").read_bytes()
    assert run(["ingest", str(folder), "--data", str(data_dir)]) == 0
    out = tmp_path / "取回"
    out.mkdir()
    assert run(["article", "青禾", "--original", str(out), "--data", str(data_dir)]) == 0
    assert (out / "青禾.md").read_bytes() == raw
    assert run(["article", "青禾", "--original", str(out), "--data", str(data_dir)]) == 1
    assert "没有覆盖" in capfd.readouterr().err


def test_an_answer_out_of_a_part_says_so(
    data_dir: Path, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = folder / "青禾.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n订阅后可查看全文(剩余80%)\n", encoding="utf-8")
    assert run(["ingest", str(folder), "--data", str(data_dir)]) == 0
    capfd.readouterr()
    assert run(["ask", "青禾市有多少注册志愿者?", "--json", "--data", str(data_dir)]) == 0
    answer = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert answer["short_answer"] == "约62万人"
    assert [notice["kind"] for notice in answer["notices"]] == ["incomplete_source"]
    assert "剩余80%" in answer["notices"][0]["text"]
