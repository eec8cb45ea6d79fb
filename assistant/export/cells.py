"""Cells of a spreadsheet that hold texts: never a formula, never longer than a cell may be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from assistant.export.parts import clean

_LONGEST_CELL = 32_767
_LINE_POINTS, _HIGHEST = 15.0, 330.0
_CUT = "…（过长，已截断）"
# What a spreadsheet would run as a formula once somebody edits the cell.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t")


def put(sheet: Any, row: int, column: int, value: str | float) -> Any:
    """Writes a number or a text into a cell and returns the cell; what begins with = stays a text."""
    if isinstance(value, int | float):
        return sheet.cell(row, column, value)
    text = fitting(value)
    cell = sheet.cell(row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_STARTS_FORMULA)
    return cell


def make_room(sheet: Any, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """Makes a row as high as its texts need in columns of these widths; never lower than it was."""
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    needed = min(lines * _LINE_POINTS, _HIGHEST)
    if lines > 1 and needed > (sheet.row_dimensions[row].height or 0):
        sheet.row_dimensions[row].height = needed


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(columns(line) / max(width - 1, 1))) for line in text.split("\n"))


def columns(text: str) -> int:
    """Returns how many columns of half-width characters a text takes."""
    return sum(2 if ord(one) > 0x2E7F or one in "“”‘’…—" else 1 for one in text)


def fitting(text: str) -> str:
    """Returns a text as a cell can hold it."""
    plain = clean(text).replace("\r", "")
    return plain if len(plain) <= _LONGEST_CELL else plain[: _LONGEST_CELL - len(_CUT)] + _CUT
