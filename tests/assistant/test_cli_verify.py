from __future__ import annotations

import io
import json
import sys

import pytest

from assistant.cli.program import run

TRUE = "衡阳市注册志愿者约62万人。"
WRONG = "衡阳市注册志愿者约63万人。"


@pytest.fixture
def verify(three_cities, tmp_path, capfd):
    """Returns exit code, stdout and stderr of `jushi verify` on a draft."""

    def call(draft: str, *options: str, name: str = "draft.txt"):
        path = tmp_path / name
        path.write_text(draft, encoding="utf-8")
        code = run(["verify", str(path), "--data", str(three_cities), *options])
        return code, *capfd.readouterr()

    return call


def test_a_draft_that_agrees_exits_with_0(verify):
    code, out, _ = verify(TRUE)
    assert code == 0
    assert "有据 1" in out


def test_a_draft_that_differs_exits_with_1_and_says_what_the_source_says(verify):
    code, out, _ = verify(WRONG, name="draft.md")
    assert code == 1
    assert "〔不一致〕" in out
    assert "约62万人" in out


def test_json_holds_the_items(verify):
    code, out, _ = verify(WRONG, "--json")
    report = json.loads(out)
    assert code == 1
    (item,) = report["items"]
    assert (item["result"], item["kind"], report["different"]) == ("different", "figure", 1)
    assert item["passage"]["quote"].startswith("截至2024年12月")


def test_a_word_file_is_read(verify, three_cities, tmp_path, capfd):
    from docx import Document

    document = Document()
    document.add_paragraph(WRONG)
    document.save(str(tmp_path / "draft.docx"))
    assert run(["verify", str(tmp_path / "draft.docx"), "--data", str(three_cities)]) == 1
    assert "约62万人" in capfd.readouterr().out


def test_a_pasted_text_is_read(three_cities, monkeypatch, capfd):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TRUE.encode()), encoding="utf-8"))
    assert run(["verify", "-", "--data", str(three_cities)]) == 0


@pytest.mark.parametrize("draft", ["", "   \n"])
def test_an_empty_draft_is_refused_in_chinese(verify, draft):
    code, _, err = verify(draft)
    assert code == 1
    assert "Traceback" not in err
    assert err.strip()


def test_a_missing_file_is_refused_in_chinese(three_cities, capfd):
    assert run(["verify", "nowhere.txt", "--data", str(three_cities)]) == 1
    assert "没有这个文件" in capfd.readouterr().err
