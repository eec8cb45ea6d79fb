"""Which article a source is: new, an update, unchanged, or the same text as one already held."""

from __future__ import annotations

from hashlib import sha256

from retrieval.articles import SourceArticle
from retrieval.models import ArticleMeta, IngestOutcome, Record
from retrieval.rows import Held
from retrieval.store import Store

_HASH_LENGTHS = (8, 16, 64)


class Identity(Record):
    """What a source is to the library. `article_id` is the id it is (or is to be) held under.

    `alias` is the id its origin goes by: `article_id` itself, or a duplicate's own.
    """

    result: IngestOutcome
    article_id: str
    alias: str
    reason: str = ""


def identify(store: Store, source: SourceArticle) -> Identity:
    """Returns what a source is to the articles in the store, those just written as pending included.

    The same origin again is an update, or unchanged if text and metadata are. Another origin with a held
    text is a duplicate. Another origin that would take a held id gets one with a hash of its origin.
    """
    known = store.origin(source.key)
    owned = store.held(known.article_id) if known else None
    if known and owned and owned.origin == source.key:
        return _again(store, owned, source)
    twin = store.held_with_hash(source.meta.content_hash)
    if twin is not None and source.meta.article_id == twin.article_id:
        reason = _same_text(twin, twin.article_id)
        return Identity(result="duplicate", article_id=twin.article_id, alias=twin.article_id, reason=reason)
    alias, reason = _free_id(store, source)
    if twin is not None:
        reason = _same_text(twin, alias)
        return Identity(result="duplicate", article_id=twin.article_id, alias=alias, reason=reason)
    return Identity(result="added", article_id=alias, alias=alias, reason=reason)


def _again(store: Store, owned: Held, source: SourceArticle) -> Identity:
    held_id = owned.article_id
    if owned.content_hash == source.meta.content_hash:
        same = _named(owned.meta, held_id) == _named(store.edited(source.meta, held_id), held_id)
        return Identity(result="unchanged" if same else "updated", article_id=held_id, alias=held_id)
    return Identity(result="updated", article_id=held_id, alias=held_id)


def _named(meta: ArticleMeta, article_id: str) -> ArticleMeta:
    return meta.model_copy(update={"article_id": article_id, "also": ()})


def _free_id(store: Store, source: SourceArticle) -> tuple[str, str]:
    """Returns the id a new origin goes by and, where it is not the one it asked for, the reason."""
    known = store.origin(source.key)
    wanted = source.meta.article_id
    if known is not None and not store.id_is_taken(known.alias, by_other_than=source.key):
        return known.alias, ""
    if not store.id_is_taken(wanted, by_other_than=source.key):
        return wanted, ""
    digest = sha256(source.key.encode("utf-8", "surrogatepass")).hexdigest()
    for length in _HASH_LENGTHS:
        free = f"{wanted}-{digest[:length]}"
        if not store.id_is_taken(free, by_other_than=source.key):
            break
    return free, f"编号“{wanted}”已由另一来源占用，本篇编号为“{free}”。"


def _same_text(twin: Held, alias: str) -> str:
    also = f"，编号“{alias}”也指向它" if alias != twin.article_id else ""
    return f"与已收文章“{twin.article_id}”全文相同，没有重复收入{also}。"
