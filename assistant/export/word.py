"""Answers as Word files laid out after GB/T 9704, every look an editable style.

成稿 has no markers and lists its sources at the end; 核稿版 keeps the markers and gives, under each
answer, a numbered note with title, publisher, date and sentence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from assistant.export.parts import MARKER, clean, note, source_name, table_row
from assistant.models import Answer
from assistant.ports import Turn

# Style, East Asian font, points, centred. A Word without 方正小标宋 or 仿宋 shows its own 宋体 instead.
_LOOKS = (
    ("Title", "方正小标宋简体", 22, True),
    ("Normal", "仿宋", 16, False),
    ("Heading 1", "黑体", 16, False),
    ("Heading 2", "楷体", 16, False),
)
_MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_LINE_POINTS = 28
_HEADING = re.compile(r"#{1,6}\s+")
_DECORATION = re.compile(r"^[-*]\s+|\*\*")


def to_docx(turns: Sequence[Turn], *, review: bool = False) -> bytes:
    """Returns a .docx file of the questions and answers, as 核稿版 if `review`, else as 成稿."""
    from docx import Document

    document = Document()
    _set_up(document)
    single = len(turns) == 1
    document.add_paragraph(_flat(turns[0][0]) if single else "问答汇编", style="Title")
    for question, answer in turns:
        if not single:
            document.add_paragraph(_flat(question), style="Heading 1")
        _add_text(document, answer.text if review else MARKER.sub("", answer.text))
        if review and answer.citations:
            _add_notes(document, answer)
    if not review:
        _add_sources(document, turns)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _flat(text: str) -> str:
    return clean(" ".join(text.split()))


def _set_up(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in _MARGINS_MM.items():
        setattr(section, name, Mm(size))
    for name, font, points, centred in _LOOKS:
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(points), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over the named one
        fonts.set(qn("w:eastAsia"), font)
        layout = style.paragraph_format
        layout.line_spacing, layout.space_before, layout.space_after = Pt(_LINE_POINTS), Pt(0), Pt(0)
        layout.first_line_indent = Pt(0 if centred else 2 * points)
        if centred:
            layout.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_text(document: Any, text: str) -> None:
    rows: list[list[str]] = []
    for line in (*clean(text).splitlines(), ""):
        cells = table_row(line)
        if cells is not None:
            rows += [cells] if cells else []
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        if line.strip():
            _add_line(document, line.strip())


def _add_line(document: Any, line: str) -> None:
    heading = _HEADING.match(line)
    plain = _DECORATION.sub("", line[heading.end() :] if heading else line)
    document.add_paragraph(plain, style="Heading 2" if heading else "Normal")


def _add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    from docx.shared import Pt

    table = document.add_table(len(rows), max(len(row) for row in rows), style="Table Grid")
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            paragraph = table.cell(place, column).paragraphs[0]
            paragraph.paragraph_format.first_line_indent = Pt(0)
            paragraph.add_run(_DECORATION.sub("", text))


def _add_notes(document: Any, answer: Answer) -> None:
    document.add_paragraph("注释", style="Heading 2")
    for citation in answer.citations:
        document.add_paragraph(f"[{citation.n}] {note(citation)}")


def _add_sources(document: Any, turns: Sequence[Turn]) -> None:
    listed = dict.fromkeys(source_name(one) for _, answer in turns for one in answer.citations)
    if not listed:
        return
    document.add_paragraph("出处清单", style="Heading 1").paragraph_format.page_break_before = True
    for number, text in enumerate(listed, start=1):
        document.add_paragraph(f"{number}. {text}")
