"""PDF files with a text layer into paragraphs; scans and locked files are refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from retrieval.errors import ArticleUnreadable
from retrieval.formats.cleaning import clean_text, one_line
from retrieval.formats.layout import PrintedLine, paragraphs
from retrieval.formats.record import MOST_CHARACTERS, Extracted

_MOST_PAGES = 5_000
_LEAST_ON_PAGE = 15
_MOST_ODD = 0.15
_SAMPLED = 6
_PASSWORD = "PDF 有密码：请去掉密码另存后再导入。"
_BROKEN = "PDF 不完整或已损坏，打不开：请从原处重新取得后再导入。"
_SCAN = "这份 PDF 是扫描件，没有文字层，读不出文字：请先用 OCR 软件识别成带文字的 PDF 或 Word 后再导入。"
_GARBLED = "PDF 的文字层是乱码（字体没有对应的文字编码）：请换成 Word 原稿，或用 OCR 重新识别后再导入。"
_ODD = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_BREAK = re.compile(r"\r\n|\r|\n")


def extract_pdf(path: Path) -> Extracted:
    """Returns the text of a PDF. Raises ArticleUnreadable."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as error:
        raise ArticleUnreadable(_PASSWORD if "assword" in str(error) else _BROKEN) from error
    try:
        return _read(document)
    except pypdfium2.PdfiumError as error:
        raise ArticleUnreadable(_BROKEN) from error
    finally:
        document.close()


def _read(document: Any) -> Extracted:
    count = len(document)
    if count == 0:
        raise ArticleUnreadable(_BROKEN)
    if count > _MOST_PAGES:
        raise ArticleUnreadable(f"PDF 超过 {_MOST_PAGES} 页：请拆分成较小的文件后再导入。")
    pages: list[list[PrintedLine]] = []
    characters = pictures = 0
    for number in range(count):
        page = document[number]
        lines = _lines(page)
        written = sum(len(line.text.strip()) for line in lines)
        characters += written
        pictures += written < _LEAST_ON_PAGE and _has_picture(page)
        page.close()
        pages.append(lines)
        if characters > MOST_CHARACTERS:
            raise ArticleUnreadable("PDF 的文字超过 500 万字：请拆分成较小的文件后再导入。")
    whole = "".join(line.text for page in pages for line in page)
    if len(whole.strip()) < _LEAST_ON_PAGE or (pictures > 0.8 * count and characters < 50 * count):
        raise ArticleUnreadable(
            _SCAN if pictures else "PDF 里没有文字：请检查文件，或换成 Word 原稿后再导入。"
        )
    if len(_ODD.findall(whole)) > _MOST_ODD * len(whole):
        raise ArticleUnreadable(_GARBLED)
    title = str(document.get_metadata_dict().get("Title") or "")
    return Extracted(text=clean_text(paragraphs(pages)), weak_title=one_line(title))


def _lines(page: Any) -> list[PrintedLine]:
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        exact = len(text) == text_page.count_chars()
        lines: list[PrintedLine] = []
        start = 0
        for match in [*_BREAK.finditer(text), None]:
            end = match.start() if match else len(text)
            if text[start:end].strip():
                lines.append(_line(text_page, text, start, end, exact=exact))
            start = match.end() if match else end
        return lines
    finally:
        text_page.close()


def _line(text_page: Any, text: str, start: int, end: int, *, exact: bool) -> PrintedLine:
    line = text[start:end]
    if not exact:  # characters outside the basic plane shift the places; such a line stands for itself
        return PrintedLine(line, 0.0, 0.0, 1.0)
    first = start + len(line) - len(line.lstrip())
    last = start + len(line.rstrip()) - 1
    left = text_page.get_charbox(first, loose=True)[0]
    right = text_page.get_charbox(last, loose=True)[2]
    # Of several characters, as a quotation mark or a digit may come out of another font.
    places = range(first, last + 1, max(1, (last - first) // _SAMPLED))
    boxes = [text_page.get_charbox(place, loose=True) for place in places]
    heights = sorted(abs(top - bottom) for _, bottom, _, top in boxes)
    return PrintedLine(line, left, right, max(heights[len(heights) // 2], 1.0))


def _has_picture(page: Any) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(iter(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None
