"""Files into articles: the only reader of article formats.

`walk` finds the files, `read_articles` turns one into articles. A file or line that cannot be read is a
`RejectedArticle` with a Chinese reason; it never stops the others.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from retrieval.decoding import decode
from retrieval.errors import ArticleUnreadable
from retrieval.front_matter import MAX_FIELD, read_fields, split_front_matter
from retrieval.metadata import complete_meta
from retrieval.models import ArticleMeta, Record

SUFFIXES = frozenset({".txt", ".md", ".jsonl"})
MAX_BYTES = 50 * 1024 * 1024
# Files that lie beside articles without being any; left out when a folder is walked, never when named.
_BESIDE = frozenset({"readme", "license", "licence", "changelog", "contributing", "notice"})
_MOST_ID = 200
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


class SourceArticle(Record):
    """An article as read: `key` names its origin (absolute path, or `path#id` for a .jsonl line)."""

    key: str
    path: str
    meta: ArticleMeta
    text: str


class RejectedArticle(Record):
    """A file or line that is no article, and why (Chinese, says what to do)."""

    key: str
    path: str
    article_id: str = ""
    reason: str


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """Yields the files to read: named files as they are, folders recursively in sorted order, each once.

    In folders hidden entries, files of other types and companions such as README are passed over. A
    named file of any type is yielded, so that `read_articles` can say why it is refused.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _walk_folder(path) if path.is_dir() else [path]:
            place = found.absolute()
            if place not in seen:
                seen.add(place)
                yield found


def _walk_folder(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(files):
            path = Path(root) / name
            beside = name.startswith((".", "~")) or path.stem.lower() in _BESIDE
            if path.suffix.lower() in SUFFIXES and not beside:
                yield path


def read_articles(path: Path) -> Iterator[SourceArticle | RejectedArticle]:
    """Yields the articles of a file, and a `RejectedArticle` for what cannot be read; never raises for it."""
    key = _printable(os.path.normpath(path.absolute()))
    try:
        if path.suffix.lower() not in SUFFIXES:
            raise ArticleUnreadable(
                f"不支持“{path.suffix or '无扩展名'}”文件：请另存为 .txt、.md 或 .jsonl 后再导入。"
            )
        text = decode(_read_bytes(path))
        if path.suffix.lower() != ".jsonl":
            yield _read_whole(path, key, text)
            return
    except ArticleUnreadable as error:
        yield RejectedArticle(
            key=key, path=_printable(path), article_id=_safe_id(_printable(path.stem)), reason=str(error)
        )
        return
    yield from _read_lines(path, key, text)


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.exists():
            raise ArticleUnreadable("找不到这个文件：请检查路径是否写对。")
        if not path.is_file():
            raise ArticleUnreadable("这不是普通文件：请另存为 .txt、.md 或 .jsonl 后再导入。")
        if path.stat().st_size > MAX_BYTES:
            raise ArticleUnreadable("文件超过 50 MB：请拆分成较小的文件后再导入。")
        return path.read_bytes()
    except PermissionError as error:
        raise ArticleUnreadable("没有读取这个文件的权限：请修改文件权限后再导入。") from error
    except OSError as error:
        reason = error.strerror or error
        raise ArticleUnreadable(f"读取文件失败（{reason}）：请检查磁盘和文件后再试。") from error


def _read_whole(path: Path, key: str, text: str) -> SourceArticle:
    fields, body = split_front_matter(text)
    return _make(key, path, _safe_id(_printable(path.stem)), fields, body)


def _read_lines(path: Path, key: str, text: str) -> Iterator[SourceArticle | RejectedArticle]:
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if not line.strip():
            continue
        line_key, article_id = f"{key}#第{number}行", ""
        try:
            record = _parse_line(line, number)
            article_id = _safe_id(_id_of(record, number))
            line_key = f"{key}#{article_id}"
            body = record["text"].removeprefix("\ufeff")
            fields = read_fields(record, where=f"第 {number} 行")
            yield _make(line_key, path, article_id, fields, body)
        except ArticleUnreadable as error:
            yield RejectedArticle(
                key=line_key, path=_printable(path), article_id=article_id, reason=str(error)
            )


def _parse_line(line: str, number: int) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArticleUnreadable(f"第 {number} 行不是完整的 JSON：请检查这一行的引号、逗号和括号。") from error
    if not isinstance(record, dict):
        raise ArticleUnreadable(
            f'第 {number} 行不是 JSON 对象：每行应是一篇文章，形如 {{"id": …, "text": …}}。'
        )
    if not isinstance(record.get("text"), str):
        raise ArticleUnreadable(f"第 {number} 行缺少 text 字段：请把正文写在字符串 text 里。")
    if re.search("[\ud800-\udfff]", record["text"]):
        raise ArticleUnreadable(f"第 {number} 行的正文含有残缺的字符（孤立代理项）：请重新导出这一篇。")
    return record


def _id_of(record: Mapping[str, Any], number: int) -> str:
    value = record.get("id")
    if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
        return str(value)
    raise ArticleUnreadable(f"第 {number} 行缺少 id：请给每篇文章一个不重复的 id。")


def _printable(path: Path | str) -> str:
    """Returns a path as text that can be stored: bytes that are no UTF-8 become replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")


def _safe_id(name: str) -> str:
    """Returns a name that is safe as an id, kept as it is but for separators and control characters.

    A name of nothing else becomes a hash, a very long one ends in a hash.
    """
    raw = name.encode("utf-8", "replace")
    cleaned = _UNSAFE.sub("_", raw.decode("utf-8").strip())
    if not cleaned.strip("._ "):
        return f"article-{sha256(raw).hexdigest()[:8]}"
    if len(cleaned) > _MOST_ID:
        return f"{cleaned[: _MOST_ID - 9]}-{sha256(raw).hexdigest()[:8]}"
    return cleaned


def _make(key: str, path: Path, article_id: str, fields: Mapping[str, Any], text: str) -> SourceArticle:
    if not text.strip():
        raise ArticleUnreadable("没有正文：请补上文章内容后再导入。")
    given = ArticleMeta(
        article_id=article_id,
        **fields,
        source=fields.get("url") or _printable(path.name)[:MAX_FIELD],
        content_hash=sha256(text.encode("utf-8")).hexdigest(),
    )
    return SourceArticle(key=key, path=_printable(path), meta=complete_meta(given, text), text=text)
