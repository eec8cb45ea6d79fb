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
        thing: The sort of thing whose name is asked for (品牌 of «什么品牌»), "" if none is.
    """

    question: Question
    terms: tuple[Term, ...]
    years: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    thing: str = ""

    @property
    def head(self) -> Term | None:
        """The term that an answer must meet: what is counted; None if not clear.

        «多少家企业建立了组织» → 企业, «多少人持证» → 持证, «注册志愿者有多少» → 志愿者.
        """
        return self.target[-1] if self.target else None

    @property
    def target(self) -> tuple[Term, ...]:
        """The terms that name what is counted, the head last: «多少个重点园区制定了…» → 重点, 园区."""
        text = self.question.asked.lower()
        inside = sorted(
            (t for t in self.terms if t.kind == "word" and t.text in text and len(t.text) > 1),
            key=lambda t: (text.find(t.text), len(t.text)),
        )
        if not inside:
            return ()
        if self.question.after:
            return self._counted_after(text, inside)
        counted = [t for t in inside if re.search(re.escape(t.text) + COUNT_OF, self.question.text)]
        head = counted[-1] if counted else next((t for t in reversed(inside) if t.carries), inside[-1])
        return (*inside[: inside.index(head)], head)

    def _counted_after(self, text: str, inside: list[Term]) -> tuple[Term, ...]:
        """Returns the noun that follows 多少 and its measure word, with what stands before it in its phrase."""
        if self.question.unit == "人" and not inside[0].carries:
            return (inside[0],)  # 多少人报考: what they did
        if run := _noun_run(text, inside, 0):
            return run
        last = text.rfind("的")  # 多少名完成培训的志愿者
        if last >= 0 and (run := _noun_run(text, inside, last + 1)):
            return run
        run = tuple(takewhile(lambda t: t.carries, dropwhile(lambda t: not t.carries, inside)))
        return run or (inside[0],)


def _noun_run(text: str, terms: list[Term], position: int) -> tuple[Term, ...]:
    """Returns the nouns that follow each other from a position on, 的 between them allowed."""
    run: list[Term] = []
    while position < len(text):
        if text[position] in '的“”"':
            position += 1
            continue
        here = [t for t in terms if t.carries and text.startswith(t.text, position)]
        if not here:
            break
        run.append(max(here, key=lambda t: len(t.text)))
        position += len(run[-1].text)
    return tuple(run)
