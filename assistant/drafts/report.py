"""A checked draft as people read it: the words for results and kinds, the text in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.verifying.records import DraftItem

RESULTS = {"supported": "有据", "different": "不一致", "not_found": "库中未见"}
KINDS = {"figure": "数字", "date": "日期", "name": "人名", "document": "文件名"}


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
    label = RESULTS[item.result]
    return f"{label}：{item.difference}" if item.difference else label
