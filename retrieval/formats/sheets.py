"""Tables (.xlsx, .csv) into readable rows; an export of articles, one a row, into articles."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from retrieval.decoding import decode
from retrieval.errors import ArticleUnreadable
from retrieval.formats.cleaning import clean_text, one_line
from retrieval.formats.record import MOST_CHARACTERS, Extracted
from retrieval.formats.tables import column_names, table_lines
from retrieval.formats.zips import open_zip

_MOST_ROWS, _MOST_COLUMNS = 200_000, 500
_MERGED_BYTES = 30 * 1024 * 1024
_MOST_BLANK = 5_000
_BROKEN = "这不是能打开的 Excel 表（.xlsx）：请用 Excel 或 WPS 另存为 .xlsx 后再导入。"
_TOO_LARGE = "表格太大（超过 20 万行或 500 万字）：请拆分成较小的文件后再导入。"
_EMPTY = "表格是空的：请补上内容后再导入。"
_DELIMITERS = ",\t;|"
# How exports of news databases call their columns.
_COLUMNS = {
    "text": "正文 全文 内容 文章内容 正文内容 新闻内容 text content body",
    "title": "标题 题名 题目 文章标题 新闻标题 title headline",
    "id": "编号 文章编号 id article_id",
    "publisher": "来源 媒体 报纸 报纸名称 媒体名称 来源媒体 发布单位 发布机构 publisher source",
    "published": "日期 发布日期 发布时间 发表时间 报纸日期 时间 出版日期 published date pubdate",
    "region": "地区 地域 省市 region",
    "url": "链接 网址 原文链接 url link",
    "topics": "主题 主题词 关键词 标签 topics keywords",
}
_LEAST_TEXT = 60


def extract_xlsx(path: Path) -> Extracted:
    """Returns the visible sheets of a workbook. Raises ArticleUnreadable."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with open_zip(path) as container:
        if not any(name.startswith("xl/workbook") for name in container.namelist()):
            raise ArticleUnreadable(_BROKEN)
        # Merged cells are known only where a sheet is loaded whole, which takes memory and time.
        whole = sum(m.file_size for m in container.infolist()) < _MERGED_BYTES and _has_merged(container)
    try:
        book = load_workbook(str(path), read_only=not whole, data_only=True)
        try:
            sheets = [
                (str(s.title), _sheet_rows(s, merged=whole))
                for s in book.worksheets
                if s.sheet_state == "visible"
            ]
            title = one_line(str(book.properties.title or ""))
        finally:
            book.close()
    except (
        InvalidFileException,
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
    ) as error:
        raise ArticleUnreadable(_BROKEN) from error
    return _extracted([(name, rows) for name, rows in sheets if rows], title)


def extract_csv(path: Path) -> Extracted:
    """Returns the rows of a text table; encoding and delimiter are detected. Raises ArticleUnreadable."""
    text = decode(path.read_bytes())
    delimiter = _delimiter(text)
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise ArticleUnreadable(
            "表格的引号或换行写法有误，读不出来：请用 Excel 另存为 .xlsx 后再导入。"
        ) from error
    if len(rows) > _MOST_ROWS or any(len(row) > _MOST_COLUMNS for row in rows):
        raise ArticleUnreadable(_TOO_LARGE)
    if rows and max(map(len, rows)) == 1 and max(len(row[0]) for row in rows) > _LEAST_TEXT:
        raise ArticleUnreadable("里面没有分列，像是普通文本：请把扩展名改成 .txt 后再导入。")
    return _extracted([("", rows)], "")


