"""A file from a browser into the library: looked at in memory first, kept only if it may be.

Nothing of a file that is refused stays behind. A file passes through the data folder's `uploads`, so that the
same name sent again is an update; the library keeps the original itself.
"""

from __future__ import annotations

import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import TypeVar

from assistant.explain import explain
from assistant.ports import LibraryPort
from assistant.shelf.pasted import Pasted, objection
from retrieval import IngestResult, LibraryLocked, RetrievalError
from retrieval.articles import RejectedArticle, read_articles
from retrieval.stating import Edit

T = TypeVar("T")
UPLOADS = "uploads"
MOST_BYTES = 50 * 1024 * 1024
TOO_LARGE = "文件超过 50 MB：请拆分成较小的文件后再添加。"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
_MOST_NAME = 120
_PATIENCE, _PAUSE = 20.0, 0.2


class Receiver:
    """Takes files into one library, one at a time; safe to use from several threads."""

    def __init__(self, library: LibraryPort, data_dir: Path) -> None:
        self._library = library
        self._folder = data_dir / UPLOADS
        self._files = threading.Lock()
        self._turn = threading.Lock()

    def receive(self, name: str, content: bytes, *, allow_internal: bool = False) -> list[IngestResult]:
        """Returns what became of each article of a file; reasons are Chinese."""
        safe = safe_name(name)
        if len(content) > MOST_BYTES:
            return [IngestResult(path=safe, result="rejected", reason=TOO_LARGE)]
        with staged(safe, content) as path:
            refused = [one for one in _look(path, allow_internal) if one is not None]
        if refused and all(one.result == "rejected" for one in refused):
            return [one.model_copy(update={"path": safe}) for one in refused]
        try:
            return self._keep(safe, content, allow_internal)
        except (RetrievalError, OSError) as error:
            return [IngestResult(path=safe, result="rejected", reason=explain(error))]

    def paste(self, given: Pasted, *, allow_internal: bool = False) -> IngestResult:
        """Returns what became of a pasted text; reasons are Chinese."""
        if refusal := objection(given):
            return IngestResult(path=given.title, result="rejected", reason=refusal)

        def add() -> IngestResult:
            return self._library.add_text(
                given.title.strip(),
                given.text,
                allow_internal=allow_internal,
                publisher=given.publisher.strip(),
                published=given.published.strip(),
                region=given.region.strip(),
                url=given.url.strip(),
            )

        try:
            return self._in_turn(add).model_copy(update={"path": given.title})
        except (RetrievalError, OSError) as error:
            return IngestResult(path=given.title, result="rejected", reason=explain(error))

    def remove(self, article_id: str) -> bool:
        """Removes an article; returns whether it was there. Raises RetrievalError."""
        return bool(self._in_turn(lambda: self._library.remove([article_id])))

    def edit(self, article_id: str, fields: Edit) -> None:
        """Sets what is known of an article. Raises RetrievalError with a message for people."""
        self._in_turn(lambda: self._library.edit(article_id, **fields))

    def _keep(self, name: str, content: bytes, allow_internal: bool) -> list[IngestResult]:
        target = self._folder / name

        def ingest() -> list[IngestResult]:
            return list(self._library.ingest([target], allow_internal=allow_internal))

        with self._files:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                target.write_bytes(content)
                results = self._in_turn(ingest)
            finally:
                target.unlink(missing_ok=True)
        return [one.model_copy(update={"path": name}) for one in results]

    def _in_turn(self, write: Callable[[], T]) -> T:
        """Returns what a write gives, waiting a while for another program that is writing."""
        deadline = time.monotonic() + _PATIENCE
        with self._turn:
            while True:
                try:
                    return write()
                except LibraryLocked:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(_PAUSE)


def _look(path: Path, allow_internal: bool) -> Iterator[IngestResult | None]:
    """Yields a rejection for each article that may not or cannot be kept, None for each that can."""
    for found in read_articles(path, allow_internal=allow_internal):
        if isinstance(found, RejectedArticle):
            yield IngestResult(
                path=path.name, article_id=found.article_id, result="rejected", reason=found.reason
            )
        else:
            yield None


def safe_name(name: str) -> str:
    r"""Returns a file's own name, without folders and what no file system takes.

    >>> safe_name("C:\\材料\\青禾 报告.docx"), safe_name("../../etc/passwd"), safe_name("")
    ('青禾 报告.docx', 'passwd', '未命名.txt')
    """
    own = PureWindowsPath(name.replace("/", "\\")).name
    cleaned = _UNSAFE.sub("_", own).strip(" .")
    if not cleaned or cleaned.startswith("."):
        return "未命名.txt"
    stem, dot, ending = cleaned.rpartition(".")
    return f"{stem[:_MOST_NAME]}{dot}{ending[:10]}" if dot else cleaned[:_MOST_NAME]


@contextmanager
def staged(name: str, content: bytes) -> Iterator[Path]:
    """Gives a file's content as a file to read, in memory where the system has a folder for it."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="jushi-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path
