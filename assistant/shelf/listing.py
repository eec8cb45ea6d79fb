"""Which articles are listed, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

from assistant.scoping import region_choices, year_choices
from retrieval import ArticleMeta, Record

Order = Literal["newest", "oldest", "title", "publisher"]
Choices = list[tuple[str, str]]


class Wanted(Record):
    """What to list; an empty part does not limit."""

    words: str = ""
    region: str = ""
    publisher: str = ""
    year: str = ""
    topic: str = ""
    order: Order = "newest"
    most: int = 50


def listed(metas: Sequence[ArticleMeta], wanted: Wanted) -> list[ArticleMeta]:
    """Returns the articles wanted, all of them, in order; those without a date last."""
    found = [meta for meta in metas if _fits(meta, wanted)]
    found.sort(key=lambda meta: meta.article_id)
    if wanted.order in {"newest", "oldest"}:
        dated = [meta for meta in found if meta.published]
        dated.sort(key=lambda meta: meta.published, reverse=wanted.order == "newest")
        return [*dated, *(meta for meta in found if not meta.published)]
    named: Callable[[ArticleMeta], str] = (
        (lambda meta: meta.title or meta.article_id) if wanted.order == "title" else (lambda m: m.publisher)
    )
    return sorted(found, key=lambda meta: (not named(meta), named(meta)))


def _fits(meta: ArticleMeta, wanted: Wanted) -> bool:
    text = f"{meta.title} {meta.article_id} {meta.publisher} {meta.region} {' '.join(meta.topics)}".lower()
    return (
        all(word in text for word in wanted.words.lower().split())
        and meta.region.startswith(wanted.region)
        and (not wanted.publisher or meta.publisher == wanted.publisher)
        and meta.published.startswith(wanted.year)
        and (not wanted.topic or wanted.topic in meta.topics)
    )


def choices(metas: Sequence[ArticleMeta]) -> dict[str, Choices]:
    """Returns what can be chosen for each limit, with the number of articles in the label."""
    publishers = Counter(meta.publisher for meta in metas if meta.publisher)
    topics = Counter(topic for meta in metas for topic in meta.topics)
    return {
        "region": region_choices(metas),
        "publisher": _counted(publishers),
        "year": year_choices(metas),
        "topic": _counted(topics),
    }


def _counted(found: Counter[str]) -> Choices:
    return [(f"{name}（{number}篇）", name) for name, number in sorted(found.most_common(300))]
