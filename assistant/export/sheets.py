"""The tables and figures of an answer as a spreadsheet, each row with its source and sentence."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from assistant.chinese_dates import chinese_date
from assistant.export.cells import columns, make_room, put
from assistant.export.parts import Block, blocks, cited, flat, source_name, without_markers
from assistant.ledger.workbook import number
from assistant.models import Answer, AnswerFigure, Citation
from assistant.ports import Turn

_SOURCES = ("出处", "原句")
_FIGURES = ("数字", "数值", "单位", "限定词", "时点", *_SOURCES)
_FIGURE_SHEET = "数字"
_WIDEST, _NARROWEST = 60, 8


def has_sheets(answer: Answer) -> bool:
    """Returns whether an answer holds a table or figures."""
    return bool(answer.figures) or any(block.kind == "table" for block in blocks(answer.text))


def to_xlsx(turns: Sequence[Turn]) -> bytes:
    """Returns an .xlsx file: a sheet for each table of the answers, and one with all their figures."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    count = 0
    for question, answer in turns:
        for block in blocks(answer.text):
            if block.kind == "table":
                count += 1
                _fill(book.create_sheet(f"表{count}"), flat(question), _table(block, answer))
    rows = [row for question, answer in turns for row in _figures(question, answer, many=len(turns) > 1)]
    if rows or not count:
        heading = (*_FIGURES, "问题") if len(turns) > 1 else _FIGURES
        asked = flat(turns[0][0]) if len(turns) == 1 else ""
        _fill(book.create_sheet(_FIGURE_SHEET), asked, [heading, *rows])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


Row = Sequence[str | int | float]


def _table(block: Block, answer: Answer) -> list[Row]:
    """Returns a table with its markers spelt out, and its amounts as numbers beside."""
    head, *body = [[without_markers(cell) for cell in row] for row in block.rows]
    marked = [cited(" ".join(row), answer.citations) for row in block.rows[1:]]
    kept = [at for at, name in enumerate(head) if name != _SOURCES[0]]
    figures = [_figure_of(row, answer) for row in block.rows[1:]]
    rows: list[Row] = [(*(head[at] for at in kept), "数值", "单位", *_SOURCES)]
    for row, sources, figure in zip(body, marked, figures, strict=True):
        amount = (number(figure.value), figure.unit) if figure else ("", "")
        cells = [row[at] if at < len(row) else "" for at in kept]
        rows.append((*cells, *amount, *_spelt(sources)))
    return rows


def _figure_of(row: Sequence[str], answer: Answer) -> AnswerFigure | None:
    """Returns the answer's figure that is a whole cell of a row, if there is one only."""
    plain = {without_markers(cell) for cell in row}
    numbers = {one.n for one in cited(" ".join(row), answer.citations)}
    found = {
        (one.value, one.unit): one
        for one in answer.figures
        if one.text in plain and (not numbers or one.citation in numbers)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _figures(question: str, answer: Answer, *, many: bool) -> list[Row]:
    known = {one.n: one for one in answer.citations}
    rows: list[Row] = []
    for one in answer.figures:
        source = [known[one.citation]] if one.citation in known else []
        asked = (flat(question),) if many else ()
        amount = (one.text, number(one.value), one.unit, one.qualifier, chinese_date(one.as_of))
        row = (*amount, *_spelt(source), *asked)
        if row not in rows:
            rows.append(row)
    return rows


def _spelt(sources: Sequence[Citation]) -> tuple[str, str]:
    names = dict.fromkeys(source_name(one) for one in sources)
    quotes = dict.fromkeys(flat(one.quote) for one in sources)
    return "\n".join(names), "\n".join(quotes)


def _fill(sheet: Any, heading: str, rows: Sequence[Row]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin", color="B7C0C8")
    top = 1
    if heading:
        put(sheet, 1, 1, heading).font = Font(bold=True, size=14)
        top = 2
    for place, row in enumerate(rows, start=top):
        for column, value in enumerate(row, start=1):
            cell = put(sheet, place, column, value)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if place == top:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E3F2EF")
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(rows[0]))}{top + len(rows) - 1}"
    widths = [min(max(_widest(row[column]) + 2 for row in rows), _WIDEST) for column in range(len(rows[0]))]
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = max(width, _NARROWEST)
    for place, row in enumerate(rows, start=top):
        make_room(sheet, place, [str(value) for value in row], widths)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _widest(value: str | float) -> int:
    return max(columns(line) for line in str(value).split("\n"))
