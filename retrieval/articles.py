"""Files into articles: the only reader of article formats.

`walk` finds the files, `read_articles` turns one into articles. A file or line that cannot be read is a
`RejectedArticle` with a Chinese reason; it never stops the others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from retrieval.article_lines import id_of, is_utf8, parse_line, split_lines, stream_lines
from retrieval.dates import parse_date
from retrieval.decoding import decode
from retrieval.errors import ArticleUnreadable
from retrieval.formats.kinds import ARCHIVES, PLAIN, SUFFIXES, check_kind
from retrieval.formats.record import MOST_CHARACTERS, Extracted
from retrieval.formats.sandbox import Extractor, Sandbox
from retrieval.front_matter import MAX_FIELD, read_fields, split_front_matter
from retrieval.markings import find_partial, refuse_marked
from retrieval.metadata import complete_meta
from retrieval.models import ArticleMeta, Record
from retrieval.naming import origin_key, printable, safe_id

_MOST_LINE = 200_000
_MOST_TOPICS = 12
MAX_BYTES = 50 * 1024 * 1024
_OPENING = 1024 * 1024
# Files that lie beside articles without being any; left out when a folder is walked, never when named.
_BESIDE = frozenset({"readme", "license", "licence", "changelog", "contributing", "notice"})


class SourceArticle(Record):
    """An article as read.

    Attributes:
        key: Names its origin: the absolute path, or `path#id` for one of several articles of a file.
        original: The file to keep; None where the article is no file of its own (.jsonl lines, pasted text).
    """

    key: str
    path: str
    meta: ArticleMeta
    text: str
    original: Path | None = None


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


def read_articles(
    path: Path, extractor: Extractor | None = None, *, allow_internal: bool = False
) -> Iterator[SourceArticle | RejectedArticle]:
    """Yields the articles of a file, and a `RejectedArticle` for what cannot be read; never raises for it.

    `extractor` parses what is no plain text; without one a child process is started for this file alone.
    What is marked as internal is rejected unless `allow_internal`; what is marked as secret always is.
    """
    key = origin_key(path)
    reading = _Reading(path, key, allow_internal)
    try:
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise ArticleUnreadable(_unsupported(path))
        _check_file(path)
        if suffix == ".jsonl":
            lines = _lines_of(path)
        elif suffix in PLAIN:
            yield reading.plain(decode(_read_bytes(path)))
            return
        else:
            extracted = _extract(path, extractor)
            if not extracted.rows:
                yield reading.extracted(extracted)
                return
    except ArticleUnreadable as error:
        yield RejectedArticle(
            key=key, path=printable(path), article_id=safe_id(printable(path.stem)), reason=str(error)
        )
        return
    if suffix != ".jsonl":
        yield from reading.rows(extracted)
        return
    try:
        yield from reading.lines(lines)
    except (ArticleUnreadable, OSError) as error:  # in the midst of a long file
        reason = _failed(error) if isinstance(error, OSError) else str(error)
        yield RejectedArticle(key=key, path=printable(path), reason=reason)


def _unsupported(path: Path) -> str:
    if path.suffix.lower() in ARCHIVES:
        return "压缩包不打开：请解压后再导入里面的文件。"
    return (
        f"不支持“{path.suffix or '无扩展名'}”文件：请另存为 .docx、.pdf、.html、.xlsx、.txt 或 .md 后再导入。"
    )


def _extract(path: Path, extractor: Extractor | None) -> Extracted:
    try:
        if extractor is not None:
            return extractor.extract(path)
        with Sandbox() as sandbox:
            return sandbox.extract(path)
    except OSError as error:
        raise ArticleUnreadable(_failed(error)) from error


def _check_file(path: Path) -> None:
    try:
        if not path.exists():
            raise ArticleUnreadable("找不到这个文件：请检查路径是否写对。")
        if not path.is_file():
            raise ArticleUnreadable("这不是普通文件：请另存为 .txt、.md 或 .jsonl 后再导入。")
        if path.stat().st_size > MAX_BYTES and path.suffix.lower() != ".jsonl":
            raise ArticleUnreadable("文件超过 50 MB：请拆分成较小的文件后再导入。")
        check_kind(path)
    except OSError as error:
        raise ArticleUnreadable(_failed(error)) from error


def _lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Returns the lines of a .jsonl file: in UTF-8 however large it is, else of a file of bearable size."""
    try:
        with path.open("rb") as file:
            opening = file.read(_OPENING)
            if not is_utf8(opening):
                if path.stat().st_size > MAX_BYTES:
                    raise ArticleUnreadable("文件超过 50 MB 且不是 UTF-8：请另存为 UTF-8 后再导入。")
                return split_lines(decode(opening + file.read()))
    except OSError as error:
        raise ArticleUnreadable(_failed(error)) from error
    return _streamed(path)


