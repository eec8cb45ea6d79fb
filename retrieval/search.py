"""Search: the lexical and the vector leg, their fusion by reciprocal rank, and the hits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache

import numpy as np

from retrieval.embeddings import fusion_weight_of
from retrieval.errors import EmbeddingsFailed
from retrieval.index import Indexes
from retrieval.lexical import Ranked
from retrieval.models import Chunk, Hit, Query, Telling
from retrieval.store import Store

RRF_K = 60
_LEG_DEPTH = 100
_BATCH = 50
_SAME_PASSAGE = 0.85
_POOL = 128  # passages that are put in order by what they say
_STEEP = 3  # how slowly a place in that order loses its worth
Fused = tuple[str, float, dict[str, int]]
_NOT_WORD = re.compile(r"[\W_]+")
# Marks that are no part of words in any form: most of a text is in normal form without them.
_MARKS = re.compile(r"[\s，。、；：！？“”‘’（）《》—…,.;:!?()\-]+")
_BARE_KEPT = 2048


def search(store: Store, indexes: Indexes, query: Query) -> list[Hit]:
    """Returns the best hits for a query, best first, equal scores by chunk id.

    Passages of several articles that differ in punctuation at most are one hit with the others in `also`;
    so are those of reprints of one report that were cut or edited a little.
    """
    weights = {"lexical": 1.0, "vector": fusion_weight_of(indexes.embeddings)}
    collected = _Collected(query)
    fused = fuse(run_legs(indexes, query, store.totals()[1]), weights)
    pool = store.chunks([entry[0] for entry in fused[:_POOL]]) if query.telling else {}
    for batch in _batches(by_what_they_say(fused, pool, query.telling) if pool else fused):
        chunks = pool | store.chunks([entry[0] for entry in batch if entry[0] not in pool])
        collected.leaders |= store.leaders(chunk.article_id for chunk in chunks.values())
        for chunk_id, score, legs in batch:
            if chunk_id in chunks:
                collected.take(_hit(chunks[chunk_id], score, legs))
        if len(collected.hits) >= query.top_k:
            break
    also = store.also_of({one for hit in collected.hits for one in (hit.article_id, *hit.also)})
    return [_with_aliases(also, hit) for hit in collected.hits]


class _Collected:
    """The hits of a query, best first, passages that say the same merged.

    Attributes:
        leaders: For articles that have reprints, the fullest of their family.
    """

    def __init__(self, query: Query) -> None:
        self.hits: list[Hit] = []
        self.leaders: dict[str, str] = {}
        self._query = query
        self._places: dict[str, int] = {}

    def take(self, hit: Hit) -> None:
        """Adds a hit, or merges it into the one that says the same already."""
        bare = _bare(hit.text)
        place = self._places.get(bare)
        if place is None:
            place = self._reprinted(bare, hit.article_id)
        if place is not None:
            self.hits[place] = self._merged(self.hits[place], hit)
        elif len(self.hits) < self._query.top_k and not (self._query.per_article and self._is_seen(hit)):
            self._places[bare] = len(self.hits)
            self.hits.append(hit)

    def _merged(self, first: Hit, hit: Hit) -> Hit:
        """Returns one hit for two; the fuller passage speaks, of equal ones the fullest article's."""
        if hit.article_id in {first.article_id, *first.also}:
            return first
        one, other = _bare(first.text), _bare(hit.text)
        leads = hit.article_id == self.leaders.get(hit.article_id) == self.leaders.get(first.article_id)
        if _says_all_of(other, one) and (leads or not _says_all_of(one, other)):
            also = (first.article_id, *first.also)
            return hit.model_copy(update={"score": first.score, "legs": first.legs, "also": also})
        return first.model_copy(update={"also": (*first.also, hit.article_id)})

    def _reprinted(self, bare: str, article_id: str) -> int | None:
        """Returns the place of a hit of another article of the same family that says the same."""
        family = self.leaders.get(article_id)
        if family is None:
            return None
        for place, hit in enumerate(self.hits):
            if hit.article_id != article_id and self.leaders.get(hit.article_id) == family:
                other = _bare(hit.text)
                if _says_all_of(other, bare) or _says_all_of(bare, other):
                    return place
        return None

    def _is_seen(self, hit: Hit) -> bool:
        family = self.leaders.get(hit.article_id, hit.article_id)
        return any(
            hit.article_id in {h.article_id, *h.also} or self.leaders.get(h.article_id) == family
            for h in self.hits
        )


