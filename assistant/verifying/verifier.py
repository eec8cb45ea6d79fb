"""A draft checked sentence by sentence against the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from assistant.checking.checker import Checker
from assistant.checking.parsing import Parsed
from assistant.draft import support
from assistant.finish import passage_fields
from assistant.models import Passage
from assistant.verifying.carried import Carried
from assistant.verifying.items import Item, find_items
from assistant.verifying.judging import Judge, Judgement
from assistant.verifying.records import DraftItem, DraftReport, report_of
from assistant.verifying.sources import Source, Sources, places_of
from retrieval import Sentence
from retrieval.sentences import split_sentences

MOST_CHARACTERS = 200_000
_MANNERS = frozenset({
    "negation",
    "modality",
    "opposite",
    "extent",
    "rank",
})  # ways to tell of the same figure


class Verifier:
    """Checks drafts; it reads the library and writes nothing.

    Args:
        sources: Finds what a sentence may tell of.
        checker: The check of every statement.
    """

    def __init__(self, sources: Sources, checker: Checker) -> None:
        self._sources = sources
        self._checker = checker

    def verify(self, text: str) -> DraftReport:
        """Returns every figure, date, name and document title of a draft with what the library says of it."""
        return report_of(tuple(self._items(text)))

    def _items(self, text: str) -> Iterator[DraftItem]:
        carried = Carried()
        judge = Judge(self._checker.alignment, self._standing())
        for sentence in split_sentences("draft", text):
            parsed = self._checker.parse(sentence.text)
            places = [s.text for s in places_of(parsed)]
            items = [] if sentence.heading else find_items(parsed)
            if items:
                around = carried.places(sentence.text)
                found = self._sources.of(parsed, [*places, *around])
                for item in items:
                    yield self._judged(item, sentence, judge, around, found)
            carried = carried.after(places)

    def _judged(
        self, item: Item, sentence: Sentence, judge: Judge, places: Sequence[str], sources: list[Source]
    ) -> DraftItem:
        parsed = self._checker.parse(sentence.text)
        judgement = judge.judge(item, parsed, places, sources)
        if item.kind == "figure" and judgement.result == "supported" and judgement.source:
            judgement = self._told_alike(item, parsed, judgement, judgement.source)
        source = judgement.source
        return DraftItem(
            start=sentence.start + item.start,
            end=sentence.start + item.end,
            text=sentence.text[item.start : item.end],
            kind=item.kind,
            result=judgement.result,
            difference=judgement.difference,
            sentence=sentence.text.strip(),
            passage=Passage.model_validate(passage_fields(source.evidence)) if source else None,
        )

    def _told_alike(self, item: Item, parsed: Parsed, found: Judgement, source: Source) -> Judgement:
        """Returns the judgement of a figure that agrees, unless its clause tells of it in another way."""
        start, end = parsed.clause_at(item.start)
        findings = self._checker.check(parsed.text[start:end], [support(source.evidence)])
        if not any(f.kind in _MANNERS for f in findings):
            return found
        told = " ".join(source.evidence.text.split())
        return Judgement(
            "different", f"数字相符，但说法与原文不同（是否完成、肯定否定或范围）：{told}", source
        )

    def _standing(self) -> Callable[[str], Source | None]:
        """Returns a search for names as written in the whole library, remembered for one draft."""
        return lru_cache(maxsize=500)(self._sources.holding)
