"""The ask pipeline without a model: understand, retrieve, read, decide, draft, check, answer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from assistant import phrases
from assistant.across.across import Across
from assistant.across.writing import write
from assistant.checking.checker import Checker
from assistant.digest.digests import Digests
from assistant.draft import Draft, draft, support
from assistant.evidence import ArticleSource, Evidence
from assistant.finish import Citations, answer_figures, incomplete_notices, nearest, statement_line
from assistant.focus import Focus, focus_of
from assistant.following.about_answer import about_last
from assistant.following.follow_up import FollowUp, changes_topic, leaves_out
from assistant.generators import Generator
from assistant.inquiry import Inquiry, Read
from assistant.llm.trail import Again, Trail
from assistant.models import Answer, AnswerEvent, AnswerFigure, Notice, Statement
from assistant.reading.asking import Asking
from assistant.reading.language import Language
from retrieval import ArticleMeta, Chunk, Hit, Query

Holding = Callable[[Sequence[Collection[str]], Collection[str] | None], Iterator[Chunk]]

MOST_CHARACTERS = 2000
# «比上一年多了多少»: how many where both years are given, else by what share if an article says so.
_ASKS_RATE = re.compile(r"比(?:上一?年|去年|前一年|上年)[^,，]*(?:多少|几)\s*[?？。]*$")


class Pipeline:
    """Answers questions from articles; every outside thing is handed in.

    Args:
        search: Query → hits, best first.
        articles: All articles' metadata.
        source: Gives articles and their sentences.
        language, checker: The parts of the reading.
        holding: Groups of tokens, scope → all passages that hold every token of a group.
        digests: Writes the longer texts that are asked for, None to answer every question as one.
    """

    def __init__(
        self,
        *,
        search: Callable[[Query], list[Hit]],
        articles: Callable[[], Sequence[ArticleMeta]],
        source: ArticleSource,
        language: Language,
        checker: Checker,
        holding: Holding,
        digests: Digests | None = None,
        top_k: int = 16,
    ) -> None:
        self._articles = articles
        self._language = language
        self._checker = checker
        self._asking = asking = Asking(language, articles)
        self._follow_up = FollowUp(asking.places, asking.things)
        self._inquiry = Inquiry(
            search=search, articles=articles, source=source, language=language, asking=asking, top_k=top_k
        )
        self._across = Across(
            read=self._inquiry.operand,
            search=search,
            articles=articles,
            source=source,
            language=language,
            checker=checker,
            holding=holding,
        )
        self._digests = digests

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
        if generator is None:
            return steps

        def again(text: str) -> tuple[Iterator[AnswerEvent], Trail]:
            fresh = Trail()
            return self._steps(text, (), scope, fresh), fresh

        return generator.rewrite(steps, trail, Again(tuple(history), again))

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
        for event in self._over_articles(question, cleaned, history, wanted, trail, finish):
            yield finish(event.answer) if event.answer else event

    def _over_articles(
        self,
        question: str,
        cleaned: str,
        history: Sequence[tuple[str, Answer]],
        wanted: frozenset[str] | None,
        trail: Trail,
        finish: Callable[[Answer], AnswerEvent],
    ) -> Iterator[AnswerEvent]:
        """Yields the answer to a real question: a digest, one over several figures, or a plain one."""
        cleaned = self._asking.in_chinese(cleaned)
        normal = self._language.normalise(cleaned)
        if (about := about_last(normal, history)) is not None:
            yield from about
            return
        if self._digests and (plan := self._digests.plan(normal, history, wanted)):
            yield from self._digests.write(plan, question, trail)
            return
        filled = self._across.standalone(normal, history)
        alone = not history or bool(filled) or bool(self._asking.places(normal))
        result = self._across.answer(filled or normal, wanted, alone=alone)
        if filled and result and result.missing and self._states_rate(normal, history, wanted):
            filled, result = "", None
        if result is None and not filled:
            result = self._across.over_turns(normal, history, wanted)
        if result is not None:
            yield from write(result, self._checker, question, filled or cleaned)
            return
        readings = [filled] if filled else self._follow_up.standalone(normal, history)
        standalone, reads = self._inquiry.best(readings, wanted, self._focus(normal, history))
        trail.reads.extend(reads)
        if (counted := self._across.beside.counted(reads, wanted)) is not None:
            yield from write(counted, self._checker, question, standalone)
            return
        understood = phrases.understood(standalone, [r.asked for r in reads])
        yield AnswerEvent(kind="understood", text=understood)
        written = self._write(question, standalone, understood, reads, finish)
        yield from self._across.beside.complete(written, reads)

    def _states_rate(
        self, turn: str, history: Sequence[tuple[str, Answer]], wanted: frozenset[str] | None
    ) -> bool:
        """Returns whether an article states the change that a turn asks for («比上一年多了多少»)."""
        if not _ASKS_RATE.search(turn):
            return False
        readings = self._follow_up.standalone(turn, history)
        _, reads = self._inquiry.best(readings, wanted, self._focus(turn, history))
        chosen = [c for r in reads for c in r.choice.chosen]
        return bool(chosen) and all(c.span.figure is not None and c.span.figure.unit == "%" for c in chosen)

    def _focus(self, turn: str, history: Sequence[tuple[str, Answer]]) -> Focus | None:
        """Returns where the conversation stands for a later turn, None for a first one or a new topic."""
        if not history or changes_topic(turn):
            return None
        if self._asking.places(turn) or re.search('[《“"]', turn):
            return focus_of(turn, history, "own")
        named = bool(self._asking.things(turn))
        return focus_of(turn, history, "leans" if named and not leaves_out(turn) else "elided")

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
                if item.short and (item is kept[0] or item.candidate.span.type == "name"):
                    shorts.append(item.short)
                if item.text in seen:
                    continue
                seen.add(item.text)
                shown = Statement(
                    text=item.text + (f"（注：{item.note}）" if item.note else ""), citations=numbers
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


def _closest(failed: Sequence[Read]) -> list[Evidence]:
    return [e for r in failed for e in (*[c.evidence for c in r.choice.runners], *r.evidence)]
