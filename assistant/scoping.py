"""What a question may be limited to: regions, articles, years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retrieval import ArticleMeta, Record

MOST_REGIONS = 300


class Scope(Record):
    """Limits of a question; an empty part does not limit, parts are combined with `and`."""

    regions: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


NOTHING_CHOSEN = Scope()


def article_ids(scope: Scope, metas: Sequence[ArticleMeta]) -> frozenset[str] | None:
    """Returns the ids of the articles within the scope; None if it does not limit."""
    if scope == NOTHING_CHOSEN:
        return None
    return frozenset(meta.article_id for meta in metas if is_within(scope, meta))


def is_within(scope: Scope, meta: ArticleMeta) -> bool:
    """Returns whether an article lies within a scope; one whose date is open lies in no year."""
    if scope.regions and not any(meta.region.startswith(region) for region in scope.regions):
        return False
    if scope.articles and not {meta.article_id, *meta.also} & set(scope.articles):
        return False
    return not scope.years or meta.published[:4] in scope.years


def describe(scope: Scope, metas: Sequence[ArticleMeta]) -> str:
    """Returns a scope as people say it, "" if it does not limit.

    >>> describe(Scope(regions=("青禾市",), years=("2025",)), [])
    '青禾市 · 2025年'
    """
    titles = {meta.article_id: meta.title or meta.article_id for meta in metas}
    named = [f"《{titles.get(name, name)}》" for name in scope.articles]
    articles = "、".join(named) if len(named) < 3 else f"{named[0]}等{len(named)}篇"
    years = "、".join(f"{year}年" for year in scope.years)
    return " · ".join(part for part in ("、".join(scope.regions), articles, years) if part)


def region_choices(metas: Sequence[ArticleMeta]) -> list[tuple[str, str]]:
    """Returns (label with the number of articles, region) for every region and the province above it."""
    counted: Counter[str] = Counter()
    for meta in metas:
        counted.update({meta.region, _province(meta.region)} - {""})
    chosen = sorted(counted.most_common(MOST_REGIONS))
    return [(f"{region}（{number}篇）", region) for region, number in chosen]


def year_choices(metas: Sequence[ArticleMeta]) -> list[tuple[str, str]]:
    """Returns (label with the number of articles, year), newest first."""
    counted = Counter(meta.published[:4] for meta in metas if meta.published)
    return [(f"{year}年（{counted[year]}篇）", year) for year in sorted(counted, reverse=True)]


def _province(region: str) -> str:
    for ending in ("自治区", "特别行政区", "省"):
        head, found, _ = region.partition(ending)
        if found:
            return head + ending
    return ""