def by_what_they_say(
    fused: Sequence[Fused], pool: Mapping[str, Chunk], telling: Sequence[Telling]
) -> list[Fused]:
    """Returns what was fused, of the passages of the pool those first that say more of what is asked.

    The order is that of reciprocal ranks again: by the indexes, and by the weight of the words a passage has.
    """
    front = [entry for entry in fused if entry[0] in pool]
    texts = [_squeezed(pool[entry[0]].text) for entry in front]
    says = [sum(t.weight for t in telling if any(word in text for word in t.words)) for text in texts]
    by_words = sorted(range(len(front)), key=lambda i: (-says[i], i))
    worth = {i: 1 / (_STEEP + i) + 1 / (_STEEP + place) for place, i in enumerate(by_words)}
    best = sorted(by_words, key=lambda i: -worth[i])
    return [*(front[i] for i in best), *(entry for entry in fused if entry[0] not in pool)]


@lru_cache(maxsize=_BARE_KEPT)
def _squeezed(text: str) -> str:
    """Returns the words of a passage as they are looked for in it."""
    return _NOT_WORD.sub("", text.lower())


def _says_all_of(whole: str, part: str) -> bool:
    """Returns whether a text has nearly all pairs of characters of another."""
    first, second = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (part, whole))
    return len(first & second) >= _SAME_PASSAGE * len(first)


def _with_aliases(others: Mapping[str, tuple[str, ...]], hit: Hit) -> Hit:
    """Returns the hit with the ids of duplicates and reprints of its articles in `also`."""
    also = list(hit.also)
    for article_id in (hit.article_id, *hit.also):
        also.extend(one for one in others.get(article_id, ()) if one not in {*also, hit.article_id})
    return hit.model_copy(update={"also": tuple(also)}) if len(also) > len(hit.also) else hit


def _hit(chunk: Chunk, score: float, legs: dict[str, int]) -> Hit:
    return Hit(
        article_id=chunk.article_id,
        chunk_id=chunk.chunk_id,
        score=round(score, 6),
        legs=legs,
        start=chunk.start,
        end=chunk.end,
        text=chunk.text,
        section=chunk.section,
    )


@lru_cache(maxsize=_BARE_KEPT)
def _bare(text: str) -> str:
    """Returns the words of a passage alone, by which passages are compared."""
    words = _MARKS.sub("", text)
    if not unicodedata.is_normalized("NFKC", words):
        words = unicodedata.normalize("NFKC", words)
    return _NOT_WORD.sub("", words) or text


def _batches(fused: list[Fused]) -> Iterator[list[Fused]]:
    for start in range(0, len(fused), _BATCH):
        yield fused[start : start + _BATCH]


def run_legs(indexes: Indexes, query: Query, total: int) -> dict[str, list[Ranked]]:
    """Returns what each leg found, best first; `total` is how many chunks there are."""
    depth = max(_LEG_DEPTH, 4 * query.top_k)
    legs = {"lexical": indexes.lexical.search(indexes.tokenizer.tokens(query.text), depth, query.scope)}
    with suppress(EmbeddingsFailed):  # while the embedding model is away, words alone must do
        vector = np.array(indexes.embeddings.embed_query(query.text), dtype=np.float32)
        legs["vector"] = indexes.nearest(vector, depth, query.scope, total)
    return legs


def fuse(legs: Mapping[str, Sequence[Ranked]], weights: Mapping[str, float], k: int = RRF_K) -> list[Fused]:
    """Returns (chunk id, score, rank in each leg) by reciprocal rank fusion, best first, ties by chunk id."""
    ranks: dict[str, dict[str, int]] = {}
    for name, ranked in legs.items():
        for rank, found in enumerate(ranked, start=1):
            ranks.setdefault(found.chunk_id, {})[name] = rank
    scored = [
        (chunk_id, round(sum(weights[name] / (k + rank) for name, rank in of_chunk.items()), 12), of_chunk)
        for chunk_id, of_chunk in ranks.items()
    ]
    return sorted(scored, key=lambda entry: (-entry[1], entry[0]))
