"""What of a draft's sentence is checked: figures, dates, quoted names, persons, document titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.parsing import Parsed
from assistant.verifying.records import DraftKind

_TITLE = re.compile("《([^《》]+)》")
_QUOTED = re.compile(r"[“「『]([^“”「」『』]{2,30})[”」』]")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a sentence with its span in it; `name` is a title or quoted name without its marks."""

    start: int
    end: int
    kind: DraftKind
    name: str = ""


def find_items(parsed: Parsed) -> list[Item]:
    """Returns the items of a sentence in order; what stands inside a title is part of it."""
    titles = [Item(m.start(), m.end(), "document", m[1]) for m in _TITLE.finditer(parsed.text)]
    quoted = [Item(m.start(), m.end(), "name", m[1]) for m in _QUOTED.finditer(parsed.text)]
    people = [Item(s.start, s.end, "name", s.text) for s in parsed.slots if s.kind == "person"]
    found: list[Item] = [*titles, *(i for i in (*quoted, *people) if not _inside(i.start, titles))]
    for figure in parsed.figures:
        if _inside(figure.start, found):
            continue
        if figure.kind == "code" and re.search(r"\d号$", figure.text):
            found.append(Item(figure.start, figure.end, "document", figure.text))
        elif figure.kind in {"number", "percent", "ratio", "code", "ordinal"}:
            found.append(Item(figure.start, figure.end, "figure"))
    for time in parsed.times:
        if re.search(r"[\d一二三四五六七八九十]", time.text) and not _inside(time.start, found):
            found.append(Item(time.start, time.end, "date"))
    return sorted(found, key=lambda i: i.start)


def _inside(position: int, items: Sequence[Item]) -> bool:
    return any(i.start <= position < i.end for i in items)