def _streamed(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        yield from stream_lines(file, MAX_BYTES)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ArticleUnreadable(_failed(error)) from error


def _failed(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有读取这个文件的权限：请修改文件权限后再导入。"
    return f"读取文件失败（{error.strerror or error}）：请检查磁盘和文件后再试。"


class _Reading:
    """Makes the articles of one file."""

    def __init__(self, path: Path, key: str, allow_internal: bool) -> None:
        self._path = path
        self._key = key
        self._allow_internal = allow_internal

    def plain(self, text: str) -> SourceArticle:
        fields, body = split_front_matter(text)
        return self._make(self._key, safe_id(printable(self._path.stem)), fields, body)

    def extracted(self, found: Extracted) -> SourceArticle:
        # A site names the same keywords on every page, and a template in every document.
        said = [
            word
            for word in re.split(r"[,，;；、\s]+", found.keywords)
            if len(word) > 1 and word in found.text
        ]
        fields = read_fields({"topics": said[:_MOST_TOPICS], **found.fields})
        made = self._make(self._key, safe_id(printable(self._path.stem)), fields, found.text, found)
        # A title among the file's properties is often that of a template: it counts if the text shows it.
        weak, opening = re.sub(r"\s", "", found.weak_title), re.sub(r"\s", "", found.text[:500])
        if not made.meta.title and 4 <= len(weak) <= 80 and weak in opening:
            return made.model_copy(update={"meta": made.meta.model_copy(update={"title": found.weak_title})})
        return made

    def lines(self, lines: Iterable[tuple[int, str]]) -> Iterator[SourceArticle | RejectedArticle]:
        for number, line in lines:
            line_key, article_id = f"{self._key}#第{number}行", ""
            try:
                record = parse_line(line, number)
                article_id = safe_id(id_of(record, number))
                line_key = f"{self._key}#{article_id}"
                body = record["text"].removeprefix("\ufeff")
                yield self._make(line_key, article_id, read_fields(record, where=f"第 {number} 行"), body)
            except ArticleUnreadable as error:
                yield self._rejected(line_key, article_id, error)

    def rows(self, found: Extracted) -> Iterator[SourceArticle | RejectedArticle]:
        for record in found.rows:
            name = str(record.get("id") or f"{self._path.stem}-{record['row']}")
            article_id = safe_id(printable(name))
            key = f"{self._key}#{article_id}"
            try:
                stated = {**record, "published": parse_date(str(record.get("published") or ""))}
                yield self._make(key, article_id, read_fields(stated), str(record["text"]))
            except ArticleUnreadable as error:
                yield self._rejected(key, article_id, error)

    def _rejected(self, key: str, article_id: str, error: ArticleUnreadable) -> RejectedArticle:
        return RejectedArticle(key=key, path=printable(self._path), article_id=article_id, reason=str(error))

    def _make(
        self,
        key: str,
        article_id: str,
        fields: Mapping[str, Any],
        text: str,
        found: Extracted | None = None,
    ) -> SourceArticle:
        name = self._path.stem if key == self._key else ""
        margins = found.margins if found else ""
        refuse_marked(text, margins=margins, name=name, allow_internal=self._allow_internal)
        table = found is not None and found.table
        made = make_article(key, printable(self._path), article_id, fields, text, table=table)
        kept = None if self._path.suffix.lower() == ".jsonl" else self._path
        return made.model_copy(update={"original": kept})


def make_article(
    key: str, path: str, article_id: str, fields: Mapping[str, Any], text: str, *, table: bool = False
) -> SourceArticle:
    """Returns an article with what its text says about itself. Raises ArticleUnreadable."""
    if not text.strip():
        raise ArticleUnreadable("没有正文：请补上文章内容后再导入。")
    if len(text) > MOST_CHARACTERS:
        raise ArticleUnreadable("文章超过 500 万字：请拆分成较小的文件后再导入。")
    if any(len(line) > _MOST_LINE for line in text.splitlines()):
        raise ArticleUnreadable("有一行超过 20 万字，像是没有换行的数据：请按段落换行后再导入。")
    given = ArticleMeta(
        article_id=article_id,
        **fields,
        source=fields.get("url") or printable(Path(path).name)[:MAX_FIELD],
        content_hash=sha256(text.encode("utf-8")).hexdigest(),
        incomplete=find_partial(text),
    )
    return SourceArticle(key=key, path=path, meta=complete_meta(given, text, table=table), text=text)
