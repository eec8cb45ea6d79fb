"""True sentences made untrue in ways that hurt the reader of a report.

A part told as the whole, another base, another stage of the work, another period, a ceiling told as what is
given.
"""

from __future__ import annotations

import re
from random import Random

from assistant import Figure, same_unit
from evals.specimens import Source, Specimen, clause_at, replaced
from evals.vocabulary import VOCABULARY
from evals.word_mutations import exchanged, planned_words

_RANGE_OF_MONTHS = re.compile(r"(?<!\d)\d{1,2}月?[-—－~～至到](?=\d{1,2}月)")
_EACH = re.compile(
    r"(?:每个?[人户名位亩月年天周家村]|[人户月年日亩]均)(?=[一-鿿]{0,6}[\d.]+[余多]?[万亿千百]?[元人次件斤个平])"
)
_BASE = re.compile(r"占((?:[一-鿿](?![的为了近约超至达])){1,11}[一-鿿])的?(?=(?:近|约|超|达|比)?\d[\d.]*%)")
_CEILING = re.compile("最高|最多|至多|上限为?|最长")
_RANK_OF_BODY = re.compile(
    "(?<![一-鿿]自治)[省市县区](?=(?:民政|财政|教育|公安|司法|审计|统计|水务|住建|卫健|文旅|应急|信访|商务|农业农村|市场监管)"
    "[局厅委]|政府|委(?!员|托|会)|纪委|人大|政协|总工会|妇联)"
)
_SHARE = re.compile(r"占(?:比|到|了)?(?=\d[\d.]*%)")
_GROWTH = re.compile(r"(?:同比|环比)?(?:增长|提高|上升|增加)了?(?=\d[\d.]*%)")
_MULTIPLE = re.compile(r"是([一-鿿\d]{2,12})的(?=\d[\d.]*倍)")
_DOUBLED = re.compile("翻(?:了)?([一两二三])番")
_OR = re.compile("(?<=[一-鿿]{2})或者?(?![许者])(?=[一-鿿]{2})")


