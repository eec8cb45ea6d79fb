"""A spreadsheet of questions, given back with the answer, its time, source, sentence and status beside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from copy import copy
from pathlib import PurePath
from typing import Any

from assistant.chinese_dates import chinese_date
from assistant.export.cells import make_room, put
from assistant.export.parts import STATES, blocks, final_rows, final_text, source_name
from assistant.models import Answer

ADDED = ("答案", "时点", "出处", "原句", "状态")
MOST_QUESTIONS = 500
_MOST_ROWS = 20_000
_MOST_COLUMNS = 500
_MOST_UNPACKED = 200 * 1024 * 1024
_WIDTHS = (40, 16, 36, 60, 10)
_LOOKED_AT = 10  # rows in which the headings may stand
_HEADERS = ("问题", "question", "questions", "提问", "问句", "题目", "要问的问题", "问题内容")
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx（不加密码）再试。"
_NOT_READABLE = f"这不是可读的 .xlsx 文件。{_SAVE_AS}"


class UnusableWorkbook(Exception):
    """A file from which no questions can be read; its message says what to do, in Chinese."""


class QuestionBook:
    """A workbook with its questions, to be answered one by one and given back."""

    def __init__(self, content: bytes, name: str = "", most: int = MOST_QUESTIONS) -> None:
        """Reads an .xlsx file. Raises UnusableWorkbook."""
        self._book, shown = _opened(content, name)
        sheets = [one for one in shown.worksheets if one.max_row and one.sheet_state == "visible"]
        found = next((place for one in sheets if (place := _headings(one))), None)
        place = found or _single_column(sheets)
        if place is None:
            raise UnusableWorkbook(_no_column(sheets))
        title, self._head, column = place
        self._sheet = self._book[title]
        if unknown := _uncalculated(self._sheet, shown[title], column):
            raise UnusableWorkbook(
                f"第 {unknown} 行的问题是公式，还没有结果。请在 Excel 或 WPS 里打开、保存一次，再上传。"
            )
        questions = [
            (row, str(value).strip())
            for row, value in enumerate(_column(shown[title], column), start=1)
            if row > self._head and value is not None and str(value).strip()
        ]
        if not questions:
            raise UnusableWorkbook("“问题”这一列下面没有问题。请每行写一个问题，再上传一次。")
        if len(questions) > most:
            raise UnusableWorkbook(f"表里有 {len(questions)} 个问题，一次最多 {most} 个。请分成几个文件。")
        self.questions = questions
        self._first = self._place_for_answers()

    def put(self, row: int, answer: Answer) -> None:
        """Writes an answer beside its question."""
        from openpyxl.styles import Alignment

        values = _values(answer)
        for column, text in enumerate(values, start=self._first):
            cell = put(self._sheet, row, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        make_room(self._sheet, row, values, _WIDTHS)

    def content(self) -> bytes:
        """Returns the workbook as a file."""
        stream = io.BytesIO()
        self._book.save(stream)
        return stream.getvalue()

    def _place_for_answers(self) -> int:
        """Returns the first column of the answers: where earlier ones stand, else after everything else."""
        from openpyxl.utils import get_column_letter

        sheet, head = self._sheet, self._head
        heads = [sheet.cell(head, at).value for at in range(1, sheet.max_column + 1)] if head else []
        for at in range(len(heads) - len(ADDED) + 1):
            if tuple(heads[at : at + len(ADDED)]) == ADDED:
                return at + 1
        first: int = sheet.max_column + 1
        for column, (name, width) in enumerate(zip(ADDED, _WIDTHS, strict=True), start=first):
            sheet.column_dimensions[get_column_letter(column)].width = width
            if head:
                cell = put(sheet, head, column, name)
                cell._style = copy(sheet.cell(head, first - 1)._style)
        return first


def answer_workbook(
    content: bytes,
    answer: Callable[[str], Answer],
    advance: Callable[[int, int], None] = lambda done, of: None,
    most: int = _MOST_ROWS,
) -> bytes:
    """Returns the .xlsx file with five columns added beside its questions. Raises UnusableWorkbook.

    `advance` is told after every question how many are done, of how many.
    """
    book = QuestionBook(content, most=most)
    for done, (row, asked) in enumerate(book.questions, start=1):
        book.put(row, answer(asked))
        advance(done, len(book.questions))
    return book.content()


def _opened(content: bytes, name: str) -> tuple[Any, Any]:
    """Returns the workbook as it is, and as it shows itself: with the results of its formulas."""
    from openpyxl import load_workbook

    kind = PurePath(name).suffix.lower()
    if kind and kind != ".xlsx":
        raise UnusableWorkbook(f"“{kind}”文件不能用来成批提问。{_SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked > _MOST_UNPACKED:
            raise UnusableWorkbook("这个表太大。请只留写问题的工作表，再上传一次。")
        book = load_workbook(io.BytesIO(content))
        shown = load_workbook(io.BytesIO(content), data_only=True)
    except UnusableWorkbook:
        raise
    except Exception as error:  # whatever a broken file makes of the reader
        raise UnusableWorkbook(_NOT_READABLE) from error
    for sheet in book.worksheets:
        if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
            size = f"{sheet.max_row} 行、{sheet.max_column} 列"
            raise UnusableWorkbook(
                f"工作表“{sheet.title}”有 {size}，太大了。请删去多余的行列（包括只有格式的），再上传一次。"
            )
    return book, shown


def _headings(sheet: Any) -> tuple[str, int, int] | None:
    """Returns a sheet's name with the row of its headings and the column of its questions."""
    rows = sheet.iter_rows(min_row=1, max_row=min(_LOOKED_AT, sheet.max_row), values_only=True)
    for row, values in enumerate(rows, start=1):
        named = [str(value or "").strip().lower().rstrip("：:") for value in values]
        for wanted in _HEADERS:
            if wanted in named:
                return sheet.title, row, named.index(wanted) + 1
    return None


