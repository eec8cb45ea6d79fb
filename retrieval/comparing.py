"""Where SQLite, the lexical index and the vectors differ: by ids, counts, hashes of texts and vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice

import numpy as np

from retrieval.index import Indexes
from retrieval.models import Record
from retrieval.preparing import stamp
from retrieval.store import Store
from retrieval.vector_table import Vector

_MOST_NAMED = 20
_PAGE = 2_000
# Chroma's graph scales vectors to length one in its own arithmetic.
_TOLERANCE = 1e-4


class Comparison(Record):
    """Where the stores differ: articles to index anew, articles whose text does not fit, and what to say."""

    differing: frozenset[str] = frozenset()
    orphaned: frozenset[str] = frozenset()
    damaged: frozenset[str] = frozenset()
    vectors: frozenset[str] = frozenset()
    unfinished: int = 0

    def problems(self) -> tuple[str, ...]:
        """Returns Chinese sentences, one an article, cut off after the first twenty of a kind."""
        said = [f"有 {self.unfinished} 篇文章没有写完。"] if self.unfinished else []
        said += _named("文章“{}”的正文与校验值或段落不符。", self.damaged)
        said += _named("文章“{}”在库中与在索引中不一致。", self.differing - self.damaged - self.vectors)
        said += _named("文章“{}”的向量与库中所存的不一致。", self.vectors - self.damaged)
        said += _named("索引中有库里没有的文章“{}”。", self.orphaned)
        return tuple(said)


def compare(store: Store, indexes: Indexes) -> Comparison:
    """Returns where the stores differ. The caller keeps writers out."""
    unfinished = {held.article_id for held in store.unfinished()}
    left = [dict(found) for found in (indexes.lexical.stamps(), indexes.vectors.stamps())]
    differing, damaged = set(), set()
    for article_id in store.ready_ids():
        expected, whole = _expected(store, article_id)
        for rest in left:
            if any(rest.pop(chunk_id, None) != mark for chunk_id, mark in expected.items()):
                differing.add(article_id)
        if not whole:
            damaged.add(article_id)
    orphaned = {chunk_id.rpartition("#")[0] for rest in left for chunk_id in rest} - unfinished
    held_orphans = {article_id for article_id in orphaned if store.held(article_id)}
    vectors = _other_vectors(store, indexes) - unfinished - orphaned
    return Comparison(
        differing=frozenset(differing | held_orphans | vectors),
        orphaned=frozenset(orphaned - held_orphans),
        damaged=frozenset(damaged),
        vectors=frozenset(vectors - differing),
        unfinished=len(unfinished),
    )


def _expected(store: Store, article_id: str) -> tuple[dict[str, str], bool]:
    """Returns the stamps that an article's chunks must have, and whether its text is what it was."""
    held, text, chunks = store.held(article_id), store.text(article_id), store.chunks_of(article_id)
    if held is None:
        return {}, False
    whole = sha256(text.encode("utf-8")).hexdigest() == held.content_hash
    covered = "".join(chunk.text for chunk in chunks) == text and len(chunks) == held.chunk_count
    return {chunk.chunk_id: stamp(held.meta, chunk) for chunk in chunks}, whole and covered


def _other_vectors(store: Store, indexes: Indexes) -> set[str]:
    """Returns the articles whose vectors in the index are others than those in SQLite."""
    different: set[str] = set()
    found = iter(indexes.vectors.vectors())
    while page := list(islice(found, _PAGE)):
        articles = {chunk_id.rpartition("#")[0] for chunk_id, _ in page}
        kept = dict(store.vectors_of(indexes.generation, articles))
        different |= {
            chunk_id.rpartition("#")[0] for chunk_id, vector in page if not _same(kept, chunk_id, vector)
        }
    return different


def _same(kept: dict[str, Vector], chunk_id: str, vector: Vector) -> bool:
    article_id, _, number = chunk_id.rpartition("#")
    rows = kept.get(article_id)
    if rows is None or not number.isdigit() or int(number) >= len(rows):
        return False
    row = rows[int(number)]
    lengths = float(np.linalg.norm(row)) * float(np.linalg.norm(vector))
    return row.shape == vector.shape and (not lengths or abs(1 - float(row @ vector) / lengths) < _TOLERANCE)


def _named(sentence: str, ids: Iterable[str]) -> Iterator[str]:
    names = sorted(ids)
    yield from (sentence.format(name) for name in names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        yield f"……同类问题共 {len(names)} 处。"
