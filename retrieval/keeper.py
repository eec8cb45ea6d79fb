"""Keeps the indexes of a data folder open, current and in order, whichever process has written last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retrieval import upkeep
from retrieval.embeddings import Embedder
from retrieval.errors import LibraryError, LibraryLocked
from retrieval.index import Indexes, drop_other_generations, index_fingerprint, open_indexes
from retrieval.locking import opening_lock, write_lock
from retrieval.store import Store
from retrieval.tokens import Tokenizer


class IndexKeeper:
    """Hands out the indexes in use. A rebuild makes a new generation of them, in folders of its own."""

    def __init__(self, folder: Path, store: Store, tokenizer: Tokenizer, embeddings: Embedder) -> None:
        self._folder = folder
        self._store = store
        self._tokenizer = tokenizer
        self._embeddings = embeddings
        self._lock = threading.RLock()
        self._indexes: Indexes | None = None
        self._generation = ""
        self._seen = -1

    def current(self) -> Indexes:
        """Returns the indexes as the last writer, whichever process, has left them. Raises LibraryError."""
        with self._lock:
            revision = self._store.revision
            if self._indexes is None:
                self._open()
            elif revision not in {self._seen, self._store.written_revision}:
                if self._generation_in_use() == self._generation:
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

    @contextmanager
    def writing(self) -> Iterator[Indexes]:
        """Holds the write lock, with everything finished that was left half done. Raises LibraryError."""
        with write_lock(self._folder):
            indexes = self.current()
            if not self._store.get("fingerprint"):
                with self._store.transaction():
                    self._store.put("fingerprint", self._fingerprint())
            upkeep.finish_unfinished(self._store, indexes)
            yield indexes

    def bring_in_order(self) -> None:
        """Finishes and mends what opening finds undone, unless somebody else is writing.

        Raises LibraryLocked only if the indexes must be rebuilt before they can be used at all.
        """
        built_with = self._store.get("fingerprint")
        if built_with and built_with != self._fingerprint():
            with write_lock(self._folder):
                self.rebuild()
        elif self._store.unfinished() or not self._agrees():
            with suppress(LibraryLocked), write_lock(self._folder, patience=0):
                self._mend()

    def rebuild(self) -> None:
        """Builds the indexes anew from the store. The caller holds the write lock. Raises LibraryError."""
        with self._lock:
            self.close()
            upkeep.rebuild(self._store, self._folder, self._tokenizer, self._embeddings)
            self._open()
            drop_other_generations(self._folder, self._generation)
        upkeep.finish_unfinished(self._store, self.current())

    def _mend(self) -> None:
        try:
            upkeep.finish_unfinished(self._store, self.current())
        except LibraryError as error:
            if not is_damage(error):
                raise
        if not self._agrees():
            self.rebuild()

    def _agrees(self) -> bool:
        try:
            return upkeep.counts_agree(self._store, self.current())
        except LibraryError as error:
            if not is_damage(error):
                raise
            return False

    def _open(self) -> None:
        self.close()
        generation = self._generation_in_use()
        with opening_lock(self._folder):
            self._indexes = open_indexes(self._folder, generation, self._tokenizer, self._embeddings)
        self._generation = generation

    def _generation_in_use(self) -> str:
        return self._store.get("generation") or "1"

    def _fingerprint(self) -> str:
        return index_fingerprint(self._tokenizer, self._embeddings)


def is_damage(error: LibraryError) -> bool:
    """Returns whether an error may mean damaged files, which a rebuild mends; no full disk, no lock."""
    return type(error) is LibraryError
