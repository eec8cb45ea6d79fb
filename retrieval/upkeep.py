"""Upkeep: finishing what a dead process left, comparing the stores, repairing and rebuilding the indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from retrieval.embeddings import Embedder
from retrieval.errors import LibraryError
from retrieval.index import Indexes, drop_other_generations, index_fingerprint, open_indexes, stamp
from retrieval.ingest import make_chunks
from retrieval.models import CheckReport, Record
from retrieval.store import Store
from retrieval.tokens import Tokenizer

_MOST_CHUNKS = 2_000
_MOST_NAMED = 20


class Comparison(Record):
    """Where the stores differ: articles to index anew, articles whose text does not fit, and what to say."""

    differing: frozenset[str] = frozenset()
    orphaned: frozenset[str] = frozenset()
    damaged: frozenset[str] = frozenset()
    unfinished: int = 0

    def problems(self) -> tuple[str, ...]:
        """Returns Chinese sentences, one an article, cut off after the first twenty of a kind."""
        said = [f"有 {self.unfinished} 篇文章没有写完。"] if self.unfinished else []
        said += _named("文章“{}”的正文与校验值或段落不符。", self.damaged)
        said += _named("文章“{}”在库中与在索引中不一致。", self.differing - self.damaged)
        said += _named("索引中有库里没有的文章“{}”。", self.orphaned)
        return tuple(said)


def finish_unfinished(store: Store, indexes: Indexes) -> None:
    """Indexes what is pending and takes out what is being removed. The caller holds the write lock."""
    unfinished = store.unfinished()
    removing = [held.article_id for held in unfinished if held.state == "removing"]
    if removing:
        indexes.replace(removing, [])
        with store.transaction():
            store.drop_articles(removing)
            store.bump_revision()
    for part in _portions(store, [held.article_id for held in unfinished if held.state == "pending"]):
        index_anew(store, indexes, part)
        with store.transaction():
            store.set_state(part, "ready")
            store.put("ever_held", "1")
            store.bump_revision()


def index_anew(store: Store, indexes: Indexes, article_ids: Iterable[str]) -> None:
    """Writes articles' chunks into both indexes in place of what is there."""
    ids = list(article_ids)
    held = [found for article_id in ids if (found := store.held(article_id))]
    indexes.replace(ids, [(found.meta, store.chunks_of(found.article_id)) for found in held])


def remove(store: Store, indexes: Indexes, ids: Iterable[str]) -> list[str]:
    """Removes articles everywhere, or a duplicate's id alone; returns the ids that were there, in order."""
    known = list(dict.fromkeys(ids))
    articles = [article_id for article_id in known if store.held(article_id)]
    with store.transaction():
        aliases = {alias for alias in known if alias not in articles and store.drop_alias(alias)}
        store.set_state(articles, "removing")
        store.bump_revision()
    finish_unfinished(store, indexes)
    return [article_id for article_id in known if article_id in aliases or article_id in articles]


def counts_agree(store: Store, indexes: Indexes) -> bool:
    """Returns whether both indexes hold as many chunks as the ready articles have."""
    chunks = store.totals()[1]
    return chunks == indexes.lexical.count() == indexes.vectors.count()


def compare(store: Store, indexes: Indexes) -> Comparison:
    """Returns where SQLite and the indexes differ, by ids and hashes of what is indexed."""
    unfinished = {held.article_id for held in store.unfinished()}
    stamps = (indexes.lexical.stamps(), indexes.vectors.stamps())
    left = [dict(found) for found in stamps]
    differing, damaged = set(), set()
    for article_id in store.ready_ids():
        held, chunks, article = store.held(article_id), store.chunks_of(article_id), store.article(article_id)
        if held is None or article is None:
            continue
        expected = {chunk.chunk_id: stamp(held.meta, chunk) for chunk in chunks}
        for rest in left:
            if any(rest.pop(chunk_id, None) != mark for chunk_id, mark in expected.items()):
                differing.add(article_id)
        whole = "".join(chunk.text for chunk in chunks)
        if whole != article.text or sha256(whole.encode("utf-8")).hexdigest() != held.content_hash:
            damaged.add(article_id)
    orphaned = {chunk_id.rpartition("#")[0] for rest in left for chunk_id in rest} - unfinished
    held_orphans = {article_id for article_id in orphaned if store.held(article_id)}
    return Comparison(
        differing=frozenset(differing | held_orphans),
        orphaned=frozenset(orphaned - held_orphans),
        damaged=frozenset(damaged),
        unfinished=len(unfinished),
    )


def check(store: Store, indexes: Indexes) -> CheckReport:
    """Returns whether SQLite and both indexes hold the same."""
    articles, chunks = store.totals()
    try:
        problems = compare(store, indexes).problems()
    except LibraryError as error:
        if type(error) is not LibraryError:
            raise
        problems = (f"索引读不出来：{error}",)
    return CheckReport(articles=articles, chunks=chunks, problems=problems)


def repair(store: Store, indexes: Indexes) -> None:
    """Makes the indexes agree with SQLite, article by article. The caller holds the write lock."""
    finish_unfinished(store, indexes)
    found = compare(store, indexes)
    for article_id in sorted(found.damaged):
        _write_anew(store, article_id)
    for part in _portions(store, sorted(found.differing | found.damaged | found.orphaned)):
        index_anew(store, indexes, part)
    with store.transaction():
        store.set_state(found.damaged, "ready")
        store.bump_revision()


def rebuild(store: Store, folder: Path, tokenizer: Tokenizer, embeddings: Embedder) -> None:
    """Builds both indexes anew from SQLite in a fresh folder and makes them the ones in use.

    Until the last step everything stays as it was. The caller holds the write lock and reopens the indexes.
    """
    generation = str(int(store.get("generation") or "1") + 1)
    drop_other_generations(folder, store.get("generation") or "1")
    indexes = open_indexes(folder, generation, tokenizer, embeddings)
    try:
        for part in _portions(store, store.ready_ids()):
            index_anew(store, indexes, part)
    finally:
        indexes.close()
    with store.transaction():
        store.put("generation", generation)
        store.put("fingerprint", index_fingerprint(tokenizer, embeddings))
        store.bump_revision()


def _write_anew(store: Store, article_id: str) -> None:
    """Takes an article's text as it stands for the truth: its hash and its chunks are made again."""
    article, held = store.article(article_id), store.held(article_id)
    if article is None or held is None:
        return
    content_hash = sha256(article.text.encode("utf-8")).hexdigest()
    with store.transaction():
        store.write_article(
            article.model_copy(update={"content_hash": content_hash}),
            held.origin,
            make_chunks(article_id, article.text),
        )


def _portions(store: Store, article_ids: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    chunks = 0
    for article_id in article_ids:
        part.append(article_id)
        chunks += len(store.chunks_of(article_id))
        if chunks >= _MOST_CHUNKS:
            yield part
            part, chunks = [], 0
    if part:
        yield part


def _named(sentence: str, ids: Iterable[str]) -> list[str]:
    names = sorted(ids)
    said = [sentence.format(name) for name in names[:_MOST_NAMED]]
    return [*said, f"……同类问题共 {len(names)} 处。"] if len(names) > _MOST_NAMED else said
