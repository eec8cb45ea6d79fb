"""Printed lines joined to paragraphs: edges, columns, indents, tables, page furniture."""

from __future__ import annotations

import pytest

from retrieval.formats.layout import PrintedLine, paragraphs

SIZE = 10.0
LONG = "人民城市人民建，江边上的白石县见了成效，群众都说好，邻县也来学，大家越干越有劲头，日子越过越红火，"


def printed(text: str, left: float = 50, *, width: int = 20) -> list[PrintedLine]:
    """Returns a paragraph's lines, its first indented by two characters, filled to `width` characters."""
    lines, indent = [], 2
    while text:
        piece, text = text[: width - indent], text[width - indent :]
        start = left + indent * SIZE
        lines.append(PrintedLine(piece, start, start + len(piece) * SIZE, SIZE))
        indent = 0
    return lines


def line(text: str, left: float = 50, size: float = SIZE) -> PrintedLine:
    return PrintedLine(text, left, left + len(text) * size, size)


def blocks(*pages: list[PrintedLine]) -> list[str]:
    return paragraphs(pages).strip().split("\n\n")


def test_paragraphs_by_their_indents() -> None:
    texts = [LONG + "第一段完。", LONG * 2 + "第二段完。", "短段。"]
    assert blocks([one for text in texts for one in printed(text)]) == texts


def test_a_line_short_of_the_edge_goes_on_where_no_sentence_ends() -> None:
    page = [*printed(LONG * 3 + "完。"), line("　不顶格的行写到这里就断开了因为下")]
    page[1] = PrintedLine(page[1].text, page[1].left, page[1].right - 3 * SIZE, SIZE)
    assert blocks(page)[0] == LONG * 3 + "完。"


def test_a_heading_is_not_joined() -> None:
    page = [line("一、总体情况"), *printed(LONG + "完。"), line("二、下一步"), *printed(LONG + "完。")]
    assert blocks(page) == ["一、总体情况", LONG + "完。", "二、下一步", LONG + "完。"]
    page = [PrintedLine("大字标题写满了这一整行", 50, 250, 20.0), *printed(LONG * 2 + "完。")]
    assert blocks(page) == ["大字标题写满了这一整行", LONG * 2 + "完。"]


def test_each_column_has_edges_of_its_own() -> None:
    texts = [LONG * 2 + "甲。", LONG * 2 + "乙。", LONG * 3 + "丙。"]
    left = [one for text in texts for one in printed(text)]
    right = [one for text in texts for one in printed(text, 300)]
    assert blocks([*left, *right]) == texts * 2


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = printed(LONG * 6 + "完。")
    heads = [line("青禾日报 2024年6月30日 星期日")]
    pages = [
        [*heads, *lines[:7], line("— 1 —")],
        [*heads, *lines[7:14], line("— 2 —")],
        [*heads, *lines[14:], line("— 3 —")],
    ]
    assert blocks(*pages) == [LONG * 6 + "完。"]


@pytest.mark.parametrize(
    "furniture", ["- 3 -", "第 3 页 共 9 页", "3 / 9", "file:///tmp/a.html 1/1", "2025/11/25 16:43 题名"]
)
def test_page_furniture_is_left_out(furniture: str) -> None:
    assert blocks([*printed(LONG + "完。"), line(furniture)]) == [LONG + "完。"]


def test_lines_of_cells_are_a_table() -> None:
    page = [
        *printed(LONG + "如下表。"),
        line("地区 志愿者（万人） 驿站"),
        line("云溪区 12 30"),
        line("白石县 8.5 20"),
        *printed(LONG + "完。"),
    ]
    assert blocks(page) == [
        LONG + "如下表。",
        "地区：云溪区，志愿者：12万人，驿站：30。\n地区：白石县，志愿者：8.5万人，驿站：20。",
        LONG + "完。",
    ]
    words = [line("记者 周月明 通讯员"), line("责编 陆青 校对"), line("来源 青禾日报 三版")]
    assert len(blocks([*printed(LONG + "完。"), *words])) == 4
