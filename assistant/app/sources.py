"""Passages and whole articles as HTML (pure functions)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from assistant.app.escaping import escape
from assistant.app.excerpts import Span, Surroundings, span_of
from assistant.attachments.store import is_attachment
from assistant.chinese_dates import chinese_date
from assistant.models import Passage
from retrieval import Article, ArticleMeta, Sentence

DIGEST_BADGE = '<span class="digest" title="依据原文整理的摘要，并非原文">摘要，非原文</span>'
OWN_BADGE = '<span class="digest" title="只有您看得到，只在这次对话里">附件</span>'
_HEADING = re.compile(r"(#{1,6})\s+")
_NOTE = re.compile(r">\s?")


def partial_badge(incomplete: str) -> str:
    """Returns the mark of an article that says itself that it is only a part; "" for others."""
    if not incomplete:
        return ""
    return f'<span class="digest" title="原文写着：{escape(incomplete)}">可能不完整</span>'


def article_address(article_id: str, start: int = 0, end: int = 0) -> str:
    """Returns the address of an article's page relative to the app, at a span where there is one."""
    address = f"article/{url_quote(article_id, safe='')}"
    if end <= start:
        return address
    return f"{address}?{urlencode({'start': start, 'end': end})}#quote"


def source_link(passage: Passage, label: str, kind: str) -> str:
    """Returns a link that opens the passage's article at its place; `label` is shown as it is."""
    address = escape(article_address(passage.article_id, passage.start, passage.end))
    title = escape(f"查看出处：{passage.title or passage.article_id}")
    return f'<a class="to-source {kind}" href="{address}" target="_blank" title="{title}">{label}</a>'


def passage_item(passage: Passage, around: Mapping[Span, Surroundings], number: int = 0) -> str:
    """Returns a list item: where the passage stands, and its quotation marked in its surroundings."""
    context = around.get(span_of(passage), Surroundings())
    label = f'<span class="number">〔{number}〕</span>' if number else ""
    title = source_link(passage, escape(f"《{passage.title or passage.article_id}》"), "name verbatim")
    where = escape(" · ".join(part for part in (known_of(passage), passage.section) if part))
    badges = (DIGEST_BADGE if passage.digest else "") + (
        OWN_BADGE if is_attachment(passage.article_id) else ""
    )
    quote = escape(" ".join(passage.quote.split()))
    return (
        f'<li>{label}{title}{badges}<span class="where">{where}</span>'
        f'<blockquote class="verbatim">{escape(context.before)}<mark>{quote}</mark>'
        f"{escape(context.after)}</blockquote></li>"
    )


def known_of(passage: Passage) -> str:
    """Returns publisher, date and reprints of a passage's article, as far as they are known."""
    reprints = f"另有转载{len(passage.also)}篇" if passage.also else ""
    return " · ".join(part for part in (passage.publisher, chinese_date(passage.published), reprints) if part)


def article_html(article: Article, sentences: Sequence[Sentence], start: int = 0, end: int = 0) -> str:
    """Returns the whole article for reading, the span `[start, end)` marked and named `quote`."""
    return (
        f'<article class="whole verbatim" data-article="{escape(article.article_id)}">'
        f"<header>{_article_head(article)}</header>"
        f"{''.join(_blocks(article, _heading_starts(sentences), start, end))}</article>"
    )


def _article_head(meta: ArticleMeta) -> str:
    known = (meta.publisher, chinese_date(meta.published), meta.region)
    where = " · ".join(escape(part) for part in known if part)
    link = ""
    if re.match(r"https?://", meta.url):
        link = f'<a href="{escape(meta.url)}" target="_blank" rel="noopener noreferrer">原网页</a>'
    badges = f"{DIGEST_BADGE if meta.digest else ''} {partial_badge(meta.incomplete)}"
    return f'<h2>{escape(meta.title or meta.article_id)}</h2><p class="where">{where} {badges} {link}</p>'


def _heading_starts(sentences: Iterable[Sentence]) -> set[int]:
    return {s.start + len(s.text) - len(s.text.lstrip()) for s in sentences if s.heading}


def _blocks(article: Article, headings: set[int], start: int, end: int) -> Iterator[str]:
    text, title = article.text, article.title
    offset, named = 0, False
    for line in text.splitlines(keepends=True):
        low = offset + len(line) - len(line.lstrip())
        high = offset + len(line.rstrip())
        offset += len(line)
        if low >= high:
            continue
        tag, skipped = _kind(text[low:high], low in headings)
        if tag.startswith("h") and text[low + skipped : high] == title and not (low < end and start < high):
            continue  # it stands above already
        marked = _marked(text, low + skipped, high, start, end)
        if "<mark>" in marked and not named:
            marked, named = marked.replace("<mark>", '<mark id="quote">', 1), True
        yield f"<{tag}>{marked}</{tag.split()[0]}>"


def _kind(line: str, heading: bool) -> tuple[str, int]:
    if found := _HEADING.match(line):
        return f"h{min(6, len(found[1]) + 2)}", found.end()
    if found := _NOTE.match(line):
        return 'p class="note"', found.end()
    return ("h4" if heading else "p"), 0


def _marked(text: str, low: int, high: int, start: int, end: int) -> str:
    inner_low, inner_high = max(low, start), min(high, end)
    if inner_low >= inner_high:
        return escape(text[low:high])
    return (
        f"{escape(text[low:inner_low])}<mark>{escape(text[inner_low:inner_high])}</mark>"
        f"{escape(text[inner_high:high])}"
    )
