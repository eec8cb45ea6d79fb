"""What the command line and the app need of the library and the assistant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, Unpack

from assistant.ledger.row import LedgerRow
from assistant.llm.ports import ModelState
from assistant.models import Answer, AnswerEvent, Mode
from assistant.verifying.records import DraftReport
from retrieval import Article, ArticleMeta, CheckReport, Edit, Hit, IngestResult, Kin, Query, Sentence, Stated

Turn = tuple[str, Answer]
Progress = Callable[[int, int, Path], None]


class LibraryPort(Protocol):
    """The articles and the search over them."""

    @property
    def ever_held(self) -> bool:
        """Whether the library has ever held an article."""

    def articles(self) -> Sequence[ArticleMeta]:
        """Returns the metadata of all articles."""

    def article(self, article_id: str) -> Article:
        """Returns one article whole. Raises ArticleNotFound."""

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        """Returns an article's sentences in order."""

    def search(self, query: Query) -> list[Hit]:
        """Returns the best hits first."""

    def ingest(
        self, paths: Sequence[Path], progress: Progress | None = None, *, allow_internal: bool = False
    ) -> Iterator[IngestResult]:
        """Yields a result for every article as soon as it is safely stored.

        What is marked as internal is rejected, with the mark in the reason, unless `allow_internal`.
        """

    def add_text(
        self, title: str, text: str, *, allow_internal: bool = False, **stated: Unpack[Stated]
    ) -> IngestResult:
        """Adds a pasted text; `rejected` with a Chinese reason where it cannot be kept."""

    def edit(self, article_id: str, **fields: Unpack[Edit]) -> ArticleMeta:
        """Sets metadata (title, publisher, published, region, url, topics, …); an empty value clears a field.

        Raises ArticleNotFound, ArticleUnreadable for a value that cannot be kept (its message is for people).
        """

    def original(self, article_id: str) -> Path | None:
        """Returns the original file of an article, None if it has none (pasted, .jsonl)."""

    def original_name(self, article_id: str) -> str:
        """Returns the name that the original came with, `""` if there is none."""

    def near_duplicates(self, article_id: str) -> list[Kin]:
        """Returns the articles that are nearly the same: `reprint`, or `differs` in their figures."""

    def disputes(self) -> list[tuple[str, str]]:
        """Returns the pairs of articles that are nearly the same and state different figures."""

    def departed(self, folder: Path, results: Iterable[IngestResult]) -> list[str]:
        """Returns the origins below a folder that an ingest of it, with these results, did not meet."""

    def forget(self, origins: Iterable[str]) -> int:
        """Forgets origins; returns how many articles were removed because they had no other."""

    def private_folder(self, name: str) -> Path:
        """Returns the data folder of a library beside this one, for one user's attachments."""

    def drop_private(self, name: str) -> None:
        """Deletes such a library; it must be closed."""

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Returns the ids that were removed."""

    def check(self) -> CheckReport:
        """Returns whether the stores agree."""

    def repair(self) -> CheckReport:
        """Makes the stores agree and returns how they stand."""

    def rebuild(self, advance: Callable[[int, int], None] | None = None) -> CheckReport:
        """Builds both indexes anew and returns how they stand."""


class AssistantPort(Protocol):
    """Answers questions over a library."""

    @property
    def library(self) -> LibraryPort:
        """The library that is asked."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Iterable[str] | None = None,
        mode: Mode | None = None,
    ) -> Answer:
        """Returns the checked answer; `mode` None means the model where one is set."""

    def ask_stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Iterable[str] | None = None,
        mode: Mode | None = None,
    ) -> Iterator[AnswerEvent]:
        """Yields the steps of the answer; the last is `final`."""

    def model_state(self) -> ModelState:
        """Returns which chat model is set and how it stands."""

    def figures(self, query: str = "", region: str = "") -> list[LedgerRow]:
        """Returns the figures of the library that fit a query, best first, or all of them."""

    def verify(self, text: str) -> DraftReport:
        """Returns a draft checked against the library; nothing of it enters the library."""

    def each_figure(self, query: str = "", region: str = "") -> Iterator[LedgerRow]:
        """Yields them, for a library whose figures are too many to be held at once."""

    def with_attachments(self, articles: Sequence[Article]) -> AssistantPort:
        """Returns an assistant that reads some articles more; the library stays as it is."""