def _delimiter(text: str) -> str:
    """Returns the delimiter that splits the first lines into the same number of columns, at least two."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    best, most = ",", 0.0
    for mark in _DELIMITERS:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        share = counts.count(usual) / len(counts) if usual else 0.0
        if share > most:
            best, most = mark, share
    return best


def _extracted(sheets: Sequence[tuple[str, list[list[str]]]], title: str) -> Extracted:
    articles = [article for _, rows in sheets for article in _articles(rows)]
    if articles:
        return Extracted(rows=tuple(articles))
    parts = []
    for name, rows in sheets:
        lines = table_lines(rows)
        headed = len(sheets) > 1 and not re.fullmatch(r"(?i)sheet\s*\d*|工作表\s*\d*", name)
        parts.append((f"# {one_line(name)}\n\n" if headed else "") + "\n".join(lines))
    text = clean_text("\n\n".join(parts))
    if not text.strip():
        raise ArticleUnreadable(_EMPTY)
    if len(text) > MOST_CHARACTERS:
        raise ArticleUnreadable(_TOO_LARGE)
    fields = {"title": shown} if (shown := _shown_title(text)) else {}
    return Extracted(text=text.strip("\n") + "\n", fields=fields, weak_title=title, table=True)


def _shown_title(text: str) -> str:
    """Returns the line above a table that names it, `""` if the table begins at once."""
    for line in text.split("\n")[:3]:
        bare = line.lstrip("# ").strip()
        if 4 <= len(bare) <= 80 and not re.match(r"[（(]?(?:计量)?单位\s*[：:]", bare):
            return "" if bare.endswith("。") or "：" in bare else bare
    return ""


def _articles(rows: list[list[str]]) -> Iterable[dict[str, Any]]:
    """Yields the articles of a table that has a column of texts, one a row; nothing for other tables."""
    columns = _article_columns(rows)
    if "text" not in columns:
        return
    texts = [row[columns["text"]] for row in rows[1:] if len(row) > columns["text"]]
    if not texts or sum(map(len, texts)) < _LEAST_TEXT * len(texts):
        return
    for number, row in enumerate(rows[1:], start=2):
        values = {name: row[place].strip() for name, place in columns.items() if place < len(row)}
        if not any(values.values()):
            continue
        text = clean_text(values.pop("text", ""))
        yield {"row": number, **{k: one_line(v) for k, v in values.items() if v}, "text": text}


def _article_columns(rows: list[list[str]]) -> dict[str, int]:
    if len(rows) < 2:
        return {}
    found: dict[str, int] = {}
    names = [re.sub(r"\W", "", name).lower() for name in column_names([rows[0]])]
    for field, known in _COLUMNS.items():
        for name in known.split():
            if name.replace("_", "") in (plain := [n.replace("_", "") for n in names]) and field not in found:
                found[field] = plain.index(name.replace("_", ""))
    return found


def _merged_texts(sheet: Any) -> dict[tuple[int, int], str]:
    """Returns the text of every merged cell's area at each place that it covers."""
    covered: dict[tuple[int, int], str] = {}
    for area in list(sheet.merged_cells.ranges)[:20_000]:
        if area.size["rows"] * area.size["columns"] <= 10_000:
            text = _cell_text(sheet.cell(area.min_row, area.min_col))
            rows, columns = range(area.min_row, area.max_row + 1), range(area.min_col, area.max_col + 1)
            covered |= {(row, column): text for row in rows for column in columns}
    return covered


def _sheet_rows(sheet: Any, *, merged: bool) -> list[list[str]]:
    covered = _merged_texts(sheet) if merged else {}
    if not merged:
        sheet.reset_dimensions()  # what a file states of its size may be far off
    width = min(sheet.max_column or _MOST_COLUMNS, _MOST_COLUMNS) if merged else None
    rows: list[list[str]] = []
    characters = blank = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=width), start=1):
        row = [_cell_text(cell) for cell in cells[:_MOST_COLUMNS]]
        if covered:
            row = [covered.get((number, place)) or text for place, text in enumerate(row, start=1)]
        while row and not row[-1]:
            row.pop()
        blank = 0 if row else blank + 1
        if row:
            rows.append(row)
        if blank > _MOST_BLANK:
            break
        characters += sum(map(len, row))
        if len(rows) > _MOST_ROWS or characters > MOST_CHARACTERS:
            raise ArticleUnreadable(_TOO_LARGE)
    return rows


def _has_merged(container: ZipFile) -> bool:
    sheets = [name for name in container.namelist() if name.startswith("xl/worksheets/")]
    return any(b"<mergeCell " in container.read(name) for name in sheets)


def _cell_text(cell: Any) -> str:
    """Returns a cell as it is read: percentages as such, dates in Chinese, no binary noise in fractions."""
    value = cell.value
    if value is None or (
        isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A"))
    ):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        day = f"{value.year}年{value.month}月{value.day}日"
        timed = isinstance(value, datetime) and (value.hour or value.minute)
        return f"{day}{value:%H:%M}" if timed else day
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number_text(value, str(cell.number_format or ""))
    return str(value)


def _number_text(value: float, form: str) -> str:
    """Returns a number as its format shows it, so that a text quotes what people see in the sheet."""
    percent = form.rstrip().endswith("%")
    shown = value * 100 if percent else value
    if match := re.fullmatch(r"(?:#,##)?0(?:\.(0+))?%?(?:_\s*)?", form):
        text = f"{shown:.{len(match[1] or '')}f}"
    else:
        text = format(shown, ".12g") if isinstance(shown, float) else str(shown)
        if "e" in text:
            text = f"{shown:f}".rstrip("0").rstrip(".")
    return text + ("%" if percent else "")
