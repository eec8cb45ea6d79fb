"""Questions over several figures or articles: understood, read, reckoned."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.across.asking import tells
from assistant.across.beside import Beside
from assistant.across.compare import compare_dates, compare_figures, each_statement
from assistant.across.derived import plan_derived
from assistant.across.everywhere import Everywhere
from assistant.across.followup import Followups
from assistant.across.frames import plan_question, without_filler
from assistant.across.mentioning import mentioned_terms
from assistant.across.mentions import Mentions
from assistant.across.operands import OperandReader, Read, RowsOf
from assistant.across.plan import Plan
from assistant.across.result import Result
from assistant.across.whereabouts import Whereabouts
from assistant.across.within import Within
from assistant.checking.checker import Checker
from assistant.evidence import ArticleSource, Evidence
from assistant.ledger.extract import LedgerReader
from assistant.ledger.places import region_places
from assistant.ledger.row import LedgerRow
from assistant.models import Answer
from assistant.reading.language import Language
from retrieval import ArticleMeta, Chunk, Hit, PlaceSpan, Query, find_places, regions_of

_DIGITS = re.compile(r"(?:保留|四舍五入到?)(?P<n>[一二两三四1234])位小数|(?:取|保留)整数?")
_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


class Across:
    """Answers what one figure of one article does not; every outside thing is handed in.

    Args:
        read: Question and scope → candidates.
        search: Query → hits.
        articles, source: The articles.
        language, checker: What the reader knows of Chinese; the one checker.
        holding: Groups of tokens, scope → all passages that hold every token of a group.
    """

    def __init__(
        self,
        *,
        read: Read,
        search: Callable[[Query], list[Hit]],
        articles: Callable[[], Sequence[ArticleMeta]],
        source: ArticleSource,
        language: Language,
        checker: Checker,
        holding: Callable[[Sequence[Collection[str]], Collection[str] | None], Iterator[Chunk]],
    ) -> None:
        self._read = read
        self._articles = articles
        self._known: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())
        rows_of = Remembered(LedgerReader(language.normalise, language.cut).rows_of)
        self._operands = OperandReader(
            read=read, rows_of=rows_of, articles=articles, places=self.places, match=language.matcher.match
        )
        self._within = Within(read=read, operands=self._operands)
        self._everywhere = Everywhere(
            whereabouts=Whereabouts(search=search, articles=articles, holding=holding, language=language),
            articles=articles,
            read=read,
            reader=self._operands,
        )
        self._mentions = Mentions(
            holding=holding,
            marks=language.marks,
            search=search,
            articles=articles,
            source=source,
            language=language,
        )
        self.beside = Beside(
            read=read, operands=self._operands, rows_of=rows_of, source=source, checker=checker
        )
        self._followups = Followups(self.places)

    def places(self, text: str) -> list[PlaceSpan]:
        """Returns the places named in a text; those the articles are about count in their short forms too."""
        regions = regions_of(self._articles())
        if regions != self._known[0]:
            self._known = (regions, frozenset(name for r in regions for name in region_places(r)))
        return find_places(text, near=self._known[1])

    def standalone(self, question: str, history: Sequence[tuple[str, Answer]]) -> str:
        """Returns a later turn about earlier figures with what it leaves out, "" if it is none."""
        return self._followups.standalone(question, history)

    def answer(self, question: str, scope: frozenset[str] | None, *, alone: bool = True) -> Result | None:
        """Returns the result of a question over several figures or articles, None if it is no such question.

        Args:
            question: Standalone, simplified and half width.
            scope: Ids of the articles to look in, None for all.
            alone: False for a later turn that leaves its place out: no quotient or rest is reckoned for it.
        """
        if tells(question):
            return None
        if terms := mentioned_terms(question):
            quoted = any(mark in question for mark in '“《「"')
            return self._mentions.answer(terms, scope, quoted=quoted)
        plan = plan_question(question, self.places)
        plan = plan or (plan_derived(without_filler(question)) if alone else None)
        if plan is None:
            return None
        if plan.operation in {"all", "most"}:
            return self._everywhere.answer(plan, scope)
        if plan.fallback:
            return self._within.answer(plan, question, scope, _digits(question))
        return self._of_each(plan, question, scope)

    def over_turns(
        self, question: str, history: Sequence[tuple[str, Answer]], scope: frozenset[str] | None
    ) -> Result | None:
        """Returns what a later turn reckons with the figures of the last two, None if it does not."""
        plan = self._followups.over_turns(question, history)
        return self._of_each(plan, question, scope) if plan is not None else None

    def _of_each(self, plan: Plan, question: str, scope: frozenset[str] | None) -> Result:
        """Returns the result of a plan whose sides are looked up one by one."""
        found = self._operands.find(plan.operands, plan.measure, plan.unit, scope)
        if plan.measure == "date":
            return compare_dates(plan, found)
        if plan.measure == "text":
            return each_statement(plan, found)
        if not any(f.candidate for f in found):
            nearest = tuple(e for f in found for e in f.nearest)
            missing = tuple(f.operand.label for f in found)
            return Result(missing=missing, nearest=nearest, understood=_understood(plan))
        return self.beside.over(compare_figures(plan, found, _digits(question)), found)


def _understood(plan: Plan) -> str:
    return "、".join(o.question for o in plan.operands)


def _digits(question: str) -> int:
    """Returns how many decimals a question asks for, 1 if it does not say."""
    match = _DIGITS.search(question)
    if match is None:
        return 1
    number = match["n"]
    return 0 if not number else _NUMBERS.get(number) or int(number)


class Remembered:
    """Remembers the rows of sentences, so that several sides of a question take each apart once."""

    def __init__(self, rows_of: RowsOf, most: int = 4096) -> None:
        self._rows_of = rows_of
        self._most = most
        self._kept: dict[tuple[str, int, str, bool], list[LedgerRow]] = {}

    def __call__(self, evidence: Evidence, *, named: bool = False) -> list[LedgerRow]:
        """Returns the rows of a sentence."""
        meta = evidence.article
        key = (
            f"{meta.article_id}|{meta.content_hash}|{meta.published}|{meta.region}",
            evidence.start,
            evidence.text,
            named,
        )
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            kept = self._kept[key] = self._rows_of(evidence, named=named)
        return kept
