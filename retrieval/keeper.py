"""Keeps the indexes of a data folder open, current and in order, whichever process has written last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from retrieval import upkeep
from retrieval.chroma import VectorsBusy
from retrieval.errors import LibraryChanged, LibraryError, LibraryFull, LibraryLocked, LibraryReadOnly
from retrieval.index import USER_LEXICON, Indexes, IndexHome
from retrieval.locking import opening_lock, write_lock
from retrieval.store import Store
from retrieval.workers import Workers

_WRITING = "writing"


class IndexKeeper:
    """Hands out the indexes in use. A rebuild makes a new generation of them, in places of their own."""

    def __init__(self, home: IndexHome, store: Store, worker_count: int) -> None:
        self._home = home
        self._store = store
        self._worker_count = worker_count
        self._lock = threading.RLock()
        self._indexes: Indexes | None = None
        self._seen = -1

    def current(self) -> Indexes:
        """Returns the indexes as the last writer, whichever process, has left them. Raises LibraryError."""
        with self._lock:
            revision = self._store.revision
            if self._indexes is None:
                self._open()
            elif revision not in {self._seen, self._store.written_revision}:
                if self._generation_in_use() == self._indexes.generation:
                    self._indexes.reload()
                else:
                    self._open()
            self._seen = revision
            assert self._indexes is not None
            return self._indexes

    def reload(self) -> None:
        """Opens the indexes' files anew, as far as they can be."""
        with suppress(LibraryError):
            self.current().reload()

    def close(self) -> None:
        """Releases the indexes; closing twice is fine."""
        with self._lock:
            if self._indexes is not None:
                self._indexes.close()
            self._indexes = None

    def workers(self) -> Workers:
        """Returns what prepares articles; the caller closes it."""
        home = self._home
        return Workers(home.tokenizer, home.embeddings, self._worker_count, home.folder / USER_LEXICON)

    @contextmanager
    def writing(self) -> Iterator[tuple[Indexes, Workers]]:
        """Holds the write lock, with everything finished that was left half done. Raises LibraryError."""
        with write_lock(self._home.folder), self.workers() as workers:
            indexes = self.current()
            died = self._store.get(_WRITING) == "1"
            with self._store.transaction():
                self._store.put(_WRITING, "1")
                if not self._store.get("fingerprint"):
                    self._store.put("fingerprint", self._home.fingerprint)
            if died:
                upkeep.repair(self._store, indexes, workers)
            upkeep.finish_unfinished(self._store, indexes, workers)
            try:
                yield indexes, workers
            except (GeneratorExit, KeyboardInterrupt):
                upkeep.finish_unfinished(self._store, indexes, workers)
                self._done_writing()
                raise
            self._done_writing()

    def bring_in_order(self, advance: upkeep.Advance | None = None) -> None:
        """Finishes and mends what opening finds undone, unless somebody else is writing.

        `advance` is called while indexes of other settings are rebuilt.
        Raises LibraryLocked only if the indexes must be rebuilt before they can be used at all.
        """
        built_with = self._store.get("fingerprint")
        if built_with and built_with != self._home.fingerprint:
            with write_lock(self._home.folder):
                self.rebuild(advance)
        elif self._store.get(_WRITING) == "1" or self._store.unfinished() or not self._agrees():
            # Without space or leave to write, what is there can still be read.
            unable = suppress(LibraryLocked, LibraryFull, LibraryReadOnly)
            with unable, write_lock(self._home.folder, patience=0):
                self._mend()

    def rebuild(self, advance: upkeep.Advance | None = None) -> None:
        """Builds the indexes anew from the store. The caller holds the write lock. Raises LibraryError."""
        with self.workers() as workers:
            upkeep.rebuild(self._store, self._home, workers, advance)
            with self._lock:
                self._open()
                assert self._indexes is not None
                self._home.drop_others(self._store, self._indexes.generation)
            upkeep.finish_unfinished(self._store, self.current(), workers)
        self._done_writing()

    def repair(self) -> None:
        """Makes the indexes agree with the store. The caller holds the write lock. Raises LibraryError."""
        try:
            self._mend_articles()
        except LibraryError as error:
            if not is_damage(error):
                raise
            self.rebuild()
            self._mend_articles()

    def _mend(self) -> None:
        try:
            if self._store.get(_WRITING) == "1":
                self._mend_articles()
            else:
                with self.workers() as workers:
                    upkeep.finish_unfinished(self._store, self.current(), workers)
        except LibraryError as error:
            if not is_damage(error):
                raise
        if not self._agrees():
            self.rebuild()

    def _mend_articles(self) -> None:
        with self.workers() as workers:
            indexes = self.current()
            indexes.reload()
            upkeep.repair(self._store, indexes, workers)
        self._done_writing()

    def _done_writing(self) -> None:
        with self._store.transaction():
            self._store.put(_WRITING, "0")

    def _agrees(self) -> bool:
        try:
            return upkeep.counts_agree(self._store, self.current())
        except VectorsBusy:
            return True  # whoever is at work there sees to it
        except LibraryError as error:
            if not is_damage(error):
                raise
            return False

    def _open(self) -> None:
        self.close()
        built_with = self._store.get("fingerprint")
        if built_with and built_with != self._home.fingerprint:
            raise LibraryChanged(
                "资料库的索引已由另一个程序按别的设置（如嵌入模型）重建。请用同样的设置重新打开。"
            )
        with opening_lock(self._home.folder):
            self._indexes = self._home.open(self._store, self._generation_in_use())

    def _generation_in_use(self) -> str:
        return self._store.get("generation") or "1"


def is_damage(error: LibraryError) -> bool:
    """Returns whether an error may mean damaged files, which a rebuild mends; no full disk, no lock."""
    return type(error) is LibraryError