def stage(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with another stage of the work, or another kind of total, beside an amount."""
    return exchanged(source, rng, "stage", _pairs("stages"), beside_amount=True)


def compared(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with 同比 told as 环比 and the like."""
    return exchanged(source, rng, "compared with", _pairs("comparisons"))


def period(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a part of the year changed, or a stretch of months cut to its last."""
    found = [m for m in _RANGE_OF_MONTHS.finditer(source.text) if not source.is_named(m.start())]
    if found and rng.random() < 0.5:
        return replaced(source, "period", rng.choice(found).span(), "")
    return exchanged(source, rng, "period", _pairs("periods"))


def _pairs(name: str) -> list[tuple[str, str]]:
    return [(a, b) for line in VOCABULARY[name] for a in line for b in line if a != b]


def plan_dropped(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence without the word that makes it a plan."""
    planned = planned_words(source)
    return replaced(source, "plan dropped", planned[0].span(), "") if planned else None


def part_for_whole(source: Source, rng: Random) -> Specimen | None:
    """Returns the clause of a total with the amount of a part that 其中 names."""
    found = []
    for match in re.finditer("[，；（(]其中", source.text):
        here, there = clause_at(source.text, match.start() - 1), clause_at(source.text, match.end())
        totals = [f for f in source.quantities if here[0] <= f.start < here[1]]
        parts = [f for f in source.quantities if there[0] <= f.start < there[1]]
        found += [
            (a, b, here)
            for a in totals[-1:]
            for b in parts[:1]
            if a.value != b.value and same_unit(a.unit, b.unit) and a.kind == b.kind
        ]
    return _with_figure_of(source, "part for whole", *rng.choice(found)) if found else None


def grafted(source: Source, rng: Random) -> Specimen | None:
    """Returns one clause alone, with an amount of another clause in place of its own."""
    found = []
    for a in source.quantities:
        here = clause_at(source.text, a.start)
        values = {f.value for f in source.quantities if here[0] <= f.start < here[1]}
        found += [
            (a, b, here)
            for b in source.quantities
            if not here[0] <= b.start < here[1]
            and a.kind == b.kind
            and same_unit(a.unit, b.unit)
            and b.value not in values
            and not source.text[: here[1]].rstrip().endswith("其中")
        ]
    found = [
        (a, b, here)
        for a, b, here in found
        if here[1] - here[0] > 9 and _stands_alone(source, here) and not _said_beside(source, a, b)
    ]
    return _with_figure_of(source, "grafted", *rng.choice(found)) if found else None


def _stands_alone(source: Source, clause: tuple[int, int]) -> bool:
    text = source.text[slice(*clause)].strip()
    paired = all(text.count(a) == text.count(b) for a, b in ("“”", "《》", "（）", "‘’"))
    return paired and not re.match("其中|比|较|同比|环比|增|减|占|另|还|均", text)


def _said_beside(source: Source, own: Figure, other: Figure) -> bool:
    """Returns whether all that is said of an amount is said of another: then either may stand there."""
    start, end = clause_at(source.text, own.start)
    a, b = clause_at(source.text, other.start)
    said = re.sub(r"[\d.]", "", source.text[start : own.start] + source.text[own.end : end])
    there = source.text[a:b]
    pairs = [said[i : i + 2] for i in range(len(said) - 1)]
    return sum(p in there for p in pairs) >= 0.8 * len(pairs)


def _with_figure_of(
    source: Source, kind: str, own: Figure, other: Figure, clause: tuple[int, int]
) -> Specimen:
    start, end = clause
    new = source.text[other.start : other.end]
    statement = f"{source.text[start : own.start]}{new}{source.text[own.end : end]}。".strip()
    return Specimen(kind, statement, source.support, f"{own.text} → {other.text}")


def each(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with what an amount is counted for each of left out."""
    return _changed(source, rng, "each dropped", _EACH, "")


def ceiling(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with the most that is given told as what is given."""
    found = [
        m
        for m in _CEILING.finditer(source.text)
        if any(
            f.start >= m.end() and not f.qualifier and _leads_to(source.text[m.end() : f.start])
            for f in source.quantities
        )
        and not source.is_named(m.start())
    ]
    return replaced(source, "ceiling dropped", rng.choice(found).span(), "") if found else None


def _leads_to(between: str) -> bool:
    return len(between) <= 6 and not re.search("[的，。；、]", between)


def base(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a share of something else."""
    bases = [b for b in VOCABULARY["bases"] if not source.knows(b) and not source.knows(b[:2])]
    found = [m for m in _BASE.finditer(source.text) if not source.is_named(m.start())]
    return (
        replaced(source, "base of share", rng.choice(found).span(1), rng.choice(bases))
        if found and bases
        else None
    )


def rank_of_body(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a body of another level: the province's for the city's."""
    found = []
    for match in _RANK_OF_BODY.finditer(source.text):
        rest = source.text[match.end() : match.end() + 2]
        others = (new for new in "省市县区" if new != match[0])
        found += [(match.span(), new) for new in others if not source.knows(new + rest)]
    found = [(span, new) for span, new in found if not source.is_named(span[0])]
    return replaced(source, "level of body", *rng.choice(found)) if found else None


def cut_range(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with one end of a range told as the amount."""
    found = [f for f in source.figures if f.is_quantity and f.high and not source.is_named(f.start)]
    for figure in rng.sample(found, len(found)):
        parts = re.split("[-—－~～至到]+", figure.text, maxsplit=1)
        if len(parts) == 2 and all(parts):
            return replaced(source, "range cut", (figure.start, figure.end), parts[1])
    return None


def share_or_growth(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a share told as a growth, or a growth as a share."""
    if found := [m for m in _SHARE.finditer(source.text) if not source.is_named(m.start())]:
        return replaced(source, "share/growth", rng.choice(found).span(), "增长")
    return _changed(source, rng, "share/growth", _GROWTH, "占")


def multiple(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with «是…的3倍» told as «比…多3倍», or another number of doublings."""
    if found := list(_MULTIPLE.finditer(source.text)):
        match = rng.choice(found)
        return replaced(source, "multiple", match.span(), f"比{match[1]}多")
    if found := list(_DOUBLED.finditer(source.text)):
        match = rng.choice(found)
        return replaced(source, "multiple", match.span(1), "两" if match[1] == "一" else "一")
    return None


def one_of(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with one of several told as the only one."""
    return _changed(source, rng, "one of dropped", re.compile("(?<!分)之一"), "")


def both(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with one or the other told as both."""
    return _changed(source, rng, "or told as and", _OR, "和")


def _changed(source: Source, rng: Random, kind: str, pattern: re.Pattern[str], new: str) -> Specimen | None:
    found = [m for m in pattern.finditer(source.text) if not source.is_named(m.start())]
    return replaced(source, kind, rng.choice(found).span(), new) if found else None
