"""Rows of the ledger as a spreadsheet. The only importer of openpyxl here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.ledger.row import LedgerRow

HEADINGS = (
    "指标", "数值", "上限", "单位", "限定词", "原文写法", "性质", "分母或口径", "地区", "层级", "时间", "时间原文",
    "原句", "章节", "文章", "来源", "发布日期", "文章编号", "起", "止", "是否摘要",
)  # fmt: skip
_WIDTHS = (24, 14, 10, 8, 10, 14, 8, 16, 14, 8, 12, 14, 60, 24, 40, 16, 12, 20, 8, 8, 8)
_ROLES = {"level": "数量", "share": "占比", "change": "增减"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_CELL = 32_000
_MOST_ROWS = 1_000_000  # of a sheet, which holds 1,048,576 with its headings
_SHEET = "数字台账"
_EXACT = Decimal(10) ** 15  # a spreadsheet keeps 15 digits


def cells(row: LedgerRow) -> tuple[str | int | float, ...]:
    """Returns the cells of a row in the order of HEADINGS; amounts as numbers where they stay exact."""
    return (
        row.subject, number(row.value), number(row.high), row.unit, row.qualifier, row.text, _ROLES[row.role], row.per,
        row.place, row.level, row.as_of, row.time, row.sentence, row.section, row.title, row.publisher,
        row.published, row.article_id, row.start, row.end, "摘要" if row.digest else "",
    )  # fmt: skip


def number(value: str) -> str | int | float:
    """Returns a decimal string as a number, as text where a spreadsheet would lose digits.

    >>> number("800000"), number("19.66"), number(""), number("1234567890123456789")
    (800000, 19.66, '', '1234567890123456789')
    """
    if not value or not re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return value
    exact = Decimal(value)
    if abs(exact) >= _EXACT or len(value.replace(".", "").lstrip("-0")) > 15:
        return value
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def write_workbook(rows: Iterable[LedgerRow], target: Path) -> int:
    """Writes rows to an .xlsx file and returns how many; a cell's text is never taken for a formula.

    Raises OSError if the file cannot be written; what stood there before is then still whole.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)

    def new_sheet(title: str) -> Any:
        made = book.create_sheet(title)
        for i, width in enumerate(_WIDTHS, start=1):
            made.column_dimensions[get_column_letter(i)].width = width
        made.freeze_panes = "A2"
        made.append([cell(heading, made, bold=True) for heading in HEADINGS])
        return made

    def cell(value: str | int | float, sheet: Any, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=_clean(value))
        if isinstance(value, str):
            made.data_type = "s"  # openpyxl takes a text that begins with = for a formula
            made.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
        if bold:
            made.font = Font(bold=True)
        return made

    sheet = new_sheet(_SHEET)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count > 1 and count % _MOST_ROWS == 1:
            sheet = new_sheet(f"{_SHEET}{count // _MOST_ROWS + 1}")
        sheet.append([cell(value, sheet) for value in cells(row)])
    unfinished = target.with_name(f".{target.name}.part")
    try:
        book.save(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _clean(value: str | int | float) -> str | int | float:
    return _CONTROL.sub("", value)[:_MOST_CELL] if isinstance(value, str) else value
