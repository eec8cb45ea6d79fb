"""Rows of a table into readable lines, each with the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.formats.cleaning import one_line

Row = Sequence[str]

_UNIT = re.compile(
    r"(?P<name>.*?)\s*[（(\[【]\s*(?:单位\s*[：:]\s*)?(?P<unit>[%％‰\u4e00-\u9fff/]{1,8})\s*[)）\]】]"
)
_TABLE_UNIT = re.compile(r"[（(]?(?:计量)?单位\s*[：:]\s*(?P<unit>[%％‰\u4e00-\u9fff/]{1,6})[)）]?")
_NUMBER = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?")
_HAS_DIGIT = re.compile(r"\d")
_SERIAL = re.compile(r"序号?|编?号|No\.?|#", re.IGNORECASE)
# Columns whose numbers a unit above the whole table is not said of.
_OWN_UNIT = re.compile(r"年|月|日|季度|序|号|码|排名|位次|率|比重|占比|比例|同比|环比|增速|增幅|电话|代码|级")
_MEASURE = re.compile(r"(?:[十百千万亿]+)?[%％‰\u4e00-\u9fff/]+")
_LONG_CELL = 60
_MOST_HEADER_CELL = 40


def table_lines(rows: Sequence[Row], header_rows: int = 0) -> list[str]:
    """Returns the rows of a table as lines; a row's cells follow the names of their columns.

    Rows of one cell above the header stay lines of their own; a unit named there counts for the figures.
    `header_rows` is the number of header rows where the file states it. Merged cells are expected to hold
    their value in every row and column that they cover.

    >>> table_lines([["地区", "志愿者（万人）", "负责人"], ["青禾市", "62", "周月明"]])
    ['地区：青禾市，志愿者：62万人，负责人：周月明。']
    """
    captions, body = _split_captions(_clean(rows))
    if not body:
        return captions
    unit = next((m["unit"] for line in captions if (m := _TABLE_UNIT.fullmatch(line))), "")
    if len(body) == 1 or len(body[0]) == 1:
        return [*captions, *filter(None, ("，".join(_distinct(row)) for row in body))]
    if not header_rows and _is_form(body):
        return [*captions, *(line for row in body for line in _form_lines(row))]
    depth = header_rows if 0 < header_rows < len(body) else _header_depth(body)
    names = _column_names(body[:depth])
    return [*captions, *(line for row in body[depth:] for line in _row_lines(names, row, unit))]


def column_names(rows: Sequence[Row]) -> list[str]:
    """Returns the names of the columns of a table whose header is its first row."""
    return _column_names(rows[:1])


def _clean(rows: Sequence[Row]) -> list[list[str]]:
    """Returns the rows filled to one width without empty rows and columns, each cell on one line."""
    width = max(map(len, rows), default=0)
    filled = [[one_line(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    filled = [row for row in filled if any(row)]
    used = [i for i in range(width) if any(row[i] for row in filled)]
    return [[row[i] for i in used] for row in filled]


def _split_captions(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    captions: list[str] = []
    for number, row in enumerate(rows):
        said = _distinct(row)
        if len(row) < 2 or len(said) > 1 or number == len(rows) - 1:
            return captions, rows[number:]
        captions.extend(said)
    return captions, []


def _distinct(row: Row) -> list[str]:
    """Returns the cells of a row that are not empty, those merged over several columns once."""
    return [cell for i, cell in enumerate(row) if cell and (i == 0 or row[i - 1] != cell)]


def _is_form(rows: list[list[str]]) -> bool:
    """Returns whether the table is a form: names and values side by side, no header above."""
    if len(rows[0]) not in {2, 4}:
        return False
    names = [row[i] for row in rows for i in range(0, len(row), 2) if row[i + 1]]
    values = [row[i + 1] for row in rows for i in range(0, len(row), 2) if row[i + 1]]
    marked = sum(name.endswith(("：", ":")) for name in names)
    if marked > len(names) / 2:
        return True
    first = rows[0][1]
    return len(rows[0]) == 2 and bool(values) and (len(first) > 20 or _NUMBER.match(first) is not None)


def _form_lines(row: Row) -> list[str]:
    pairs = [(row[i].rstrip("：: "), row[i + 1]) for i in range(0, len(row), 2)]
    return [f"{name}：{value}" if name else value for name, value in pairs if value]


def _header_depth(rows: list[list[str]]) -> int:
    """Returns 2 where the first row has names over several columns that the second one divides."""
    merged = any(rows[0][i] and rows[0][i] == rows[0][i + 1] for i in range(len(rows[0]) - 1))
    divided = len(rows) > 2 and not any(_NUMBER.fullmatch(cell) for cell in rows[1])
    return 2 if merged and divided else 1


def _column_names(header: Sequence[Row]) -> list[str]:
    names = []
    for parts in zip(*header, strict=True):
        distinct = [part for i, part in enumerate(parts) if part and part not in parts[:i]]
        names.append(one_line("".join(distinct))[:_MOST_HEADER_CELL])
    return names


def _row_lines(names: Sequence[str], row: Row, unit: str) -> list[str]:
    if len(_distinct(row)) == 1 and len(row) > 2 and not _NUMBER.fullmatch(_distinct(row)[0]):
        return _distinct(row)  # a row that names the group of rows below
    fields = [
        (name, cell) for name, cell in zip(names, row, strict=True) if cell and not _SERIAL.fullmatch(name)
    ]
    said = [_field(name, cell, unit) for name, cell in fields]
    if not any(len(cell) > _LONG_CELL for _, cell in fields):
        return ["，".join(said).rstrip("。；，") + "。"] if said else []
    label = fields[0][1] if len(fields[0][1]) <= _LONG_CELL else ""
    return [said[0], *(f"{label} {field}" if label else field for field in said[1:])]


def _field(name: str, cell: str, table_unit: str) -> str:
    match = _UNIT.fullmatch(name)
    unit = match["unit"] if match else ""
    if match and _NUMBER.fullmatch(cell) and _MEASURE.fullmatch(unit):
        return f"{match['name']}：{cell}{unit}"
    if table_unit and not match and _NUMBER.fullmatch(cell) and not _OWN_UNIT.search(name):
        cell += table_unit
    return f"{name}：{cell}" if name else cell
