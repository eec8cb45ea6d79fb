"""A draft's text from the file it is written in; nothing is kept."""

from __future__ import annotations

from assistant.shelf.receiving import MOST_BYTES, TOO_LARGE, safe_name, staged
from retrieval import Record
from retrieval.articles import RejectedArticle, read_articles


class DraftText(Record):
    """The text of a draft, or why it could not be read."""

    text: str = ""
    reason: str = ""


def draft_text(name: str, content: bytes) -> DraftText:
    """Returns the text of a draft sent as a file; one marked as internal is a person's own and is read."""
    safe = safe_name(name)
    if len(content) > MOST_BYTES:
        return DraftText(reason=TOO_LARGE)
    texts, reasons = [], []
    with staged(safe, content) as path:
        for found in read_articles(path, allow_internal=True):
            if isinstance(found, RejectedArticle):
                reasons.append(found.reason)
            else:
                texts.append(found.text)
    if not texts:
        return DraftText(reason=reasons[0] if reasons else "没有正文：请换一个文件。")
    return DraftText(text="\n\n".join(texts))
