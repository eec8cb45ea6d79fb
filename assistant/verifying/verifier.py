"""A draft checked sentence by sentence against the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from assistant.checking.checker import Checker
from assistant.finish import passage_fields
from assistant.models import Passage
from assistant.verifying.items import Item, find_items
from assistant.verifying.judging import Judge
from assistant.verifying.records import DraftItem, DraftReport, report_of
from assistant.verifying.sources import Source, Sources, places_of
from retrieval import Sentence
from retrieval.sentences import split_sentences

MOST_CHARACTERS = 200_000


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
        place = ""
        judge = Judge(self._checker.alignment, self._standing())
        for sentence in split_sentences("draft", text):
            parsed = self._checker.parse(sentence.text)
            places = [s.text for s in places_of(parsed)]
            items = [] if sentence.heading else find_items(parsed)
            if items:
                around = [*places, place] if place else places
                found = self._sources.of(parsed, around)
                for item in items:
                    yield self._judged(item, sentence, judge, place, found)
            place = places[-1] if places else place

    def _judged(
        self, item: Item, sentence: Sentence, judge: Judge, place: str, sources: list[Source]
    ) -> DraftItem:
        parsed = self._checker.parse(sentence.text)
        judgement = judge.judge(item, parsed, place, sources)
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

    def _standing(self) -> Callable[[str], Source | None]:
        """Returns a search for names as written in the whole library, remembered for one draft."""
        return lru_cache(maxsize=500)(self._sources.holding)
