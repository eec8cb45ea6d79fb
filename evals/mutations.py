"""True sentences made untrue, one small change each: every result is unsupported by construction.

Each maker proves on the source alone that what it puts in does not stand there; it never asks the code
under test to read the result.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from random import Random

import yaml

from assistant import Figure, qualifier_set, same_unit
from evals.specimens import Maker, Source, Specimen, clause_at, replaced
from retrieval import find_places

_WORDS = yaml.safe_load((Path(__file__).parent / "vocabulary.yaml").read_text(encoding="utf-8"))
_CHINESE = "二三四五六七八九"
_QUALIFIERS = ("约", "超", "近", "不足", "至少")
_AFFIRMED = re.compile(
    rf"(已经|已|共|累计|先后|均|都|，|^)({'|'.join(_WORDS['verbs'])})"
    r"(?=[了出起到\d《“]|[一二三四五六七八九十两]+[个项条支])"
)
_DENIED = re.compile("尚未|从未|没有|不再|不能|不会|未(?!来|必|成年|知|婚|经)|不(?=含|包括|属|是|到会)")
_AFFIRMATIVE = {"没有": "有", "不能": "能", "不会": "会", "尚未": "已", "不再": "仍"}


def digit(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with one digit or Chinese numeral of an amount or code changed."""
    figures = [f for f in source.figures if f.kind in {"number", "percent", "code", "ordinal"}]
    for figure in rng.sample(figures, len(figures)):
        start, end = figure.number
        places = [i for i in range(start, end) if source.text[i].isdigit() or source.text[i] in _CHINESE]
        for i in rng.sample(places, len(places)):
            old = source.text[i]
            new = rng.choice([c for c in ("123456789" if old.isdigit() else _CHINESE) if c != old])
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
    scale = Decimal(figure.value) / Decimal(old[0].replace(",", "")) if old else Decimal(1)
    return source.has_value(Decimal(digits[0].replace(",", "")) * scale)


def unit(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with an amount's unit changed to that of something else."""
    figures = [f for f in source.quantities if _WORDS["units"].get(f.unit)]
    for figure in rng.sample(figures, len(figures)):
        in_digits = source.text[figure.number[1] - 1].isdigit()
        new = rng.choice(
            [u for u in _WORDS["units"][figure.unit] if in_digits or u not in {"%", "个百分点"}] or ["户"]
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


def time(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence dated where neither it nor its place gives that date."""
    if re.search(r"\d年|\d月|今年|去年|目前|截至|日", source.text):
        return None
    stated = rng.choice(["2019", "2020", "2021", "2022"])
    if source.knows(stated) or source.support.published.startswith(stated):
        return None
    new = rng.choice(["{}年，", "{}年底，", "截至{}年6月，", "{}年3月，"]).format(stated)
    return replaced(source, "time added", (0, 0), new)


def scope(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence widened: of the province what is said of the city."""
    found = [
        (m.span(), new)
        for old, wider in _WORDS["scopes"].items()
        for m in re.finditer(old, source.text)
        for new in wider
    ]
    found = [(span, new) for span, new in found if not source.is_named(span[0]) and not source.knows(new)]
    if not found:
        return None
    span, new = rng.choice(found)
    return replaced(source, "scope", span, new)


def negation(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a statement denied, or a denial taken away."""
    places: list[tuple[str, tuple[int, int], str]] = []
    for match in _AFFIRMED.finditer(source.text):
        start, end = clause_at(source.text, match.start(2))
        if source.is_named(match.start()) or re.search("[不未没无非]", source.text[start:end]):
            continue
        span = match.span(1) if match[1] in {"已", "已经"} else (match.start(2), match.start(2))
        places.append((
            "negation added",
            span,
            "尚未" if match[1] in {"已", "已经"} else rng.choice(["未", "没有"]),
        ))
    for match in _DENIED.finditer(source.text):
        if not source.is_named(match.start()):
            new = _AFFIRMATIVE.get(match[0], "")
            places.append(("negation removed", match.span(), new))
    if not places:
        return None
    kind, span, new = rng.choice(places)
    return replaced(source, kind, span, new)


def direction(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with the way of a change turned round."""
    pairs = [pair for a, b in _WORDS["opposites"] for pair in ((a, b), (b, a))]
    found = [
        (m.span(), new) for old, new in pairs for m in re.finditer(old, source.text) if new not in source.text
    ]
    found = [
        (span, new) for span, new in found if not source.is_named(span[0]) and _at_figure(source, span[0])
    ]
    if not found:
        return None
    span, new = rng.choice(found)
    return replaced(source, "direction", span, new)


def _at_figure(source: Source, position: int) -> bool:
    start, end = clause_at(source.text, position)
    return any(start <= f.start < end for f in source.quantities)


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


def place(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence moved to another place."""
    spans = [(p.start, p.end) for p in find_places(source.text)]
    spans += [m.span() for m in re.finditer(r"(?<=[市县区])[一-鿿]{2}(?:镇|街道)", source.text)]
    if not spans:
        return None
    start, end = rng.choice(spans)
    old = source.text[start:end]
    kind = next((k for k in ("省", "市", "县", "区", "镇", "街道") if old.endswith(k) and len(old) > 2), "")
    pool = [new for new in _WORDS["places"][kind] if not source.knows(new.rstrip("省市县区")[:2])]
    return replaced(source, "place", (start, end), rng.choice(pool)) if pool else None


def subject(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with what an amount counts changed to something else."""
    found = [
        (match.span(), word)
        for word in _WORDS["subjects"]
        for match in re.finditer(word, source.text)
        if _beside_figure(source, match.start(), match.end())
    ]
    if not found:
        return None
    (start, end), old = rng.choice(found)
    near = [
        word
        for word in _WORDS["subjects"]
        if not source.knows(word) and word not in old and old not in word and not _akin(word, old)
    ]
    new = rng.choice([*near, *(word for word in _WORDS["foreign"] if not source.knows(word))])
    return replaced(source, "subject", (start, end), new)


def _akin(a: str, b: str) -> bool:
    """Returns whether two words may be said of the same thing, for sharing characters (楼宇, 楼栋)."""
    return bool(set(a) & set(b))


def _beside_figure(source: Source, start: int, end: int) -> bool:
    """Returns whether nothing but a few characters stands between a word and an amount of its clause."""
    for figure in source.quantities:
        gap = source.text[end : figure.start] if figure.start >= end else source.text[figure.end : start]
        if len(gap) <= 4 and not re.search("[，。；、：（）“”《》]", gap):
            return True
    return False


def title(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a document of another name."""
    found = [
        (match.start(1), match.end(1), match[1])
        for match in re.finditer(rf"《[^《》]*?({'|'.join(_WORDS['titles'])})[^《》]{{0,12}}》", source.text)
    ]
    if not found:
        return None
    start, end, old = rng.choice(found)
    return replaced(source, "title", (start, end), rng.choice([t for t in _WORDS["titles"] if t != old]))


MUTATIONS: tuple[Maker, ...] = (
    digit, unit, scale, qualifier, year, time, scope, negation, direction, swap, place, subject, title,
)  # fmt: skip
