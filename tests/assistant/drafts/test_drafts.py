from __future__ import annotations

import io

import docx
import pytest
from qinghe import ARTICLE, passage_fields

from assistant.app.verify_html import report_html
from assistant.drafts.annotating import annotated_docx, summary
from assistant.drafts.reading import draft_text
from assistant.drafts.report import pieces, remark
from assistant.models import Passage
from assistant.verifying.records import DraftItem, report_of

DRAFT = "青禾市有志愿者3.1万名，\n<建>成驿站二十座。"
SOURCE = Passage.model_validate(passage_fields())


def item(text: str, result: str, difference: str = "", passage: Passage | None = None) -> DraftItem:
    start = DRAFT.index(text)
    given = {"start": start, "end": start + len(text), "text": text, "kind": "figure", "result": result}
    return DraftItem.model_validate({**given, "difference": difference, "passage": passage})


REPORT = report_of((item("3.1万名", "different", "原文为3.2万名", SOURCE), item("二十座", "not_found")))


def test_the_pieces_joined_are_the_draft():
    shown = list(pieces(DRAFT, REPORT.items))
    assert "".join(piece for piece, _ in shown) == DRAFT
    assert [(piece, number) for piece, number in shown if number] == [("3.1万名", 1), ("二十座", 2)]


def test_of_items_that_overlap_the_first_counts():
    shown = list(pieces(DRAFT, [item("志愿者3.1万名", "supported"), item("3.1万", "different")]))
    assert "".join(piece for piece, _ in shown) == DRAFT
    assert [number for _, number in shown] == [0, 1, 0]


def test_the_page_shows_each_with_its_source_and_nothing_foreign_is_interpreted():
    page = report_html(DRAFT, REPORT)
    assert "共核对 2 处：有据 0，不一致 1，库中未见 1。" in page
    assert "原文为3.2万名" in page
    assert SOURCE.title in page
    assert "&lt;建&gt;" in page
    assert "没有可以核对" in report_html("你好。", report_of(()))


def test_the_word_file_holds_the_draft_and_a_comment_at_each_item():
    made = docx.Document(io.BytesIO(annotated_docx(DRAFT, REPORT)))
    assert [one.text for one in made.paragraphs][:2] == ["青禾市有志愿者3.1万名，", "<建>成驿站二十座。"]
    first, second = made.comments
    assert first.text.startswith(
        f"不一致：原文为3.2万名\n《{ARTICLE.title}》（摘要，非原文），青禾日报，2025年3月9日"
    )
    assert second.text == "库中未见"
    assert made.paragraphs[-1].text == summary(REPORT)


@pytest.mark.parametrize(("result", "said"), [("supported", "有据"), ("not_found", "库中未见")])
def test_remarks(result, said):
    assert remark(item("3.1万名", result)) == said


def test_a_draft_is_read_from_a_file_and_what_cannot_be_read_is_said():
    document = docx.Document()
    document.add_paragraph("青禾市有志愿者3.1万名。")
    stream = io.BytesIO()
    document.save(stream)
    assert "3.1万名" in draft_text("草稿.docx", stream.getvalue()).text
    assert draft_text("草稿.exe", b"x").reason
    assert draft_text("内部稿.txt", "内部资料\n志愿者3.1万名。".encode()).text
