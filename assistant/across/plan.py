"""What a question over several figures asks for: its operation and its operands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Operation = Literal[
    "compare",  # who is higher
    "each",  # how much each has
    "difference",
    "sum",
    "times",
    "remainder",  # of a whole, less a part
    "average",
    "part",  # a part of a whole in percent
    "most",  # which of all places
    "all",  # a table over all places
]
Measure = Literal["figure", "date", "text"]


@dataclass(frozen=True, slots=True)
class Operand:
    """One thing to look up.

    Attributes:
        label: What the question calls it (a place, a year, or a noun phrase).
        question: A question of its own that asks for it.
        place: The place named in it, "" if none.
        year: The year that sets it apart, "" if none.
    """

    label: str
    question: str
    place: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A question over several figures.

    Attributes:
        operands: In the order of the question; empty for `most` and `all`.
        lower: True if the question asks for the lower, the fewer, the earlier one.
        measure: What each operand is: a figure, a date, or a statement.
        stem: For `most` and `all`: the question to ask of every place.
        more: For `all`: further questions to ask of every place.
        unit: Measure word that the question names, "" if none.
        which: True if it is also asked which is the higher («哪个多,多几个»).
        fallback: True if a plain reading of the question is tried first.
    """

    operation: Operation
    operands: tuple[Operand, ...] = ()
    lower: bool = False
    measure: Measure = "figure"
    stem: str = ""
    unit: str = ""
    fallback: bool = False
    which: bool = False
    more: tuple[str, ...] = ()
    places: tuple[str, ...] = field(default=())
