"""Answers as Word, Markdown and spreadsheets."""

import io
import re
import zipfile

from docx import Document
from openpyxl import load_workbook

from assistant.export import to_docx, to_markdown, to_xlsx
from assistant.export.parts import final_text
from assistant.models import Answer, AnswerFigure, Citation, Passage

_QUOTE = "青禾市共有志愿者3200人。"
_ANSWER = Answer(
    question="青禾市有多少志愿者？",
    status="grounded",
    text="## 概况\n**青禾市**共有\x00志愿者3200人（注:原文未注明年份）[1]\n\n"
    "| 地区 | 人数 | 出处 |\n| --- | --- | --- |\n| 青禾市 | 3200人 | [1] |\n\n## 其他\n又共有3200人。[1]",
    citations=(
        Citation(
            n=1, article_id="a", title="邻里", publisher="青禾日报", published="2025-03-09",
            quote=_QUOTE, start=0, end=len(_QUOTE), digest=True,
        ),
    ),
    figures=(AnswerFigure(text="3200人", value="3200", unit="人", as_of="2025-03", citation=1),),
)  # fmt: skip
_SOURCE = "《邻里》（本项目整理的摘要，非原文），青禾日报，2025年3月9日"
_TURN = (_ANSWER.question, _ANSWER)


def _read(content: bytes) -> tuple[str, list[list[str]]]:
    document = Document(io.BytesIO(content))
    tables = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return "\n".join(one.text for one in document.paragraphs), tables


def _part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode()


def test_final_copy_has_neither_markers_nor_notes_and_lists_its_sources():
    content = to_docx([_TURN])
    text, table = _read(content)
    assert "一、概况\n青禾市共有志愿者3200人。" in text
    assert "[1]" not in text
    assert "注:" not in text
    assert f"出处清单\n1. {_SOURCE}\n有关说明\n1. “青禾市共有志愿者3200人”：原文未注明年份" in text
    assert table == [["地区", "人数"], ["青禾市", "3200人"]]
    assert "word/footnotes.xml" not in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_review_copy_has_one_real_footnote_for_each_source():
    content = to_docx([_TURN], review=True)
    notes, body = _part(content, "word/footnotes.xml"), _part(content, "word/document.xml")
    texts = re.findall(r'<w:footnote w:id="\d+">.*?</w:footnote>', notes, re.DOTALL)
    assert [re.sub(r"<[^>]+>", "", one).strip() for one in texts] == [f"{_SOURCE}：“{_QUOTE}”"]
    assert body.count("<w:footnoteReference ") == 1
    assert body.count("NOTEREF") == 2, "what is cited again points to the same note"
    assert "状态：有据" in _read(content)[0]


def test_styles_carry_the_layout():
    document = Document(io.BytesIO(to_docx([_TURN])))
    section, body = document.sections[0], document.styles["Normal"]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert body.font.size.pt == 16
    assert 28 <= body.paragraph_format.line_spacing.pt <= 29
    title = document.styles["Title"]
    assert (title.font.size.pt, title.paragraph_format.alignment) == (22, 1)
    assert all(not run.font.size and not run.font.name for one in document.paragraphs for run in one.runs)
    for footer, style in ((section.footer, "页码（单页）"), (section.even_page_footer, "页码（双页）")):
        assert footer.paragraphs[0].style.name == style
        assert "PAGE" in footer.paragraphs[0]._p.xml
    assert document.core_properties.author == "据实"


def test_conversation_numbers_each_question():
    text, _ = _read(to_docx([("甲?", _ANSWER), ("写一份关于志愿者的综述", _ANSWER)], title="核实"))
    assert text.startswith("核实\n一、甲？\n（一）概况\n")
    assert "\n二、志愿者综述\n" in text
    assert text.count("《邻里》") == 1


def test_nothing_is_pointed_to_that_is_not_there():
    near = Passage(article_id="a", title="邻里", quote=_QUOTE, start=0, end=len(_QUOTE))
    said = "文章没有提到这一点;下面列出最接近的原文供参考。"
    turn = ("甲？", Answer(question="甲？", status="abstained", text=said, nearest=(near,)))
    assert _read(to_docx([turn]))[0] == "甲？\n文章没有提到这一点。"
    assert _QUOTE in _read(to_docx([turn], review=True))[0]
    assert _QUOTE in to_markdown([turn])


def test_final_text_ends_like_a_sentence():
    assert final_text("设“暖新驿站”[1]") == "设“暖新驿站”。"
    assert final_text("他说：“干得好。”[1]") == "他说：“干得好。”"


def test_markdown_keeps_markers_and_sentences():
    text = to_markdown([_TURN])
    assert text.startswith("# 青禾市有多少志愿者？")
    assert f"- [1] {_SOURCE}：“{_QUOTE}”" in text
    assert "\x00" not in text


def test_tables_become_sheets_with_source_and_sentence_and_amounts_as_numbers():
    book = load_workbook(io.BytesIO(to_xlsx([_TURN])))
    table, figures = book.worksheets
    rows = list(table.iter_rows(min_row=2, values_only=True))
    assert rows[0] == ("地区", "人数", "数值", "单位", "出处", "原句")
    assert rows[1] == ("青禾市", "3200人", 3200, "人", _SOURCE, _QUOTE)
    assert list(figures.iter_rows(min_row=3, values_only=True)) == [
        ("3200人", 3200, "人", None, "2025年3月", _SOURCE, _QUOTE)
    ]


def test_a_cell_that_looks_like_a_formula_stays_text():
    text = "| 地区 | 人数 |\n| --- | --- |\n| =1+1 | @a |"
    book = load_workbook(io.BytesIO(to_xlsx([("=2+2", _ANSWER.model_copy(update={"text": text}))])))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.value for cell in cells if str(cell.value)[0] in "=@"} == {"=1+1", "@a", "=2+2"}
    assert all(cell.data_type != "f" for cell in cells)
