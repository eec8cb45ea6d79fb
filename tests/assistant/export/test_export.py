"""Answers as Word and Markdown files."""

import io

from docx import Document

from assistant.export import to_docx, to_markdown
from assistant.models import Answer, Citation

_QUOTE = "青禾市共有志愿者3200人。"
_ANSWER = Answer(
    question="青禾市有多少志愿者？",
    status="grounded",
    text="## 概况\n**青禾市**共有\x00志愿者3200人。[1]\n\n| 地区 | 人数 |\n| --- | --- |\n| 青禾市 | 3200人[1] |",
    citations=(
        Citation(
            n=1, article_id="a", title="邻里", publisher="青禾日报", published="2025-03-09",
            quote=_QUOTE, start=0, end=len(_QUOTE), digest=True,
        ),
    ),
)  # fmt: skip


def _read(content: bytes) -> tuple[str, list[list[str]]]:
    document = Document(io.BytesIO(content))
    tables = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return "\n".join(one.text for one in document.paragraphs), tables


def test_final_copy_has_no_markers_and_lists_its_sources():
    text, table = _read(to_docx([(_ANSWER.question, _ANSWER)]))
    assert "青禾市共有志愿者3200人。" in text
    assert "[1]" not in text
    assert "出处清单\n1. 《邻里》（本项目整理的摘要，非原文），青禾日报，2025年3月9日" in text
    assert table == [["地区", "人数"], ["青禾市", "3200人"]]


def test_review_copy_gives_each_number_its_sentence():
    text, _ = _read(to_docx([(_ANSWER.question, _ANSWER)], review=True))
    assert "3200人。[1]" in text
    assert f"[1] 《邻里》（本项目整理的摘要，非原文），青禾日报，2025年3月9日：“{_QUOTE}”" in text


def test_styles_carry_the_layout():
    document = Document(io.BytesIO(to_docx([(_ANSWER.question, _ANSWER)])))
    section, body = document.sections[0], document.styles["Normal"]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)


def test_conversation_names_each_question():
    text, _ = _read(to_docx([("甲？", _ANSWER), ("乙？", _ANSWER)]))
    assert text.startswith("问答汇编\n甲？")
    assert text.count("《邻里》") == 1


def test_markdown_keeps_markers_and_sentences():
    text = to_markdown([(_ANSWER.question, _ANSWER)])
    assert text.startswith("# 青禾市有多少志愿者？")
    assert f"：“{_QUOTE}”" in text
    assert "\x00" not in text
