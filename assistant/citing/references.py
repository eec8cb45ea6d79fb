"""Sources as GB/T 7714 references: what is not known is left out, nothing is supplied."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.models import Citation, Passage

_NEWSPAPER = re.compile(r"报$")
_PERIODICAL = re.compile(r"(?:杂志|周刊|学报|月刊|季刊)社?$")
_WEB = re.compile(r"https?://\S+")


def reference(passage: Passage) -> str:
    """Returns one reference by GB/T 7714—2015, its number left to the caller.

    >>> reference(Passage(article_id="a", title="邻里", publisher="青禾日报", published="2025-03-09",
    ...     quote="q", start=0, end=1))
    '邻里[N]. 青禾日报, 2025-03-09.'
    """
    title = passage.title or passage.article_id
    address = passage.source if _WEB.fullmatch(passage.source) else ""
    if _NEWSPAPER.search(passage.publisher):
        return _serial(title, "N", passage, address)
    if _PERIODICAL.search(passage.publisher):
        return _serial(title, "J", passage, address)
    return _separate(title, "EB/OL" if address else "Z", passage, address)


def references(citations: Iterable[Citation]) -> str:
    """Returns numbered references, one a line, an article named once."""
    listed = dict.fromkeys(reference(citation) for citation in citations)
    return "\n".join(f"[{number}] {text}" for number, text in enumerate(listed, start=1))


def _serial(title: str, kind: str, passage: Passage, address: str) -> str:
    where = ", ".join(part for part in (passage.publisher, passage.published) if part)
    marked = f"{title}[{kind}{'/OL' if address else ''}]. {where}."
    return f"{marked} {address}." if address else marked


def _separate(title: str, kind: str, passage: Passage, address: str) -> str:
    by = f"{passage.publisher}. " if passage.publisher else ""
    when = f" ({passage.published})." if passage.published and address else ""
    plain = f" {passage.published}." if passage.published and not address else ""
    return f"{by}{title}[{kind}].{when}{plain}{f' {address}.' if address else ''}"
