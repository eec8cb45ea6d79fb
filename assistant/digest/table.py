"""The table of figures of a briefing: each row a figure of the ledger with the citation that holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.ledger.row import LedgerRow

MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class TableRow:
    """A figure, what it counts, where and when, and the sentence it stands in."""

    subject: str
    place: str
    time: str
    figure: str
    row: LedgerRow
    evidence: Evidence


def figure_rows(
    evidence: Sequence[Evidence],
    rows_of: Callable[[Evidence], Sequence[LedgerRow]],
    is_noun: Callable[[str], bool],
) -> tuple[TableRow, ...]:
    """Returns the figures of the sentences of which a thing is known that they count, none twice."""
    found: dict[tuple[str, str, str], TableRow] = {}
    for item in evidence:
        for row in rows_of(item):
            subject = row.subject.strip()
            if not _worth_a_row(row) or not is_noun(subject):
                continue
            place = row.place or row.region
            key = (subject, place, row.text)
            found.setdefault(key, TableRow(_named(row), place, row.time, row.text, row, item))
    return tuple(found.values())[:MOST_ROWS]


def _worth_a_row(row: LedgerRow) -> bool:
    """Returns whether a figure tells something by itself: no change, no ordinal size, no «one of»."""
    subject = row.subject.strip()
    paired = all(subject.count(a) == subject.count(b) for a, b in ("“”", "（）", "《》"))
    return (
        2 <= len(subject) <= 24
        and paired
        and row.role != "change"
        and row.unit not in {"大", "方面", "类", ""}
        and row.value != "1"
    )


def _named(row: LedgerRow) -> str:
    return f"{row.subject}占{row.per}的比重" if row.role == "share" and row.per else row.subject


def as_markdown(rows: Sequence[tuple[TableRow, int]]) -> str:
    """Returns the rows with their citations' numbers as a Markdown table, "" if there are none."""
    if not rows:
        return ""
    lines = ["| 指标 | 地区 | 时间 | 数字 |", "|---|---|---|---|"]
    for row, number in rows:
        cells = [row.subject, row.place or "—", row.time or "—", f"{row.figure}[{number}]"]
        lines.append("| " + " | ".join(cell.replace("|", "／").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines)
