"""Export as somebody at a browser does it: click, open what was downloaded."""

from __future__ import annotations

import zipfile

import docx
import openpyxl
import pytest
from browsing import QUESTION
from qinghe import QUOTE

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_host_alone")]


@pytest.fixture
def downloads(reader, tmp_path):
    """Returns a function that waits for a downloaded file of a pattern."""
    reader.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    return lambda pattern: reader.until(lambda: list(tmp_path.glob(pattern)), pattern)[0]


def choose(reader, label, part="answer"):
    reader.click("#latest details.export summary")
    group = reader.see(f"#latest .export button[data-part={part}]", label)
    box = group.rect
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= reader.driver.execute_script("return window.innerHeight")
    group.click()
    reader.gone("#latest details.export[open]")


def test_an_answer_is_exported_each_way(reader, downloads):
    # Somewhere else on the network the page is plain http, where browsers withhold much.
    reader.driver.execute_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    reader.ask(QUESTION)
    reader.click("#side [data-panel=close]")
    choose(reader, "成稿")
    final = docx.Document(downloads("*（成稿）.docx"))
    text = [one.text for one in final.paragraphs]
    assert text[0] == QUESTION
    assert "出处清单" in text
    assert not any("[1]" in one for one in text)
    choose(reader, "核稿版")
    with zipfile.ZipFile(downloads("*（核稿版）.docx")) as packed:
        assert QUOTE in packed.read("word/footnotes.xml").decode()
    choose(reader, "Markdown")
    assert QUOTE in downloads("*.md").read_text(encoding="utf-8")
    reader.click("#latest .foot > [data-kind=sheets]")
    sheet = openpyxl.load_workbook(downloads("*（数字和表格）.xlsx")).active
    assert [cell.value for cell in sheet[3]][:3] == ["3.2万名", 32000, "名"]
    reader.see(".jushi-note.shown", "已导出")


def test_a_conversation_is_exported_from_an_answer_and_from_the_list(reader, downloads):
    reader.ask(QUESTION)
    reader.ask("青禾市有多少台风？")
    choose(reader, "成稿", "talk")
    made = docx.Document(downloads("*（成稿）.docx"))
    assert [one.text[:2] for one in made.paragraphs if one.style.name == "Heading 1"][:2] == ["一、", "二、"]
    reader.click(".talk-list [data-do=export-talk]")
    reader.click("dialog input[value=markdown]")
    reader.click("dialog button.primary")
    assert "## 青禾市有多少台风？" in downloads("*.md").read_text(encoding="utf-8")


def test_a_sheet_of_questions_comes_back_answered(reader, downloads, tmp_path):
    book = openpyxl.Workbook()
    for row in (("编号", "姓名"), (1, "张三")):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    book = openpyxl.Workbook()
    for row in (("编号", "问题"), (1, QUESTION), (2, "青禾市有多少台风？")):
        book.active.append(row)
    book.save(tmp_path / "问题.xlsx")
    reader.click("[data-do=batch]")
    reader.type("dialog.batch input", str(tmp_path / "名单.xlsx"))
    reader.see("dialog.batch .told.refused", "没有找到“问题”这一列（现在的标题是：编号、姓名）")
    reader.type("dialog.batch input", str(tmp_path / "问题.xlsx"))
    reader.see("dialog.batch .told", "有据 1，未找到 1")
    rows = list(openpyxl.load_workbook(downloads("问题（已作答）.xlsx")).active.values)
    assert rows[0] == ("编号", "问题", "答案", "时点", "出处", "原句", "状态")
    assert rows[1][2] == "3.2万名"
    assert "全市现有注册志愿者3.2万名" in rows[1][5]
    reader.click("dialog.batch .dialog-buttons button")
    reader.gone("dialog.batch")


def test_a_sheet_dropped_on_the_talk_may_be_asked_or_attached(reader, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(("问题",))
    book.active.append((QUESTION,))
    book.save(tmp_path / "问题.xlsx")
    content = list((tmp_path / "问题.xlsx").read_bytes())
    reader.driver.execute_script(
        """const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(arguments[0])], "问题.xlsx"));
        document.querySelector("#desk").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));""",
        content,
    )
    reader.see("dialog", "这张表怎么用？")
    reader.click("dialog button.primary")
    reader.see("dialog.batch .told", "有据 1")
    reader.click("dialog.batch .dialog-buttons button")


def test_the_ledger_and_a_checked_draft_are_files_too(reader, downloads):
    reader.click("#tabs button[role=tab]", "台账")
    reader.see("table.ledger tbody tr")
    reader.click("#ledger a[download]")
    assert "3.2万名" in [
        cell.value for row in openpyxl.load_workbook(downloads("台账.xlsx")).active for cell in row
    ]
