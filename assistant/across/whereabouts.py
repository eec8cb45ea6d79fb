"""Which articles may tell of a thing that is asked of every place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.reading.language import Language
from assistant.reading.question import understand
from assistant.reading.vocabulary import load_vocabulary
from retrieval import ArticleMeta, Brief, Chunk, Hit, Query, briefs_of

_MOST_ARTICLES = 14
_MOST_HOLDING = 12  # articles added for naming the thing
_MOST_NOUNS = 2
_MOST_NAMES = 6
_MOST_COUNTED = 400


class Whereabouts:
    """Finds the articles to ask; every outside thing is handed in.

    Args:
        search: Query → hits.
        articles: All articles' metadata.
        holding: Groups of tokens, scope → all passages that hold every token of a group.
        language: What is known of Chinese.
    """

    def __init__(
        self,
        *,
        search: Callable[[Query], list[Hit]],
        articles: Callable[[], Sequence[ArticleMeta]],
        holding: Callable[[Sequence[Collection[str]], Collection[str] | None], Iterator[Chunk]],
        language: Language,
    ) -> None:
        self._search = search
        self._articles = articles
        self._holding = holding
        self._language = language

    def candidates(self, stem: str, scope: frozenset[str] | None) -> list[Brief]:
        """Returns the articles that may tell, those that fit best first.

        In a large library the search's best are joined by those that speak of the thing most: what one place
        has of it stands in an article about that place, not only where the whole question is met.
        """
        briefs = [b for b in briefs_of(self._articles()) if scope is None or b.article_id in scope]
        if len(briefs) <= _MOST_ARTICLES:
            return briefs
        known = {b.article_id: b for b in briefs if b.region}
        hits = self._search(Query(text=stem, scope=scope, top_k=2 * _MOST_ARTICLES, per_article=True))
        found = [h.article_id for h in hits if h.article_id in known][:_MOST_ARTICLES]
        found += [a for a in self._speaking_of(stem, scope) if a in known and a not in found][:_MOST_HOLDING]
        return [known[a] for a in found]

    def _speaking_of(self, stem: str, scope: frozenset[str] | None) -> list[str]:
        """Returns the articles that name the thing asked about in passages with a figure, most such first."""
        normal = self._language.normalise(stem)
        terms = self._language.terms(understand(normal), ())
        nouns = [t for t in terms if t.kind in {"word", "name"} and t.carries and len(t.text) > 1]
        told: Counter[str] = Counter()
        for term in sorted(nouns, key=lambda t: -t.weight)[:_MOST_NOUNS]:
            names = [term.text, *sorted(load_vocabulary().same(term.text))[:_MOST_NAMES]]
            groups = [marks for name in names if len(name) > 1 and (marks := self._language.marks(name))]
            for chunk in self._holding(groups, scope):
                told[chunk.article_id] += 1 + bool(re.search(r"\d", chunk.text))
                if len(told) > _MOST_COUNTED:
                    break
        return [article for article, _ in told.most_common()]
