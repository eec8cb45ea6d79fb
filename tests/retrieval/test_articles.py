"""Files into articles: every encoding, every way to be unreadable, nothing changed in the text."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import articles
from retrieval.articles import RejectedArticle, SourceArticle, read_articles, walk
from retrieval.decoding import decode
from retrieval.front_matter import split_front_matter

TEXT = "青禾市推进基层减负\n\n全市现有社区工作者860人，比去年增加12.5%。\r\n各区设驿站32个。\n"
TRADITIONAL = "青禾市推進基層減負\n\n全市現有社區工作者860人，較去年增加12.5%。\n各區設驛站32個。\n"


def read(path: Path) -> list[SourceArticle | RejectedArticle]:
    return list(read_articles(path))


def accepted(path: Path) -> SourceArticle:
    (article,) = read(path)
    assert isinstance(article, SourceArticle), article
    return article


def rejected(path: Path) -> RejectedArticle:
    (article,) = read(path)
    assert isinstance(article, RejectedArticle), article
    return article


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_plain_file(tmp_path: Path) -> None:
    path = write(tmp_path / "青禾 减负.txt", TEXT)
    article = accepted(path)
    assert article.text == TEXT
    assert article.meta.article_id == "青禾 减负"
    assert article.meta.source == "青禾 减负.txt"
    assert article.meta.content_hash == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.key == str(path)
    assert article.meta.title == "青禾市推进基层减负"


def test_the_key_is_the_same_however_the_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "sub" / "a.txt", TEXT)
    monkeypatch.chdir(tmp_path)
    assert accepted(Path("sub/../sub/a.txt")).key == accepted(path).key == str(path)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, "utf-8"),
        (TEXT, "utf-8-sig"),
        (TEXT, "utf-16"),
        (TEXT, "utf-16-le"),
        (TEXT, "utf-16-be"),
        (TEXT, "gb18030"),
        (TEXT, "gbk"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        ("青禾市委社会工作部", "gb18030"),
        ("社區工作者名單", "big5"),
    ],
)
def test_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    assert accepted(write(tmp_path / "a.txt", text.encode(encoding))).text == text


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_utf_8_text_comes_back_as_it_is(text: str) -> None:
    text = "字" + text
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        (b" \r\n\t", "空"),
        ("\ufeff\n".encode(), "空"),
        (b"\x00" * 50, "二进制"),
        (bytes(range(256)) * 20, "编码|二进制"),
        ("字\x00字".encode(), "二进制"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 9, "内容却是图片"),
        ("\x01\x02\x03字" * 20, "二进制"),
        (TEXT.encode()[:40] + b"\xff\xfe\xff" + TEXT.encode()[42:], "损坏"),
        (b"\xef\xbb\xbf" + TEXT.encode()[:20] + b"\xff", "损坏"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(tmp_path: Path, content: str | bytes, word: str) -> None:
    reason = rejected(write(tmp_path / "a.txt", content)).reason
    assert any(w in reason for w in word.split("|"))
    assert "：请" in reason


def test_other_files_are_refused_when_named(tmp_path: Path) -> None:
    assert "“.png”" in rejected(write(tmp_path / "a.png", "x")).reason
    assert "找不到" in rejected(tmp_path / "none.txt").reason
    (tmp_path / "folder.txt").mkdir()
    assert "不是普通文件" in rejected(tmp_path / "folder.txt").reason


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "MAX_BYTES", 10)
    assert "50 MB" in rejected(write(tmp_path / "a.txt", TEXT)).reason


@pytest.mark.parametrize(
    ("error", "word"), [(PermissionError(13, "denied"), "权限"), (OSError(5, "I/O error"), "读取文件失败")]
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, word: str
) -> None:
    def fail(_: Path) -> bytes:
        raise error

    path = write(tmp_path / "a.txt", TEXT)
    monkeypatch.setattr(Path, "read_bytes", fail)
    assert word in rejected(path).reason


def test_front_matter(tmp_path: Path) -> None:
    head = (
        '---\r\ntitle: "甲：乙"\r\npublisher: 青禾日报\r\npublished: 2024-05-07\r\nregion: 青禾市\r\nurl: https://a.cn/1\r\n'
        "topics: [减负, 治理]\r\ndigest: true\r\nother: x\r\n---\r\n"
    )
    article = accepted(write(tmp_path / "a.md", "\ufeff" + head + "\n" + TEXT))
    assert article.text == "\n" + TEXT
    meta = article.meta
    assert (meta.title, meta.publisher, meta.published) == ("甲：乙", "青禾日报", "2024-05-07")
    assert (meta.region, meta.url, meta.source) == ("青禾市", "https://a.cn/1", "https://a.cn/1")
    assert (meta.topics, meta.digest) == (("减负", "治理"), True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024年5月7日", "2024-05-07"),
        ('""', ""),
        ("", ""),
        ("null", ""),
        ("~", ""),
    ],
)
def test_published_stays_as_exact_as_it_was_written(written: str, expected: str) -> None:
    fields, _ = split_front_matter(f"---\npublished: {written}\n---\n字")
    assert fields.get("published", "") == expected


@pytest.mark.parametrize(
    ("head", "word"),
    [
        ("title: 甲\npublisher: [乙\n", "第 4 行"),
        ("title: 甲\n  - 乙: : 丙\n", "第 3 行"),
        ("title：甲\n", "半角"),
        ("title: &x 甲\npublisher: *x\n", "别名"),
        ("published: 不久前\n", "不是日期"),
        ("published: 2024-02-30\n", "不是日期"),
    ],
)
def test_broken_front_matter_is_refused_and_says_where(tmp_path: Path, head: str, word: str) -> None:
    assert word in rejected(write(tmp_path / "a.md", f"---\n{head}---\n正文。")).reason


def test_front_matter_without_an_end_is_refused(tmp_path: Path) -> None:
    assert "---" in rejected(write(tmp_path / "a.md", "---\ntitle: 甲\n\n正文。")).reason


def test_a_rule_of_dashes_is_no_front_matter(tmp_path: Path) -> None:
    text = "---\n正文从这里开始。\n---\n后面还有。"
    assert accepted(write(tmp_path / "a.md", text)).text == text


def test_front_matter_alone_is_no_article(tmp_path: Path) -> None:
    assert "没有正文" in rejected(write(tmp_path / "a.md", "---\ntitle: 甲\n---\n \n")).reason


def test_jsonl_goes_on_after_broken_lines(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"id": "甲1", "title": "题目", "text": "正文甲。", "topics": "减负、治理"}, ensure_ascii=False
        ),
        "{broken",
        "",
        json.dumps({"id": "乙", "title": "没有正文"}),
        json.dumps(["不是对象"]),
        json.dumps({"text": "没有编号。"}),
        '{"id": "丙", "text": "残缺\\ud800。"}',
        json.dumps({"id": 7, "text": "\n正文丁。\n", "published": "2024/5/7"}),
        json.dumps({"id": "戊", "text": "  "}),
        json.dumps({"id": "己", "text": "正文。", "published": "不久前"}),
    ]
    path = write(tmp_path / "many.jsonl", "\n".join(lines))
    found = read(path)
    good = [a for a in found if isinstance(a, SourceArticle)]
    bad = [a for a in found if isinstance(a, RejectedArticle)]
    assert [a.meta.article_id for a in good] == ["甲1", "7"]
    assert good[0].key == f"{path}#甲1"
    assert (good[0].meta.title, good[0].meta.topics, good[0].text) == ("题目", ("减负", "治理"), "正文甲。")
    assert (good[1].meta.published, good[1].text) == ("2024-05-07", "\n正文丁。\n")
    for word, article in zip(
        ["第 2 行", "第 4 行缺少 text", "第 5 行不是", "第 6 行缺少 id", "第 7 行", "没有正文", "第 10 行"],
        bad,
        strict=True,
    ):
        assert word in article.reason
    assert len({a.key for a in found}) == len(found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b\\c", "a_b_c"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("甲 乙", "甲 乙"),
        ("a\nb\x00c", "a_b_c"),
        ("a\u202eb", "a_b"),
    ],
)
def test_ids_are_made_safe(tmp_path: Path, name: str, expected: str) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"id": name, "text": "正文。"}))
    assert accepted(path).meta.article_id == expected


def test_ids_of_nothing_usable_or_without_end_end_in_a_hash(tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": "正文。"}) for name in ("..", "///", "长" * 500)]
    found = [a for a in read(write(tmp_path / "a.jsonl", "\n".join(lines))) if isinstance(a, SourceArticle)]
    first, second, third = (a.meta.article_id for a in found)
    assert first.startswith("article-")
    assert second.startswith("article-")
    assert first != second
    assert len(third) == 200


def test_a_file_name_that_is_no_utf_8_is_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(path, "wb") as file:  # noqa: PTH123  (a bytes path)
        file.write(TEXT.encode())
    assert accepted(Path(os.fsdecode(path))).text == TEXT


def test_walk_is_sorted_and_passes_over_what_is_no_article(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.jsonl",
        "sub/.hidden.txt",
        ".git/x.txt",
        "README.md",
        "p.png",
        "~$b.txt",
        "__pycache__/y.txt",
        "D.TXT",
    ):
        write(tmp_path / name, TEXT)
    found = [str(p.relative_to(tmp_path)) for p in walk([tmp_path])]
    assert found == ["D.TXT", "a.md", "b.txt", "sub/c.jsonl"]


def test_walk_yields_named_files_as_they_are_and_each_once(tmp_path: Path) -> None:
    named = [write(tmp_path / "p.png", "x"), write(tmp_path / "README.md", "x"), tmp_path / "none.txt"]
    assert list(walk([*named, tmp_path, named[0]])) == named


def test_a_jsonl_file_is_read_line_by_line_however_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "MAX_BYTES", 200)
    lines = [json.dumps({"id": f"文{n}", "text": f"第{n}篇。"}, ensure_ascii=False) for n in range(60)]
    path = tmp_path / "large.jsonl"
    path.write_bytes("\ufeff".encode() + "\r\n".join(lines).encode())
    assert [found.meta.article_id for found in read_articles(path)] == [f"文{n}" for n in range(60)]
    broken = b'{"id": "x", "text": "\xff\xfe"}\n'
    path.write_bytes("\n".join(lines[:1] * 50_000).encode() + b"\n" + broken + lines[1].encode())
    found = list(read_articles(path))[50_000:]
    assert [getattr(one, "reason", "")[:7] for one in found] == ["第 50001", ""]
    path.write_bytes(lines[0].encode() + b"\n" + b"x" * 300 + b"\n" + lines[1].encode())
    first, second = read_articles(path)
    assert (first.meta.article_id, "超过" in second.reason) == ("文0", True)


def test_front_matter_that_goes_down_very_far_is_refused_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", f"---\ntitle: {'[' * 15_000}\n---\n{TEXT}")
    assert "嵌套过深" in rejected(path).reason
    path = write(tmp_path / "b.txt", TEXT + "字" * 200_001)
    assert "换行" in rejected(path).reason
