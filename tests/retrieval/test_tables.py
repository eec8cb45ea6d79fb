"""Tables as lines: column names, units, merged cells, forms."""

from __future__ import annotations

import pytest

from retrieval.formats.cleaning import clean_text, map_radicals
from retrieval.formats.numbering import chinese_number, written
from retrieval.formats.tables import table_lines


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["地区", "人数（人）"], ["甲", "1,236"]], ["地区：甲，人数：1,236人。"]),
        ([["地区", "增速（%）"], ["甲", "4.5"]], ["地区：甲，增速：4.5%。"]),
        ([["地区", "说明（见注）"], ["甲", "有"]], ["地区：甲，说明（见注）：有。"]),
        ([["序号", "地区", "数"], ["1", "甲", "5"]], ["地区：甲，数：5。"]),
        (
            [["单位：万元", "", ""], ["地区", "投入", "增速"], ["甲", "30", "4.5"]],
            ["单位：万元", "地区：甲，投入：30万元，增速：4.5。"],
        ),
        (
            [["地区", "人数", "人数"], ["地区", "男", "女"], ["甲", "5", "6"]],
            ["地区：甲，人数男：5，人数女：6。"],
        ),
        ([["名称：", "甲中心"], ["电话：", "0900"]], ["名称：甲中心", "电话：0900"]),
        ([["面积", "12.5亩"], ["人口", "300人"]], ["面积：12.5亩", "人口：300人"]),
        ([["只有一行", "乙"]], ["只有一行，乙"]),
        ([["甲"], ["乙"]], ["甲", "乙"]),
        ([["", ""], ["", ""]], []),
        ([], []),
        (
            [["地区", "数", "注"], ["一、东部", "一、东部", "一、东部"], ["甲", "5", ""]],
            ["一、东部", "地区：甲，数：5。"],
        ),
    ],
)
def test_rows_are_read_with_their_columns(rows: list[list[str]], lines: list[str]) -> None:
    assert table_lines(rows) == lines


def test_long_cells_stand_on_lines_of_their_own() -> None:
    long = "做法很长，" * 20
    assert table_lines([["地区", "做法"], ["甲", long]]) == ["地区：甲", f"甲 做法：{long}"]


def test_radicals_become_the_characters_they_stand_for() -> None:
    assert map_radicals("⽂⼈⻓⻅⻋⻔⻚⻢⻥⻰⻳") == "文人长见车门页马鱼龙龟"
    assert clean_text("甲\u00a0乙\u200b\u00ad丙\r\n\r\n\r\n\r\n丁  \n") == "甲 乙丙\n\n丁\n"


def test_numbers_as_word_writes_them() -> None:
    assert [chinese_number(n) for n in (1, 10, 11, 20, 100, 110, 999)] == [
        "一", "十", "十一", "二十", "一百", "一百一十", "九百九十九",
    ]  # fmt: skip
    assert [written(n, "upperRoman") for n in (4, 9, 14)] == ["IV", "IX", "XIV"]
