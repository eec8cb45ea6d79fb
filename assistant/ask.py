"""The ask pipeline without a model: understand, retrieve, read, decide, draft, check, answer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant import phrases
from assistant.across.across import Across
from assistant.across.reading import Reading
from assistant.across.writing import write
from assistant.checking.checker import Checker
from assistant.decide import Choice, choose
from assistant.draft import Draft, draft, support
from assistant.evidence import ArticleSource, Evidence, gather
from assistant.finish import Citations, answer_figures, incomplete_notices, nearest, statement_line
from assistant.following.follow_up import FollowUp
from assistant.generators import Generator
from assistant.llm.trail import Trail
from assistant.models import Answer, AnswerEvent, AnswerFigure, Notice, Statement
from assistant.orders import gives_orders
from assistant.reading.asked import Asked
from assistant.reading.constraints import Finder, bare_place
from assistant.reading.language import Language
from assistant.reading.parts import split_question
from assistant.reading.periods import find_periods
from assistant.reading.question import Kind, understand
from assistant.reading.reader import Reader
from assistant.reading.spots import find_spots
from retrieval import ArticleMeta, Chunk, Hit, Query

Holding = Callable[[Sequence[Collection[str]], Collection[str] | None], Iterator[Chunk]]

MOST_CHARACTERS = 2000
_LATER_READING = 0.12  # by how much a less likely reading of a follow-up must be answered better
_BASE = re.compile(
    r"(?:跟|与|和|同|较|比)\s*(?:19|20)\d{2}年?(?=相比|比|[^,，]{0,20}(?:多|少|增|减|涨|降|高|低))"
)
_SHORT_YEAR = re.compile(r"(^|[\s,，一-鿿])([12]\d)年(?=[一-鿿])(?![来内间以多后前里])(?<!第..年)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?:年(?:(\d{1,2})月)?)?")


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of one question: what was asked, what was found, what was decided."""

    asked: Asked
    evidence: tuple[Evidence, ...]
    choice: Choice


