"""Files of every format come in whole, in order, with what they state about themselves."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import made_files as made
import pytest

from retrieval.articles import RejectedArticle, SourceArticle, read_articles
from retrieval.errors import ArticleUnreadable
from retrieval.formats import office
from retrieval.formats.extract import extract
from retrieval.formats.record import Extracted
from retrieval.formats.sandbox import Sandbox


class InProcess:
    """An Extractor without a child process."""

    def extract(self, path: Path) -> Extracted:
        return extract(path)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


def read(path: Path) -> SourceArticle:
    (found,) = read_articles(path, InProcess())
    assert isinstance(found, SourceArticle), found.reason
    return found


def reason_for(path: Path) -> str:
    (found,) = read_articles(path, InProcess())
    assert isinstance(found, RejectedArticle)
    return found.reason


def body_lines() -> list[str]:
    return [line for paragraph in made.PARAGRAPHS for line in made.wrapped(paragraph)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_web_page_without_its_menus(tmp_path: Path, encoding: str) -> None:
    found = read(made.make_html(tmp_path / "页.html", encoding=encoding))
    assert [line for line in found.text.split("\n") if line][2:] == [
        *made.PARAGRAPHS,
        "地区：云溪区，志愿者：12万人。",
    ]
    for furniture in ("首页", "当前位置", "相关阅读", "兰桥县", "版权", "菜单"):
        assert furniture not in found.text
    meta = found.meta
    assert (meta.title, meta.publisher, meta.published) == (made.TITLE, "青禾日报", "2024-06-30")


def test_a_page_states_its_date_and_source_in_its_head(tmp_path: Path) -> None:
    page = (
        '<html><head><title>x</title><meta name="ArticleTitle" content="兰桥县网格员队伍建设">'
        '<meta name="PubDate" content="2025-03-09 08:00"><meta name="ContentSource" content="兰桥融媒">'
        '<link rel="canonical" href="https://example.org/a"></head><body>'
        "<div><p>兰桥县共有专职网格员1236名，平均每个社区4.2名。</p><p>2024年1月1日，网格员开始走访群众，解决问题。</p></div></body></html>"
    )
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    meta = read(path).meta
    assert (meta.title, meta.published, meta.publisher) == ("兰桥县网格员队伍建设", "2025-03-09", "兰桥融媒")
    assert meta.url == "https://example.org/a"


def test_a_page_of_text_broken_by_br_and_of_plain_divisions(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    inner = "<br><br>".join(f"　　{p}" for p in made.PARAGRAPHS)
    path.write_text(f"<body><div><div><span>{inner}</span></div></div></body>", encoding="utf-8")
    assert read(path).text.split("\n\n") == [*made.PARAGRAPHS[:-1], made.PARAGRAPHS[-1] + "\n"]
    divisions = "".join(f"<div>{p}</div>" for p in (made.PARAGRAPHS[0] * 5, *made.PARAGRAPHS))
    path.write_text(f"<body><div id=c>{divisions}</div></body>", encoding="utf-8")
    assert all(p in read(path).text for p in made.PARAGRAPHS)


def test_a_page_saved_as_one_file(tmp_path: Path) -> None:
    page = made.make_html(tmp_path / "a.html").read_bytes()
    head = (
        b"From: <Saved>\r\nSnapshot-Content-Location: https://example.org/n/1\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    path = tmp_path / "b.mht"
    path.write_bytes(head + page + b"\r\n--B--\r\n")
    found = read(path)
    assert made.PARAGRAPHS[1] in found.text
    assert found.meta.url == "https://example.org/n/1"


def test_a_word_file_with_headings_lists_and_tables(tmp_path: Path) -> None:
    found = read(made.make_docx(tmp_path / "a.docx"))
    assert found.text.split("\n") == [
        f"# {made.TITLE}",
        "",
        made.PARAGRAPHS[0],
        "",
        made.PARAGRAPHS[1],
        "",
        made.PARAGRAPHS[2],
        "",
        "## 各区进展",
        "",
        "- 建驿站",
        "- 强队伍",
        "1. 第一步摸底",
        "2. 第二步派单",
        "",
        "地区：云溪区，注册志愿者：12万人，负责人：周月明。",
        "地区：白石县，注册志愿者：8.5万人，负责人：陆青。",
        "",
        "表后一段话，说明数据来自青禾市统计。",
    ]
    assert found.meta.title == made.TITLE


def test_what_word_deletes_hides_or_inserts(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = Document()
    paragraph = document.add_paragraph("全市")
    for inner in (
        f"<w:del {space}><w:r><w:delText>三百</w:delText></w:r></w:del>",
        f"<w:ins {space}><w:r><w:t>建成318个</w:t></w:r></w:ins>",
        f"<w:r {space}><w:rPr><w:vanish/></w:rPr><w:t>（内部批注）</w:t></w:r>",
        f"<w:sdt {space}><w:sdtContent><w:r><w:t>骑手驿站。</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(inner))
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text == "全市建成318个骑手驿站。"


def test_word_numbers_its_chapters_itself(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {space} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {space} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in [(0, "总体要求"), (1, "指导思想"), (1, "工作目标"), (0, "重点任务"), (1, "强化统筹")]:
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {space}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text.split("\n") == [
        "一、总体要求",
        "（一）指导思想",
        "（二）工作目标",
        "二、重点任务",
        "（一）强化统筹",
    ]


def test_a_pdf_in_paragraphs_without_heads_and_page_numbers(tmp_path: Path) -> None:
    long = "人民城市人民建，江边上的白石县见了成效，" * 5 + "居民都说好。"
    lines = made.wrapped(long)
    pages = [
        ["青禾日报 第1版", made.TITLE, *body_lines(), *lines[:2], "— 1 —"],
        ["青禾日报 第2版", *lines[2:], "⼈民⻓江⻅。", "— 2 —"],
        ["青禾日报 第3版", "　　末段。", "— 3 —"],
    ]
    found = read(made.make_pdf(tmp_path / "a.pdf", pages))
    assert found.text.strip().split("\n\n") == [made.TITLE, *made.PARAGRAPHS, long, "人民长江见。", "末段。"]
    assert found.meta.title == made.TITLE


def test_a_scan_says_that_it_is_one(tmp_path: Path) -> None:
    assert "扫描件" in reason_for(made.make_pdf(tmp_path / "a.pdf", [[""], [""]], picture=True))


def test_an_ofd_in_reading_order(tmp_path: Path) -> None:
    found = read(made.make_ofd(tmp_path / "a.ofd", [made.TITLE, *body_lines()]))
    assert found.text.strip().split("\n\n") == [made.TITLE, *made.PARAGRAPHS]
    assert "没有文字层" in reason_for(made.make_ofd(tmp_path / "b.ofd", []))


def test_a_sheet_in_rows_as_it_shows_them(tmp_path: Path) -> None:
    found = read(made.make_xlsx(tmp_path / "a.xlsx"))
    assert found.text.split("\n")[:3] == [
        "2024年青禾市各区县志愿服务情况",
        "地区：云溪区，注册志愿者：12万人，志愿服务时长占比：14.5%，更新日期：2024年6月30日。",
        "地区：白石县，注册志愿者：8.5万人，志愿服务时长占比：20.0%，更新日期：2024年6月30日。",
    ]
    assert found.meta.title == "2024年青禾市各区县志愿服务情况"
    assert found.meta.published == ""  # a row's date is not the table's


def test_a_sheet_that_is_wider_and_longer_than_it_says(tmp_path: Path) -> None:
    """A stray cell far out, and a stated size that is wrong, cost neither time nor rows."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in [("地区", "人数（人）"), ("云溪区", 12), ("白石县", 8)]:
        sheet.append(row)
    sheet.cell(900_000, 2).value = "远处"
    book.save(str(tmp_path / "a.xlsx"))
    found = read(tmp_path / "a.xlsx")
    assert found.text.split("\n")[:2] == ["地区：云溪区，人数：12人。", "地区：白石县，人数：8人。"]
    raw = (tmp_path / "a.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b'ref="A1:B900000"', b'ref="A1:A1"')
            new.writestr(name, content)
    assert raw != (tmp_path / "b.xlsx").read_bytes()
    assert "白石县，人数：8人" in read(tmp_path / "b.xlsx").text


def test_an_export_of_articles_is_one_article_a_row(tmp_path: Path) -> None:
    rows = [
        ("编号", "标题", "正文", "媒体", "日期"),
        ("q1", "甲文", made.SENTENCE * 3, "青禾日报", "2024年6月30日"),
        ("", "乙文", made.PARAGRAPHS[1] * 4, "兰桥融媒", "不详"),
    ]
    path = made.make_xlsx(tmp_path / "库.xlsx", rows)
    first, second = (a for a in read_articles(path, InProcess()) if isinstance(a, SourceArticle))
    assert (first.meta.article_id, first.meta.title, first.meta.publisher) == ("q1", "甲文", "青禾日报")
    assert (first.meta.published, first.text) == ("2024-06-30", made.SENTENCE * 3)
    assert (second.meta.article_id, second.meta.published) == ("库-3", "")


def test_a_text_table_in_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("单位：万人\n地区;志愿者\n云溪区;12\n白石县;8.5\n".encode("gb18030"))
    assert read(path).text.split("\n")[1:3] == [
        "地区：云溪区，志愿者：12万人。",
        "地区：白石县，志愿者：8.5万人。",
    ]
    path.write_text("这是一段普通的文字，没有分列。" * 9, encoding="utf-8")
    assert ".txt" in reason_for(path)


def test_an_ending_that_is_not_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    made.make_pdf(path, [["一行"]])
    assert "内容却是PDF" in reason_for(path)
    made.make_xlsx(path)
    assert "Word 文档" in reason_for(path)
    path.write_text("普通文本", encoding="utf-8")
    assert "不是 .docx" in reason_for(path)
    (tmp_path / "b.html").write_text("普通文本,没有标记。", encoding="utf-8")
    assert ".txt" in reason_for(tmp_path / "b.html")
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04")
    assert "压缩包" in reason_for(tmp_path / "c.zip")


def test_old_formats_need_an_office(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)
    monkeypatch.setattr(office, "_PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(ArticleUnreadable, match=r"另存为 \.docx"):
        sandbox.extract(path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a script")
def test_an_old_format_goes_through_the_office(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "-名字 有空格.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)
    new = made.make_docx(tmp_path / "new.docx")
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, shutil, sys\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        f"shutil.copyfile({str(new)!r}, out / (pathlib.Path(sys.argv[-1]).stem + '.docx'))\n",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent))
    (found,) = read_articles(path, sandbox)
    assert isinstance(found, SourceArticle)
    assert made.SENTENCE in found.text


def test_a_missing_parser_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    assert "pip install python-docx" in reason_for(made_before(tmp_path, monkeypatch))


def made_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with monkeypatch.context() as other:
        other.delitem(sys.modules, "docx")
        return made.make_docx(tmp_path / "a.docx")


def test_keywords_count_where_the_text_has_them(tmp_path: Path) -> None:
    page = made.make_html(tmp_path / "a.html").read_text(encoding="utf-8")
    page = page.replace("<title>", '<meta name="keywords" content="骑手驿站,青禾新闻,股票行情"><title>')
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert read(tmp_path / "a.html").meta.topics == ("骑手驿站",)


def test_a_parser_that_takes_too_long_or_too_much_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for a parser is found in the place of a real one by the child process."""
    stand_in = tmp_path / "stand_in"
    stand_in.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(stand_in))
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 ")
    for body, word in [
        ("while True: pass", "超过"),
        ("b = bytearray(10**10)", "内存"),
        ("import os; os._exit(3)", "中断"),
    ]:
        (stand_in / "sitecustomize.py").write_text(
            "import sys, types\nmodule = types.ModuleType('pypdfium2')\nclass PdfiumError(Exception): pass\n"
            f"def PdfDocument(path):\n    {body}\n"
            "module.PdfiumError, module.PdfDocument = PdfiumError, PdfDocument\nsys.modules['pypdfium2'] = module\n",
            encoding="utf-8",
        )
        with Sandbox(seconds=0.3) as child, pytest.raises(ArticleUnreadable, match=word):
            child.extract(path)


def test_a_page_of_layout_tables(tmp_path: Path) -> None:
    """As municipal sites built it: menus, title, text and footer each in a row of a table, in GBK."""
    paragraphs = "".join(f"<p>&nbsp;&nbsp;{p}</p>" for p in made.PARAGRAPHS)
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>青禾市政府</title></head><body>'
        "<table><tr><td><a href=1>首页</a> | <a href=2>政务公开</a></td></tr></table>"
        "<table><tr><td>您当前的位置：<a href=1>首页</a> &gt;&gt; <a href=1>动态</a></td></tr></table>"
        f"<table><tr><td><h2>{made.TITLE}</h2></td></tr><tr><td>日期：2024-06-30 来源：市委社会工作部</td></tr>"
        f"<tr><td><div id=zoom>{paragraphs}<table border=1><tr><td rowspan=2>地区</td><td colspan=2>志愿者</td></tr>"
        "<tr><td>人数（万人）</td><td>占比</td></tr><tr><td>云溪区</td><td>12</td><td>3%</td></tr></table></div></td></tr></table>"
        "<table><tr><td>主办：青禾市人民政府办公室，地址：青禾市大道1号。备案号：0900</td></tr></table></body></html>"
    )
    path = tmp_path / "a.htm"
    path.write_bytes(page.encode("gb18030"))
    found = read(path)
    lines = [line for line in found.text.split("\n") if line]
    assert lines[-4:] == [*made.PARAGRAPHS, "地区：云溪区，志愿者人数：12万人，志愿者占比：3%。"]
    assert not any(furniture in found.text for furniture in ("首页", "当前的位置", "主办"))
    assert (found.meta.publisher, found.meta.published) == ("市委社会工作部", "2024-06-30")


def test_a_page_saved_from_a_messenger(tmp_path: Path) -> None:
    """Its text is hidden until a script runs, in sections within sections; the date stands in the script."""
    paragraphs = "".join(f"<p><span><span>{p}</span></span></p><p><br></p>" for p in made.PARAGRAPHS)
    page = (
        '<html><head><meta charset="utf-8"><meta property="og:title" content="让骑手歇歇脚"></head><body>'
        '<h1 id="activity-name">让骑手歇歇脚</h1><a id="js_name">青禾发布 </a><em id="publish_time"></em>'
        '<div id="js_content" style="visibility: hidden;"><section><section><p>点击上方蓝字关注我们</p></section>'
        f"<section>{paragraphs}</section><section><p><strong>一、建驿站</strong></p><p>驿站里有水、有电。</p></section></section></div>"
        '<div class="qr_code_pc"><p>微信扫一扫<br>关注该公众号</p></div><script>var ct = "1719741600";</script></body></html>'
    )
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    found = read(path)
    lines = [line for line in found.text.split("\n") if line]
    assert lines == ["# 让骑手歇歇脚", *made.PARAGRAPHS, "一、建驿站", "驿站里有水、有电。"]
    assert (found.meta.publisher, found.meta.published) == ("青禾发布", "2024-06-30")


def test_a_page_without_text_of_its_own_says_so(tmp_path: Path) -> None:
    links = "".join(
        f"<li><a href={n}>青禾市第{n}号新闻的标题写得很长</a> 2024-06-{n:02}</li>" for n in range(1, 30)
    )
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><ul>{links}</ul></body></html>", encoding="utf-8")
    assert "没有找到正文" in reason_for(path)
    path.write_text("<html><body><div>" * 9_000 + made.SENTENCE, encoding="utf-8")
    assert "嵌套过深" in reason_for(path)
    path.write_text(f"<html><body><p>{made.SENTENCE}</p><div cla", encoding="utf-8")
    assert "不完整" in reason_for(path)
