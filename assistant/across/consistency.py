"""Growth rates, shares and parts of a total recomputed where every term is given; what does not agree is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from assistant.across.arithmetic import Derived
from assistant.across.conflicts import places_of
from assistant.across.fitting import alike
from assistant.across.lines import Line, Part, derived_figure, row_figure
from assistant.across.result import unique
from assistant.checking.polarity import direction
from assistant.evidence import Evidence
from assistant.figures import same_unit
from assistant.ledger.row import LedgerRow

_SAME = 0.6
_TURNED = re.compile(
    r"(?:增|升|提高|提升|扩大|降|减|缩|下降|减少|增加|增长|上升)(?:加|长|高|低|少)?(?:至|到)"
)
_WHOLE = re.compile(r"分为|组成|分别(?:为|是)|包括(?![^,，。]*等)")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with the sentence it stands in."""

    row: LedgerRow
    evidence: Evidence


def inconsistencies(here: Sequence[Told], before: Sequence[Told]) -> list[Line]:
    """Returns the lines that say where a sentence's figures do not agree; the original stays as it is.

    Args:
        here: The figures of the sentence, in order.
        before: Those of the sentences right before it.
    """
    found = [*_growth(here, before), *_shares(here), *_parts(here)]
    return found[:2]


def _growth(here: Sequence[Told], before: Sequence[Told]) -> list[Line]:
    lines = []
    for i, rate in enumerate(here):
        if rate.row.role != "change" or rate.row.unit != "%" or rate.row.qualifier or rate.row.high:
            continue
        pair = _ends(rate, [*before, *here[:i]])
        if pair is None:
            continue
        old, new = pair
        clause = rate.row.sentence[: rate.row.start - rate.row.sentence_start]
        down = "down" in direction(re.split(r"[,，。;；]", clause)[-1])
        change = (Decimal(new.row.value) / Decimal(old.row.value) - 1) * 100
        low = (_edge(new, -1) / _edge(old, 1) - 1) * 100
        high = (_edge(new, 1) / _edge(old, -1) - 1) * 100
        stated = -Decimal(rate.row.value) if down else Decimal(rate.row.value)
        if not _within(stated, low, high, rate.row):
            way = "增长" if change >= 0 else "下降"
            lines.append(_line("growth", [new, old], rate, abs(change), way))
    return lines


def _ends(rate: Told, earlier: Sequence[Told]) -> tuple[Told, Told] | None:
    """Returns the amounts from which and to which a rate leads: of its subject, of two years that follow each other."""
    levels = [
        t
        for t in earlier
        if t.row.role == "level"
        and not t.row.qualifier
        and not t.row.high
        and Decimal(t.row.value) > 0
        and alike(t.row.subject, rate.row.subject) >= _SAME
    ]
    if len(levels) < 2:
        return None
    new = levels[-1]
    for old in reversed(levels[:-1]):
        if not same_unit(old.row.unit, new.row.unit) or old.row.place != new.row.place:
            continue
        if alike(old.row.subject, new.row.subject) < _SAME or old.row.per != new.row.per:
            continue
        if _year(new) - _year(old) == 1 and len(old.row.as_of) == len(new.row.as_of):
            return old, new
        if old.evidence.start == new.evidence.start and _TURNED.search(_between(old, new)):
            return old, new
    return None


def _year(told: Told) -> int:
    return int(told.row.as_of[:4]) if re.match(r"\d{4}", told.row.as_of) else 0


def _between(a: Told, b: Told) -> str:
    start = a.row.sentence_start
    return a.row.sentence[a.row.end - start : b.row.start - start]


def _shares(here: Sequence[Told]) -> list[Line]:
    """Checks «共5310名,其中持证2124名,占40%»."""
    lines = []
    for i, share in enumerate(here):
        if share.row.role != "share" or share.row.per or share.row.qualifier or share.row.high:
            continue
        levels = [t for t in here[:i] if t.row.role == "level"]
        if len(levels) < 2 or any(t.row.qualifier or t.row.high for t in levels[-2:]):
            continue
        whole, part = levels[-2], levels[-1]
        fits = (
            same_unit(whole.row.unit, part.row.unit)
            and Decimal(whole.row.value) > Decimal(part.row.value) > 0
        )
        if not fits or "其中" not in _between(whole, part) or re.search(r"[。;；]", _between(part, share)):
            continue
        value = Decimal(part.row.value) / Decimal(whole.row.value) * 100
        low, high = _edge(part, -1) / _edge(whole, 1) * 100, _edge(part, 1) / _edge(whole, -1) * 100
        if not _within(Decimal(share.row.value), low, high, share.row):
            lines.append(_line("part", [part, whole], share, value, "占比"))
    return lines


def _parts(here: Sequence[Told]) -> list[Line]:
    """Checks parts against their total: they never exceed it, and make it up where the sentence says so."""
    levels = [t for t in here if t.row.role == "level"]
    for i, total in enumerate(levels):
        parts = [
            t
            for t in levels[i + 1 :]
            if same_unit(t.row.unit, total.row.unit) and t.row.unit == total.row.unit
        ]
        if len(parts) < 2 or any(t.row.qualifier or t.row.high for t in (total, *parts)):
            continue
        between = _between(total, parts[0])
        if "其中" not in between and not _WHOLE.search(between):
            continue
        amount = sum((Decimal(t.row.value) for t in parts), Decimal(0))
        over = amount - Decimal(total.row.value)
        slack = sum((places_of(t.row.text) for t in (total, *parts)), Decimal(0)) / 2
        nested = any("其中" in _between(a, b) for a, b in pairwise(parts))
        if nested or (over <= slack and not (_WHOLE.search(between) and -over > slack)):
            continue
        return [_sum_line(total, parts, amount)]
    return []


def _edge(told: Told, way: int) -> Decimal:
    """Returns the least or most that an amount may be by the places it is written in."""
    return Decimal(told.row.value) + way * places_of(told.row.text) / 2


def _within(stated: Decimal, low: Decimal, high: Decimal, row: LedgerRow) -> bool:
    slack = places_of(row.text) / 2
    return low - slack <= stated <= high + slack


def _line(kind: str, terms: Sequence[Told], stated: Told, value: Decimal, word: str) -> Line:
    shown = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{shown.normalize():f}%"
    rows = [t.row for t in terms]
    derived = Derived(kind, tuple(rows), f"{shown.normalize():f}", "%", text, "", exact=False)
    cites = unique([t.evidence for t in (*terms, stated)])
    told = f"原文数据不一致：按{rows[0].text}和{rows[1].text}计算，{word}约{text}，原文写作{stated.row.text}"
    parts = tuple(Part(t.row.text, (t.evidence,)) for t in (*terms, stated))
    figures = (*(row_figure(t.row, t.evidence) for t in (*terms, stated)), derived_figure(derived, cites))
    return Line(told, cites, parts, figures, (derived,))


def _sum_line(total: Told, parts: Sequence[Told], amount: Decimal) -> Line:
    rows = [t.row for t in parts]
    value = f"{amount.normalize():f}"
    derived = Derived("sum", tuple(rows), value, total.row.unit, f"{value}{total.row.unit}", "", exact=True)
    cites = unique([t.evidence for t in (*parts, total)])
    told = f"原文数据不一致：{'、'.join(r.text for r in rows)}合计{derived.text}，原文写作{total.row.text}"
    pieces = tuple(Part(t.row.text, (t.evidence,)) for t in (*parts, total))
    figures = (*(row_figure(t.row, t.evidence) for t in (*parts, total)), derived_figure(derived, cites))
    return Line(told, cites, pieces, figures, (derived,))
