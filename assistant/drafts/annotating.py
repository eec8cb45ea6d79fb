"""A checked draft as a Word file: each item coloured, with a comment that names the source."""

from __future__ import annotations

import io
import re
from typing import Any

from assistant.chinese_dates import chinese_date
from assistant.drafts.report import pieces, remark
from assistant.models import Passage
from assistant.verifying.records import DraftItem, DraftReport

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AUTHOR = "据实"


def annotated_docx(text: str, report: DraftReport) -> bytes:
    """Returns the draft as a .docx file with a comment at every item checked."""
    from docx import Document

    document = Document()
    paragraph: Any = document.add_paragraph()
    for piece, number in pieces(text, report.items):
        runs = []
        for place, line in enumerate(piece.split("\n")):
            if place:
                paragraph = document.add_paragraph()
            if line:
                runs.append(paragraph.add_run(_CONTROL.sub("", line)))
        if number and runs:
            _comment(document, runs, report.items[number - 1])
    document.add_paragraph()
    document.add_paragraph(summary(report))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _comment(document: Any, runs: list[Any], item: DraftItem) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    colours = {"supported": WD_COLOR_INDEX.BRIGHT_GREEN, "different": WD_COLOR_INDEX.RED}
    for run in runs:
        run.font.highlight_color = colours.get(item.result, WD_COLOR_INDEX.YELLOW)
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
