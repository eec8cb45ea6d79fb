"""Cells of a spreadsheet that hold texts: never a formula, never longer than a cell may be."""

from __future__ import annotations

from typing import Any

from assistant.export.parts import clean

_LONGEST_CELL = 32_767
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


def fitting(text: str) -> str:
    """Returns a text as a cell can hold it."""
    plain = clean(text).replace("\r", "")
    return plain if len(plain) <= _LONGEST_CELL else plain[: _LONGEST_CELL - len(_CUT)] + _CUT
