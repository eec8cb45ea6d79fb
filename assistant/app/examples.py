"""Example questions made from the articles at hand, kept only if the assistant answers them with sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FuturesTimeout
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from threading import Condition, Event, Lock, Thread

from assistant.figures import Figure, extract_figures
from assistant.models import Answer
from assistant.ports import AssistantPort, LibraryPort
from retrieval import ArticleMeta, RetrievalError, Sentence

WANTED = 4
_FIGURES_WANTED = 3
_MOST_TRIED = 12
_MOST_ARTICLES = 40
_FOLLOW_UPS_SHOWN, _FOLLOW_UPS_KEPT = 3, 6
_COUNTED = frozenset({"名", "人", "个", "家", "支", "件", "项", "条", "场", "位", "座", "处", "所"})
_THING = (
    "者|员|人才|队伍|组织|驿站|站点|网点|阵地|支部|党组织|项目|活动|平台|机构|中心|企业|网格|岗|协会|商会|社区|"
    "行政村|事项|案例|纠纷|街道|基地|工作站|服务站"
)
_NOUN_AFTER = re.compile(rf"的?([一-鿿]{{0,6}}?(?:{_THING}))(?=[，。；、：！？,.;（(]|$)")
_NOUN_BEFORE = re.compile(
    rf"([一-鿿]{{0,6}}(?:{_THING}))(?:总数|人数|数量)?[已共达到有约超过近突破为]{{0,4}}$"
)
# Characters that end what stands before a noun: the noun begins after the last of them.
_NOT_IN_NOUN = re.compile(
    r".*[的了在和与及并等将为是有把被向由从对以其中每该这那备设立建成配全共](?:[省市县区州])?"
)
_REGION_WIDE = re.compile(r"全[省市县区州]")
# A figure for each of something is no total to ask for.
_RATE = re.compile(r"每[一百千万个名家户人]|平均|人均|户均")
_TERM = re.compile(r"“([^“”]{2,14})”")


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the figure its answer must hold ("" for none)."""

    question: str
    figure: str = ""


def figure_examples(library: LibraryPort) -> list[Example]:
    """Returns examples that ask for a figure of an article."""
    return _in_turns(library, _figure_examples_of)


def term_examples(library: LibraryPort) -> list[Example]:
    """Returns examples that ask for the meaning of a term in an article's headings."""
    return _in_turns(library, _term_examples_of)


