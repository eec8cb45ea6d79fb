"""The assistant as others use it: open, ask, stream; and as a LangChain Runnable and retriever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from assistant.ask import Pipeline
from assistant.attachments.overlay import Overlay
from assistant.checking.checker import Checker
from assistant.checking.equal_words import EqualWords, load_equal_words, load_light_words
from assistant.checking.parsing import Parser
from assistant.digest.digests import Digests
from assistant.digest.planning import Planner
from assistant.garbage import as_before, keep_loaded
from assistant.ledger.ledger import Ledger, build_ledger
from assistant.ledger.row import LedgerRow
from assistant.llm.building import build_writer
from assistant.llm.ports import ChatPort, ModelState
from assistant.llm.settings import ModelSettings
from assistant.llm.tracing import switch_off_tracing
from assistant.models import Answer, AnswerEvent, Mode
from assistant.opening import Advance, open_library
from assistant.reading.language import Language
from assistant.settings import Settings
from assistant.verifying.records import DraftReport
from assistant.verifying.sources import Sources
from assistant.verifying.verifier import Verifier
from retrieval import Article, Library, Tokenizer

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable


def build_language(tokenizer: Tokenizer | None = None) -> Language:
    """Returns the reader's knowledge of Chinese: segmenter, frequencies, committed synonyms and gazetteer."""
    return Language(tokenizer or Tokenizer())


def build_checker(language: Language | None = None) -> Checker:
    """Returns the checker that every statement must pass."""
    language = language or build_language()
    equal = EqualWords(language.matcher.words, load_equal_words())
    parser = Parser(language.matcher.words, language.tag, language.places, language.people)
    return Checker(language.normalise, parser, equal, load_light_words())


def build_digests(library: Library, ledger: Ledger, checker: Checker, language: Language) -> Digests:
    """Returns the writer of the longer texts that are asked for."""
    planner = Planner(search=library.search, articles=library.articles, source=library, language=language)

    def ends_in_noun(text: str) -> bool:
        words = language.words(text)
        return bool(words) and language.is_noun(words[-1])

    return Digests(planner, checker, ledger.rows_of, ends_in_noun)


class Assistant:
    """Answers questions over one library; safe to use from several threads."""

    def __init__(
        self,
        library: Library,
        language: Language | None = None,
        chat: ModelSettings | ChatPort | None = None,
    ) -> None:
        """Use `Assistant.open`; `chat` is the model that writes, None for extracts alone."""
        self.library = library
        self._language = language = language or build_language(library.tokenizer)
        self._chat = chat
        self._garbage: tuple[int, int, int] | None = None
        checker = build_checker(language)
        self._writer = build_writer(chat, checker, language) if chat is not None else None
        self._checker = checker
        self._ledger = build_ledger(library, language, language.cut)
        self._pipeline = Pipeline(
            search=library.search,
            articles=library.articles,
            source=library,
            language=language,
            checker=checker,
            holding=library.chunks_holding,
            digests=build_digests(library, self._ledger, checker, language),
        )

    @classmethod
    def open(
        cls, data_dir: Path | str, settings: Settings | None = None, advance: Advance | None = None
    ) -> Assistant:
        """Returns an assistant over the library in a folder, made if missing.

        No network, unless the settings (by default those of the environment) name a model to be asked.

        Raises:
            LibraryError: If the library cannot be opened; the message says what to do.
        """
        switch_off_tracing()
        settings = settings or Settings()
        made = cls(open_library(Path(data_dir), settings, advance, asking=True), chat=settings.chat_model)
        made._garbage = keep_loaded()
        return made

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the library."""
        if self._garbage:
            as_before(self._garbage)
            self._garbage = None
        self.library.close()

    def article(self, article_id: str) -> Article:
        """Returns an article with its text. Raises ArticleNotFound."""
        return self.library.article(article_id)

    def ask(
        self,
        question: str,
        history: Sequence[tuple[str, Answer]] = (),
        scope: Iterable[str] | None = None,
        mode: Mode | None = None,
    ) -> Answer:
        """Returns the checked answer: the last item of `ask_stream`."""
        final = None
        for event in self.ask_stream(question, history, scope, mode):
            final = event.answer
        assert final is not None
        return final

    def ask_stream(
        self,
        question: str,
        history: Sequence[tuple[str, Answer]] = (),
        scope: Iterable[str] | None = None,
        mode: Mode | None = None,
    ) -> Iterator[AnswerEvent]:
        """Yields `understood`, `statement`, `notice` and at last `final` events; only checked statements.

        Args:
            question: What is asked.
            history: Earlier questions of the conversation with their answers.
            scope: Ids of the only articles to look in; None for all.
            mode: `llm` or `extractive`; None for the model where one is set.
        """
        writer = None if mode == "extractive" else self._writer
        return self._pipeline.stream(question, history, scope, writer)

    def model_state(self) -> ModelState:
        """Returns which chat model is set and how it stands, with a Chinese line for people."""
        return self._writer.state() if self._writer is not None else ModelState()

    def figures(self, query: str = "", region: str = "") -> list[LedgerRow]:
        """Returns every figure of the articles with what it counts, best first where a query is given.

        Args:
            query: What the figures should be about; "" for all, in the order of the articles.
            region: Only those of a place or of articles about it.
        """
        return self._ledger.figures(query, region)

    def verify(self, text: str) -> DraftReport:
        """Returns a person's own draft checked: every figure, date, name and document title of it.

        Nothing of the draft enters the library.
        """
        sources = Sources(self.library.search, self.library, self.library.articles, self._checker)
        return Verifier(sources, self._checker).verify(text)

    def each_figure(self, query: str = "", region: str = "") -> Iterator[LedgerRow]:
        """Yields what `figures` returns, one article after the other where no query is given."""
        return self._ledger.each(query, region)

    def with_attachments(self, articles: Sequence[Article]) -> Assistant:
        """Returns an assistant that reads some articles more, a person's own; the library stays the same."""
        overlay = Overlay(self.library, articles, self.library.tokenizer.tokens)
        # An overlay has all that is read of a library.
        return Assistant(cast(Library, overlay), self._language, self._chat)

    def as_runnable(self) -> Runnable[dict[str, Any], Answer]:
        """Returns a LangChain Runnable: {"question", "history"?, "scope"?} → Answer."""
        from langchain_core.runnables import RunnableLambda

        def invoke(given: dict[str, Any]) -> Answer:
            return self.ask(given["question"], given.get("history", ()), given.get("scope"))

        return RunnableLambda(invoke)

    def as_retriever(self, k: int = 5) -> BaseRetriever:
        """Returns a LangChain retriever over the library: str → list[Document] with metadata."""
        from retrieval.retriever import LibraryRetriever

        return LibraryRetriever(library=self.library, k=k)
