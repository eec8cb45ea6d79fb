"""Near-duplicates of an article found in the store as it is written."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.kinship import Kin
from retrieval.likeness import likeness, shingles_of, sketch, sketch_version
from retrieval.store import Store

_PORTION, _KEY = 200, "sketches"


def relate(store: Store, article_id: str, text: str) -> list[Kin]:
    """Writes an article's sketch and what it is to others, inside a transaction; returns the latter."""
    bands = sketch(text)
    store.write_sketch(article_id, bands)
    found = _without_split_families(store, _kin(store, article_id, text, bands))
    if found:
        store.write_kin(article_id, found)
    return found


def relate_missing(store: Store) -> None:
    """Sketches the articles that another version has left without. The caller holds the write lock."""
    if store.get(_KEY) != (version := sketch_version()):
        with store.transaction(durable=False):
            store.drop_all_sketches()
            store.put(_KEY, version)
    while portion := store.unsketched(_PORTION):
        with store.transaction():
            for article_id, text in portion:
                relate(store, article_id, text)


def _kin(store: Store, article_id: str, text: str, bands: Sequence[int]) -> list[Kin]:
    candidates = store.candidates(article_id, bands)
    own = shingles_of(text) if candidates else frozenset()
    found = []
    for other_id in candidates:
        relation = likeness(text, store.text(other_id), own)
        if relation != "other":
            found.append(Kin(article_id=other_id, relation=relation))
    return found


def _without_split_families(store: Store, found: list[Kin]) -> list[Kin]:
    """Returns the kin without reprints of a family of which one member states other figures."""
    leaders = store.leaders(kin.article_id for kin in found)
    split = {leaders.get(kin.article_id, kin.article_id) for kin in found if kin.relation == "differs"}
    return [
        kin
        for kin in found
        if kin.relation == "differs" or leaders.get(kin.article_id, kin.article_id) not in split
    ]


def describe(found: Sequence[Kin]) -> str:
    """Returns a Chinese sentence on what an article is to others, `""` if there is nothing to say."""
    reprints = [kin.article_id for kin in found if kin.relation == "reprint"]
    differing = [kin.article_id for kin in found if kin.relation == "differs"]
    said = ""
    if reprints:
        said += f"与“{_names(reprints)}”是同一报道的转载，回答时合为一条。"
    if differing:
        said += f"与“{_names(differing)}”内容几乎相同但数字不一致，两篇都保留，回答时会并列说明。"
    return said


def _names(ids: Sequence[str]) -> str:
    return "、".join(ids[:3]) + (f"…（共 {len(ids)} 篇）" if len(ids) > 3 else "")
