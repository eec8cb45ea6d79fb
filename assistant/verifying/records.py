"""What a check of a draft gives back. Validation only."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.models import Passage
from retrieval import Record

DraftKind = Literal["figure", "date", "name", "document"]
DraftResult = Literal["supported", "different", "not_found"]


class DraftItem(Record):
    """A figure, date, name or document title of a draft with what the library says of it.

    Attributes:
        start: Offset in the draft; `text == draft[start:end]`.
        end: Where it ends.
        kind: What it is.
        result: `supported` (有据), `different` (不一致) or `not_found` (库中未见).
        difference: A Chinese line that says what the source says, "" unless `different`.
        sentence: The draft's sentence that holds it.
        passage: The sentence of the library that bears it out or differs, None where none was found.
    """

    start: int = Field(ge=0)
    end: int
    text: str
    kind: DraftKind
    result: DraftResult
    difference: str = ""
    sentence: str = ""
    passage: Passage | None = None


class DraftReport(Record):
    """Every checked item of a draft in order, with counts."""

    items: tuple[DraftItem, ...] = ()
    supported: int = 0
    different: int = 0
    not_found: int = 0

    @property
    def agrees(self) -> bool:
        """True where nothing is different or missing."""
        return self.different == self.not_found == 0


def report_of(items: tuple[DraftItem, ...]) -> DraftReport:
    """Returns the report of the items, counted."""
    counts = {r: sum(i.result == r for i in items) for r in ("supported", "different", "not_found")}
    return DraftReport(items=items, **counts)
