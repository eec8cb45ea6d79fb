"""What the product says in its own voice about an answer that a model wrote."""

from __future__ import annotations

EXCERPT = "以下为摘录"


def dropped(count: int) -> str:
    """Returns the notice for claims that did not pass."""
    return f"模型写的话有 {count} 句没有通过核对，已略去不显示。"


def repaired(count: int) -> str:
    """Returns the notice for claims that passed after they were written anew."""
    return f"模型写的话有 {count} 句初稿没有通过核对，改写后通过。"


def fell_back(reason: str) -> str:
    """Returns the notice for an extract that stands in."""
    return f"{reason}下面是逐句摘自原文的回答。"


NOT_ANSWERED = "模型写的话里没有通过核对的答案。"
