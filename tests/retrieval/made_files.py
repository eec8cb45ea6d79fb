"""Files of every format, made by the tests themselves out of invented text."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

SENTENCE = "截至2024年6月，青禾市注册志愿者约62万人，占常住人口的14.5%。"
PARAGRAPHS = (
    "本报青禾6月30日讯（记者周月明）" + SENTENCE,
    "全市建成骑手驿站318个，覆盖所有街道。",
    "云溪区成立快递行业党委，下设党支部47个。",
)
TITLE = "青禾市志愿服务走深走实"


def make_html(path: Path, *, encoding: str = "utf-8") -> Path:
    paragraphs = "".join(f"<p>　　{p}</p>" for p in PARAGRAPHS)
    page = f"""<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{TITLE}-青禾新闻网</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">新闻中心</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/b">要闻</a></div>
<div class="main"><h1>{TITLE}</h1><div class="info">发布时间：2024-06-30 10:22　来源：青禾日报　浏览次数：123</div>
<div class="TRS_Editor">{paragraphs}
<table><tr><th>地区</th><th>志愿者（万人）</th></tr><tr><td>云溪区</td><td>12</td></tr></table></div></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="x">兰桥县网格员队伍建设见闻</a></li></ul></div>
<div class="footer">版权所有 青禾新闻网 联系电话 0900-1234</div><script>var a = "菜单，不是正文。";</script></body></html>"""
    path.write_bytes(page.encode(encoding))
    return path


def make_docx(path: Path, *, header: str = "") -> Path:
    from docx import Document

    document = Document()
    document.core_properties.title = "模板"
    document.add_heading(TITLE, 0)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.add_heading("各区进展", 1)
    document.add_paragraph("建驿站", style="List Bullet")
    document.add_paragraph("强队伍", style="List Bullet")
    document.add_paragraph("第一步摸底", style="List Number")
    document.add_paragraph("第二步派单", style="List Number")
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate([
        ("地区", "注册志愿者（万人）", "负责人"),
        ("云溪区", "12", "周月明"),
        ("白石县", "8.5", "陆青"),
    ]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("表后一段话，说明数据来自青禾市统计。")
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(str(path))
    return path


def make_xlsx(path: Path, rows: Sequence[Sequence[object]] = ()) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    given = rows or [
        ("2024年青禾市各区县志愿服务情况",),
        ("地区", "注册志愿者（万人）", "志愿服务时长占比", "更新日期"),
        ("云溪区", 12, 0.145, None),
        ("白石县", 8.5, 0.2, None),
    ]
    for row in given:
        sheet.append(list(row))
    if not rows:
        from datetime import date

        sheet.merge_cells("A1:D1")
        for number in (3, 4):
            sheet.cell(number, 3).number_format = "0.0%"
            sheet.cell(number, 4).value = date(2024, 6, 30)
    book.save(str(path))
    return path


def make_pdf(path: Path, pages: Sequence[Sequence[str]], *, picture: bool = False) -> Path:
    """Writes a PDF whose Chinese has a text layer (an unembedded font with a ToUnicode map), a line a string."""
    characters = sorted({c for page in pages for line in page for c in line})
    code = {c: i + 1 for i, c in enumerate(characters)}
    maps = "\n".join(f"<{code[c]:04x}> <{c.encode('utf-16-be').hex()}>" for c in characters)
    blocks = [maps.split("\n")[i : i + 90] for i in range(0, len(characters), 90)]
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
        + "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = len(objects) + 1
    objects += [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [{font + 1} 0 R] /ToUnicode {font + 2} 0 R >>".encode(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
        _stream(to_unicode.encode()),
    ]
    image = len(objects) + 1
    objects.append(
        _stream(
            b"\x00" * 3,
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8 ",
        )
    )
    kids = []
    for page in pages:
        drawn = "q 500 0 0 700 40 40 cm /I Do Q\n" if picture else ""
        for number, line in enumerate(page):
            shift = 0 if not line.startswith("　　") else 24
            shown = "".join(f"{code[c]:04x}" for c in line.lstrip("　"))
            drawn += f"BT /F 12 Tf {60 + shift} {760 - 20 * number} Td <{shown}> Tj ET\n" if shown else ""
        content = len(objects) + 1
        objects.append(_stream(drawn.encode()))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
            f"/Resources << /Font << /F {font} 0 R >> /XObject << /I {image} 0 R >> >> >>".encode()
        )
        kids.append(f"{content + 1} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    _write_pdf(path, objects)
    return path


def _stream(content: bytes, entries: str = "") -> bytes:
    return f"<< {entries}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _write_pdf(path: Path, objects: Sequence[bytes]) -> None:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(out)


def wrapped(text: str, width: int = 38) -> list[str]:
    """Returns a paragraph as printed lines, its first one indented by two characters."""
    lines = ["　　" + text[: width - 2]]
    rest = text[width - 2 :]
    return lines + [rest[i : i + width] for i in range(0, len(rest), width)]


def make_ofd(path: Path, lines: Sequence[str], *, title: str = "") -> Path:
    """Writes an OFD of one page; a line's characters are set 4 mm apart, its pieces stored in reverse order."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    texts = []
    for number, line in enumerate(lines):
        shift = 8 if line.startswith("　　") else 0
        bare = line.lstrip("　")
        texts.append(
            f'<ofd:TextObject ID="{number + 10}" Boundary="{20 + shift} {20 + 8 * number} 160 6" Font="1" Size="4">'
            f'<ofd:TextCode X="0" Y="4" DeltaX="g {len(bare) - 1} 4">{bare}</ofd:TextCode></ofd:TextObject>'
        )
    page = f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {space}><ofd:Content><ofd:Layer ID="2">{"".join(reversed(texts))}</ofd:Layer></ofd:Content></ofd:Page>'
    with zipfile.ZipFile(path, "w") as container:
        container.writestr(
            "OFD.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        )
        container.writestr(
            "Doc_0/Document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {space}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        )
        container.writestr("Doc_0/Pages/Page_0/Content.xml", page)
    return path
