"""A question ready for reading: what it asks, its terms, and what limits it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from assistant.reading.question import Question
from assistant.reading.terms import COUNT_OF, Term


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready for reading.

    Attributes:
        years: Years or months asked about, ISO; `relative` are 今年 and its like.
        places: Administrative places named; `spots` are towns below them.
        periods: Parts of a year asked about, as months (`1-6`).
    """

    question: Question
    terms: tuple[Term, ...]
    years: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()

    @property
    def head(self) -> Term | None:
        """The term that an answer must meet: what is counted; None if not clear.

        «多少家企业建立了组织» → 企业, «多少人持证» → 持证, «注册志愿者有多少» → 志愿者.
        """
        text = self.question.asked.lower()
        inside = sorted(
            (t for t in self.terms if t.kind == "word" and t.text in text and len(t.text) > 1),
            key=lambda t: (text.find(t.text), len(t.text)),
        )
        if not inside:
            return None
        counted = [t for t in inside if re.search(re.escape(t.text) + COUNT_OF, self.question.text)]
        if counted and not self.question.after:
            return counted[-1]
        if self.question.after:
            if self.question.unit == "人" and not inside[0].carries:
                return inside[0]  # 多少人报考: what they did
            run = list(takewhile(lambda t: t.carries, dropwhile(lambda t: not t.carries, inside)))
            return run[-1] if run else inside[0]
        return next((t for t in reversed(inside) if t.carries), inside[-1])
