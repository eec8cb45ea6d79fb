"""An invented article, and a library and an assistant small enough to know by heart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.ledger.row import LedgerRow
from assistant.llm.ports import ModelState
from assistant.models import Answer, AnswerEvent, AnswerFigure, Citation, Mode, Passage, Statement
from assistant.ports import Progress, Turn
from retrieval import (
    Article,
    ArticleMeta,
    ArticleNotFound,
    CheckReport,
    Hit,
    IngestResult,
    Query,
    RetrievalError,
    Sentence,
)
from retrieval.sentences import split_sentences

TEXT = (
    "# 青禾市志愿服务一年记\n\n"
    "青禾市去年新建驿站二十座。全市现有注册志愿者3.2万名,平均每周服务1次。队伍还在壮大。\n\n"
    "## “邻里帮”怎么做\n\n"
    "居民在小程序上点单。社区派单。\n"
)
QUOTE = "全市现有注册志愿者3.2万名,平均每周服务1次。"
ARTICLE = Article(
    article_id="qinghe",
    title="青禾市志愿服务一年记",
    publisher="青禾日报",
    published="2025-03-09",
    region="青禾市",
    digest=True,
    source="qinghe.md",
    also=("qinghe_reprint",),
    text=TEXT,
)


class FakeLibrary:
    """Articles in a dict; search returns every article's whole text as one hit."""

    def __init__(self, articles: Iterable[Article] = (ARTICLE,), *, ever_held: bool = True) -> None:
        self.held = {article.article_id: article for article in articles}
        self.ever_held = ever_held
        self.problems: tuple[str, ...] = ()
        self.queries: list[Query] = []
        self.failure: Exception | None = None

    def __enter__(self) -> FakeLibrary:
        if self.failure:
            raise self.failure
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def articles(self) -> list[ArticleMeta]:
        return list(self.held.values())

    def article(self, article_id: str) -> Article:
        if article_id not in self.held:
            raise ArticleNotFound(f"库里没有编号为“{article_id}”的文章。")
        return self.held[article_id]

    def sentences(self, article_id: str) -> tuple[Sentence, ...]:
        return split_sentences(article_id, self.article(article_id).text)

    def search(self, query: Query) -> list[Hit]:
        self.queries.append(query)
        chosen = [a for a in self.held.values() if query.scope is None or a.article_id in query.scope]
        return [_whole(article) for article in chosen]

    def ingest(
        self, paths: Sequence[Path], progress: Progress | None = None, *, allow_internal: bool = False
    ) -> Iterator[IngestResult]:
        for done, path in enumerate(paths, start=1):
            if progress:
                progress(done, len(paths), path)
            if not path.exists():
                yield IngestResult(path=str(path), result="rejected", reason="找不到这个文件。")
                continue
            self.ever_held = True
            text = path.read_text(encoding="utf-8")
            self.held[path.stem] = Article(article_id=path.stem, text=text)
            yield IngestResult(path=str(path), article_id=path.stem, result="added")

    def disputes(self) -> list[tuple[str, str]]:
        return []

    def add_text(self, title: str, text: str, **stated: object) -> IngestResult:
        self.held[title] = Article(article_id=title, title=title, text=text)
        return IngestResult(path="", article_id=title, result="added")

    def remove(self, ids: Sequence[str]) -> list[str]:
        return [name for name in ids if self.held.pop(name, None)]

    def check(self) -> CheckReport:
        return CheckReport(articles=len(self.held), chunks=len(self.held), problems=self.problems)

    def repair(self) -> CheckReport:
        self.problems = ()
        return self.check()


def _whole(article: Article) -> Hit:
    fields = {"chunk_id": f"{article.article_id}#0", "score": 1.0, "legs": {"lexical": 1}}
    where = {"article_id": article.article_id, "start": 0, "end": len(article.text), "text": article.text}
    return Hit.model_validate({**fields, **where})


class FakeAssistant:
    """Quotes the first article's QUOTE for questions about 志愿者, abstains for others."""

    def __init__(self, library: FakeLibrary | None = None) -> None:
        self.library = library or FakeLibrary()
        self.asked: list[tuple[str, tuple[Turn, ...], frozenset[str] | None]] = []
        self.failure: RetrievalError | None = None
        self.model = ModelState()

    def __enter__(self) -> FakeAssistant:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Iterable[str] | None = None,
        mode: Mode | None = None,
    ) -> Answer:
        *_, last = self.ask_stream(question, history, scope, mode)
        assert last.answer is not None
        return last.answer

    def with_attachments(self, articles: Sequence[Article]) -> FakeAssistant:
        return FakeAssistant(FakeLibrary([*self.library.held.values(), *articles]))

    def figures(self, query: str = "", region: str = "") -> list[LedgerRow]:
        return []

    def each_figure(self, query: str = "", region: str = "") -> Iterator[LedgerRow]:
        yield from self.figures(query, region)

    def model_state(self) -> ModelState:
        return self.model

    def ask_stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Iterable[str] | None = None,
        mode: Mode | None = None,
    ) -> Iterator[AnswerEvent]:
        self.asked.append((question, tuple(history), frozenset(scope) if scope is not None else None))
        if self.failure:
            raise self.failure
        answer = answer_to(question)
        yield AnswerEvent(kind="understood", text=answer.understood)
        for statement in answer.statements:
            yield AnswerEvent(kind="statement", statement=statement, citations=answer.citations)
        yield AnswerEvent(kind="final", answer=answer)


def passage_fields(article: Article = ARTICLE, quote: str = QUOTE) -> dict[str, object]:
    """Returns the fields of a passage or citation for a quotation of an article."""
    start = article.text.index(quote)
    meta = article.model_dump(
        include={"article_id", "also", "title", "publisher", "published", "region", "digest"}
    )
    return {**meta, "source": article.source, "quote": quote, "start": start, "end": start + len(quote)}


def answer_to(question: str) -> Answer:
    """Returns the fake's answer."""
    if not question.strip():
        return Answer(question=question, status="rejected", text="问题是空的。请输入一个问题。")
    if "志愿者" not in question and "呢" not in question:
        near = (Passage.model_validate(passage_fields()),)
        text = "文章没有提到这一点。"
        return Answer(
            question=question, standalone_question=question, status="abstained", text=text, nearest=near
        )
    return Answer(
        question=question,
        standalone_question=question if "呢" not in question else "青禾市有多少注册志愿者?",
        understood="问数量:注册志愿者",
        status="grounded",
        short_answer="3.2万名",
        text=f"{QUOTE}[1]",
        statements=(Statement(text=QUOTE, citations=(1,)),),
        citations=(Citation.model_validate({"n": 1, "section": "", **passage_fields()}),),
        figures=(AnswerFigure(text="3.2万名", value="32000", unit="名", as_of="2025-03", citation=1),),
        elapsed_ms=12.0,
    )
