from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from assistant.cli.program import run
from assistant.ledger.ledger import within


def test_a_query_ranks_what_it_is_about_first(answering):
    first, *_ = answering.figures("骑手驿站")
    assert (first.text, first.place) == ("318个", "衡阳市")


def test_a_region_leaves_the_others_out(answering):
    assert {row.region for row in answering.figures(region="襄阳")} == {"湖北省襄阳市"}


def test_without_a_query_all_come_in_order(answering):
    rows = answering.figures()
    assert [(row.article_id, row.start) for row in rows] == sorted(
        (row.article_id, row.start) for row in rows
    )
    assert len(rows) > 15


def test_nothing_fits(answering):
    assert answering.figures("光伏装机容量") == []


def test_a_row_lies_within_its_places(answering):
    row = answering.figures("骑手驿站")[0]
    assert within(row, "衡阳市")
    assert within(row, "湖南省")
    assert not within(row, "湖北省")


def test_the_command_writes_a_spreadsheet(three_cities: Path, tmp_path: Path):
    target = tmp_path / "f.xlsx"
    assert run(["figures", "驿站", "--xlsx", str(target), "--data", str(three_cities)]) == 0
    assert load_workbook(target).worksheets[0].max_row > 1


def test_two_formats_at_once_are_refused(three_cities: Path, tmp_path: Path):
    assert run(["figures", "--json", "--xlsx", str(tmp_path / "f.xlsx"), "--data", str(three_cities)]) == 2
