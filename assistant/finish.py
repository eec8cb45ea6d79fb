"""Checked statements into the Answer: citations numbered, figures listed, text assembled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant import phrases
from assistant.draft import Draft
from assistant.evidence import Evidence
from assistant.figures import Figure, extract_figures
from assistant.models import AnswerFigure, Citation, Notice, Passage, Statement
from assistant.reading.times import TimeMention, governing_time, time_mentions
from retrieval import ArticleMeta


def passage_fields(evidence: Evidence) -> dict[str, object]:
    """Returns the fields that a Passage and a Citation share."""
    meta = evidence.article
    return {
        "article_id": meta.article_id,
        "also": meta.also,
        "title": meta.title,
        "publisher": meta.publisher,
        "published": meta.published,
        "region": meta.region,
        "source": meta.source,
        "section": evidence.sentence.section,
        "quote": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
        "digest": meta.digest,
    }


class Citations:
    """Numbers evidence in the order it is first cited, for one answer."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], int] = {}
        self.all: list[Citation] = []
        self.articles: dict[str, ArticleMeta] = {}

    @classmethod
    def resumed(cls, given: Iterable[Citation]) -> Citations:
        """Returns the numbering of an answer that has these citations already."""
        citations = cls()
        for citation in given:
            citations._numbers[citation.article_id, citation.start] = citation.n
            citations.all.append(citation)
        return citations

    def cite(self, evidence: Sequence[Evidence]) -> tuple[tuple[int, ...], tuple[Citation, ...]]:
        """Returns the numbers for the evidence, and the citations that are new."""
        numbers, fresh = [], []
        for item in evidence:
            self.articles[item.article.article_id] = item.article
            key = (item.article.article_id, item.start)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
                citation = Citation.model_validate({"n": self._numbers[key], **passage_fields(item)})
                fresh.append(citation)
                self.all.append(citation)
            numbers.append(self._numbers[key])
        return tuple(dict.fromkeys(numbers)), tuple(fresh)


def incomplete_notices(articles: Iterable[ArticleMeta]) -> tuple[Notice, ...]:
    """Returns a notice for each article that says of itself that it is only a part."""
    return tuple(
        Notice(kind="incomplete_source", text=phrases.incomplete(article.title or name, article.incomplete))
        for name, article in {article.article_id: article for article in articles}.items()
        if article.incomplete
    )


def nearest(evidence: Iterable[Evidence], most: int = 3) -> tuple[Passage, ...]:
    """Returns the first few sentences as passages, no two alike."""
    found: dict[str, Passage] = {}
    for item in evidence:
        if item.text not in found and len(found) < most:
            found[item.text] = Passage.model_validate(passage_fields(item))
    return tuple(found.values())


def answer_figures(draft: Draft, citation: int) -> list[AnswerFigure]:
    """Returns the quantities of a checked statement with the citation that holds them."""
    figures = extract_figures(draft.text)
    times = time_mentions(draft.text, draft.cites[0].article.published, figures)
    return [listed_figure(figure, times, citation) for figure in figures if figure.is_quantity]


def listed_figure(figure: Figure, times: Sequence[TimeMention], citation: int) -> AnswerFigure:
    """Returns a quantity of a statement as the answer lists it, with the time that governs it."""
    time = governing_time(times, figure.start)
    return AnswerFigure(
        text=figure.text,
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        as_of=time.iso if time and "/" not in time.iso else "",
        citation=citation,
    )


def statement_line(statement: Statement) -> str:
    """Returns a statement as a line of Markdown with its markers."""
    return statement.text + "".join(f"[{n}]" for n in statement.citations)
