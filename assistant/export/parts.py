"""What an exported answer consists of: its lines, tables and sources, free of characters XML forbids."""

from __future__ import annotations

import re

from assistant.chinese_dates import chinese_date
from assistant.models import Citation

DIGEST_NOTE = "本项目整理的摘要，非原文"
MARKER = re.compile(r"\s*(?:\[\d+\]|〔\d+〕)")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?")
_CELL_END = re.compile(r"(?<!\\)\|")


def clean(text: str) -> str:
    r"""Returns the text without what a Word file cannot hold.

    >>> clean("甲\x00乙")
    '甲乙'
    """
    return _FORBIDDEN.sub("", text)


def table_row(line: str) -> list[str] | None:
    """Returns the cells of a line of a Markdown table, [] for its rule, None for any other line."""
    stripped = line.strip()
    if not (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1):
        return None
    if _RULE.fullmatch(stripped):
        return []
    return [cell.strip().replace(r"\|", "|") for cell in _CELL_END.split(stripped[1:-1])]


def source_name(citation: Citation) -> str:
    """Returns title, publisher and date as far as they are known, a digest marked as such."""
    mark = f"（{DIGEST_NOTE}）" if citation.digest else ""
    known = (
        f"《{citation.title or citation.article_id}》{mark}",
        citation.publisher,
        chinese_date(citation.published),
    )
    return clean("，".join(part for part in known if part))


def note(citation: Citation) -> str:
    """Returns the source with the sentence that stands behind a statement."""
    return f"{source_name(citation)}：“{clean(' '.join(citation.quote.split()))}”"
