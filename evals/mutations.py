"""True sentences made untrue, one small change each: every result is unsupported by construction.

Each maker proves on the source alone that what it puts in does not stand there; it never asks the code
under test to read the result.
"""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

from assistant import Figure, qualifier_set, same_unit
from evals.order_mutations import (
    swap,
    swap_bodies,
    swap_nouns,
    swap_people,
    swap_places,
    swap_subjects,
    swap_times,
)
from evals.report_mutations import (
    base,
    both,
    ceiling,
    compared,
    cut_range,
    each,
    grafted,
    multiple,
    one_of,
    part_for_whole,
    period,
    plan_dropped,
    rank_of_body,
    share_or_growth,
    stage,
)
from evals.specimens import Maker, Source, Specimen, replaced
from evals.vocabulary import VOCABULARY
from evals.word_mutations import (
    body,
    direction,
    extent,
    frequency,
    level,
    modality,
    negation,
    person,
    place,
    quoted,
    role,
    scope,
    subject,
    title,
)

_CHINESE = "二三四五六七八九"
_DIGITS = "0123456789"
_QUALIFIERS = ("约", "超", "近", "不足", "至少")


def digit(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with one digit or Chinese numeral of an amount or code changed."""
    figures = [
        f
        for f in source.figures
        if f.kind in {"number", "percent", "code", "ordinal"} and not source.is_label(f)
    ]
    for figure in rng.sample(figures, len(figures)):
        start, end = figure.number
        places = [i for i in range(start, end) if source.text[i] in _DIGITS or source.text[i] in _CHINESE]
        if re.search(f"[{_CHINESE}]{{2}}", source.text[max(0, start - 1) : end + 1]):
            continue  # 二三百个, 十四五岁: no number of one digit
        for i in rng.sample(places, len(places)):
            old = source.text[i]
            new = rng.choice([c for c in ("123456789" if old in _DIGITS else _CHINESE) if c != old])
            number = source.text[start:i] + new + source.text[i + 1 : end]
            if not _written(source, number) and not _has_changed_value(source, figure, number):
                return replaced(source, "digit", (i, i + 1), new)
    return None


def _written(source: Source, number: str) -> bool:
    """Returns whether a number stands on its own in the sentence or what is known beside it."""
    pattern = rf"(?<![\d.〇零一二三四五六七八九十百千万亿两]){re.escape(number)}(?![\d.])"
    known = (source.text, source.support.context, source.support.before)
    return any(re.search(pattern, part) for part in known)


def _has_changed_value(source: Source, figure: Figure, number: str) -> bool:
    """Returns whether the changed number in digits is a value that the sentence gives elsewhere."""
    digits = re.fullmatch(r"[\d,.]+", number.strip("万亿%千百余多"))
    if not digits or not figure.is_quantity:
        return False
    old = re.search(r"[\d,.]+", figure.text)
    scale = (
        Decimal(figure.value) / Decimal(old[0].replace(",", ""))
        if old and Decimal(figure.value)
        else Decimal(1)
    )
    return source.has_value(Decimal(digits[0].replace(",", "")) * scale)


def unit(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with an amount's unit changed to that of something else."""
    figures = [f for f in source.quantities if VOCABULARY["units"].get(f.unit)]
    for figure in rng.sample(figures, len(figures)):
        in_digits = source.text[figure.number[1] - 1].isdigit()
        new = rng.choice(
            [u for u in VOCABULARY["units"][figure.unit] if in_digits or u not in {"%", "个百分点"}] or ["户"]
        )
        if any(
            f.value == figure.value and f is not figure and same_unit(f.unit, new) for f in source.figures
        ):
            continue
        start = source.text.find(figure.unit, figure.number[1] - len(figure.unit), figure.end)
        if start >= 0:
            return replaced(source, "unit", (start, start + len(figure.unit)), new)
    return None


def scale(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with 万 and 亿 of an amount exchanged, dropped or put in."""
    figures = [f for f in source.quantities if f.kind == "number" and source.text[f.number[0]].isdigit()]
    for figure in rng.sample(figures, len(figures)):
        start, end = figure.number
        sign = next((i for i in range(start, end) if source.text[i] in "万亿"), None)
        if sign is None:
            factor, span, new = rng.choice([
                (Decimal(10**4), (end, end), "万"),
                (Decimal(10**8), (end, end), "亿"),
            ])
        else:
            other = "亿" if source.text[sign] == "万" else "万"
            change = Decimal(10**4) if other == "亿" else Decimal(1) / 10**4
            bare = Decimal(1) / (10**4 if source.text[sign] == "万" else 10**8)
            factor, span, new = rng.choice([(change, (sign, sign + 1), other), (bare, (sign, sign + 1), "")])
        if not source.has_value(Decimal(figure.value) * factor) and not figure.text.endswith("以上"):
            return replaced(source, "万/亿", span, new)
    return None


def qualifier(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a qualifier of an amount put in, taken away or changed."""
    figures = [f for f in source.quantities if not _enumerated(source, f)]
    for figure in rng.sample(figures, len(figures)):
        alike = [f for f in source.figures if f is not figure and f.value == figure.value]
        if alike:
            continue
        if not figure.qualifier:
            return replaced(source, "qualifier added", (figure.start, figure.start), rng.choice(_QUALIFIERS))
        made = rng.choice([_without_qualifier, _other_qualifier])(source, figure, rng)
        if made is not None:
            return made
    return None


def _enumerated(source: Source, figure: Figure) -> bool:
    """Returns whether a qualifier may be shared with the next amount of an enumeration (96%、98%以上)."""
    return source.text[figure.end : figure.end + 1] in {"、", "和"} or source.text[: figure.start].endswith((
        "、",
        "和",
    ))


def _without_qualifier(source: Source, figure: Figure, rng: Random) -> Specimen | None:
    bare = figure.text
    for part in figure.qualifier.split("…"):
        bare = bare.replace(part, "", 1)
    return replaced(source, "qualifier removed", (figure.start, figure.end), bare)


def _other_qualifier(source: Source, figure: Figure, rng: Random) -> Specimen | None:
    bare = _without_qualifier(source, figure, rng)
    others = [q for q in _QUALIFIERS if not qualifier_set(q) & qualifier_set(figure.qualifier)]
    if bare is None:
        return None
    new = rng.choice(others) + bare.change.rpartition(" → ")[2]
    return replaced(source, "qualifier changed", (figure.start, figure.end), new)


def year(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a year, a month or 今年 changed."""
    found = list(re.finditer(r"(?<!\d)20\d\d(?=年)|(?<![\d.])1?\d(?=月)|今年|去年", source.text))
    for match in rng.sample(found, len(found)):
        if match[0] in {"今年", "去年"}:
            new = rng.choice(sorted({"今年", "去年", "明年", "前年"} - {match[0]}))
            mark = ""
        else:
            mark = "年" if len(match[0]) == 4 else "月"
            shift = rng.choice([-3, -2, -1, 1, 2])
            new = str(int(match[0]) + shift) if mark == "年" else str((int(match[0]) - 1 + shift) % 12 + 1)
        known = re.search(
            rf"(?<!\d){new}{mark}", source.text + source.support.before + source.support.context
        )
        if not known and not source.support.published.startswith(new):
            return replaced(source, "year", match.span(), new)
    return None


def day(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with the day of a date changed."""
    found = list(re.finditer(r"(?<=月)\d{1,2}(?=日)", source.text))
    if not found:
        return None
    match = rng.choice(found)
    new = str((int(match[0]) - 1 + rng.choice([-3, -1, 1, 2, 5])) % 28 + 1)
    known = source.text + source.support.before + source.support.context
    if re.search(rf"(?<!\d){new}日", known) or source.support.published.endswith(f"-{int(new):02}"):
        return None
    return replaced(source, "day", match.span(), new)


def time(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence dated where neither it nor its place gives that date."""
    if re.search(r"\d年|\d月|今年|去年|目前|截至|日", source.text):
        return None
    stated = rng.choice(["2019", "2020", "2021", "2022"])
    if source.knows(stated) or source.support.published.startswith(stated):
        return None
    new = rng.choice(["{}年，", "{}年底，", "截至{}年6月，", "{}年3月，"]).format(stated)
    return replaced(source, "time added", (0, 0), new)


MUTATIONS: tuple[Maker, ...] = (
    digit, unit, scale, qualifier, year, day, time, scope, negation, direction, level, modality, extent,
    frequency, role, place, subject, person, body, title, quoted, swap, swap_places, swap_nouns, swap_bodies,
    swap_times, swap_people, swap_subjects, stage, compared, period, plan_dropped, part_for_whole, grafted,
    each, ceiling, base, rank_of_body, cut_range, share_or_growth, multiple, one_of, both,
)  # fmt: skip
