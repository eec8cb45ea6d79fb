"""Word files (.docx) into text: headings, numbered and bulleted lists, tables, text boxes, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from retrieval.errors import ArticleUnreadable
from retrieval.formats.cleaning import clean_text, one_line
from retrieval.formats.numbering import Numbering
from retrieval.formats.record import Extracted
from retrieval.formats.tables import table_lines
from retrieval.formats.zips import open_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
# What is not part of the text as it is read: deleted and moved-away words, notes of other readers.
_SKIPPED = frozenset({
    _W + "del",
    _W + "moveFrom",
    _W + "txbxContent",
    _FALLBACK,
    _W + "instrText",
    _W + "pPr",
})
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title|标题|题名", re.IGNORECASE)
_MOST_LEVEL, _MOST_HEADING, _MOST_NESTED = 6, 120, 20
_UNREADABLE = "这不是能打开的 Word 文档（.docx）：请用 Word 或 WPS 另存为 .docx 后再导入。"


def extract_docx(path: Path) -> Extracted:
    """Returns the text of a Word file. Raises ArticleUnreadable."""
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    with open_zip(path) as container:
        if "word/document.xml" not in container.namelist():
            raise ArticleUnreadable(_UNREADABLE)
    try:
        document = Document(str(path))
        reader = _Reader(document)
        text = "\n\n".join(reader.blocks(document.element.body))
        return Extracted(
            text=clean_text(text),
            weak_title=one_line(str(document.core_properties.title or "")),
            keywords=one_line(str(document.core_properties.keywords or "")),
            margins="\n".join(_margins(document)),
        )
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise ArticleUnreadable(_UNREADABLE) from error


class _Reader:
    """Reads blocks of one document; keeps the state of its automatic numbering."""

    def __init__(self, document: Any) -> None:
        self._numbering = Numbering(document)
        styles = [style for style in document.styles if style.type == 1]
        self._titles = {style.style_id for style in styles if _TITLE_STYLE.fullmatch(str(style.name).strip())}
        # Below a title, headings of the first level are sections of it.
        below = int(any(_style_id(p) in self._titles for p in document.element.body.iterchildren(_W + "p")))
        self._levels = {
            style.style_id: level + (below if style.style_id not in self._titles else 0)
            for style in styles
            if (level := _style_level(style))
        }
        self._default = next(
            (s.style_id for s in document.styles if s.type == 1 and s.element.get(_W + "default")), ""
        )

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[str]:
        """Yields the blocks below an element: a paragraph, a list item, or all lines of a table."""
        if depth > _MOST_NESTED:
            raise ArticleUnreadable("文档里的表格或控件嵌套过深：请在 Word 里简化后再导入。")
        items: list[str] = []
        for element in parent:
            if element.tag == _W + "p":
                text, is_item = self._paragraph(element)
                if items and not is_item:
                    yield "\n".join(items)
                    items = []
                if is_item:
                    items.append(text)
                elif text.strip():
                    yield text
                for box in _boxes(element):
                    yield from self.blocks(box, depth + 1)
            elif element.tag == _W + "tbl":
                yield from self._flush(items)
                items = []
                yield from filter(None, ["\n".join(self._table(element, depth))])
            elif element.tag in {
                _W + "sdt",
                _W + "sdtContent",
                _W + "ins",
                _W + "moveTo",
                _W + "customXml",
                _W + "smartTag",
            }:
                yield from self._flush(items)
                items = []
                yield from self.blocks(element, depth + 1)
        yield from self._flush(items)

    @staticmethod
    def _flush(items: list[str]) -> Iterator[str]:
        if items:
            yield "\n".join(items)

    def _paragraph(self, element: Any) -> tuple[str, bool]:
        """Returns a paragraph's text with its number or heading mark, and whether it is a list item."""
        text = "".join(_runs(element)).strip(" \t\n")
        style_id = _style_id(element) or self._default
        level = self._level(element, style_id)
        number = self._numbering.next(element, style_id) if text else ""
        if text and level and len(text) <= _MOST_HEADING:
            return f"{'#' * min(level, _MOST_LEVEL)} {number}{one_line(text)}", False
        return f"{number}{text}", bool(number) and bool(text)

    def _level(self, element: Any, style_id: str) -> int:
        outline = element.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and (value := str(outline.get(_W + "val"))).isdigit():
            return int(value) + 1 if int(value) < 9 else 0
        return self._levels.get(style_id, 0)

    def _table(self, table: Any, depth: int) -> list[str]:
        rows: list[list[str]] = []
        headers = 0
        for row in table.iter(_W + "tr"):
            if next(row.iterancestors(_W + "tbl")) is not table:
                continue
            rows.append(self._cells(row, rows[-1] if rows else [], depth))
            if headers == len(rows) - 1 and row.find(f"{_W}trPr/{_W}tblHeader") is not None:
                headers = len(rows)
        if len(rows) == 1 and len(rows[0]) == 1:
            return ["\n\n".join(part for part in rows[0][0].split("\n") if part.strip())]
        return table_lines(rows, headers)

    def _cells(self, row: Any, above: list[str], depth: int) -> list[str]:
        cells: list[str] = []
        for cell in row.iter(_W + "tc"):
            if next(cell.iterancestors(_W + "tr")) is not row:
                continue
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = int(span.get(_W + "val") or 1) if span is not None else 1
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(_W + "val") != "restart"
            inherited = above[len(cells)] if goes_on and len(cells) < len(above) else ""
            text = inherited or "\n".join(self.blocks(cell, depth + 1))
            cells += [text] * max(1, min(width, 200))
        return cells


def _runs(element: Any) -> Iterator[str]:
    """Yields the visible pieces of a paragraph in order."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == _W + "r" and _is_hidden(child):
            continue
        else:
            yield from _runs(child)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(_W + "val") not in {"0", "false"}


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Yields the contents of text boxes anchored in a paragraph, once each."""
    for box in paragraph.iter(_W + "txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield box


def _style_id(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return str(style.get(_W + "val")) if style is not None else ""


def _style_level(style: Any) -> int:
    """Returns the heading level that a style gives, following the styles it is based on; 0 for none."""
    for _ in range(10):
        if style is None:
            return 0
        outline = style.element.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and str(outline.get(_W + "val")).isdigit():
            level = int(outline.get(_W + "val"))
            return level + 1 if level < 9 else 0
        name = str(style.name or "")
        if match := _HEADING_STYLE.fullmatch(name.strip()):
            return int(match[1])
        if _TITLE_STYLE.fullmatch(name.strip()):
            return 1
        style = style.base_style
    return 0


def _margins(document: Any) -> Iterator[str]:
    for section in document.sections:
        for part in (section.first_page_header, section.header, section.footer):
            if not part.is_linked_to_previous:
                yield from filter(None, (paragraph.text.strip() for paragraph in part.paragraphs))