class Pipeline:
    """Answers questions from articles; every outside thing is handed in.

    Args:
        search: Query → hits, best first.
        articles: All articles' metadata.
        source: Gives articles and their sentences.
        language, checker: The parts of the reading.
        holding: Groups of tokens, scope → all passages that hold every token of a group.
    """

    def __init__(
        self,
        *,
        search: Callable[[Query], list[Hit]],
        articles: Callable[[], list[ArticleMeta]],
        source: ArticleSource,
        language: Language,
        checker: Checker,
        holding: Holding,
        top_k: int = 16,
    ) -> None:
        self._search = search
        self._articles = articles
        self._source = source
        self._language = language
        self._reader = Reader(
            language.normalise, language.matcher, language.people, language.places, language.is_noun
        )
        self._checker = checker
        self._follow_up = FollowUp(lambda text: language.places(text, self._regions()))
        self._top_k = top_k
        self._across = Across(
            read=self._operand,
            search=search,
            articles=articles,
            source=source,
            language=language,
            holding=holding,
        )

    def stream(
        self,
        question: str,
        history: Sequence[tuple[str, Answer]] = (),
        scope: Iterable[str] | None = None,
        generator: Generator | None = None,
    ) -> Iterator[AnswerEvent]:
        """Yields the steps of one answer; the last is `final` and carries the Answer.

        A generator writes over what was read; without one the answer is the extract.
        """
        trail = Trail()
        steps = self._steps(question, history, scope, trail)
        return steps if generator is None else generator.rewrite(steps, trail)

    def _steps(
        self,
        question: str,
        history: Sequence[tuple[str, Answer]],
        scope: Iterable[str] | None,
        trail: Trail,
    ) -> Iterator[AnswerEvent]:
        began = time.perf_counter()

        def finish(answer: Answer) -> AnswerEvent:
            elapsed = round((time.perf_counter() - began) * 1000, 2)
            return AnswerEvent(kind="final", answer=answer.model_copy(update={"elapsed_ms": elapsed}))

        cleaned = re.sub(
            r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]", "", question
        ).strip()
        refusal = phrases.refusal(cleaned, MOST_CHARACTERS)
        if refusal:
            yield finish(Answer(question=question, status="rejected", text=refusal))
            return
        if (small := phrases.small_talk(self._language.normalise(cleaned))) is not None:
            yield finish(
                Answer(question=question, standalone_question=cleaned, status="smalltalk", text=small)
            )
            return
        wanted = frozenset(scope) if scope is not None else None
        if not self._articles():
            yield finish(
                Answer(
                    question=question,
                    standalone_question=cleaned,
                    status="abstained",
                    text=phrases.EMPTY_LIBRARY,
                )
            )
            return
        normal = self._language.normalise(cleaned)
        filled = self._across.standalone(normal, history)
        if (result := self._across.answer(filled or normal, wanted)) is not None:
            for event in write(result, self._checker, question, filled or cleaned):
                yield finish(event.answer) if event.answer else event
            return
        readings = [filled] if filled else self._follow_up.standalone(normal, history)
        standalone, reads = self._understand(readings, wanted)
        trail.reads.extend(reads)
        understood = phrases.understood(standalone, [r.asked for r in reads])
        yield AnswerEvent(kind="understood", text=understood)
        yield from self._write(question, standalone, understood, reads, finish)

    def _understand(self, readings: Sequence[str], scope: frozenset[str] | None) -> tuple[str, list[Read]]:
        """Returns the standalone question that the evidence answers best, with its parts read."""
        best: tuple[tuple[bool, float], str, list[Read]] | None = None
        for i, reading in enumerate(readings):
            reads: list[Read] = []
            for part in split_question(reading, self._language.places):
                used = [c.place_in_library for r in reads for c in r.choice.chosen if c.span.type == "figure"]
                reads.append(self._read(part, scope, frozenset(used)))
            worth = (_answered(reads), _score(reads) - _LATER_READING * i)
            if best is None or worth > best[0]:
                best = (worth, reading, reads)
        assert best is not None
        return best[1], best[2]

    def _read(
        self, text: str, scope: frozenset[str] | None, used: frozenset[tuple[str, int]] = frozenset()
    ) -> Read:
        """Returns a question read; figures in `used` answered an earlier part already."""
        asked = self._ask(text)
        evidence = self._evidence(asked, scope)
        if (respelled := self._language.mended(text, [e.text for e in evidence])) != text:
            asked = self._ask(respelled)
            evidence = self._evidence(asked, scope)
        candidates = [c for c in self._reader.read(asked, evidence) if c.place_in_library not in used]
        return Read(asked, evidence, choose(asked, candidates))

    def _operand(self, question: str, scope: frozenset[str] | None, kind: Kind | None = None) -> Reading:
        """Returns one side of a comparison read, within a scope that its place has settled already."""
        asked = self._ask(question)
        evidence: tuple[Evidence, ...] = ()
        for _ in range(2):
            query = Query(text=asked.question.text, scope=scope, top_k=self._top_k)
            found = gather(self._search(query), self._source)
            evidence = tuple(e for e in found if not gives_orders(e.text))
            respelled = self._language.mended(asked.question.text, [e.text for e in evidence])
            if respelled == asked.question.text:
                break
            asked = self._ask(respelled)
        if kind is not None:
            asked = replace(asked, question=asked.question.model_copy(update={"kind": kind}))
        return Reading(asked, tuple(self._reader.read(asked, evidence)), evidence)

    def _evidence(self, asked: Asked, scope: frozenset[str] | None) -> tuple[Evidence, ...]:
        found = gather(self._hits(asked, scope), self._source)
        return tuple(e for e in found if not gives_orders(e.text))  # what speaks to the machine tells nothing

    def _ask(self, text: str) -> Asked:
        text = re.sub("好多(?=[个名家场件条项人次支位])", "多少", text)  # spoken in the south-west
        text = _SHORT_YEAR.sub(r"\g<1>20\g<2>年", text)
        question = understand(text)
        found = self._language.places(text, self._regions())
        places = _most_specific(tuple(dict.fromkeys(p for _, _, p in found)), question.quoted)
        years = tuple(
            f"{y}-{int(m):02}" if m else y for y, m in _YEAR.findall(_BASE.sub(" ", _without_quoted(text)))
        )
        relative = tuple(dict.fromkeys(re.findall("今年|去年|前年|明年", _without_quoted(text))))
        spots = tuple(find_spots(text, [end for _, end, _ in found]))
        periods = tuple(dict.fromkeys(months for _, months in find_periods(text)))
        return Asked(
            question,
            self._language.terms(question, (*places, *spots)),
            years,
            places,
            relative,
            spots,
            periods,
        )

    def _regions(self) -> frozenset[str]:
        """Returns the divisions that the articles are about, so that a question may name them in short."""
        return _divisions(tuple(dict.fromkeys(a.region for a in self._articles())), self._language.places)

    def _hits(self, asked: Asked, scope: frozenset[str] | None) -> list[Hit]:
        hits = self._search(Query(text=asked.question.text, scope=scope, top_k=self._top_k))
        local = self._articles_of(asked.places)
        inside = frozenset(local) if scope is None else frozenset(local) & scope
        if inside:
            hits = [*self._search(Query(text=asked.question.text, scope=inside, top_k=self._top_k)), *hits]
        return list({hit.chunk_id: hit for hit in hits}.values())

    def _articles_of(self, places: Sequence[str]) -> list[str]:
        wanted = {bare_place(p) for p in places}
        return [a.article_id for a in self._articles() if any(w in a.region + a.title for w in wanted)]

    def _write(
        self,
        question: str,
        standalone: str,
        understood: str,
        reads: Sequence[Read],
        finish: Callable[[Answer], AnswerEvent],
    ) -> Iterator[AnswerEvent]:
        citations, notices, statements, figures, shorts = Citations(), [], [], [], []
        seen: set[str] = set()
        failed: list[Read] = []
        for read in reads:
            drafts = draft(read.asked.question, read.choice)
            kept = [d for d in drafts if self._stands(d)]
            if len(kept) < len(drafts):
                notices.append(Notice(kind="dropped", text=phrases.DROPPED))
                yield AnswerEvent(kind="notice", notice=notices[-1])
            if not kept:
                failed.append(read)
            for item in kept:
                numbers, fresh = citations.cite(item.cites)
                if item.short and item is kept[0]:
                    shorts.append(item.short)
                if item.text in seen:
                    continue
                seen.add(item.text)
                shown = Statement(
                    text=item.text + (f"（注:{item.note}）" if item.note else ""), citations=numbers
                )
                statements.append(shown)
                figures += answer_figures(item, numbers[0])
                yield AnswerEvent(kind="statement", statement=shown, citations=fresh)
        yield finish(
            self._answer(
                question,
                standalone,
                understood,
                reads,
                failed,
                statements,
                figures,
                shorts,
                citations,
                notices,
            )
        )

    def _stands(self, item: Draft) -> bool:
        return not self._checker.check(item.text, [support(e) for e in item.cites])

    def _answer(  # noqa: PLR0913 - the parts of one record, gathered here and nowhere else
        self,
        question: str,
        standalone: str,
        understood: str,
        reads: Sequence[Read],
        failed: Sequence[Read],
        statements: Sequence[Statement],
        figures: Sequence[AnswerFigure],
        shorts: Sequence[str],
        citations: Citations,
        notices: Sequence[Notice],
    ) -> Answer:
        lines = [statement_line(s) for s in statements]
        lines += [phrases.not_said(r.asked, r.choice) for r in failed]
        near = nearest(_closest(failed)) if failed else ()
        read = [*citations.articles.values(), *(e.article for e in _closest(failed)[: len(near)])]
        return Answer(
            question=question,
            standalone_question=standalone,
            understood=understood,
            status="abstained" if not statements else "partial" if failed else "grounded",
            short_answer="、".join(dict.fromkeys(shorts)) if statements else "",
            text="\n\n".join(lines),
            statements=tuple(statements),
            citations=tuple(citations.all),
            figures=tuple(figures),
            notices=(*notices, *incomplete_notices(read)),
            nearest=near,
        )


@lru_cache(maxsize=8)
def _divisions(regions: tuple[str, ...], places: Finder) -> frozenset[str]:
    return frozenset(name for region in regions for _, _, name in places(region))


def _score(reads: Sequence[Read]) -> float:
    """Returns how well the worst answered of several parts is answered."""
    return min((c.score for r in reads for c in r.choice.chosen[:1]), default=0.0)


def _answered(reads: Sequence[Read]) -> bool:
    return all(r.choice.chosen for r in reads)


def _closest(failed: Sequence[Read]) -> list[Evidence]:
    return [e for r in failed for e in (*[c.evidence for c in r.choice.runners], *r.evidence)]


def _without_quoted(text: str) -> str:
    return re.sub(r"《[^《》]*》|“[^“”]*”", " ", text)


def _most_specific(places: tuple[str, ...], quoted: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the places less those that only stand inside a quoted name."""
    return tuple(p for p in places if not any(p in q for q in quoted))
