"""The automatic numbers of a Word file (一、 (一) 1. 第三条 ①), which stand nowhere in its text."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = frozenset({
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseDigitalTenThousand",
    "taiwaneseDigital",
    "chineseLegalSimplified",
})
_BULLET = "- "


class Numbering:
    """Counts a document's lists as Word does."""

    def __init__(self, document: Any) -> None:
        root = _numbering_root(document)
        self._abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if root is not None:
            self._read(root)
        self._read_styles(document)

    def next(self, paragraph: Any, style_id: str) -> str:
        """Returns the number or bullet before a paragraph and counts on; `""` if it has none."""
        list_id, level = self._place(paragraph, style_id)
        levels = self._abstract.get(self._lists.get(list_id, ""), {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._lists[list_id], [0] * 9)
        counts[level] = counts[level] + 1 if counts[level] else self._start(list_id, level, levels)
        counts[level + 1 :] = [0] * (8 - level)
        form, pattern, _ = levels[level]
        if form in {"bullet", "none"} or not re.search(r"%\d", pattern):
            return _BULLET if form == "bullet" else ""
        return self._filled(pattern, counts, levels)

    def _place(self, paragraph: Any, style_id: str) -> tuple[str, int]:
        mark = paragraph.find(f"{_W}pPr/{_W}numPr")
        from_style = self._of_style.get(style_id, ("", 0))
        if mark is None:
            return from_style
        list_id, level = _value(mark, "numId"), _value(mark, "ilvl")
        return list_id or from_style[0], int(level) if level.isdigit() else from_style[1]

    def _start(self, list_id: str, level: int, levels: dict[int, tuple[str, str, int]]) -> int:
        return self._starts.get((list_id, level), levels[level][2])

    def _filled(self, pattern: str, counts: list[int], levels: dict[int, tuple[str, str, int]]) -> str:
        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            return written(max(counts[index], 1), levels[index][0] if index in levels else "decimal")

        text = re.sub(r"%([1-9])", number, pattern)
        return text if text.endswith(("、", "．", "）", "：")) else f"{text} "

    def _read(self, root: Any) -> None:
        for abstract in root.iter(_W + "abstractNum"):
            levels: dict[int, tuple[str, str, int]] = {}
            for level in abstract.iter(_W + "lvl"):
                index, start = str(level.get(_W + "ilvl")), _value(level, "start")
                if index.isdigit() and int(index) < 9:
                    first = int(start) if start.isdigit() else 1
                    levels[int(index)] = (_value(level, "numFmt"), _value(level, "lvlText"), first)
            self._abstract[str(abstract.get(_W + "abstractNumId"))] = levels
        for entry in root.iter(_W + "num"):
            list_id = str(entry.get(_W + "numId"))
            self._lists[list_id] = _value(entry, "abstractNumId")
            for override in entry.iter(_W + "lvlOverride"):
                index, start = str(override.get(_W + "ilvl")), _value(override, "startOverride")
                if index.isdigit() and start.isdigit():
                    self._starts[list_id, int(index)] = int(start)
                    # A list that starts anew counts for itself.
                    own = f"{self._lists[list_id]}/{list_id}"
                    self._abstract.setdefault(own, self._abstract.get(self._lists[list_id], {}))
                    self._lists[list_id] = own

    def _read_styles(self, document: Any) -> None:
        for style in document.styles:
            mark = style.element.find(f"{_W}pPr/{_W}numPr")
            if mark is not None:
                level = _value(mark, "ilvl")
                self._of_style[style.style_id] = (_value(mark, "numId"), int(level) if level.isdigit() else 0)


def written(number: int, form: str) -> str:
    """Returns a number in one of Word's number formats.

    >>> [written(12, f) for f in ("decimal", "chineseCounting", "upperLetter", "decimalEnclosedCircle")]
    ['12', '十二', 'L', '⑫']
    """
    if form in _CHINESE:
        return chinese_number(number)
    if form in {"upperLetter", "lowerLetter"} and number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    if form in {"upperRoman", "lowerRoman"} and number < 40:
        roman, rest = "", number
        for value, letters in _ROMAN:
            roman, rest = roman + letters * (rest // value), rest % value
        return roman.upper() if form == "upperRoman" else roman
    if form.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(ord("①") + number - 1)
    return str(number)


def chinese_number(number: int) -> str:
    """Returns a number below 1000 in Chinese, greater ones in digits.

    >>> chinese_number(3), chinese_number(10), chinese_number(21), chinese_number(105)
    ('三', '十', '二十一', '一百零五')
    """
    if number >= 1000:
        return str(number)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not text else "")


def _numbering_root(document: Any) -> Any:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return None


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return str(child.get(_W + "val") or "") if child is not None else ""
