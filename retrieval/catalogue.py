"""All articles' metadata as one list that answers what every question asks of it without going through it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from retrieval.models import ArticleMeta


class Catalogue(list[ArticleMeta]):
    """The metadata of all articles, in order of their ids; not to be changed."""

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The different regions that the articles are about, in order of the articles."""
        return tuple(dict.fromkeys(meta.region for meta in self))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all articles."""
        return frozenset(meta.article_id for meta in self)

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
        return [self[number].article_id for number in sorted(found)]

    @cached_property
    def _searched(self) -> tuple[str, list[int]]:
        """Regions and titles in one string, and where each article's begin."""
        parts = [f"{meta.region}{meta.title}\n" for meta in self]
        starts, position = [], 0
        for part in parts:
            starts.append(position)
            position += len(part)
        return "".join(parts), starts


def regions_of(articles: list[ArticleMeta]) -> tuple[str, ...]:
    """Returns the different regions that articles are about."""
    return articles.regions if isinstance(articles, Catalogue) else Catalogue(articles).regions


def ids_about(articles: list[ArticleMeta], names: Iterable[str]) -> list[str]:
    """Returns the ids of the articles that have one of the names in their region or title."""
    return (articles if isinstance(articles, Catalogue) else Catalogue(articles)).about(names)
