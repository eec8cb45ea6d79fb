"""Which rows of the ledger are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.bookkeeping.corrections import Correction, Key, ShownRow, with_corrections
from assistant.bookkeeping.scales import Scale
from assistant.ledger.row import LedgerRow
from retrieval import Record

Figures = Callable[[str, str], list[LedgerRow]]


class LedgerWanted(Record):
    """What to show; an empty part does not limit."""

    query: str = ""
    region: str = ""
    year: str = ""
    unit: str = ""
    indicator: str = ""
    scale: Scale = ""
    most: int = 60


def rows_wanted(figures: Figures, corrections: dict[Key, Correction], wanted: LedgerWanted) -> list[ShownRow]:
    """Returns the rows wanted, each with its correction."""
    found = with_corrections(figures(wanted.query[:200], wanted.region), corrections)
    return [shown for shown in found if _fits(shown, wanted)]


def _fits(shown: ShownRow, wanted: LedgerWanted) -> bool:
    return (not wanted.year or (shown.said("as_of") or shown.row.published).startswith(wanted.year)) and (
        not wanted.unit or shown.said("unit") == wanted.unit
    )


def units(rows: Sequence[ShownRow]) -> list[str]:
    """Returns the units of rows, the most frequent first."""
    counted: dict[str, int] = {}
    for shown in rows:
        if unit := shown.said("unit"):
            counted[unit] = counted.get(unit, 0) + 1
    return sorted(counted, key=lambda unit: (-counted[unit], unit))[:40]
