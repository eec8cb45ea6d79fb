"""Tables of an exported answer in Word: columns as wide as their words need, the head on every page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from assistant.export.looks import element

_WIDTH_MM = 156  # of the text on a page
_WIDEST = 40  # columns of a cell that count; longer texts are broken
_NARROWEST = 6


def add_table(document: Any, rows: Sequence[Sequence[str]], write: Callable[[Any, str], None]) -> None:
    """Adds a table, its first row as the head; `write` puts a cell's text into its paragraph."""
    from docx.shared import Mm

    document.add_paragraph(style="表格前后")
    widths = _widths(rows)
    table = document.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for place, row in enumerate(rows):
        properties = table.rows[place]._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if place == 0:
            properties.append(element("w:tblHeader"))
        cells = table.rows[place].cells
        for cell, width, text in zip(cells, widths, [*row, *[""] * len(widths)], strict=False):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.style = "表格文字" if place else "表头"
            write(paragraph, text)
    document.add_paragraph(style="表格前后")


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    columns = max(len(row) for row in rows)
    needed = [
        max((min(_columns_of(row[at]), _WIDEST) for row in rows if at < len(row)), default=0)
        for at in range(columns)
    ]
    padded = [max(one + 4, _NARROWEST) for one in needed]
    return [_WIDTH_MM * one / sum(padded) for one in padded]


def _columns_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
