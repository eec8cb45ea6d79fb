"""What is needed of a checked draft; whoever checks it gives records of this shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.models import Passage

RESULTS = {"supported": "有据", "different": "不一致", "not_found": "库中未见"}
KINDS = {
    "figure": "数字", "date": "日期", "name": "人名", "person": "人名", "document": "文件名",
    "title": "文件名", "organisation": "机构名", "place": "地名",
}  # fmt: skip


class DraftItem(Protocol):
    """One figure, date, name or document title of a draft; offsets are the draft's."""

    @property
    def start(self) -> int:
        """Where it begins in the draft."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def text(self) -> str:
        """As the draft has it."""

    @property
    def kind(self) -> str:
        """One of `KINDS`."""

    @property
    def result(self) -> str:
        """One of `RESULTS`."""

    @property
    def difference(self) -> str:
        """What the library says instead, Chinese; "" if nothing."""

    @property
    def passage(self) -> Passage | None:
        """Where the library says it, None if nowhere."""


class Report(Protocol):
    """A checked draft."""

    @property
    def items(self) -> Sequence[DraftItem]:
        """What was checked, in order of the text."""


def pieces(text: str, items: Sequence[DraftItem]) -> Iterator[tuple[str, int]]:
    """Yields the draft in pieces, each with the number (1-based) of the item that it is, 0 for none.

    The pieces joined are the draft; of items that overlap the first counts.
    """
    at = 0
    for number, item in enumerate(items, start=1):
        if item.start < at or item.end <= item.start:
            continue
        if item.start > at:
            yield text[at : item.start], 0
        yield text[item.start : item.end], number
        at = item.end
    if at < len(text):
        yield text[at:], 0


def remark(item: DraftItem) -> str:
    """Returns what is said about an item, without its source."""
    label = RESULTS.get(item.result, item.result)
    return f"{label}：{item.difference}" if item.difference else label
