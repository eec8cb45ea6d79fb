"""The last steps of writing articles: both indexes, then SQLite, so that a death in between is replayed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from retrieval.index import Indexes
from retrieval.preparing import Prepared
from retrieval.store import Store


def finish(store: Store, indexes: Indexes, dropped: Collection[str], prepared: Sequence[Prepared]) -> None:
    """Writes prepared articles to both indexes and makes them ready. Raises LibraryError.

    `dropped` are the articles of which the indexes may hold chunks already. The pending rows are on the
    disk before an index changes, and the indexes are on the disk before an article is called ready: at
    whatever moment the process or the machine dies, what is half done is still pending.
    """
    store.settle()
    indexes.write(dropped, prepared)
    with store.transaction():
        for found in prepared:
            store.write_chunks(found.article_id, found.chunks)
        store.write_vectors(indexes.generation, {found.article_id: found.vectors for found in prepared})
        store.set_state([found.article_id for found in prepared], "ready")
        store.put("ever_held", "1")
        store.bump_revision()
