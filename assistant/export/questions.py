"""A spreadsheet of questions, given back with the answer, its time, source, sentence and status beside."""

from __future__ import annotations

import io
from collections.abc import Callable

from assistant.export.parts import clean, source_name
from assistant.models import Answer

_ADDED = ("答案", "时点", "出处", "原句", "状态")
_HEADERS = {"问题", "question"}
_STATES = {
    "grounded": "有据", "partial": "部分有据", "abstained": "未找到",
    "smalltalk": "寒暄", "rejected": "未能作答",
}  # fmt: skip
_LONGEST_CELL = 32_767
_CUT = "…（过长，已截断）"


def answer_workbook(content: bytes, answer: Callable[[str], Answer]) -> bytes:
    """Returns the .xlsx file with five columns added to its first sheet; text is never a formula.

    The questions stand under 问题 or question, else in the first column from the first row on.
    Raises OSError, ValueError, KeyError or zipfile.BadZipFile if it is no such file.
    """
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = [str(cell.value or "").strip().lower() for cell in sheet[1]]
    named = next((place for place, head in enumerate(heads, start=1) if head in _HEADERS), None)
    column, after = named or 1, sheet.max_column
    for row in range(1, sheet.max_row + 1):
        asked = str(sheet.cell(row, column).value or "").strip()
        if row == 1 and named:
            values: tuple[str, ...] = _ADDED
        elif asked:
            values = _values(answer(asked))
        else:
            continue
        for place, text in enumerate(values, start=after + 1):
            cell = sheet.cell(row, place, _fitting(text))
            cell.data_type = "s"  # a text that begins with = is no formula

    for line in sheet.iter_rows():
        for cell in line:
            if cell.data_type == "f":
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _values(answer: Answer) -> tuple[str, ...]:
    return (
        answer.short_answer or answer.text,
        "、".join(dict.fromkeys(figure.as_of for figure in answer.figures if figure.as_of)),
        "\n".join(dict.fromkeys(source_name(one) for one in answer.citations)),
        "\n".join(dict.fromkeys(one.quote for one in answer.citations)),
        _STATES[answer.status],
    )


def _fitting(text: str) -> str:
    plain = clean(text).replace("\r", "")
    return plain if len(plain) <= _LONGEST_CELL else plain[: _LONGEST_CELL - len(_CUT)] + _CUT
