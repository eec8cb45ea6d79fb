"""A sentence of a file of every format, asked for, is cited with its exact span."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from retrieval.formats.office import find_office

TOWNS = {
    ".txt": "青禾市",
    ".md": "兰桥市",
    ".jsonl": "白溪市",
    ".html": "云渡市",
    ".mht": "栖原市",
    ".docx": "石湾市",
    ".pdf": "荷塘市",
    ".xlsx": "柳浦市",
    ".csv": "松岭市",
    ".ofd": "枫林市",
}


def sentences(town: str) -> tuple[str, str]:
    number = 31 + list(TOWNS.values()).index(town)
    return (
        f"截至2024年6月，{town}注册志愿者约{number}万人。",
        f"{town}建成骑手驿站{number * 7}个，覆盖所有街道。",
    )


def page(town: str) -> str:
    first, second = sentences(town)
    return f"<html><head><title>{town}观察</title></head><body><div><p>{first}</p><p>{second}</p></div></body></html>"


def write(folder: Path, suffix: str) -> Path:
    """Returns a file of that format that says the two sentences of its town, in a table's words for tables."""
    town = TOWNS[suffix]
    first, second = sentences(town)
    path = folder / f"{town}{suffix}"
    number = 31 + list(TOWNS).index(suffix)
    if suffix == ".jsonl":
        path.write_text(json.dumps({"id": town, "text": f"{first}\n{second}"}), encoding="utf-8")
    elif suffix == ".mht":
        head = (
            "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        )
        path.write_bytes(head.encode() + page(town).encode())
    elif suffix == ".html":
        path.write_text(page(town), encoding="utf-8")
    elif suffix == ".docx":
        write_docx(path, (first, second))
    elif suffix == ".pdf":
        write_pdf(path, (first, second))
    elif suffix == ".xlsx":
        write_xlsx(path, [("地区", "注册志愿者（万人）", "骑手驿站（个）"), (town, number, number * 7)])
    elif suffix == ".csv":
        path.write_text(
            f"地区,注册志愿者（万人）,骑手驿站（个）\n{town},{number},{number * 7}\n", encoding="gb18030"
        )
    elif suffix == ".ofd":
        write_ofd(path, (first, second))
    else:
        path.write_text(f"{first}\n\n{second}\n", encoding="utf-8")
    return path


def write_docx(path: Path, paragraphs: tuple[str, ...]) -> None:
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def write_xlsx(path: Path, rows: list[tuple[object, ...]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(str(path))


def write_ofd(path: Path, lines: tuple[str, ...]) -> None:
    texts = "".join(
        f'<TextObject Boundary="20 {20 + 9 * n} 160 6" Size="4"><TextCode X="0" Y="4">{line}</TextCode></TextObject>'
        for n, line in enumerate(lines)
    )
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>")
        container.writestr("D.xml", '<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>')
        container.writestr("P.xml", f"<Page><Content><Layer>{texts}</Layer></Content></Page>")


def write_pdf(path: Path, lines: tuple[str, ...]) -> None:
    """A page whose text has a layer: codes of an unembedded font with a map to Unicode."""
    characters = sorted(set("".join(lines)))
    code = {c: n + 1 for n, c in enumerate(characters)}
    mapped = "".join(f"<{code[c]:04x}> <{c.encode('utf-16-be').hex()}>\n" for c in characters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange\n{len(characters)} beginbfchar\n{mapped}endbfchar\nendcmap end end"
    )
    drawn = "".join(
        f"BT /F 12 Tf 60 {760 - 40 * n} Td <{''.join(f'{code[c]:04x}' for c in line)}> Tj ET\n"
        for n, line in enumerate(lines)
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /S /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> /DW 1000 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    body = "".join(f"{n} 0 obj\n{content}\nendobj\n" for n, content in enumerate(objects, start=1))
    path.write_text(f"%PDF-1.7\n{body}trailer << /Size 8 /Root 1 0 R >>\n%%EOF\n", encoding="ascii")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("files")
    with Assistant.open(tmp_path_factory.mktemp("data")) as opened:
        results = list(opened.library.ingest([write(folder, suffix) for suffix in TOWNS]))
        assert [result.result for result in results] == ["added"] * len(TOWNS), results
        yield opened


@pytest.mark.parametrize("suffix", TOWNS)
def test_what_is_asked_for_is_cited_to_the_letter(assistant: Assistant, suffix: str) -> None:
    ask_for_both(assistant, TOWNS[suffix], 31 + list(TOWNS).index(suffix), suffix)


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), [(".doc", ".docx"), (".xls", ".xlsx")])
def test_what_libreoffice_converts_is_cited_to_the_letter(tmp_path: Path, old: str, new: str) -> None:
    town, number = TOWNS[new], 31 + list(TOWNS).index(new)
    path = made_by_libreoffice(write(tmp_path, new), old)
    with Assistant.open(tmp_path / "data") as opened:
        (result,) = opened.library.ingest([path])
        assert result.result == "added", result.reason
        ask_for_both(opened, town, number, old)


def made_by_libreoffice(path: Path, suffix: str) -> Path:
    """Returns the file in an old format."""
    program = find_office()
    if not program:
        pytest.skip("LibreOffice is not installed")
    command = [program, f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", suffix[1:], "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = path.with_suffix(suffix)
    if not made.exists():
        pytest.skip(f"the part of LibreOffice for {suffix} is not installed")
    return made


def ask_for_both(assistant: Assistant, town: str, number: int, suffix: str) -> None:
    for question, figure in (
        (f"{town}有多少注册志愿者?", f"{number}万人"),
        (f"{town}建成骑手驿站多少个?", f"{number * 7}个"),
    ):
        answer = assistant.ask(question, scope=[town])
        assert answer.status == "grounded"
        assert figure in answer.short_answer
        (cited,) = answer.citations
        assert (cited.article_id, cited.source) == (town, f"{town}{suffix}")
        assert assistant.article(town).text[cited.start : cited.end] == cited.quote
        assert figure in cited.quote
