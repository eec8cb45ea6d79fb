"""Logical lines of a text: physical lines without blank ones, soft-wrapped lines joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

# Zero-width characters and byte order marks count as white space: they show nothing.
BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u200c\u200d\u2060\ufeff"
_BREAKS = "\n\r\v\f\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]+")
_BREAK = re.compile(rf"\r\n|[{_BREAKS}]")
_INNER_BREAK = re.compile(rf"\s*[{_BREAKS}]\s*")
_OPENS = re.compile(
    r"#|>|[-*•·■●◆▲△○□※►][\s\u3000]*\S|\||【|第[一二三四五六七八九十百\d]+[章节条编篇部]"
    r"|[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]?\d{1,2}[、）)．.](?!\d)|[①-⑳]"
)
_GOES_ON = ("，", ",", "、")
_CLOSED = tuple("。！？!?；;：:…”’」』）)】》")
# A text is taken as hard-wrapped when this many of its lines are filled to one width.
_MIN_FILLED = 5
_FILLED_SHARE = 0.3
_MOST_COLUMNS = 160
_LEAST_COLUMNS = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line of a text without the white space around it.

    Attributes:
        flat: The text on one line: inner line ends removed.
        spaced: True if a blank line stands before it, or nothing.
    """

    start: int
    end: int
    flat: str
    spaced: bool


def logical_lines(text: str) -> list[Line]:
    """Returns the text's non-blank lines in order, lines broken in mid-sentence joined to one.

    A line goes on when it ends with a comma, or when the text is hard-wrapped (its lines are filled to
    one width) and this line is filled without a sentence's end. A line that opens with a number, a
    bullet or a heading mark never continues another.
    """
    spans = _physical(text)
    width = _wrap_width([text[start:end] for start, end, _ in spans])
    lines: list[Line] = []
    i = 0
    while i < len(spans):
        start, end, spaced = spans[i]
        while i + 1 < len(spans) and _goes_on(text, spans[i], spans[i + 1], width):
            i += 1
            end = spans[i][1]
        flat = _INNER_BREAK.sub("", text[start:end])
        lines.append(Line(start, end, flat, spaced))
        i += 1
    return lines


def columns(text: str) -> int:
    """Returns the width of a text in columns: 2 for a Chinese character, 1 for others."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _physical(text: str) -> list[tuple[int, int, bool]]:
    """Returns start, end and `spaced` of each line that is not blank."""
    spans: list[tuple[int, int, bool]] = []
    for match in _LINE.finditer(text):
        bare = match[0].strip(BLANKS)
        if not bare:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip(BLANKS))
        spaced = not spans or len(_BREAK.findall(text, spans[-1][1], start)) > 1
        spans.append((start, start + len(bare), spaced))
    return spans


def _wrap_width(lines: Sequence[str]) -> int:
    """Returns the width from which a line counts as filled, 0 if the text is not hard-wrapped."""
    open_ended = sorted(columns(line) for line in lines if not line.endswith(_CLOSED))
    if len(open_ended) < _MIN_FILLED:
        return 0
    width = open_ended[int(len(open_ended) * 0.9)] - 4
    filled = sum(width <= w <= width + 8 for w in open_ended)
    if not _LEAST_COLUMNS <= width <= _MOST_COLUMNS or any(columns(line) > width + 12 for line in lines):
        return 0
    return width if filled >= max(_MIN_FILLED, _FILLED_SHARE * len(lines)) else 0


def _goes_on(text: str, line: tuple[int, int, bool], after: tuple[int, int, bool], width: int) -> bool:
    here, there = text[line[0] : line[1]], text[after[0] : after[1]]
    if _OPENS.match(there) or here.startswith(("#", "|", ">")):
        return False
    if here.endswith(_GOES_ON):
        return True
    return bool(width) and not after[2] and columns(here) >= width and not here.endswith(_CLOSED)
