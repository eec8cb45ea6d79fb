from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.ledger.row import LedgerRow
from assistant.ledger.workbook import HEADINGS, write_workbook


def row(**fields: object) -> LedgerRow:
    base = {"article_id": "a", "text": "约62万人", "value": "620000", "unit": "人", "sentence": "约62万人。"}
    return LedgerRow.model_validate({**base, "sentence_start": 0, "start": 0, "end": 5, **fields})


def read(path: Path) -> list[dict[str, object]]:
    sheet = load_workbook(path).worksheets[0]
    return [dict(zip(HEADINGS, line, strict=True)) for line in sheet.iter_rows(min_row=2, values_only=True)]


def test_numbers_are_numbers_with_the_original_beside(tmp_path):
    assert write_workbook([row(), row(value="19.66", text="19.66人")], tmp_path / "a.xlsx") == 2
    first, second = read(tmp_path / "a.xlsx")
    assert (first["数值"], first["原文写法"]) == (620000, "约62万人")
    assert second["数值"] == pytest.approx(19.66)


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+1+1", "@SUM(1)", "-2+3"])
def test_a_text_is_no_formula(tmp_path, text):
    write_workbook([row(subject=text)], tmp_path / "a.xlsx")
    cell = load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_more_digits_than_a_spreadsheet_keeps_stay_text(tmp_path):
    write_workbook([row(value="1234567890123456789")], tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[0]["数值"] == "1234567890123456789"


def test_control_characters_do_no_harm(tmp_path):
    write_workbook([row(sentence="坏\x0b字符")], tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[0]["原句"] == "坏字符"


def test_a_failed_write_leaves_the_old_file(tmp_path):
    target = tmp_path / "a.xlsx"
    write_workbook([row()], target)
    before = target.read_bytes()
    with pytest.raises(RuntimeError):
        write_workbook((_ for _ in ()).throw(RuntimeError("stop")), target)
    assert target.read_bytes() == before
