"""Printed lines with their places on the page into paragraphs, for PDF and OFD."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.formats.tables import table_lines

_PAGE_NUMBER = re.compile(
    r"[\s\-—–－·•]*(?:第\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?(?:\s*页)?(?:\s*[,，]?\s*共\s*\d+\s*页)?[\s\-—–－·•]*"
)
# What browsers print above and below a page.
_BROWSER = re.compile(r"file:///|^https?://\S+(?:\s+\d+/\d+)?$|^\d{1,4}/\d{1,2}/\d{1,4},? \d{1,2}:\d{2}")
_OPENS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|第[一二三四五六七八九十百\d]+[章节条编篇部]|[（(]?\d{1,2}[、）)．.](?!\d)|[①-⑳•●■◆▪-]\s*\S"
)
_CLOSED = tuple("。！？!?；;：:…”’」』）)】》")
# How far (in characters) a line that goes on may stay from the right edge, with and without a closing mark.
_CLOSED_GAP, _OPEN_GAP, _NEARLY_FILLED = 1.2, 2.2, 0.78
_LEAST_COLUMN, _LEAST_SHARE, _MOST_CROSSING = 0.25, 0.2, 0.15
_LATIN = re.compile(r"[A-Za-z0-9,.%]$")
_FIGURE = re.compile(r"[-−]?\d[\d,.]*[%％]?")
_LEAST_ROWS, _MOST_ROWS, _MOST_CELL = 3, 500, 24
_EDGES = 2
# A page of fewer lines does not show where its edges are.
_LEAST_LINES = 12


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page: its text, left and right edge, and the height of its characters (any one unit)."""

    text: str
    left: float
    right: float
    size: float


def paragraphs(pages: Sequence[Sequence[PrintedLine]]) -> str:
    """Returns the pages' lines joined to paragraphs, without page numbers and running heads.

    A line goes on in the next where it is filled to the right edge of its column, or nearly so without a
    sentence's end, and the next is neither indented nor opens with a number. A paragraph goes on over the
    end of a column or page. Lines of cells below a line of names are read as a table.
    """
    running = _running_heads(pages)
    bodies = [[line for line in _body(page, running) if line.text.strip()] for page in pages]
    of_all = _edges([line for lines in bodies for line in lines])
    out: list[str] = []
    before: PrintedLine | None = None
    edges = of_all
    for lines in bodies:
        of_columns = _column_edges(lines, of_all)
        skipped = 0
        for place, line in enumerate(lines):
            if skipped:
                skipped -= 1
                continue
            own = of_columns[id(line)]
            if rows := _table_rows(lines[place : place + _MOST_ROWS]):
                out.append("\n".join(table_lines(rows)))
                before, skipped = None, len(rows) - 1
                continue
            if before is not None and out and _goes_on(before, edges, line, own[0]):
                out[-1] = _joined(out[-1], line.text.strip())
            else:
                out.append(line.text.strip())
            before, edges = line, own
    return "\n\n".join(out) + "\n" if out else ""


def _table_rows(lines: Sequence[PrintedLine]) -> list[list[str]]:
    """Returns the cells of a table that the lines begin with: names above, figures in every row below."""
    rows: list[list[str]] = []
    for line in lines:
        cells = line.text.split()
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])) or max(map(len, cells)) > _MOST_CELL:
            break
        if any(_FIGURE.fullmatch(cell) for cell in cells) != bool(rows):
            break
        rows.append(cells)
    return rows if len(rows) >= _LEAST_ROWS else []


def _goes_on(line: PrintedLine, edges: tuple[float, float], after: PrintedLine, left: float) -> bool:
    size = max(line.size, 1e-6)
    if abs(after.size - line.size) > 0.2 * size or _OPENS.match(after.text.strip()):
        return False
    text = line.text.rstrip()
    closed = text.endswith(_CLOSED)
    reach = edges[1] - (_CLOSED_GAP if closed else _OPEN_GAP) * size
    if not closed:  # a sentence that goes on: headings are the shorter lines
        reach = min(reach, line.left + _NEARLY_FILLED * (edges[1] - edges[0]))
    if line.right < reach:
        return False
    indented = after.left > left + 1.2 * size
    if indented and line.left > edges[0] + 1.2 * size and not closed:
        return abs(after.left - line.left) < 0.5 * size  # a block that stands indented as a whole
    return not indented


def _joined(first: str, second: str) -> str:
    if first.endswith("-") and re.match("[a-z]", second) and re.search("[a-z]-$", first):
        return first[:-1] + second
    blank = " " if _LATIN.search(first) and re.match(r"[A-Za-z]", second) else ""
    return first + blank + second


def _column_edges(
    lines: Sequence[PrintedLine], of_all: tuple[float, float]
) -> dict[int, tuple[float, float]]:
    """Returns for each line the edges of the column it stands in."""
    if len(lines) < _LEAST_LINES:
        return {id(line): of_all for line in lines}
    found: dict[int, tuple[float, float]] = {}
    for column in _columns(lines):
        edges = _edges(column)
        found |= {id(line): edges for line in column}
    return found


def _columns(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Returns the lines by columns; what crosses all of them goes with the first."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    start = min(line.left for line in lines)
    for x in sorted({round(line.left, 1) for line in lines}):
        if x < start + _LEAST_COLUMN * width:
            continue
        right = [line for line in lines if line.left >= x - 1]
        rest = [line for line in lines if line.left < x - 1]
        crossing = sum(line.right > x for line in rest)
        if len(right) < _LEAST_SHARE * len(lines):
            break
        if len(rest) - crossing >= _LEAST_SHARE * len(lines) and crossing <= _MOST_CROSSING * len(lines):
            return [rest, *_columns(right)]
    return [list(lines)]


def _edges(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """Returns the left and right edge that several of a column's lines keep to."""
    if not lines:
        return 0.0, 0.0
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]


def _body(page: Sequence[PrintedLine], running: frozenset[str]) -> Iterable[PrintedLine]:
    last = len(page) - 1
    for place, line in enumerate(page):
        at_edge = place < _EDGES or place > last - _EDGES
        furniture = _PAGE_NUMBER.fullmatch(line.text) or _BROWSER.search(line.text)
        if not (at_edge and (furniture or _masked(line.text) in running)):
            yield line


def _running_heads(pages: Sequence[Sequence[PrintedLine]]) -> frozenset[str]:
    """Returns the lines (figures masked) that stand at the edge of most pages."""
    if len(pages) < 3:
        return frozenset()
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_masked(line.text) for line in [*page[:_EDGES], *page[-_EDGES:]] if len(line.text) < 60})
    return frozenset(text for text, count in seen.items() if text and count >= max(3, len(pages) // 3))


def _masked(text: str) -> str:
    return re.sub(r"\d+|\s+", "", text)
