"""The library: one object over the store, the indexes, search and ingest of a data folder."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from retrieval import upkeep
from retrieval.catalogue import Catalogue
from retrieval.curation import Curation
from retrieval.embeddings import Embedder, HashedEmbeddings
from retrieval.errors import ArticleNotFound, LibraryError
from retrieval.failures import failures_as_library_errors
from retrieval.index import USER_LEXICON, IndexHome
from retrieval.ingest import Progress, ingest
from retrieval.keeper import IndexKeeper, is_damage
from retrieval.locking import write_lock
from retrieval.models import (
    Article,
    ArticleMeta,
    CheckReport,
    ChromaServer,
    Chunk,
    Hit,
    IngestResult,
    Query,
    Sentence,
)
from retrieval.originals import Originals
from retrieval.recent import Recent
from retrieval.reprints import relate_missing
from retrieval.search import search
from retrieval.sentences import split_sentences
from retrieval.store import Store
from retrieval.tokens import Tokenizer
from retrieval.workers import worker_count

_MOST_CHARACTERS = 12_000_000  # of the texts read last, and once more of their sentences
_OVERHEAD = 300  # characters that a record beside its text amounts to
_BATCH = 200
_PAUSES = (0.05, 0.2, 0.5, 1.0)


class Library(Curation):
    """Articles and the search over them, kept in one data folder.

    Any number of threads may search at once; one writer at a time, in whatever process, may ingest, remove
    or repair. What another process writes is seen by the next call. Use as a context manager.
    """

    def __init__(self, home: IndexHome, store: Store, workers: int) -> None:
        """Use `Library.open`."""
        self._folder = home.folder
        self._store = store
        self._tokenizer = home.tokenizer
        self._keeper = IndexKeeper(home, store, workers)
        self._originals = Originals(home.folder)
        self._lock = threading.RLock()
        self._seen = -1
        self._articles: Recent[Article] = Recent(_MOST_CHARACTERS)
        self._sentences: Recent[tuple[Sentence, ...]] = Recent(_MOST_CHARACTERS)
        self._metas: Catalogue | None = None

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        embeddings: Embedder | None = None,
        server: ChromaServer | None = None,
        workers: int | None = None,
        advance: upkeep.Advance | None = None,
        asking: bool = False,
    ) -> Library:
        """Returns the library in `data_dir`, which is made if missing.

        What a dead process left half done is finished; indexes that were built with another tokenizer or
        embedder, or do not agree with the articles, are rebuilt. Raises LibraryError and its subclasses.

        Args:
            data_dir: Where everything persistent lives.
            embeddings: Any LangChain embedder; hashed words if None.
            server: The Chroma server that holds the vectors; a folder below `data_dir` if None.
            workers: How many processes help where much is ingested; one a core but one if None.
            advance: Called with articles done and in all while the indexes are rebuilt.
            asking: Whether questions follow at once: the words are then loaded while the indexes are opened.
        """
        folder = Path(data_dir)
        if folder.exists() and not folder.is_dir():
            raise LibraryError(f"资料库的位置不是文件夹：{folder}。请用 --data 指定一个文件夹。")
        with failures_as_library_errors(folder, OSError):
            folder.mkdir(parents=True, exist_ok=True)
            store = Store(folder)
            tokenizer = Tokenizer(folder / USER_LEXICON)
        if asking:
            tokenizer.load_ahead()
        home = IndexHome(folder, tokenizer, embeddings or HashedEmbeddings(tokenizer), server)
        library = cls(home, store, worker_count() if workers is None else workers)
        try:
            library._keeper.bring_in_order(advance)
        except LibraryError:
            library.close()
            raise
        return library

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Releases all files; closing twice is fine."""
        self._keeper.close()
        self._store.close()

    # -- reading

    @property
    def revision(self) -> int:
        """A number that grows with every change to the articles, whichever process makes it."""
        return self._store.revision

    @property
    def ever_held(self) -> bool:
        """Whether the library has ever held an article."""
        return self._store.get("ever_held") == "1"

    @property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer that the index and the questions go through."""
        return self._tokenizer

    def articles(self) -> Sequence[ArticleMeta]:
        """Returns the metadata of all articles, in order of their ids; read before the library is closed."""
        return self._catalogue()

    def article(self, article_id: str) -> Article:
        """Returns one article whole; a duplicate's id gives the article that holds its text.

        Raises ArticleNotFound.
        """
        revision = self._store.revision
        found = self._articles.get(article_id, revision)
        if found is None:
            found = self._store.article(self._held_id(article_id))
            if found is None:
                raise _not_found(article_id)
            self._articles.put(article_id, found, len(found.text) + _OVERHEAD, revision)
        return found

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """Returns an article's sentences in order. Raises ArticleNotFound."""
        revision = self._store.revision
        found = self._sentences.get(article_id, revision)
        if found is None:
            article = self.article(article_id)
            found = split_sentences(article.article_id, article.text)
            self._sentences.put(article_id, found, len(article.text) + _OVERHEAD * len(found), revision)
        return found

    def search(self, query: Query) -> list[Hit]:
        """Returns the best hits first. Raises ArticleNotFound if the scope names an id that is not held."""
        if query.scope is not None:
            query = query.model_copy(update={"scope": self._held_ids(query.scope)})
        for pause in _PAUSES:
            try:
                return search(self._store, self._keeper.current(), query)
            except LibraryError as error:
                if not is_damage(error):
                    raise
            # Another process may be replacing the very files; what it writes is whole a moment later.
            time.sleep(pause)
            self._keeper.reload()
        return search(self._store, self._keeper.current(), query)

    def chunks_holding(
        self, groups: Sequence[Collection[str]], scope: Collection[str] | None = None
    ) -> Iterator[Chunk]:
        """Yields all passages that hold every token of at least one of the groups, in order.

        Exhaustive, unlike `search`; the tokens are those of `Tokenizer.marks`.
        """
        if scope is not None:
            scope = {held for key in scope if (held := self._store.resolve(key))}
        ids = self._keeper.current().lexical.holding(groups, scope)
        by_article = sorted((key.rpartition("#")[0], int(key.rpartition("#")[2]), key) for key in ids)
        for start in range(0, len(by_article), _BATCH):
            yield from self._store.chunks([key for _, _, key in by_article[start : start + _BATCH]]).values()

    # -- writing

    def ingest(
        self, paths: Iterable[Path], progress: Progress | None = None, *, allow_internal: bool = False
    ) -> Iterator[IngestResult]:
        """Yields what became of every article below the paths, each only once it is safely stored.

        `progress` is called with articles done, articles in all and the path at hand. What is marked as
        internal is rejected unless `allow_internal`. The write lock is held until the iterator is
        exhausted or closed. Raises LibraryLocked and other LibraryErrors.
        """
        with self._keeper.writing() as (indexes, workers):
            relate_missing(self._store)
            yield from ingest(
                self._store,
                indexes,
                workers,
                map(Path, paths),
                progress,
                originals=self._originals,
                allow_internal=allow_internal,
            )

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Removes articles from every index at once; returns the ids that were there. Raises LibraryError."""
        with self._keeper.writing() as (indexes, workers):
            given = list(ids)
            kept = [original.file for one in given for original in self._store.originals_of(one)]
            removed = upkeep.remove(self._store, indexes, workers, given)
            self._originals.drop(self._store.unused(kept))
            return removed

    def check(self) -> CheckReport:
        """Returns whether the stores agree with each other. Raises LibraryLocked while someone writes."""
        with write_lock(self._folder):
            indexes = self._keeper.current()
            indexes.reload()
            return upkeep.check(self._store, indexes)

    def repair(self) -> CheckReport:
        """Makes the stores agree and returns how they stand. Raises LibraryError."""
        with write_lock(self._folder):
            self._keeper.repair()
            self._originals.sweep(self._store.original_files())
            return upkeep.check(self._store, self._keeper.current())

    def rebuild(self, advance: upkeep.Advance | None = None) -> CheckReport:
        """Builds both indexes anew from the articles and returns how they stand. Raises LibraryError.

        Until they are complete, the ones in use stay; `advance` is called with articles done and in all.
        """
        with write_lock(self._folder):
            self._keeper.rebuild(advance)
            return upkeep.check(self._store, self._keeper.current())

    def _held_ids(self, scope: frozenset[str]) -> frozenset[str]:
        """Returns the ids under which a scope's articles are held; few go by an id that is not their own."""
        held = self._catalogue().ids
        if scope <= held:
            return scope
        others = scope - held
        return (scope - others) | {self._held_id(article_id) for article_id in sorted(others)}

    def _held_id(self, article_id: str) -> str:
        held_id = self._store.resolve(article_id)
        if not held_id:
            raise _not_found(article_id)
        return held_id

    def _catalogue(self) -> Catalogue:
        with self._lock:
            revision = self._store.revision
            if self._metas is None or revision != self._seen:
                self._metas, self._seen = Catalogue(self._store.briefs(), self._store.metas), revision
            return self._metas


def _not_found(article_id: str) -> ArticleNotFound:
    return ArticleNotFound(f"库里没有编号为“{article_id}”的文章。用 jushi articles 可查看现有编号。")
