"""Printed lines with their places on the page into paragraphs, for PDF and OFD."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PAGE_NUMBER = re.compile(
    r"[\s\-—–－·•]*(?:第\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?(?:\s*页)?(?:\s*[,，]?\s*共\s*\d+\s*页)?[\s\-—–－·•]*"
)
_OPENS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|第[一二三四五六七八九十百\d]+[章节条编篇部]|[（(]?\d{1,2}[、）)．.](?!\d)|[①-⑳•●■◆▪-]\s*\S"
)
_CLOSED = tuple("。！？!?；;：:…”’」』）)】》")
_ENDS = tuple("。！？!?")
_LATIN = re.compile(r"[A-Za-z0-9,.%]$")
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

    A line goes on in the next where it is filled to the right edge of its page and the next is neither
    indented nor opens with a number. A paragraph goes on over the end of a page.
    """
    running = _running_heads(pages)
    out: list[str] = []
    before: PrintedLine | None = None
    edge = 0.0
    bodies = [[line for line in _body(page, running) if line.text.strip()] for page in pages]
    of_all = _edges([line for lines in bodies for line in lines])
    for lines in bodies:
        left, right = _edges(lines) if len(lines) >= _LEAST_LINES else of_all
        for line in lines:
            if before is not None and out and _goes_on(before, edge, line, left):
                out[-1] = _joined(out[-1], line.text.strip())
            else:
                out.append(line.text.strip())
            before, edge = line, right
    return "\n\n".join(out) + "\n" if out else ""


def _goes_on(line: PrintedLine, right: float, after: PrintedLine, left: float) -> bool:
    size = max(line.size, 1e-6)
    if abs(after.size - line.size) > 0.2 * size or _OPENS.match(after.text.strip()):
        return False
    filled = line.right >= right - 2.2 * size
    indented = after.left > left + 1.2 * size
    if indented and line.left > left + 1.2 * size and not line.text.rstrip().endswith(_CLOSED):
        return filled and abs(after.left - line.left) < 0.5 * size  # a block that stands indented as a whole
    return (
        filled
        and not indented
        and not (line.text.rstrip().endswith(_ENDS) and line.right < right - 1.2 * size)
    )


def _joined(first: str, second: str) -> str:
    if first.endswith("-") and re.match("[a-z]", second) and re.search("[a-z]-$", first):
        return first[:-1] + second
    blank = " " if _LATIN.search(first) and re.match(r"[A-Za-z]", second) else ""
    return first + blank + second


def _edges(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """Returns the left and right edge that several of a page's lines keep to."""
    if not lines:
        return 0.0, 0.0
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]


def _body(page: Sequence[PrintedLine], running: frozenset[str]) -> Iterable[PrintedLine]:
    last = len(page) - 1
    for place, line in enumerate(page):
        at_edge = place < _EDGES or place > last - _EDGES
        if not (at_edge and (_PAGE_NUMBER.fullmatch(line.text) or _masked(line.text) in running)):
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
