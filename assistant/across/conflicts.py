"""Articles that disagree: the same subject, place and time, and another figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from assistant.across.fitting import alike
from assistant.across.lines import Line, Part, row_figure
from assistant.across.result import Dispute, Version, unique
from assistant.evidence import Evidence
from assistant.figures import same_unit
from assistant.ledger.row import LedgerRow
from assistant.reading.spots import find_spots

_SAME = 0.75
_MOST = 5

RowsOf = Callable[[Evidence], list[LedgerRow]]


def find_dispute(
    row: LedgerRow, evidence: Evidence, others: Iterable[Evidence], rows_of: RowsOf
) -> Dispute | None:
    """Returns how articles disagree on a figure, newest version first; None if none does.

    Args:
        row: The figure.
        evidence: The sentence it stands in.
        others: Sentences of other articles that may tell of the same.
        rows_of: Sentence → the ledger's rows.
    """
    versions = [(row, evidence)]
    articles = {row.article_id, *evidence.article.also}
    where = spots_of(evidence)
    for other in others:
        if spots_of(other) != where:
            continue  # two towns' figures do not disagree
        if other.article.article_id not in articles and (found := _version(row, other, rows_of)) is not None:
            versions.append((found, other))
            articles |= {found.article_id, *other.article.also}
    if all(agree(row, r) for r, _ in versions):
        return None
    versions.sort(key=lambda v: (v[0].published, v[0].article_id), reverse=True)
    told = tuple(Version(r.text, r.as_of if "/" not in r.as_of else "", e) for r, e in versions[:_MOST])
    return Dispute(f"{row.place}{row.subject}{f'（{row.time}）' if row.time else ''}", told)


def spots_of(evidence: Evidence) -> frozenset[str]:
    """Returns the towns or streets that a sentence, else what it carries on or its title, names."""
    named = (
        find_spots(evidence.text) or find_spots(evidence.before)[-1:] or find_spots(evidence.article.title)
    )
    return frozenset(named)


def _version(row: LedgerRow, other: Evidence, rows_of: RowsOf) -> LedgerRow | None:
    """Returns the figure of a sentence that tells of the same, None if none does."""
    if not _may_tell(row, other):
        return None
    return next((found for found in rows_of(other) if same_fact(row, found)), None)


def _may_tell(row: LedgerRow, other: Evidence) -> bool:
    pairs = {row.subject[i : i + 2] for i in range(len(row.subject) - 1)}
    return bool(re.search(r"\d", other.text)) and any(p in other.text for p in pairs)


def same_fact(a: LedgerRow, b: LedgerRow) -> bool:
    """Returns whether two figures say how much of the same thing there is at the same place and time."""
    return (
        a.role == b.role
        and a.place == b.place
        and a.per == b.per
        and (a.unit == b.unit or bool(a.unit and b.unit and same_unit(a.unit, b.unit)))
        and a.as_of == b.as_of
        and bool(a.as_of or (not a.time and not b.time))
        and bool(a.subject and b.subject)
        and min(alike(a.subject, b.subject), _share(a.subject, b.subject)) >= _SAME
    )


def _share(a: str, b: str) -> float:
    short, long = sorted((len(a), len(b)))
    return short / long if long else 0.0


def agree(a: LedgerRow, b: LedgerRow) -> bool:
    """Returns whether two figures are the same up to how roughly they are told.

    >>> from assistant.across.conflicts import places_of
    >>> places_of("约62万人"), places_of("62.35万人")
    (Decimal('10000'), Decimal('100.00'))
    """
    apart = abs(Decimal(a.value) - Decimal(b.value))
    if not apart:
        return True
    rough = [r for r in (a, b) if r.qualifier]
    coarse = max(places_of(a.text), places_of(b.text))
    return apart < coarse * (1 if rough else Decimal("0.5"))


def places_of(text: str) -> Decimal:
    """Returns what one in the last place of a figure as written is worth."""
    match = re.search(r"\d[\d,]*(?:\.(?P<decimals>\d+))?\s*[余多]?\s*(?P<scale>万亿|亿|万|千|百)?", text)
    if match is None:
        return Decimal(1)
    scale = {"万亿": 12, "亿": 8, "万": 4, "千": 3, "百": 2}.get(match["scale"] or "", 0)
    return Decimal(1).scaleb(scale) * Decimal(1).scaleb(-len(match["decimals"] or ""))


def dispute_line(dispute: Dispute, rows: Sequence[LedgerRow]) -> Line:
    """Returns the statement that shows every version with its source and date."""
    told = [f"{_source(v.evidence)}作{v.text}" for v in dispute.versions]
    cites = unique([v.evidence for v in dispute.versions])
    figures = tuple(row_figure(r, v.evidence) for v, r in zip(dispute.versions, rows, strict=False))
    parts = tuple(Part(v.text, (v.evidence,)) for v in dispute.versions)
    sources = tuple(_source(v.evidence) for v in dispute.versions)
    return Line(f"各篇说法不一：{'；'.join(told)}", cites, parts, figures, sources=sources)


def _source(evidence: Evidence) -> str:
    meta = evidence.article
    date = f"（{meta.published}）" if meta.published else "（未注明日期）"
    return f"《{meta.title or meta.article_id}》{date}"
