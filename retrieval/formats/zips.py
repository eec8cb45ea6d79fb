"""Zip containers (docx, xlsx, ofd) opened with care: no bombs, no entity tricks, no encryption."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import ArticleUnreadable

_MOST_MEMBERS = 20_000
_MOST_BYTES = 300 * 1024 * 1024
_MOST_XML = 60 * 1024 * 1024
_BOMB_RATIO, _BOMB_BYTES = 250, 20 * 1024 * 1024
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 64 * 1024
_BOMB = "文件解压后异常庞大（疑似压缩炸弹），没有打开：请确认来源，用 Word 或 Excel 另存后再导入。"
_BROKEN = "文件不完整或已损坏，打不开：请从原处重新取得，或用 Word、Excel 另存后再导入。"


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Yields a container whose sizes and XML parts have been looked at. Raises ArticleUnreadable."""
    try:
        with zipfile.ZipFile(path) as container:
            _check(container)
            yield container
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError) as error:
        raise ArticleUnreadable(_BROKEN) from error


def read_member(container: zipfile.ZipFile, name: str) -> bytes:
    """Returns a part of the container, `b""` if it is not there; names may begin with a slash."""
    wanted = name.lstrip("/").replace("\\", "/")
    if wanted not in container.namelist():
        return b""
    return container.read(wanted)


def _check(container: zipfile.ZipFile) -> None:
    members = container.infolist()
    if len(members) > _MOST_MEMBERS or sum(m.file_size for m in members) > _MOST_BYTES:
        raise ArticleUnreadable(_BOMB)
    for member in members:
        if member.flag_bits & 1:
            raise ArticleUnreadable("文件有密码：请去掉密码另存后再导入。")
        if member.file_size > _BOMB_BYTES and member.file_size > _BOMB_RATIO * max(1, member.compress_size):
            raise ArticleUnreadable(_BOMB)
        if member.filename.lower().endswith((".xml", ".rels")):
            _check_xml(container, member)


def _check_xml(container: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.file_size > _MOST_XML:
        raise ArticleUnreadable(_BOMB)
    with container.open(member) as part:
        if _ENTITY.search(part.read(_HEAD).replace(b"\x00", b"")):
            raise ArticleUnreadable("文件里含有 XML 实体定义，可能有害，没有打开：请用原软件另存后再导入。")
