"""True sentences made untrue by exchanging two things of one sentence: amounts, places, nouns, bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from assistant import same_unit
from evals.specimens import Source, Specimen, clause_at
from evals.word_mutations import language
from retrieval import find_places

_DATE = re.compile(r"(?<!\d)(?:20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?)")
_Spans = Sequence[tuple[int, int]]


def swap(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with two of its amounts exchanged."""
    pairs = [
        (a, b)
        for i, a in enumerate(source.quantities)
        for b in source.quantities[i + 1 :]
        if a.value != b.value and a.kind == b.kind and len(source.text[a.end : b.start]) > 1
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    whole = same_unit(a.unit, b.unit)
    first, second = ((a.start, a.end), (b.start, b.end)) if whole else (a.number, b.number)
    text = source.text
    new = text[second[0] : second[1]] + text[first[1] : second[0]] + text[first[0] : first[1]]
    statement = text[: first[0]] + new + text[second[1] :]
    kind = "swap" if whole else "swap, units kept"
    return Specimen(kind, statement, source.support, f"{a.text} ↔ {b.text}")


def _exchanged(source: Source, kind: str, first: tuple[int, int], second: tuple[int, int]) -> Specimen:
    text = source.text
    a, b = text[slice(*first)], text[slice(*second)]
    statement = text[: first[0]] + b + text[first[1] : second[0]] + a + text[second[1] :]
    return Specimen(kind, statement, source.support, f"{a} ↔ {b}")


def _apart(source: Source, spans: _Spans) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Returns pairs of words in different clauses, each of which has an amount that the other lacks."""
    pairs = []
    for i, a in enumerate(spans):
        for b in spans[i + 1 :]:
            here, there = clause_at(source.text, a[0]), clause_at(source.text, b[0])
            mine = {f.value for f in source.quantities if here[0] <= f.start < here[1]}
            theirs = {f.value for f in source.quantities if there[0] <= f.start < there[1]}
            words = source.text[slice(*a)], source.text[slice(*b)]
            if here != there and mine and theirs and not mine & theirs and not _akin(*words):
                pairs.append((a, b))
    return pairs


def _akin(a: str, b: str) -> bool:
    return a in b or b in a


def swap_places(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with two places exchanged, each of which has amounts of its own in its clause."""
    spans = [(p.start, p.end) for p in find_places(source.text) if not source.is_named(p.start)]
    alone = [
        s
        for s in spans
        if source.text[s[0] - 1 : s[0]] not in {"、", "和", "与"}
        and source.text[s[1] : s[1] + 1] not in {"、", "和", "与"}
    ]
    pairs = [
        (a, b)
        for a, b in _apart(source, alone)
        if not any(
            source.text[slice(*s)] == source.text[slice(*x)] for s in spans for x in (a, b) if s not in {a, b}
        )
    ]
    return _exchanged(source, "places swapped", *rng.choice(pairs)) if pairs else None


def swap_nouns(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with the nouns right behind two amounts of one unit exchanged."""
    found: list[tuple[tuple[int, int], str, str]] = []
    for figure in source.quantities:
        after = source.text[figure.end : figure.end + 8]
        word = next(iter(language().words(after)), "") if figure.unit and figure.unit != "%" else ""
        if len(word) > 1 and language().tag(word) in {"n", "nz"}:
            found.append(((figure.end, figure.end + len(word)), figure.unit, figure.value))
    pairs = [
        (a, b)
        for i, (a, unit, value) in enumerate(found)
        for b, other, amount in found[i + 1 :]
        if same_unit(unit, other)
        and value != amount
        and not _akin(source.text[slice(*a)], source.text[slice(*b)])
    ]
    return _exchanged(source, "nouns swapped", *rng.choice(pairs)) if pairs else None


def swap_bodies(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with two bodies exchanged of which different things are said."""
    parts = [m for m in re.finditer("[^，；。、：]+", source.text) if not source.is_named(m.start())]
    found = []
    for part in parts:
        if match := re.match(
            "(?:由)?([一-鿿]{1,4}(?:局|委(?!员)|办公室|工会|妇联|团委|法院|检察院|中心))(?=[一-鿿]{4})",
            part[0],
        ):
            start = part.start() + match.start(1)
            found.append(((start, start + len(match[1])), part[0][match.end() :]))
    pairs = [
        (a, b)
        for i, (a, said) in enumerate(found)
        for b, other in found[i + 1 :]
        if said != other and not _akin(source.text[slice(*a)], source.text[slice(*b)])
    ]
    return _exchanged(source, "bodies swapped", *rng.choice(pairs)) if pairs else None


def swap_times(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with two dates exchanged that open clauses with amounts of their own."""
    found = [m.span() for m in _DATE.finditer(source.text) if not source.is_named(m.start())]
    pairs = []
    for a, b in pairwise(found):
        mine = {f.value for f in source.quantities if a[1] <= f.start < b[0]}
        theirs = {f.value for f in source.quantities if b[1] <= f.start < clause_at(source.text, b[1] + 1)[1]}
        words = source.text[slice(*a)], source.text[slice(*b)]
        if mine and theirs - mine and not _akin(*words) and _leads(source, a) and _leads(source, b):
            pairs.append((a, b))
    return _exchanged(source, "times swapped", *rng.choice(pairs)) if pairs else None


def _leads(source: Source, span: tuple[int, int]) -> bool:
    """Returns whether a date opens its clause, so that it dates the amounts there."""
    start, _ = clause_at(source.text, span[0])
    return len(source.text[start : span[0]].strip()) <= 3


def swap_people(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with two persons exchanged of whom different things are said."""
    found = [(a, b) for a, b, _ in language().people(source.text) if not source.is_named(a)]
    pairs = [
        (a, b)
        for i, a in enumerate(sorted(found))
        for b in sorted(found)[i + 1 :]
        if source.text[slice(*a)] != source.text[slice(*b)]
        and len(source.text[a[1] : b[0]]) > 5
        and not re.search(r"^\s*[、和与及（(]|[、和与及]\s*$", source.text[a[1] : b[0]])
    ]
    return _exchanged(source, "people swapped", *rng.choice(pairs)) if pairs else None


def swap_subjects(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with the nouns exchanged that open two clauses with amounts of their own."""
    found: list[tuple[int, int]] = []
    for start, end in {clause_at(source.text, f.start) for f in source.quantities}:
        text = source.text[start:end]
        word = next(iter(language().words(text)), "")
        if len(word) > 1 and text.startswith(word) and language().tag(word) in {"n", "nz"}:
            found.append((start, start + len(word)))
    pairs = _apart(source, sorted(found))
    return _exchanged(source, "subjects swapped", *rng.choice(pairs)) if pairs else None
