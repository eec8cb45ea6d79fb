"""Search: the lexical and the vector leg, their fusion by reciprocal rank, and the hits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from retrieval.embeddings import fusion_weight_of
from retrieval.index import Indexes
from retrieval.lexical import Ranked
from retrieval.models import Chunk, Hit, Query
from retrieval.store import Store

RRF_K = 60
_LEG_DEPTH = 100
_BATCH = 50
Fused = tuple[str, float, dict[str, int]]
_NOT_WORD = re.compile(r"[\W_]+")


def search(store: Store, indexes: Indexes, query: Query) -> list[Hit]:
    """Returns the best hits for a query, best first, equal scores by chunk id.

    Passages of several articles that differ in punctuation at most are one hit with the others in `also`.
    """
    weights = {"lexical": 1.0, "vector": fusion_weight_of(indexes.embeddings)}
    hits: dict[str, Hit] = {}
    for batch in _batches(fuse(run_legs(indexes, query), weights)):
        chunks = store.chunks([entry[0] for entry in batch])
        for chunk_id, score, legs in batch:
            if chunk_id in chunks:
                _take(hits, _hit(chunks[chunk_id], score, legs), query)
        if len(hits) >= query.top_k:
            break
    return [_with_aliases(store, hit) for hit in hits.values()]


def _take(hits: dict[str, Hit], hit: Hit, query: Query) -> None:
    """Adds a hit under its bare text, or to the hit that has the same text already."""
    bare = _bare(hit.text)
    first = hits.get(bare)
    if first is not None:
        if hit.article_id not in {first.article_id, *first.also}:
            hits[bare] = first.model_copy(update={"also": (*first.also, hit.article_id)})
        return
    seen = query.per_article and any(hit.article_id in {h.article_id, *h.also} for h in hits.values())
    if not seen and len(hits) < query.top_k:
        hits[bare] = hit


def _with_aliases(store: Store, hit: Hit) -> Hit:
    """Returns the hit with the ids of duplicates of its articles in `also`."""
    also = list(hit.also)
    for article_id in (hit.article_id, *hit.also):
        also.extend(alias for alias in store.aliases(article_id) if alias not in also)
    return hit.model_copy(update={"also": tuple(also)})


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


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)) or text


def _batches(fused: list[Fused]) -> Iterator[list[Fused]]:
    for start in range(0, len(fused), _BATCH):
        yield fused[start : start + _BATCH]


def run_legs(indexes: Indexes, query: Query) -> dict[str, list[Ranked]]:
    """Returns what each leg found, best first."""
    depth = max(_LEG_DEPTH, 4 * query.top_k)
    vector = np.array(indexes.embeddings.embed_query(query.text), dtype=np.float32)
    return {
        "lexical": indexes.lexical.search(indexes.tokenizer.tokens(query.text), depth, query.scope),
        "vector": indexes.vectors.search(vector, depth, query.scope),
    }


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
