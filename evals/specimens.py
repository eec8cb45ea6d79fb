"""True sentences of the seed articles, and the statements made of them to try the checker."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from assistant import Figure, extract_figures
from assistant.checking.checker import Support
from assistant.draft import support
from assistant.evidence import gather
from retrieval import Hit, Library

_NAMED = re.compile(r"《[^《》]*》|“[^“”]*”|‘[^‘’]*’")


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that holds figures, with what the checker is given when it is cited.

    Attributes:
        named: Spans of titles and quoted terms, in which nothing may be put otherwise.
    """

    article_id: str
    text: str
    support: Support
    figures: tuple[Figure, ...]
    named: tuple[tuple[int, int], ...]

    @property
    def quantities(self) -> tuple[Figure, ...]:
        """Its amounts outside titles and quoted terms; ranges, clock times and labels left out."""
        return tuple(
            f
            for f in self.figures
            if f.is_quantity and not f.high and not self.is_named(f.start) and not self.is_label(f)
        )

    def is_label(self, figure: Figure) -> bool:
        """Returns whether a number counts nothing: of a clock (20:07), a list (1.), a model, a code."""
        beside = self.text[max(0, figure.start - 2) : figure.start], self.text[figure.end : figure.end + 2]
        marked = re.search(r"[:：.(（,\-A-Za-z]\s?$", beside[0]) or re.match(
            r"\s?[:：.)）,\-A-Za-z]", beside[1]
        )
        return not figure.unit and figure.kind == "number" and bool(marked)

    def is_named(self, position: int) -> bool:
        """Returns whether a position is inside a title or a quoted term."""
        return any(start <= position < end for start, end in self.named)

    def knows(self, words: str) -> bool:
        """Returns whether words stand in the sentence or in what its place adds to it."""
        known = (self.text, self.support.text, self.support.context, self.support.before)
        return any(words in part for part in known)

    def has_value(self, value: Decimal) -> bool:
        """Returns whether any amount of the sentence is the value."""
        return any(f.is_quantity and value in ends_of(f) for f in self.figures)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A statement to be checked against its support.

    Attributes:
        change: What was done to the true sentence.
        at: Where in the statement one stretch was put differently, None if it cannot be parted from the rest.
    """

    kind: str
    statement: str
    support: Support
    change: str
    at: int | None = None


Maker = Callable[[Source, Random], Specimen | None]


def ends_of(figure: Figure) -> tuple[Decimal, ...]:
    """Returns an amount's value, and the upper end of a range."""
    return tuple(Decimal(end) for end in (figure.value, figure.high) if end)


def replaced(source: Source, kind: str, span: tuple[int, int], new: str) -> Specimen:
    """Returns the sentence with one span put differently."""
    start, end = span
    statement = source.text[:start] + new + source.text[end:]
    return Specimen(kind, statement, source.support, f"{source.text[start:end] or '∅'} → {new or '∅'}", start)


def excerpted(specimen: Specimen) -> Specimen:
    """Returns the specimen cut down to the clause that was put differently, if that stands by itself."""
    if specimen.at is None:
        return specimen
    start, end = clause_at(specimen.statement, specimen.at)
    clause = specimen.statement[start:end].strip()
    paired = all(clause.count(a) == clause.count(b) for a, b in ("“”", "《》", "（）", "‘’"))
    if len(clause) < 10 or not paired:
        return specimen
    return replace(specimen, statement=clause + "。")


def clause_at(text: str, position: int) -> tuple[int, int]:
    """Returns the span between the marks of punctuation around a position."""
    start = max((m.end() for m in re.finditer("[，。；：！？,;]", text) if m.end() <= position), default=0)
    following = re.compile("[，。；：！？;]").search(text, position)
    return start, following.start() if following else len(text)


def read_sources(library: Library) -> list[Source]:
    """Returns the sentences of a library that hold an amount, prepared as for an answer."""
    return [source for meta in library.articles() for source in _of_article(library, meta.article_id)]


def _of_article(library: Library, article_id: str) -> Iterator[Source]:
    text = library.article(article_id).text
    whole = Hit(
        article_id=article_id,
        chunk_id=f"{article_id}#0",
        score=1.0,
        legs={},
        start=0,
        end=len(text),
        text=text,
    )
    for evidence in gather([whole], library, limit=len(text)):
        figures = tuple(extract_figures(evidence.text))
        if any(figure.is_quantity for figure in figures):
            named = tuple(match.span() for match in _NAMED.finditer(evidence.text))
            yield Source(article_id, evidence.text, support(evidence), figures, named)
