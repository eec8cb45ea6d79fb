"""Passages found by several searches in one order: by their ranks, and by how much of the question each meets.

Among tens of thousands of articles many passages share the question's words; the search weighs each word by how rare
it is, the reader's terms by how much it tells. A passage that both put in front is seldom beside the point.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from assistant.reading.asked import Asked
from assistant.reading.matching import Matcher
from assistant.reading.qualified import LOOSE, asks_bare_total
from assistant.reading.scoring import cover
from assistant.reading.vocabulary import Vocabulary
from retrieval import Hit, Telling

_AS_TOTALS_ARE_TOLD = " 截至目前"
_AS_SHARES_ARE_TOLD = " 所占比例"
_STEEP = 3  # how slowly a rank loses its worth


def search_text(asked: Asked) -> str:
    """Returns what is searched for: the question, and how a total or a share is told, which few words may not find."""
    if asked.question.kind == "share":
        return asked.question.text + _AS_SHARES_ARE_TOLD
    return asked.question.text + (_AS_TOTALS_ARE_TOLD if asks_bare_total(asked, LOOSE) else "")


def telling(asked: Asked, vocabulary: Vocabulary) -> tuple[Telling, ...]:
    """Returns the words by which the search tells passages apart: the question's, and those that say the same."""
    return tuple(
        Telling(words=(term.text, *sorted(vocabulary.same(term.text))), weight=term.weight)
        for term in asked.terms
    )


def merged(
    asked: Asked,
    searches: Sequence[Sequence[Hit]],
    local: Collection[str],
    matcher: Matcher,
    normalise: Callable[[str], str],
) -> list[Hit]:
    """Returns the hits of several searches without repeats, best first; of equals the one that meets more.

    Args:
        asked: The question.
        searches: Hits, best first, of each search.
        local: Ids of the articles that are about an asked place: what they tell is of it.
        matcher: Compares words.
        normalise: Text → simplified, half-width, lower case.
    """
    rank: dict[str, int] = {}
    hits: dict[str, Hit] = {}
    for found in searches:
        for i, hit in enumerate(found):
            hits.setdefault(hit.chunk_id, hit)
            rank[hit.chunk_id] = min(i, rank.get(hit.chunk_id, i))
    places = " ".join(asked.places)
    met = {
        key: cover(
            asked.terms,
            {
                "clause": normalise(hit.text),
                "section": normalise(hit.section),
                "title": places if hit.article_id in local else "",
            },
            matcher,
        ).score
        for key, hit in hits.items()
    }
    by_words = sorted(hits, key=lambda key: (-met[key], rank[key], key))
    worth = {key: 1 / (_STEEP + i) + 1 / (_STEEP + rank[key]) for i, key in enumerate(by_words)}
    return [hits[key] for key in sorted(by_words, key=lambda key: -round(worth[key], 9))]
