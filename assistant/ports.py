"""What the command line and the app need of the library and the assistant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from assistant.ledger.row import LedgerRow
from assistant.llm.ports import ModelState
from assistant.models import Answer, AnswerEvent, Mode
from retrieval import Article, ArticleMeta, CheckReport, Hit, IngestResult, Query, Sentence

Turn = tuple[str, Answer]
Progress = Callable[[int, int, Path], None]


class LibraryPort(Protocol):
    """The articles and the search over them."""

    @property
    def ever_held(self) -> bool:
        """Whether the library has ever held an article."""

    def articles(self) -> list[ArticleMeta]:
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

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Returns the ids that were removed."""

    def check(self) -> CheckReport:
        """Returns whether the stores agree."""

    def repair(self) -> CheckReport:
        """Makes the stores agree and returns how they stand."""


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
