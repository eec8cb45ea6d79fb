"""A checked draft as a Word file: each item coloured, with a comment that names the source."""

from __future__ import annotations

import io
import re
from typing import Any

from assistant.chinese_dates import chinese_date
from assistant.drafts.report import pieces, remark
from assistant.export.looks import element, indent_nothing, set_up
from assistant.models import Passage
from assistant.verifying.records import DraftItem, DraftReport

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AUTHOR = "据实"
# Light enough that black words stay readable, on paper too.
_GROUNDS = {"supported": "D3EFE4", "different": "F9CFC7", "not_found": "FFEFB0"}


def annotated_docx(text: str, report: DraftReport) -> bytes:
    """Returns the draft as a .docx file with a comment at every item checked."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE

    document = Document()
    set_up(document, "核对结果")
    style = document.styles.add_style("核对正文", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    indent_nothing(style)  # the draft's own indents stay as they are
    paragraph: Any = document.add_paragraph(style=style)
    for piece, number in pieces(text, report.items):
        runs = []
        for place, line in enumerate(piece.split("\n")):
            if place:
                paragraph = document.add_paragraph(style=style)
            if line:
                runs.append(paragraph.add_run(_CONTROL.sub("", line)))
        if number and runs:
            _comment(document, runs, report.items[number - 1])
    document.add_paragraph(style=style)
    document.add_paragraph(summary(report), style="核稿信息")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _comment(document: Any, runs: list[Any], item: DraftItem) -> None:
    for run in runs:
        run._r.get_or_add_rPr().append(
            element("w:shd", val="clear", color="auto", fill=_GROUNDS[item.result])
        )
    said = _CONTROL.sub("", remark(item) + (f"\n{source_of(item.passage)}" if item.passage else ""))
    document.add_comment(runs, text=said, author=_AUTHOR, initials="据")


def source_of(passage: Passage) -> str:
    """Returns a passage's article, publisher, date and sentence, as far as they are known."""
    title = f"《{passage.title or passage.article_id}》{'（摘要，非原文）' if passage.digest else ''}"
    known = (title, passage.publisher, chinese_date(passage.published))
    return f"{'，'.join(part for part in known if part)}：“{' '.join(passage.quote.split())}”"


def summary(report: DraftReport) -> str:
    """Returns how many items were checked with which result, in one sentence."""
    return (
        f"共核对 {len(report.items)} 处：有据 {report.supported}，不一致 {report.different}，"
        f"库中未见 {report.not_found}。"
    )
