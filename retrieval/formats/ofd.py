"""OFD files (the national format for fixed pages, GB/T 33190) with a text layer into paragraphs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from retrieval.errors import ArticleUnreadable
from retrieval.formats.cleaning import clean_text, one_line
from retrieval.formats.layout import PrintedLine, paragraphs
from retrieval.formats.record import Extracted
from retrieval.formats.zips import open_zip, read_member

_BROKEN = "OFD 文件不完整或已损坏，打不开：请从原处重新取得，或转成 .docx、.pdf 后再导入。"
_SCAN = "这份 OFD 没有文字层（可能是扫描件）：请先做 OCR 识别，或换成 Word 原稿后再导入。"
_MOST_PAGES = 5_000
_SAME_LINE = 0.5


def extract_ofd(path: Path) -> Extracted:
    """Returns the text of an OFD file in reading order. Raises ArticleUnreadable."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    try:
        with open_zip(path) as container:
            return _read(container)
    except (ParseError, DefusedXmlException, KeyError, ValueError, RecursionError) as error:
        raise ArticleUnreadable(_BROKEN) from error


def _read(container: ZipFile) -> Extracted:
    root = _parse(container, "OFD.xml")
    if root is None:
        raise ArticleUnreadable(_BROKEN)
    pages: list[list[PrintedLine]] = []
    for body in _children(root, "DocBody"):
        place = _text(body, "DocRoot")
        document = _parse(container, place) if place else None
        if document is not None:
            pages += _pages(container, document, posixpath.dirname(place))
    text = clean_text(paragraphs(pages))
    if len(text.strip()) < 10:
        raise ArticleUnreadable(_SCAN if pages else _BROKEN)
    title = next(
        (
            found
            for body in _children(root, "DocBody")
            for info in _children(body, "DocInfo")
            if (found := _text(info, "Title"))
        ),
        "",
    )
    return Extracted(text=text, weak_title=one_line(title))


def _pages(container: ZipFile, document: Any, folder: str) -> Iterator[list[PrintedLine]]:
    references = [page for pages in _children(document, "Pages") for page in _children(pages, "Page")]
    if len(references) > _MOST_PAGES:
        raise ArticleUnreadable(f"OFD 超过 {_MOST_PAGES} 页：请拆分成较小的文件后再导入。")
    for reference in references:
        place = str(reference.get("BaseLoc") or "")
        content = _parse(container, place if place.startswith("/") else posixpath.join(folder, place))
        if content is not None:
            yield _lines(content)


def _lines(page: Any) -> list[PrintedLine]:
    """Returns a page's lines from top to bottom, pieces on one line from left to right."""
    pieces: list[tuple[float, float, float, float, str]] = []
    for element in page.iter():
        if _name(element) == "TextObject":
            pieces.extend(_pieces(element))
    pieces.sort(key=lambda piece: piece[0])
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for piece in pieces:
        if rows and piece[0] - rows[-1][0][0] < _SAME_LINE * max(piece[3], 1e-6):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda piece: piece[1])) for row in rows]


def _joined(row: list[tuple[float, float, float, float, str]]) -> PrintedLine:
    text, edge = "", row[0][1]
    for _, left, right, size, piece in row:
        text += (" " if text and left - edge > 0.8 * size else "") + piece
        edge = right
    return PrintedLine(text, row[0][1], edge, row[0][3])


def _pieces(text_object: Any) -> Iterator[tuple[float, float, float, float, str]]:
    """Yields (y, left, right, size, text) of each run of characters of a text object."""
    boundary = [float(n) for n in str(text_object.get("Boundary") or "0 0 0 0").split()]
    size = float(text_object.get("Size") or 0) or 3.5
    scale = [float(n) for n in str(text_object.get("CTM") or "1 0 0 1 0 0").split()]
    x, y = 0.0, 0.0
    for code in text_object:
        if _name(code) != "TextCode" or not (text := "".join(code.itertext())):
            continue
        x, y = float(code.get("X") or x), float(code.get("Y") or y)
        widths = _deltas(str(code.get("DeltaX") or ""))
        length = sum(widths) + size if widths else size * len(text.strip())
        left = boundary[0] + scale[0] * x + (scale[4] if len(scale) == 6 else 0)
        top = boundary[1] + scale[3] * y + (scale[5] if len(scale) == 6 else 0)
        yield top, left, left + scale[0] * length, abs(scale[3]) * size, text


def _deltas(text: str) -> list[float]:
    """Returns the distances between characters; `g 3 5.0` stands for three times 5.0."""
    numbers: list[float] = []
    parts = iter(text.split())
    for part in parts:
        if part == "g":
            times, width = next(parts, "0"), next(parts, "0")
            numbers += [float(width)] * min(int(times), 10_000)
        else:
            numbers.append(float(part))
    return numbers


def _parse(container: ZipFile, place: str) -> Any:
    from defusedxml.ElementTree import fromstring

    raw = read_member(container, posixpath.normpath(place))
    return fromstring(raw, forbid_dtd=True) if raw else None


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if _name(child) == name]


def _text(element: Any, name: str) -> str:
    return next((str(child.text or "").strip() for child in _children(element, name)), "")


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
