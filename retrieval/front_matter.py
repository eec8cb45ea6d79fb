"""What an author states about an article: YAML front matter, or the fields of a .jsonl line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from retrieval.dates import parse_date
from retrieval.errors import ArticleUnreadable

MAX_FIELD = 500
_MAX_BLOCK = 20_000
_MOST_DEPTH = 10
_NAMES = "title|publisher|published|region|url|topics|digest"
_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?:(?<=\n)|(?<=\r))---[ \t]*(?:\r\n|\n|\r|\Z)")
_KNOWN = re.compile(rf"(?:\A|(?<=\n)|(?<=\r))[ \t]*(?:{_NAMES})[ \t]*[:：]")
_EMPTY = frozenset({"", "~", "null", "none"})
_TRUE = frozenset({"true", "yes", "on", "1", "是"})


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Returns the fields of a text's front matter and the text after it; ({}, text) if it has none.

    A rule of dashes at the top is front matter only if a field we know follows it.

    Raises:
        ArticleUnreadable: The block is broken; the message names the line where that is known.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return {}, text
    closing = _CLOSING.search(text, opening.end(), opening.end() + _MAX_BLOCK)
    block = text[opening.end() : closing.start() if closing else opening.end() + _MAX_BLOCK]
    if not _KNOWN.search(block if closing else re.split(r"[\r\n]", block, maxsplit=1)[0]):
        return {}, text
    if closing is None:
        raise ArticleUnreadable(
            "文件头（front matter）没有用单独一行 --- 结束，或者过长：请补上 --- 再导入。"
        )
    return read_fields(_load(block)), text[closing.end() :]


def read_fields(record: Mapping[Any, Any], where: str = "文件头") -> dict[str, Any]:
    """Returns the fields we know with clean values; empty and unknown ones are left out.

    Raises:
        ArticleUnreadable: `published` is no date.
    """
    fields: dict[str, Any] = {}
    for name in ("title", "publisher", "region", "url"):
        if value := _one_line(record.get(name)):
            fields[name] = value
    if published := _one_line(record.get("published")):
        fields["published"] = parse_date(published)
        if not fields["published"]:
            raise ArticleUnreadable(
                f"{where}的 published“{published[:30]}”不是日期："
                "请写成 2024-12-31、2024-12 或 2024，不知道就留空。"
            )
    if topics := _topics(record.get("topics")):
        fields["topics"] = topics
    if _one_line(record.get("digest")).lower() in _TRUE:
        fields["digest"] = True
    return fields


def _load(block: str) -> Mapping[Any, Any]:
    """Returns the YAML mapping of a block; every scalar is a string, so dates and numbers stay as written."""
    try:
        depth = 0
        for event in yaml.parse(block, Loader=yaml.BaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MOST_DEPTH:  # the parser's time grows with the square of the depth
                raise ArticleUnreadable("文件头（front matter）嵌套过深：每行只写“名称: 内容”。")
            if isinstance(event, yaml.AliasEvent):  # aliases can make a small block huge
                raise ArticleUnreadable("文件头（front matter）里不能用 YAML 的别名（*）：请直接写出内容。")
        loaded = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"第 {mark.line + 2} 行" if mark else ""
        raise ArticleUnreadable(f"文件头（front matter）{line}写法有误：请检查冒号、引号和缩进。") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ArticleUnreadable("文件头（front matter）写法有误：请检查冒号、引号和缩进。") from error
    if not isinstance(loaded, dict):
        raise ArticleUnreadable(
            "文件头（front matter）第 2 行写法有误：每行应是“名称: 内容”，冒号用半角并后跟空格。"
        )
    return loaded


def _one_line(value: object) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list | tuple):
        return "、".join(filter(None, map(_one_line, value)))[:MAX_FIELD]
    line = re.sub(r"\s+", " ", str(value).encode("utf-8", "replace").decode("utf-8")).strip()[:MAX_FIELD]
    return "" if line.lower() in _EMPTY else line


def _topics(value: object) -> tuple[str, ...]:
    items: object = re.split("[,，、;；]", value) if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        return ()
    return tuple(dict.fromkeys(filter(None, map(_one_line, items))))
