"""What the pipeline leaves behind for a writer: what was read, or the sections of a digest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.digest.table import TableRow
from assistant.evidence import Evidence
from assistant.models import Answer, AnswerEvent


class ChoiceLike(Protocol):
    """What a writer needs of a decision."""

    @property
    def chosen(self) -> Sequence[CandidateLike]:
        """The candidates that answer."""

    @property
    def runners(self) -> Sequence[CandidateLike]:
        """The closest others."""


class CandidateLike(Protocol):
    """A candidate with the sentence it stands in."""

    @property
    def evidence(self) -> Evidence:
        """The sentence."""


class ReadLike(Protocol):
    """One part of a question as read."""

    @property
    def evidence(self) -> Sequence[Evidence]:
        """All sentences that were read."""

    @property
    def choice(self) -> ChoiceLike:
        """What was decided."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a longer text: its heading ("" for none) and the sentences it may rest on, best first."""

    heading: str
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class Trail:
    """Filled while a question is answered without a model; `manner` names how a longer text is written."""

    reads: list[ReadLike] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    manner: str = ""
    table: tuple[TableRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """How a later turn that was not understood may be asked once more, put otherwise.

    Attributes:
        history: The earlier questions with their answers.
        ask: A question that stands alone → the steps of its extract, and the trail they fill.
    """

    history: Sequence[tuple[str, Answer]]
    ask: Callable[[str], tuple[Iterator[AnswerEvent], Trail]]
