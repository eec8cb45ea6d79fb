"""Upkeep: finishing what a dead process left, removing, repairing and rebuilding the indexes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from hashlib import sha256

from retrieval.comparing import compare
from retrieval.embeddings import HashedEmbeddings
from retrieval.errors import LibraryError
from retrieval.finishing import finish
from retrieval.index import Indexes, IndexHome
from retrieval.models import CheckReport
from retrieval.preparing import Prepared, Work, with_vectors
from retrieval.store import Store
from retrieval.workers import Workers

# How many articles of the whole are done.
Advance = Callable[[int, int], None]

_PORTION_CHARACTERS = 800_000


def finish_unfinished(store: Store, indexes: Indexes, workers: Workers) -> None:
    """Indexes what is pending and takes out what is being removed. The caller holds the write lock."""
    unfinished = store.unfinished()
    removing = [held.article_id for held in unfinished if held.state == "removing"]
    if removing:
        store.settle()
        indexes.write(removing, [])
        with store.transaction():
            store.drop_articles(removing)
            store.bump_revision()
    pending = [held.article_id for held in unfinished if held.state == "pending"]
    for portion in _prepared(store, indexes, workers, pending):
        finish(store, indexes, [found.article_id for found in portion], portion)


def remove(store: Store, indexes: Indexes, workers: Workers, ids: Iterable[str]) -> list[str]:
    """Removes articles everywhere, or a duplicate's id alone; returns the ids that were there, in order."""
    known = list(dict.fromkeys(ids))
    articles = [article_id for article_id in known if store.held(article_id)]
    with store.transaction():
        aliases = {alias for alias in known if alias not in articles and store.drop_alias(alias)}
        store.set_state(articles, "removing")
        store.bump_revision()
    finish_unfinished(store, indexes, workers)
    return [article_id for article_id in known if article_id in aliases or article_id in articles]


def counts_agree(store: Store, indexes: Indexes) -> bool:
    """Returns whether both indexes hold as many chunks as the ready articles have."""
    chunks = store.totals()[1]
    return chunks == indexes.lexical.count() == indexes.vectors.count()


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


def repair(store: Store, indexes: Indexes, workers: Workers) -> None:
    """Makes the indexes agree with SQLite, article by article. The caller holds the write lock."""
    finish_unfinished(store, indexes, workers)
    found = compare(store, indexes)
    for article_id in sorted(found.damaged):
        _take_as_true(store, article_id)
    with store.transaction():
        store.set_state(found.differing | found.damaged, "pending")
    if found.orphaned:
        indexes.write(sorted(found.orphaned), [])
    finish_unfinished(store, indexes, workers)


def rebuild(store: Store, home: IndexHome, workers: Workers, advance: Advance | None = None) -> None:
    """Builds both indexes anew from SQLite in fresh places and makes them the ones in use.

    Until the last step everything stays as it was. The caller holds the write lock and reopens the indexes.
    """
    in_use = store.get("generation") or "1"
    generation = str(int(in_use) + 1)
    home.drop_others(store, in_use)
    with store.transaction():
        store.forget_other_generations(in_use)
    ids = store.ready_ids()
    indexes = home.open(store, generation)
    try:
        done = 0
        for portion in _prepared(store, indexes, workers, ids):
            indexes.write([], portion)
            with store.transaction(durable=False):
                for found in portion:
                    store.write_chunks(found.article_id, found.chunks)
                store.write_vectors(generation, {found.article_id: found.vectors for found in portion})
            done += len(portion)
            if advance:
                advance(done, len(ids))
    finally:
        indexes.close()
    with store.transaction():
        store.put("generation", generation)
        store.put("fingerprint", home.fingerprint)
        store.forget_other_generations(generation)
        store.bump_revision()


def _take_as_true(store: Store, article_id: str) -> None:
    """Takes an article's text as it stands for the truth: its hash is made again."""
    article, held = store.article(article_id), store.held(article_id)
    if article is None or held is None:
        return
    content_hash = sha256(article.text.encode("utf-8")).hexdigest()
    with store.transaction():
        store.write_article(article.model_copy(update={"content_hash": content_hash}), held.origin)


def _prepared(
    store: Store, indexes: Indexes, workers: Workers, article_ids: Sequence[str]
) -> Iterator[list[Prepared]]:
    """Yields the articles prepared from their texts in SQLite, in portions of a bearable size."""
    under_way: deque[tuple[list[Work], Future[list[Prepared]]]] = deque()
    for work in _portions(store, article_ids):
        under_way.append((work, workers.submit(work)))
        if len(under_way) > workers.depth:
            yield _result(indexes, *under_way.popleft())
    while under_way:
        yield _result(indexes, *under_way.popleft())


def _result(indexes: Indexes, work: list[Work], future: Future[list[Prepared]]) -> list[Prepared]:
    prepared = future.result()
    if isinstance(indexes.embeddings, HashedEmbeddings):
        return prepared
    return with_vectors(indexes.embeddings, prepared, work)


def _portions(store: Store, article_ids: Iterable[str]) -> Iterator[list[Work]]:
    portion: list[Work] = []
    characters = 0
    for article_id in article_ids:
        held, text = store.held(article_id), store.text(article_id)
        if held is None:
            continue
        portion.append((held.meta, text))
        characters += len(text)
        if characters >= _PORTION_CHARACTERS:
            yield portion
            portion, characters = [], 0
    if portion:
        yield portion
