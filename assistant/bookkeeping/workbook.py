"""The ledger as a spreadsheet: the articles' rows as they are, corrections on a sheet of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.bookkeeping.corrections import ShownRow
from assistant.ledger.workbook import number, write_workbook

_HEADINGS = (
    "文章编号", "起", "止", "原文写法", "指标", "数值", "单位", "地区", "时间",
    "更正理由", "更正人", "更正时间",
)  # fmt: skip


def workbook(rows: Sequence[ShownRow]) -> bytes:
    """Returns an .xlsx file of the rows. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="jushi-") as folder:
        path = Path(folder) / "台账.xlsx"
        write_workbook((shown.row for shown in rows), path)
        corrected = [shown.correction for shown in rows if shown.correction]
        if corrected:
            _add_sheet(path, [_cells(one) for one in corrected])
        return path.read_bytes()


def _cells(correction: object) -> list[str | int | float]:
    names = ("article_id", "start", "end", "text", "subject", "value", "unit", "place", "as_of")
    found = [getattr(correction, name) for name in (*names, "reason", "by", "at")]
    found[5] = number(found[5])
    return found


def _add_sheet(path: Path, rows: Sequence[Sequence[str | int | float]]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.create_sheet("更正")
    for values in (_HEADINGS, *rows):
        sheet.append(list(values))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
    book.save(path)
