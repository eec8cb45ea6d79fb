"""Questions in a spreadsheet get their answers beside them; what cannot be used is said in Chinese."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from assistant.export.questions import MOST_QUESTIONS, QuestionBook, UnusableWorkbook, answer_workbook
from assistant.models import Answer, AnswerFigure, Citation

_QUOTE = "全市现有志愿者3.2万名。"
_GROUNDED = Answer(
    question="甲？", status="grounded", short_answer="3.2万名", text=f"{_QUOTE}[1]",
    figures=(AnswerFigure(text="3.2万名", value="32000", unit="名", as_of="2025-03", citation=1),),
    citations=(
        Citation(
            n=1, article_id="a", title="邻里", publisher="青禾日报", published="2025-03-09",
            quote=_QUOTE, start=0, end=len(_QUOTE), digest=True,
        ),
    ),
)  # fmt: skip


def _file(rows, change=None):
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    book.save(stream)
    return stream.getvalue()


def _asked(rows, change=None, answer=None):
    answer = answer or (lambda asked: Answer(question=asked, status="abstained", text=f"=1+1\x00{asked}"))
    return load_workbook(io.BytesIO(answer_workbook(_file(rows, change), answer))).active


def _values(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_answer_time_source_sentence_and_state_stand_beside_the_question():
    sheet = _asked([["序号", "问题"], ["1", "甲？"]], answer=lambda asked: _GROUNDED)
    heads, row = _values(sheet)
    assert heads == ["序号", "问题", "答案", "时点", "出处", "原句", "状态"]
    source = "《邻里》（本项目整理的摘要，非原文），青禾日报，2025年3月9日"
    assert row[2:] == ["3.2万名", "2025年3月", source, _QUOTE, "有据"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_text_is_never_a_formula(start):
    sheet = _asked(
        [["问题"], ["甲？"]], answer=lambda q: Answer(question=q, status="partial", text=f"{start}1+1")
    )
    cell = sheet["B2"]
    assert cell.value.startswith(f"{start}1+1")
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_what_stood_there_stays_as_it_was():
    def change(book):
        book.active["A2"] = "=ROW()-1"
        book.active["B1"].font = Font(bold=True, color="FF0000")
        book.active.column_dimensions["B"].width = 33
        book.create_sheet("备注")["A1"] = "别动"

    done = answer_workbook(_file([["序号", "问题"], ["", "甲？"]], change), lambda asked: _GROUNDED)
    book = load_workbook(io.BytesIO(done))
    sheet = book.worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=ROW()-1", "f")
    assert sheet["B1"].font.color.rgb == "00FF0000"
    assert sheet["C1"].font.bold, "the added headings look like those beside them"
    assert sheet.column_dimensions["B"].width == 33
    assert book["备注"]["A1"].value == "别动"


def test_headings_may_stand_lower_and_on_another_sheet():
    def change(book):
        other = book.create_sheet("清单")
        for row in (["关于志愿者的问题清单"], [], ["编号", "问题："], [1, "甲？"]):
            other.append(row)

    book = QuestionBook(_file([["说明", "无"]], change))
    assert book.questions == [(4, "甲？")]


def test_a_file_given_back_and_sent_again_keeps_five_columns():
    once = answer_workbook(_file([["问题"], ["甲？"]]), lambda asked: _GROUNDED)
    again = load_workbook(io.BytesIO(answer_workbook(once, lambda asked: _GROUNDED))).active
    assert again.max_column == 6


def test_first_column_without_a_header():
    sheet = _asked([["甲？"]])
    assert _values(sheet)[0][:2] == ["甲？", "=1+1甲？"]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"not a workbook", "a.xlsx", "不是可读的 .xlsx 文件"),
        (b"PK\x03\x04broken", "a.xlsx", "不是可读的 .xlsx 文件"),
        (b"a,b", "a.csv", "另存为 .xlsx"),
        (_file([["姓名", "电话"], ["张三", "1"]]), "a.xlsx", "没有找到“问题”这一列（现在的标题是：姓名、电话）"),
        (_file([["问题"]]), "a.xlsx", "每行写一个问题"),
        (_file([["问题"], ["=A1"]]), "a.xlsx", "第 2 行的问题是公式"),
        (_file([["问题"]] + [["甲？"]] * (MOST_QUESTIONS + 1)), "a.xlsx", f"一次最多 {MOST_QUESTIONS} 个"),
        (_file([["问题"]], lambda book: book.active.cell(30_000, 1, "甲？")), "a.xlsx", "30000 行"),
        (_file([["问题"]], lambda book: book.active.cell(2, 9_000, "甲？")), "a.xlsx", "太大"),
    ],
    ids=["text", "zip", "csv", "no-column", "empty", "formula", "many", "long", "wide"],
)  # fmt: skip
def test_what_cannot_be_used_is_said_in_chinese(content, name, told):
    with pytest.raises(UnusableWorkbook, match=r"[。]$") as refused:
        QuestionBook(content, name)
    assert told in str(refused.value)
