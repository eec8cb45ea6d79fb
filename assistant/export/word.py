"""Answers as Word files laid out after GB/T 9704, every look an editable style.

成稿 has neither markers nor notes and lists its sources on a page of their own; 核稿版 keeps every
marker as a real footnote with title, publisher, date and sentence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from assistant.export.footnotes import Footnotes
from assistant.export.looks import set_up
from assistant.export.parts import (
    MARKER,
    STATES,
    Block,
    blocks,
    caveats,
    cited,
    final_rows,
    final_text,
    flat,
    note,
    ordinal,
    source_name,
    title_of,
    typeset,
    without_markers,
)
from assistant.export.tables import add_table
from assistant.models import Answer
from assistant.ports import Turn

COLLECTED = "问答汇编"
_NUMBERED = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．])")


def to_docx(turns: Sequence[Turn], *, review: bool = False, title: str = "") -> bytes:
    """Returns a .docx file of the questions and answers, as 核稿版 if `review`, else as 成稿.

    `title` heads several answers; one alone is headed by what it is about.
    """
    from docx import Document

    document = Document()
    single = len(turns) == 1
    heading = title_of(*turns[0]) if single else flat(title) or COLLECTED
    heading = typeset(heading)
    set_up(document, heading, header="核稿版" if review else "")
    document.add_paragraph(heading, style="Title")
    writing: _Writing = _Reviewed(document) if review else _Writing(document)
    for number, (question, answer) in enumerate(turns, start=1):
        if not single:
            asked = f"{ordinal(number)}、{typeset(title_of(question, answer))}"
            document.add_paragraph(asked, style="Heading 1")
        writing.answer(question, answer, depth=1 if single else 2)
    writing.close(turns)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


class _Writing:
    """成稿: the text alone, then the list of its sources."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def answer(self, question: str, answer: Answer, *, depth: int) -> None:
        """Writes an answer's blocks under headings of a depth."""
        found = list(blocks(answer.text))
        headings = [block.text for block in found if block.kind == "heading"]
        count = len(headings) > 1 and not any(_NUMBERED.match(one) for one in headings)
        number = 0
        for block in found:
            if block.kind == "heading":
                number += 1
                self._heading(_counted(block.text, number, depth) if count else block.text, depth)
            else:
                self._block(block, answer)

    def close(self, turns: Sequence[Turn]) -> None:
        """Lists the sources, each article once, and what must be known beside the text."""
        listed = dict.fromkeys(source_name(one) for _, answer in turns for one in answer.citations)
        beside = dict.fromkeys(one for _, answer in turns for one in caveats(answer))
        break_page = True
        for heading, texts in (("出处清单", listed), ("有关说明", beside)):
            if not texts:
                continue
            paragraph = self._document.add_paragraph(heading, style="Heading 1")
            paragraph.paragraph_format.page_break_before = break_page or None
            break_page = False
            for number, text in enumerate(texts, start=1):
                self._document.add_paragraph(f"{number}. {text}", style="出处")

    def _heading(self, text: str, depth: int) -> None:
        self._document.add_paragraph(typeset(without_markers(text)), style=f"Heading {depth}")

    def _block(self, block: Block, answer: Answer) -> None:
        if block.kind == "table":
            rows = final_rows(block.rows)
            add_table(self._document, rows, lambda paragraph, text: paragraph.add_run(text))
        elif text := final_text(block.text):
            self._document.add_paragraph(text)


class _Reviewed(_Writing):
    """核稿版: the text with a footnote at every marker, and how each answer came about."""

    def __init__(self, document: Any) -> None:
        super().__init__(document)
        self._notes = Footnotes(document)
        self._numbers: dict[int, int] = {}

    def answer(self, question: str, answer: Answer, *, depth: int) -> None:
        """Writes an answer with its notes; below it what a checker should know."""
        self._numbers = {}
        understood = flat(answer.understood or answer.standalone_question)
        about = f"状态：{STATES[answer.status]}。" + (f"理解为：{understood}。" if understood else "")
        self._document.add_paragraph(about, style="核稿信息")
        super().answer(question, answer, depth=depth)
        for text in caveats(answer):
            self._document.add_paragraph(f"提示：{text}", style="核稿信息")
        for conflict in answer.conflicts:
            told = "；".join(flat(version.text) for version in conflict.versions)
            self._document.add_paragraph(f"说法不一（{flat(conflict.about)}）：{told}", style="核稿信息")
        for passage in answer.nearest:
            said = f"最接近的原文（未能回答问题，仅供参考）：{note(passage)}"
            self._document.add_paragraph(said, style="核稿信息")

    def close(self, turns: Sequence[Turn]) -> None:
        """Puts the notes into the file."""
        self._notes.close()

    def _heading(self, text: str, depth: int) -> None:
        self._document.add_paragraph(text, style=f"Heading {depth}")

    def _block(self, block: Block, answer: Answer) -> None:
        if block.kind == "table":
            add_table(self._document, block.rows, lambda cell, text: self._marked(cell, text, answer))
        else:
            self._marked(self._document.add_paragraph(), block.text, answer)

    def _marked(self, paragraph: Any, text: str, answer: Answer) -> None:
        at = 0
        for match in MARKER.finditer(text):
            paragraph.add_run(text[at : match.start()])
            at = match.end()
            for citation in cited(match[0], answer.citations):
                if known := self._numbers.get(citation.n):
                    self._notes.repeat(paragraph, known)
                else:
                    self._numbers[citation.n] = self._notes.add(paragraph, note(citation))
        paragraph.add_run(text[at:])


def _counted(text: str, number: int, depth: int) -> str:
    numeral = ordinal(number)
    return f"{numeral}、{text}" if depth == 1 else f"（{numeral}）{text}"
