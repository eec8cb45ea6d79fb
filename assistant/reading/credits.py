"""Who wrote, edited or signed off an article: questions about the article itself, not about what it tells."""

from __future__ import annotations

import re

_CREDITS = re.compile(
    "作者|责编|责任编辑|签发|署名|撰稿|撰文|执笔|供稿|校对|编审|"
    "(?:稿子|文章|报道|稿件|材料|消息|这篇|那篇)[^,，。?？]{0,8}(?:记者|编辑|谁写|谁采写|哪个单位写|谁报道|谁发)"
)


def asks_credits(text: str) -> bool:
    """Returns whether a question asks who wrote, edited or signed off an article.

    >>> asks_credits("这篇稿子的作者是谁?"), asks_credits("谁负责网格工作?")
    (True, False)
    """
    return bool(_CREDITS.search(text))