def _single_column(sheets: Sequence[Any]) -> tuple[str, int, int] | None:
    """Returns where the questions stand if all there is is one column without a heading."""
    if len(sheets) != 1 or sheets[0].max_column != 1:
        return None
    return sheets[0].title, 0, 1


def _column(sheet: Any, column: int) -> list[Any]:
    cells = sheet.iter_rows(min_col=column, max_col=column, values_only=True)
    return [values[0] for values in cells]


def _uncalculated(sheet: Any, shown: Any, column: int) -> int:
    """Returns the first row whose question is a formula not worked out yet, 0 for none."""
    cells = sheet.iter_rows(min_col=column, max_col=column)
    formulas = [cell.row for (cell,) in cells if cell.data_type == "f"]
    return next((row for row in formulas if shown.cell(row, column).value is None), 0)


def _no_column(sheets: Sequence[Any]) -> str:
    first = next(iter(sheets[0].iter_rows(max_row=1, values_only=True)), ()) if sheets else ()
    heads = "、".join(str(value).strip()[:20] for value in first if value is not None)
    told = f"（现在的标题是：{heads}）" if heads else ""
    return f"没有找到“问题”这一列{told}。请把写问题的那一列的标题改成“问题”，再上传一次。"


def _values(answer: Answer) -> tuple[str, ...]:
    return (
        answer.short_answer or plain_text(answer),
        as_of(answer),
        "\n".join(dict.fromkeys(source_name(one) for one in answer.citations)),
        "\n".join(dict.fromkeys(one.quote.strip() for one in answer.citations)),
        STATES[answer.status],
    )


def plain_text(answer: Answer) -> str:
    """Returns an answer's text without markers, tables as lines."""
    lines: list[str] = []
    for block in blocks(answer.text):
        if block.kind == "table":
            lines += ["，".join(cell for cell in row if cell) for row in final_rows(block.rows)]
        else:
            lines.append(final_text(block.text))
    return "\n".join(line for line in lines if line)


def as_of(answer: Answer) -> str:
    """Returns the times the answer's figures hold for, else when its sources were published."""
    used = [one for one in answer.figures if one.as_of and one.text in (answer.short_answer or answer.text)]
    if times := dict.fromkeys(chinese_date(one.as_of) for one in used):
        return "、".join(times)
    published = {one.published for one in answer.citations}
    only = chinese_date(published.pop()) if len(published) == 1 else ""
    return f"{only}报道" if only else ""
