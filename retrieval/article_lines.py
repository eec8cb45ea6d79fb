"""The lines of a .jsonl file: one article each."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from retrieval.errors import ArticleUnreadable


def stream_lines(file: BinaryIO, most: int) -> Iterator[tuple[int, str]]:
    """Yields the lines of a UTF-8 file as they are read, however many there are.

    Raises ArticleUnreadable for a line of more than `most` bytes, which ends the file.
    """
    number, more = 1, True
    while more and (raw := file.readline(most + 1)):
        if len(raw) > most:
            raise ArticleUnreadable(f"第 {number} 行超过 {most >> 20} MB：请拆分后再导入。")
        # Broken bytes become lone surrogates, for which that line alone is refused.
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape")
        lines = re.split(r"\r\n|\n|\r", text)
        more = raw.endswith(b"\n")
        if more:
            lines.pop()
        for line in lines:
            if line.strip():
                yield number, line
            number += 1


def is_utf8(opening: bytes) -> bool:
    """Returns whether a file that begins so can be read as UTF-8 line by line."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(opening)
    except UnicodeDecodeError:
        return False
    return b"\x00" not in opening


def split_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yields the lines that are not blank with their 1-based numbers."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line.strip():
            yield number, line


def parse_line(line: str, number: int) -> Mapping[str, Any]:
    """Returns the object of a line that has a text. Raises ArticleUnreadable."""
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


def id_of(record: Mapping[str, Any], number: int) -> str:
    """Returns the id that a line states. Raises ArticleUnreadable."""
    value = record.get("id")
    if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
        return str(value)
    raise ArticleUnreadable(f"第 {number} 行缺少 id：请给每篇文章一个不重复的 id。")
