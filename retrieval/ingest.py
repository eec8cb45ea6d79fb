"""The ingest pipeline: paths → articles → identity → chunks → store and indexes → results."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from retrieval.annotations import Original
from retrieval.articles import RejectedArticle, SourceArticle, read_articles, walk
from retrieval.embeddings import HashedEmbeddings
from retrieval.failures import library_error
from retrieval.finishing import finish
from retrieval.formats.sandbox import Sandbox
from retrieval.identity import Identity, identify
from retrieval.index import Indexes
from retrieval.models import Article, IngestOutcome, IngestResult
from retrieval.originals import Originals
from retrieval.preparing import Prepared, Work, with_vectors
from retrieval.reprints import describe, relate
from retrieval.rows import Origin
from retrieval.store import Store
from retrieval.workers import Workers

Progress = Callable[[int, int, Path], None]
Read = Callable[[Path], Iterator[SourceArticle | RejectedArticle]]

_WRITTEN = frozenset({"added", "updated", "duplicate"})
_JOB_CHARACTERS = 50_000
_BATCH_CHARACTERS = 800_000
_LEAST_SECONDS = 2.0
_MOST_SECONDS = 20.0
# Writing a batch costs a part that does not depend on its size: it may take a fifth of the time at most.
_PATIENCE = 4.0


@dataclass
class _Batch:
    """Articles that become ready together, and the results that are then given out, in order."""

    patience: float = _LEAST_SECONDS
    results: list[IngestResult] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)  # originals that may be used no more
    work: dict[str, Work] = field(default_factory=dict)
    updated: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    jobs: list[Future[list[Prepared]]] = field(default_factory=list)
    characters: int = 0
    waiting_characters: int = 0
    since: float = field(default_factory=time.monotonic)

    @property
    def full(self) -> bool:
        return self.characters >= _BATCH_CHARACTERS or time.monotonic() - self.since >= self.patience

    def add(self, work: Work, *, updated: bool) -> None:
        """Takes an article in; it is prepared together with those that follow."""
        article_id = work[0].article_id
        self.work[article_id] = work
        self.waiting.append(article_id)
        if updated:
            self.updated.add(article_id)
        self.characters += len(work[1])
        self.waiting_characters += len(work[1])

    def hand_over(self, workers: Workers, *, least: int = 1) -> None:
        """Has what is waiting prepared, if it is so much."""
        if self.waiting_characters >= least:
            self.jobs.append(workers.submit([self.work[key] for key in dict.fromkeys(self.waiting)]))
            self.waiting, self.waiting_characters = [], 0

    def prepared(self) -> list[Prepared]:
        """Returns the articles prepared, each in its last version."""
        found = {one.article_id: one for job in self.jobs for one in job.result()}
        return list(found.values())


def ingest(
    store: Store,
    indexes: Indexes,
    workers: Workers,
    paths: Iterable[Path],
    progress: Progress | None = None,
    *,
    originals: Originals | None = None,
    allow_internal: bool = False,
) -> Iterator[IngestResult]:
    """Yields what became of every article below the paths, each only once it is safely stored.

    The caller holds the write lock. `progress` is called with articles done, articles in all and the path
    at hand. A rejected article never stops the others. Files are copied into `originals` where it is given.
    Raises LibraryError.
    """
    with Sandbox() as sandbox:
        read = partial(read_articles, extractor=sandbox, allow_internal=allow_internal)
        sources = _with_progress(list(walk(paths)), read, progress)
        yield from store_sources(store, indexes, workers, sources, originals)


def store_sources(
    store: Store,
    indexes: Indexes,
    workers: Workers,
    sources: Iterable[SourceArticle | RejectedArticle],
    originals: Originals | None = None,
) -> Iterator[IngestResult]:
    """Yields what became of every article, each only once it is safely stored. The caller holds the lock."""
    batch = _Batch()
    under_way: deque[_Batch] = deque()
    seen: dict[str, str] = {}
    patience = _LEAST_SECONDS
    for source in sources:
        result = _rejection(source, seen) or _accept(store, source, batch, originals)
        batch.results.append(result)
        batch.hand_over(workers, least=_JOB_CHARACTERS)
        if batch.full:
            batch.hand_over(workers)
            under_way.append(batch)
            while len(under_way) > workers.depth:
                began = time.monotonic()
                yield from _finish(store, indexes, under_way.popleft(), originals)
                patience = min(_MOST_SECONDS, max(_LEAST_SECONDS, _PATIENCE * (time.monotonic() - began)))
            batch = _Batch(patience)
    batch.hand_over(workers)
    for last in (*under_way, batch):
        yield from _finish(store, indexes, last, originals)


def _accept(
    store: Store, source: SourceArticle | RejectedArticle, batch: _Batch, originals: Originals | None
) -> IngestResult:
    """Writes an article as pending where it is new, and returns what is to be reported."""
    if isinstance(source, RejectedArticle):
        return _result(source.path, source.article_id, "rejected", source.reason)
    identity = identify(store, source)
    reason = identity.reason
    original = _keep(store, source, identity, originals)
    if identity.result in {"added", "updated"}:
        reason += _write(store, source, identity, batch)
    elif identity.result == "duplicate":
        with store.transaction(durable=False):
            store.write_origin(_origin(source, identity))
    if original is not None:
        if before := store.original(source.key):
            batch.replaced.append(before.file)
        with store.transaction(durable=False):
            store.write_original(source.key, original)
    return _result(source.path, identity.article_id, identity.result, reason)


def _keep(
    store: Store, source: SourceArticle, identity: Identity, originals: Originals | None
) -> Original | None:
    """Returns where the file of a new or changed article is kept now; None if it has none or is gone."""
    if originals is None or source.original is None:
        return None
    if identity.result == "unchanged" and store.original(source.key) is not None:
        return None
    try:
        return originals.keep(source.original)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise library_error(error, originals.folder) from error


def _write(store: Store, source: SourceArticle, identity: Identity, batch: _Batch) -> str:
    article_id = identity.article_id
    meta = store.edited(source.meta.model_copy(update={"article_id": article_id}), article_id)
    article = Article(**meta.model_dump(), text=source.text)
    forgotten: list[str] = []
    said = ""
    with store.transaction(durable=False):
        before = store.held(article_id)
        store.write_article(article, source.key)
        store.write_origin(_origin(source, identity))
        if before is not None and before.content_hash != article.content_hash:
            forgotten = store.forget_duplicates(article_id, source.key)
        if before is None or before.content_hash != article.content_hash:
            said = describe(relate(store, article_id, source.text))
    batch.add((meta, source.text), updated=before is not None)
    if not forgotten:
        return said
    return f"{said}此前与它全文相同的“{'、'.join(forgotten)}”不再指向它，如需保留请重新导入。"


def _origin(source: SourceArticle, identity: Identity) -> Origin:
    return Origin(
        origin=source.key,
        article_id=identity.article_id,
        alias=identity.alias,
        content_hash=source.meta.content_hash,
    )


def _finish(
    store: Store, indexes: Indexes, batch: _Batch, originals: Originals | None
) -> Iterator[IngestResult]:
    """Indexes the batch's articles, makes them ready together and yields the batch's results."""
    if batch.work:
        prepared = batch.prepared()
        if not isinstance(indexes.embeddings, HashedEmbeddings):
            prepared = with_vectors(
                indexes.embeddings, prepared, [batch.work[found.article_id] for found in prepared]
            )
        finish(store, indexes, batch.updated, prepared)
    elif any(result.result in _WRITTEN for result in batch.results):
        with store.transaction():
            store.put("ever_held", "1")
            store.bump_revision()
    if originals is not None and batch.replaced:
        originals.drop(store.unused(batch.replaced))
    yield from batch.results


def _rejection(source: SourceArticle | RejectedArticle, seen: dict[str, str]) -> IngestResult | None:
    """Returns a rejection for what reads well and still cannot be kept; remembers what this run has seen."""
    if isinstance(source, RejectedArticle):
        return None
    reason = ""
    if "\x00" in source.text:
        reason = "正文含有空字符（NUL）：请重新导出这一篇后再导入。"
    elif seen.setdefault(source.key, source.meta.content_hash) != source.meta.content_hash:
        reason = f"同一文件里另有一篇编号也是“{source.meta.article_id}”，已收前一篇：请改成不同的编号。"
    return _result(source.path, source.meta.article_id, "rejected", reason) if reason else None


def _result(path: str, article_id: str, result: IngestOutcome, reason: str) -> IngestResult:
    return IngestResult(path=path, article_id=article_id, result=result, reason=reason)


def _with_progress(
    paths: Sequence[Path], read: Read, progress: Progress | None
) -> Iterator[SourceArticle | RejectedArticle]:
    """Yields what is read from the files, telling `progress` before each article and at the end."""
    sizes = [_article_count(path) for path in paths] if progress else [1] * len(paths)
    total, before = sum(sizes), 0
    for path, size in zip(paths, sizes, strict=True):
        for number, source in enumerate(read(path)):
            if progress:
                progress(before + min(number, size), total, path)
            yield source
        before += size
    if progress and paths:
        progress(total, total, paths[-1])


def _article_count(path: Path) -> int:
    """Returns about how many articles a file holds: the lines of a .jsonl, else one."""
    if path.suffix.lower() != ".jsonl" or not path.is_file() or not os.access(path, os.R_OK):
        return 1
    with path.open("rb") as file:
        return max(1, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")))
