"""All articles' metadata as one sequence, which answers what every question asks of it unread."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from retrieval.models import ArticleMeta


@dataclass(frozen=True, slots=True)
class Brief:
    """What questions ask of an article's metadata."""

    article_id: str
    region: str
    title: str


class Catalogue(Sequence[ArticleMeta]):
    """The metadata of all articles, in order of their ids.

    Opening a large library needs little of it: the whole is read when somebody goes through it.
    """

    def __init__(self, briefs: Sequence[Brief], whole: Callable[[], Sequence[ArticleMeta]]) -> None:
        """Takes what is known of every article, and what reads the whole, in the same order."""
        self.briefs = briefs
        self._read = whole

    @classmethod
    def of(cls, metas: Sequence[ArticleMeta]) -> Catalogue:
        """Returns a catalogue of what is read already."""
        return cls([Brief(m.article_id, m.region, m.title) for m in metas], lambda: metas)

    def __len__(self) -> int:
        return len(self.briefs)

    @overload
    def __getitem__(self, place: int) -> ArticleMeta: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ArticleMeta]: ...
    def __getitem__(self, place: int | slice) -> ArticleMeta | Sequence[ArticleMeta]:
        return self._whole[place]

    def __iter__(self) -> Iterator[ArticleMeta]:
        return iter(self._whole)

    def __eq__(self, other: object) -> bool:
        """Returns whether another sequence has the same articles in the same order."""
        return isinstance(other, Sequence) and len(self) == len(other) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def _whole(self) -> Sequence[ArticleMeta]:
        return self._read()

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The different regions that the articles are about, in order of the articles."""
        return tuple(dict.fromkeys(brief.region for brief in self.briefs))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all articles."""
        return frozenset(brief.article_id for brief in self.briefs)

    def about(self, names: Iterable[str]) -> list[str]:
        """Returns the ids of the articles that have one of the names in their region or title, in order."""
        text, starts = self._searched
        found: set[int] = set()
        for name in filter(None, dict.fromkeys(names)):
            position = text.find(name)
            while position >= 0:
                number = bisect_right(starts, position) - 1
                found.add(number)
                end = starts[number + 1] if number + 1 < len(starts) else len(text)
                position = text.find(name, end)
        return [self.briefs[number].article_id for number in sorted(found)]

    @cached_property
    def _searched(self) -> tuple[str, list[int]]:
        """Regions and titles in one string, and where each article's begin."""
        parts = [f"{brief.region}{brief.title}\n" for brief in self.briefs]
        starts, position = [], 0
        for part in parts:
            starts.append(position)
            position += len(part)
        return "".join(parts), starts


def briefs_of(articles: Sequence[ArticleMeta]) -> Sequence[Brief]:
    """Returns what questions ask of articles' metadata, in order of the articles."""
    return (articles if isinstance(articles, Catalogue) else Catalogue.of(articles)).briefs


def regions_of(articles: Sequence[ArticleMeta]) -> tuple[str, ...]:
    """Returns the different regions that articles are about."""
    return (articles if isinstance(articles, Catalogue) else Catalogue.of(articles)).regions


def ids_about(articles: Sequence[ArticleMeta], names: Iterable[str]) -> list[str]:
    """Returns the ids of the articles that have one of the names in their region or title."""
    return (articles if isinstance(articles, Catalogue) else Catalogue.of(articles)).about(names)
