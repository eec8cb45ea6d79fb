"""Questions in a spreadsheet get their answers beside them."""

import io

from openpyxl import Workbook, load_workbook

from assistant.export.questions import answer_workbook
from assistant.models import Answer


def _asked(rows: list[list[str]]) -> list[list[object]]:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    done = answer_workbook(
        stream.getvalue(), lambda asked: Answer(question=asked, status="abstained", text=f"=1+1\x00{asked}")
    )
    sheet = load_workbook(io.BytesIO(done)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_named_column_is_read_and_columns_are_added():
    rows = _asked([["序号", "问题"], ["1", "甲？"], ["2", "=A1"]])
    assert rows[0] == ["序号", "问题", "答案", "时点", "出处", "原句", "状态"]
    assert rows[1][2] == "=1+1甲？"
    assert rows[1][-1] == "未找到"
    assert rows[2][1] == "=A1"


def test_first_column_without_a_header():
    assert _asked([["甲？"]])[0][:2] == ["甲？", "=1+1甲？"]
