"""An answer as text to paste elsewhere: sentences for a report, or sentences with their sources."""

from __future__ import annotations

import re

from assistant.chinese_dates import chinese_date
from assistant.models import Answer, Citation, Statement

_NOTE = re.compile(r"（注[:：][^（）]*）$")
_MARKDOWN = re.compile(r"^[-*]\s+|\*\*")
# Only what stands at a moment can be said with 截至; what happened over a time cannot.
_STANDING = re.compile(r"现有|目前|已有|累计|共有|已建|总数|在册|拥有|达到?|截止")
_OWN_TIME = re.compile(r"^截至|^据|^(?:19|20)\d{2}年|^[^，。]{0,12}(?:19|20)\d{2}年")


def report_sentences(answer: Answer) -> str:
    """Returns the statements as sentences of a report: behind «截至…» or «据…», without markers or notes."""
    by_number = {citation.n: citation for citation in answer.citations}
    return "\n".join(_report_sentence(one, answer, by_number) for one in answer.statements)


def _report_sentence(statement: Statement, answer: Answer, by_number: dict[int, Citation]) -> str:
    text = _NOTE.sub("", _MARKDOWN.sub("", statement.text)).strip()
    if _OWN_TIME.search(text):
        return _ended(text)
    times = {
        figure.as_of
        for figure in answer.figures
        if figure.citation in statement.citations and figure.text in text and figure.as_of
    }
    if len(times) == 1 and _STANDING.search(text):
        return _ended(f"截至{chinese_date(times.pop())}，{text}")
    cited = [by_number[n] for n in statement.citations if n in by_number]
    return _ended(f"{_according_to(cited[0])}，{text}" if cited else text)


def _according_to(citation: Citation) -> str:
    if citation.publisher and not citation.digest:
        return f"据{citation.publisher}{chinese_date(citation.published)}报道"
    return f"据《{citation.title or citation.article_id}》"


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "；", "：")) else f"{text.rstrip('，,;:')}。"


def with_sources(answer: Answer) -> str:
    """Returns the answer with its markers and, below, each source with title, publisher, date, sentence."""
    text = re.sub(r"\*\*", "", answer.text).strip()
    listed = "\n".join(source_line(citation) for citation in answer.citations)
    return f"{text}\n\n出处：\n{listed}" if listed else text


def source_line(citation: Citation) -> str:
    """Returns a source with its number, as far as it is known."""
    known = (
        f"《{citation.title or citation.article_id}》{'（摘要，非原文）' if citation.digest else ''}",
        citation.publisher,
        chinese_date(citation.published),
        f"“{' '.join(citation.quote.split())}”",
        citation.source if citation.source.startswith("http") else "",
    )
    return f"[{citation.n}] " + "，".join(part for part in known if part)