def _in_turns(
    library: LibraryPort, make: Callable[[ArticleMeta, Sequence[Sentence]], Iterable[Example]]
) -> list[Example]:
    metas = library.articles()
    spread = metas[:: max(1, len(metas) // _MOST_ARTICLES)][:_MOST_ARTICLES]
    per_article = [make(meta, library.sentences(meta.article_id)) for meta in spread]
    turns = (example for row in zip_longest(*per_article) for example in row if example)
    return list({example.question: example for example in turns}.values())


def _term_examples_of(meta: ArticleMeta, sentences: Sequence[Sentence]) -> Iterator[Example]:
    for sentence in sentences:
        if sentence.heading:
            yield from (Example(f"“{term}”指的是什么？") for term in _TERM.findall(sentence.text))


def _figure_examples_of(meta: ArticleMeta, sentences: Sequence[Sentence]) -> Iterator[Example]:
    for sentence in sentences:
        if not sentence.heading:
            yield from _about_figures(meta.region, sentence.text)


def _about_figures(region: str, text: str) -> Iterator[Example]:
    place = region.split("省")[-1] or region
    if not place or not (_REGION_WIDE.search(text) or place in text):
        return
    for figure in extract_figures(text):
        if figure.kind != "number" or figure.unit not in _COUNTED or _RATE.search(text[: figure.start]):
            continue
        if noun := _counted_noun(figure, text):
            unit = "" if figure.unit in {"人", "名", "位"} else figure.unit
            yield Example(f"{place}有多少{unit}{noun}？", figure.value)


def _counted_noun(figure: Figure, text: str) -> str:
    found = _NOUN_AFTER.match(text, figure.end) or _NOUN_BEFORE.search(text[: figure.start])
    noun = _NOT_IN_NOUN.sub("", found[1]) if found else ""
    return noun if len(noun) > 2 else ""


def verified(assistant: AssistantPort, examples: Iterable[Example], wanted: int) -> list[str]:
    """Returns the first questions answered `grounded`, with the figure they were made from if any."""
    kept: list[str] = []
    for tried, example in enumerate(examples):
        if tried == _MOST_TRIED or len(kept) == wanted:
            break
        answer = assistant.ask(example.question)
        figures = {figure.value for figure in answer.figures if figure.text in answer.short_answer}
        if answer.status == "grounded" and (not example.figure or example.figure in figures):
            kept.append(example.question)
    return kept


class Priority:
    """Lets what can wait wait while somebody's own question is answered."""

    def __init__(self) -> None:
        self._idle = Condition()
        self._answering = 0

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While this is open, `wait_until_idle` waits."""
        with self._idle:
            self._answering += 1
        try:
            yield
        finally:
            with self._idle:
                self._answering -= 1
                self._idle.notify_all()

    def wait_until_idle(self, patience: float = 10.0) -> None:
        """Waits until nobody's question is answered, at most `patience` seconds."""
        with self._idle:
            self._idle.wait_for(lambda: self._answering == 0, timeout=patience)


class Examples:
    """Example questions verified in the background, so that the app need not wait for them.

    They are made anew when the articles have changed.
    """

    def __init__(self, assistant: AssistantPort, priority: Priority | None = None) -> None:
        self._assistant = assistant
        self._priority = priority or Priority()
        self._lock = Lock()
        self._made_from: tuple[str, ...] | None = None
        self._ready = Event()
        self._questions: list[str] = []
        self._start()

    def _start(self) -> None:
        metas = self._assistant.library.articles()
        made_from = tuple(meta.article_id + meta.content_hash for meta in metas)
        with self._lock:
            if made_from == self._made_from:
                return
            self._made_from, self._ready = made_from, Event()
            Thread(target=self._fill, args=(self._ready,), daemon=True).start()

    def _fill(self, ready: Event) -> None:
        library = self._assistant.library
        try:
            figures = verified(self._assistant, self._at_leisure(figure_examples(library)), _FIGURES_WANTED)
            terms = verified(self._assistant, self._at_leisure(term_examples(library)), WANTED - len(figures))
            self._questions = [*figures, *terms]
        except RetrievalError:
            self._questions = []  # without examples the page says why once a question is asked
        finally:
            ready.set()

    def _at_leisure(self, examples: Iterable[Example]) -> Iterator[Example]:
        for example in examples:
            self._priority.wait_until_idle()
            yield example

    def questions(self, patience: float = 20.0) -> list[str]:
        """Returns the verified questions, waiting at most `patience` seconds for them."""
        try:
            self._start()
        except RetrievalError:
            return []
        self._ready.wait(patience)
        return self._questions


class FollowUps:
    """Questions to go on with that the library can answer, verified while nobody waits for an answer."""

    def __init__(self, assistant: AssistantPort, priority: Priority | None = None) -> None:
        self._assistant = assistant
        self._priority = priority or Priority()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="follow-ups")
        self._lock = Lock()
        self._verified: dict[tuple[str, str], Future[list[str]]] = {}

    def after(self, answer: Answer, asked: Iterable[str], patience: float = 1.5) -> list[str]:
        """Returns questions about the article an answer rests on; none if they are not ready in time."""
        passage = next(iter((*answer.citations, *answer.nearest)), None)
        if passage is None or answer.status not in {"grounded", "partial", "abstained"}:
            return []
        said = {bare(one) for one in (*asked, answer.standalone_question)}
        try:
            found = self._future(passage.article_id).result(patience)
        except (FuturesTimeout, RetrievalError):
            return []
        return [one for one in found if bare(one) not in said][:_FOLLOW_UPS_SHOWN]

    def close(self) -> None:
        """Stops verifying."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _future(self, article_id: str) -> Future[list[str]]:
        article = self._assistant.library.article(article_id)
        key = (article.article_id, article.content_hash)
        with self._lock:
            if key not in self._verified:
                self._verified[key] = self._worker.submit(self._verify, article)
            return self._verified[key]

    def _verify(self, article: ArticleMeta) -> list[str]:
        sentences = self._assistant.library.sentences(article.article_id)
        examples = [*_figure_examples_of(article, sentences), *_term_examples_of(article, sentences)]
        kept: list[str] = []
        for example in list(dict.fromkeys(examples))[:_MOST_TRIED]:
            self._priority.wait_until_idle()
            kept += verified(self._assistant, [example], 1)
            if len(kept) == _FOLLOW_UPS_KEPT:
                break
        return kept


def bare(question: str) -> str:
    """Returns a question without anything but its letters and digits, to compare it with another.

    >>> bare("有多少人？") == bare("有多少 人?")
    True
    """
    return re.sub(r"\W", "", question)
