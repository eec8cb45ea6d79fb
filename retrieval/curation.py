"""What people do to a library besides ingest and search: paste, put right, mirror, get originals back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Unpack

from retrieval import upkeep
from retrieval.errors import ArticleNotFound, ArticleUnreadable
from retrieval.ingest import store_sources
from retrieval.keeper import IndexKeeper
from retrieval.kinship import Kin
from retrieval.mirroring import departed
from retrieval.models import ArticleMeta, IngestResult
from retrieval.originals import Originals
from retrieval.stating import Edit, Stated, pasted_article, read_edit
from retrieval.store import Store

PRIVATE_FOLDER = "private"


class Curation:
    """The part of a library that keeps what people state; the base of `Library`."""

    _folder: Path
    _store: Store
    _keeper: IndexKeeper
    _originals: Originals

    def add_text(
        self, title: str, text: str, *, allow_internal: bool = False, **stated: Unpack[Stated]
    ) -> IngestResult:
        """Adds a pasted text as an article and returns what became of it; the same text again is unchanged.

        What is not stated is read from the text as with a file. A text that cannot be kept, or is marked as
        internal without leave, gives `rejected` with a Chinese reason. Raises LibraryError.
        """
        try:
            source = pasted_article(title, text, stated, allow_internal=allow_internal)
        except ArticleUnreadable as error:
            return IngestResult(path="", result="rejected", reason=str(error))
        with self._keeper.writing() as (indexes, workers):
            (result,) = store_sources(self._store, indexes, workers, [source])
        return result

    def edit(self, article_id: str, **fields: Unpack[Edit]) -> ArticleMeta:
        """Sets metadata of an article and returns it; an empty value clears a field.

        What a person sets stays when the article is read anew. Raises ArticleNotFound, ArticleUnreadable for
        a value that cannot be kept, LibraryError.
        """
        edits = read_edit(fields)
        with self._keeper.writing() as (indexes, workers):
            held = self._store.held(self._store.resolve(article_id))
            if held is None:
                raise ArticleNotFound(
                    f"库里没有编号为“{article_id}”的文章。用 jushi articles 可查看现有编号。"
                )
            if not edits:
                return held.meta
            with self._store.transaction():
                self._store.write_edits(held.article_id, edits)
                meta = self._store.edited(held.meta, held.article_id)
                self._store.set_meta(held.article_id, meta)
            upkeep.finish_unfinished(self._store, indexes, workers)
        return meta

    def original(self, article_id: str) -> Path | None:
        """Returns the file that an article was read from, kept in the data folder; None if there is none.

        Pasted texts and lines of .jsonl files have none.
        """
        kept = self._originals_of(article_id)
        return next((path for _, path in kept), None)

    def original_name(self, article_id: str) -> str:
        """Returns the name under which a person gave the original of an article, `""` if there is none."""
        return next((name for name, _ in self._originals_of(article_id)), "")

    def near_duplicates(self, article_id: str) -> list[Kin]:
        """Returns the articles that are nearly the same: reprints, and those that state other figures."""
        return self._store.kin(self._store.resolve(article_id))

    def disputes(self) -> list[tuple[str, str]]:
        """Returns the pairs of articles that are nearly the same and state different figures."""
        return self._store.disputes()

    def departed(self, folder: Path, results: Iterable[IngestResult]) -> list[str]:
        """Returns the origins below a folder that an ingest of it, which gave these results, did not meet."""
        return departed(self._store, folder, results)

    def forget(self, origins: Iterable[str]) -> int:
        """Forgets origins, and removes the articles that have no other; returns how many articles that were.

        Raises LibraryError.
        """
        with self._keeper.writing() as (indexes, workers):
            given = list(origins)
            with self._store.transaction():
                kept = [self._store.original(origin) for origin in given]
                alone = [held for origin in given if (held := self._store.drop_origin(origin))]
                self._store.bump_revision()
            removed = upkeep.remove(self._store, indexes, workers, alone)
            self._originals.drop(self._store.unused(original.file for original in kept if original))
        return len(removed)

    def private_folder(self, name: str) -> Path:
        """Returns the data folder of a library beside this one, for one user's attachments.

        Open it with `Library.open`; nothing in it is found by this library. `drop_private` deletes it.
        """
        readable = re.sub(r"[^\w-]+", "_", name)[:40]
        return self._folder / PRIVATE_FOLDER / f"{readable}-{sha256(name.encode()).hexdigest()[:12]}"

    def drop_private(self, name: str) -> None:
        """Deletes a library beside this one with all that is in it; it must be closed."""
        shutil.rmtree(self.private_folder(name), ignore_errors=True)

    def _originals_of(self, article_id: str) -> list[tuple[str, Path]]:
        found = self._store.originals_of(article_id)
        return [(kept.name, path) for kept in found if (path := self._originals.path(kept))]
