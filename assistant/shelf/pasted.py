"""A pasted text as an article: what it says of itself, and why it cannot be kept."""

from __future__ import annotations

import re
from datetime import date

from retrieval import ArticleMeta, Record
from retrieval.metadata import complete_meta

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Pasted(Record):
    """A pasted text with what is known of it; an empty field is unknown."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    region: str = ""
    url: str = ""
    text: str = ""


def prefill(text: str) -> Pasted:
    """Returns what a text says of itself; nothing is concluded from elsewhere."""
    found = complete_meta(ArticleMeta(article_id="pasted"), text)
    return Pasted(
        title=found.title, publisher=found.publisher, published=found.published, region=found.region
    )


def objection(given: Pasted) -> str:
    """Returns why a pasted text cannot be kept as given, "" if it can."""
    if not given.text.strip():
        return "正文是空的。请先粘贴文章内容。"
    if not given.title.strip():
        return "请填写标题。"
    return date_objection(given.published)


def date_objection(published: str) -> str:
    """Returns why a date cannot stand, "" if it can or is open.

    >>> date_objection("2025-02-30"), date_objection("2025-03"), date_objection("")
    ('日期“2025-02-30”不对。请写成 2025、2025-03 或 2025-03-09。', '', '')
    """
    wrong = f"日期“{published}”不对。请写成 2025、2025-03 或 2025-03-09。"
    if not published:
        return ""
    found = _DATE.fullmatch(published)
    if not found:
        return wrong
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return wrong
    return ""
