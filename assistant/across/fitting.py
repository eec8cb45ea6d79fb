"""Candidates for the operands of one question, chosen so that units, roles and subjects agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from assistant.figures import same_unit
from assistant.ledger.row import LedgerRow
from assistant.reading.reader import Candidate

CLASSIFIERS = frozenset("个 家 项 支 所 处 座 条 件 份 户 名 人 场 次 栋 村 起".split())
MOST_OPTIONS = 7
_SUBJECTS = 0.15  # what it counts that two sides name the same thing
# Units that measure one sort of thing: money, shares, ranks, stretches of time, areas and lengths.
_SORTS = (
    frozenset({"元", "块", "块钱"}),
    frozenset({"%", "个百分点", "百分点"}),
    frozenset({"级"}),
    frozenset({"倍", "番"}),
    frozenset({"年", "个月", "天", "小时", "分钟", "周"}),
    frozenset({"平方米", "平方公里", "亩", "公顷", "公里", "米"}),
)
_PEOPLE = frozenset({"人", "名", "位", "人次"})
_SAME_THING = 0.5


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate for an operand with its row of the ledger; a larger score is better."""

    candidate: Candidate
    row: LedgerRow
    score: float


def each_its_own(options: list[Option | None]) -> list[Option | None]:
    """Returns the options without those that another operand has already taken."""
    kept: list[Option | None] = []
    taken: dict[tuple[str, int], int] = {}
    for i, option in enumerate(options):
        kept.append(option)
        if option is None:
            continue
        key = (option.row.article_id, option.row.start)
        other = taken.get(key)
        if other is not None:
            earlier = kept[other]
            worse = i if earlier is None or earlier.score >= option.score else other
            kept[worse] = None
            taken[key] = other if worse == i else i
        else:
            taken[key] = i
    return kept


def comparable(a: LedgerRow, b: LedgerRow) -> bool:
    """Returns whether two figures may be set against each other: both in percent, or both in like units.

    People are not set against what is counted as 个, unless both count the same.
    """
    if any((a.unit in sort) != (b.unit in sort) for sort in _SORTS):
        return False
    people = (a.unit in _PEOPLE) == (b.unit in _PEOPLE)
    told = a.unit and b.unit and a.subject and b.subject
    return people or not told or alike(a.subject, b.subject) >= _SAME_THING


def fitting(
    options: Sequence[Sequence[Option]], *, alone: bool, together: bool = False
) -> list[Option | None]:
    """Returns one option for each operand, chosen so that units and subjects agree and no figure serves twice.

    With `together` figures of one article come before those of several.
    """
    present = [o for o in options if o]
    if not present or len(present) > 6:
        return [o[0] if o else None for o in options]
    width = MOST_OPTIONS if len(present) <= 3 else 4 if len(present) == 4 else 3
    best = max(product(*(o[:width] for o in present)), key=partial(_fit, alone=alone, together=together))
    chosen = iter(best)
    return [next(chosen) if o else None for o in options]


def _fit(options: Sequence[Option], *, alone: bool, together: bool) -> float:
    total = sum(o.score for o in options)
    for i, a in enumerate(options):
        for b in options[i + 1 :]:
            total += _agreement(a.row, b.row) - (
                _SUBJECTS * alike(a.row.subject, b.row.subject) if alone else 0.0
            )
            total -= float(together and a.row.article_id != b.row.article_id)
    return total


def _agreement(a: LedgerRow, b: LedgerRow) -> float:
    if not comparable(a, b):
        return -1.0
    if (a.article_id, a.start) == (b.article_id, b.start):
        return -0.3
    same = a.unit == b.unit or bool(a.unit and b.unit and same_unit(a.unit, b.unit))
    units = 0.15 if same else 0.1 if {a.unit, b.unit} <= CLASSIFIERS else -0.2
    roles = 0.1 if a.role == b.role else -0.2
    return units + roles + _SUBJECTS * alike(a.subject, b.subject)


def alike(a: str, b: str) -> float:
    """Returns how much two subjects share, 0 to 1, by their character pairs."""
    bare = [re.sub(r"[^一-鿿a-z\d]", "", t.lower()) for t in (a, b)]
    pairs = [{t[i : i + 2] for i in range(len(t) - 1)} or {t} for t in bare]
    return len(pairs[0] & pairs[1]) / max(1, min(len(pairs[0]), len(pairs[1]))) if all(bare) else 0.0
