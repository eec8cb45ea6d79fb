"""The articles that a run asks about, and which of them a case means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evals.cases import GoldFigure
from evals.comparing import squeezed, stands_in


@dataclass(frozen=True)
class Corpus:
    """Articles by id.

    Attributes:
        texts: The verbatim text of every article.
        numbers: Article id → the number that cases use; ids not in it count by their first three digits.
    """

    texts: Mapping[str, str]
    numbers: Mapping[str, str] = field(default_factory=dict)

    def number(self, article_id: str) -> str:
        """Returns the number by which cases name an article, "" if none does."""
        if article_id in self.numbers:
            return self.numbers[article_id]
        match = re.match(r"(\d{3})(?!\d)", article_id)
        return match[1] if match else ""

    def texts_of(self, wanted: Iterable[str]) -> list[str]:
        """Returns the texts of the articles with these numbers."""
        wanted = frozenset(wanted)
        return [text for article_id, text in self.texts.items() if self.number(article_id) in wanted]

    def has_words(self, words: str, wanted: Iterable[str]) -> bool:
        """Returns whether the words stand in one of the articles, white space and width aside."""
        return any(squeezed(words) in squeezed(text) for text in self.texts_of(wanted))

    def has_figure(self, gold: GoldFigure, wanted: Iterable[str]) -> bool:
        """Returns whether the figure stands in one of the articles."""
        return any(stands_in(gold, line) for text in self.texts_of(wanted) for line in text.splitlines())
