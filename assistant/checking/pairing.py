"""How figures of one sentence stand to one another: pairs, runs, what touches them."""

from __future__ import annotations

import re

from assistant.checking.cited import Cited
from assistant.checking.parsing import Parsed, Placed
from assistant.figures import Figure, same_amount, same_figure, same_unit
from assistant.reading.segments import paired_noun, run_of

_RATE = re.compile(r"([一-鿿]{2})率[^,，。;；:：、\d率]{0,6}$")  # the rate that a percentage is said of
_TIMES = frozenset({"date", "period", "time"})


def other_pair(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether «A、B分别有3个、5个» gives the figure to the other of its nouns."""
    own = paired_noun(c.text, c.parsed.figures, source.figure)
    if not own:
        return False
    run = run_of(c.text, c.parsed.figures, source.figure)
    others = [paired_noun(c.text, c.parsed.figures, f) for f in run if f is not source.figure]
    mine = paired_noun(statement.text, statement.figures, stated.figure)
    told = mine or statement.text[slice(*statement.clause_at(stated.figure.start))]
    return _shared(own, told) < max((_shared(o, told) for o in others if o), default=0)


def _shared(noun: str, text: str) -> float:
    pairs = {noun[i : i + 2] for i in range(len(noun) - 1)} or {noun}
    return sum(p in text for p in pairs) / len(pairs)


def other_figures(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether another figure of the stated clause goes with a third one in the source.

    «3000元以上的占40%,3000元以下的占60%»: 40% goes with 3000元以上.
    """
    a, b = statement.clause_at(stated.figure.start)
    x, y = c.parsed.clause_at(source.figure.start)
    mine = [
        f for f in statement.figures if a <= f.start < b and f is not stated.figure and f.kind not in _TIMES
    ]
    theirs = [
        f for f in c.parsed.figures if x <= f.start < y and f is not source.figure and f.kind not in _TIMES
    ]
    if _other_ordinal(mine, theirs, statement.text, c.text):
        return True
    for f in mine:
        if any(_one_figure(f, g) for g in theirs) or not any(_one_figure(f, g) for g in c.parsed.figures):
            continue
        rivals = [g for g in theirs if comparable(f, g) and not any(_one_figure(h, g) for h in mine)]
        if rivals and not same_amount(f, source.figure):
            return True
    return False


def _other_ordinal(mine: list[Figure], theirs: list[Figure], statement: str, source: str) -> bool:
    """Returns whether a clause is told of the second of what the source's clause tells of the third."""
    for f in mine:
        of = statement[f.end : f.end + 2]
        alike = [g for g in theirs if g.kind == f.kind == "ordinal" and source[g.end : g.end + 2] == of]
        if alike and not any(_one_figure(f, g) for g in alike):
            return True
    return False


def touches_another(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether what touches the stated figure touches another like it in the source."""
    mine = statement.text[stated.figure.end : stated.figure.end + 1]
    if (
        not re.match(r"(?![的和与及、,，。;；：:（(）)等以左上])[一-鿿]", mine)
        or mine == c.text[source.figure.end : source.figure.end + 1]
    ):
        return False
    rivals = [p for p in c.parsed.placed if p is not source and comparable(p.figure, source.figure)]
    return any(c.text[r.figure.end : r.figure.end + 1] == mine for r in rivals)


def _one_figure(a: Figure, b: Figure) -> bool:
    return same_figure(a, b) if a.is_quantity else a.kind == b.kind and a.value == b.value


def comparable(a: Figure, b: Figure) -> bool:
    """Returns whether two figures count alike, so that one may be taken for the other."""
    return a.kind == b.kind and same_unit(a.unit, b.unit)


def segment_text(c: Cited, placed: Placed) -> str:
    """Returns the words that stand at a figure, those of no other."""
    (a, b), (x, y) = placed.segment.left, placed.segment.right
    return f"{c.text[a:b]} {c.text[x:y]}"


def turned_run(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether bare figures joined by 、 or × stand in another order than in the source."""
    mine, theirs = _bare_run(statement, stated.figure), _bare_run(c.parsed, source.figure)
    values = [f.value for f in theirs]
    places = [values.index(f.value) for f in mine if f.value in values]
    return len(mine) > 1 and len(theirs) > 1 and places != sorted(places)


def other_rate(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether a percentage is told of another rate than in the source: 竣工率 for 开工率."""
    mine = _RATE.search(statement.text[: stated.figure.start])
    theirs = _RATE.search(c.text[: source.figure.start])
    return bool(stated.figure.kind == "percent" and mine and theirs and mine[1] != theirs[1])


def _bare_run(parsed: Parsed, figure: Figure) -> list[Figure]:
    run: list[Figure] = []
    for f in (f for f in parsed.figures if f.is_quantity):
        if run and not re.fullmatch(r"\s*(?:[、和与及*×x/]|以及)\s*", parsed.text[run[-1].end : f.start]):
            if figure in run:
                break
            run = []
        run.append(f)
    return run if figure in run else []
