"""Hits turned into numbered evidence sentences, each with what its place in the article tells about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from assistant.reading.years import year_of_undated
from retrieval import Article, ArticleMeta, Hit, Sentence


class ArticleSource(Protocol):
    """What evidence needs of a library."""

    def article(self, article_id: str) -> Article:
        """Returns an article with its text."""

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """Returns an article's sentences in order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that may be cited.

    Attributes:
        label: 1-based number; the only thing a generator may cite.
        rank: 0-based rank of the best hit that holds it.
        before: Text of up to two sentences before it in the same section.
        paragraph: Text of the other sentences of its paragraph, for what they carry over.
        whole: Text of the paragraph, itself included, which its sentences share; "" if it stands alone.
        year: The year that its article is of, "" where neither its date nor its text tells.
        start, end: Span without surrounding white space; `text == article text[start:end]`.
    """

    label: int
    article: ArticleMeta
    sentence: Sentence
    start: int
    end: int
    text: str
    rank: int
    before: str = ""
    paragraph: str = ""
    whole: str = ""
    year: str = ""

    @property
    def context(self) -> str:
        """Headings, title and place: what holds for the sentence without standing in it."""
        return " ".join(filter(None, (self.sentence.section, self.article.title, self.article.region)))


def trimmed_span(sentence: Sentence) -> tuple[int, int]:
    """Returns the sentence's span without white space and Markdown marks at its ends."""
    text = sentence.text
    lead = len(text) - len(text.lstrip(" \t\r\n\u3000#>*-"))
    start = sentence.start + lead
    return start, max(start, sentence.start + len(text.rstrip()))


def gather(
    hits: Iterable[Hit], source: ArticleSource, limit: int = 160, *, notes: bool = False
) -> list[Evidence]:
    """Returns the sentences of the hits, best hit first, numbered from 1, at most `limit`, no headings.

    A digest's note about itself, which tells nothing of its subject, is among them only if `notes`.
    """
    found: list[Evidence] = []
    seen: set[tuple[str, int]] = set()
    opened: dict[str, tuple[Article, ArticleMeta]] = {}
    for rank, hit in enumerate(hits):
        if hit.article_id not in opened:
            article = source.article(hit.article_id)
            opened[hit.article_id] = (article, article.meta)
        article, meta = opened[hit.article_id]
        sentences = source.sentences(hit.article_id)
        for sentence in sentences:
            key = (hit.article_id, sentence.index)
            if sentence.start >= hit.end or sentence.end <= hit.start or key in seen:
                continue
            start, end = trimmed_span(sentence)
            own_note = article.digest and "本项目依据原文整理" in sentence.text
            if sentence.heading or end <= start or (own_note and not notes):
                continue
            seen.add(key)
            found.append(_evidence(len(found) + 1, article.text, meta, sentences, sentence, rank))
            if len(found) == limit:
                return found
    return found


def _evidence(
    number: int,
    text: str,
    meta: ArticleMeta,
    sentences: tuple[Sentence, ...],
    sentence: Sentence,
    rank: int,
) -> Evidence:
    start, end = trimmed_span(sentence)
    around = _surroundings(sentences, sentence, text)
    year = _year_of(meta.published, text)
    return Evidence(number, meta, sentence, start, end, text[start:end], rank, *around, year=year)


@lru_cache(maxsize=64)
def _year_of(published: str, text: str) -> str:
    return published[:4] or year_of_undated(text)


def _surroundings(sentences: tuple[Sentence, ...], sentence: Sentence, text: str) -> tuple[str, str, str]:
    low, high = sentence.index, sentence.index
    while low > 0 and not sentences[low - 1].heading and "\n" not in sentences[low - 1].text:
        low -= 1
    while high + 1 < len(sentences) and "\n" not in sentences[high].text and not sentences[high + 1].heading:
        high += 1
    paragraph = text[sentences[low].start : sentence.start] + text[sentence.end : sentences[high].end]
    earlier = [
        s.text
        for s in sentences[max(0, sentence.index - 2) : sentence.index]
        if s.section == sentence.section and not s.heading
    ]
    paragraph = paragraph.strip()
    whole = text[sentences[low].start : sentences[high].end].strip() if paragraph else ""
    return "".join(earlier).strip(), paragraph, whole


def _note_about_itself(article: Article) -> tuple[int, int]:
    """Returns the span of the line in which a digest tells of itself, an empty one if there is none."""
    at = article.text.find("本项目依据原文整理") if article.digest else -1
    if at < 0:
        return 0, 0
    end = article.text.find("\n", at)
    return article.text.rfind("\n", 0, at) + 1, end if end >= 0 else len(article.text)


def whole_article(
    article: Article, sentences: tuple[Sentence, ...], *, headings: bool = False
) -> list[Evidence]:
    """Returns every sentence of an article as evidence in order, numbered from 1; headings only if wanted."""
    meta = article.meta
    note = _note_about_itself(article)
    found: list[Evidence] = []
    for sentence in sentences:
        start, end = trimmed_span(sentence)
        if (sentence.heading and not headings) or end <= start or (note[0] <= start < note[1]):
            continue
        found.append(_evidence(len(found) + 1, article.text, meta, sentences, sentence, 0))
    return found
