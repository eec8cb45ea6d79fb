"""China's divisions (province, prefecture, county) named in a text.

Full names count wherever they stand. Short forms count by their class in `data/regions.tsv`: those of
provinces and most prefectures everywhere, ambiguous ones at the start of a phrase, those of counties only
beside a division above them. `我省`, `全市` and the like name no place and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

# Names that any town may use for one of its parts: places only right after the division above them.
_GENERIC = re.compile(
    r"城区|郊区|矿区|东区|西区|新城区|老城区|城中区|城东区|城西区|城北区|城关区|新市区|港口区"
    r"|海港区|市中区|站前区|新建区|工农区|向阳区|友好区|平房区|前进区|复兴区|解放区|红旗区|振兴区"
    r"|资源县|和县|公安县"
)
_NOT_AFTER = {"市": "场值价面话侩占盈", "区": "域别间分块划", "县": "官"}
# What may follow a short form only inside another word: 大理石, 新余额, 长治久安.
_WORDS_AFTER = {
    "湖北": "桥岸堤村",
    "湖南": "桥岸堤村",
    "江西": "桥岸堤村",
    "山东": "坡村",
    "山西": "坡村",
    "大理": "石论想念由智寺",
    "大同": "小学志时样一",
    "长治": "久理",
    "新乡": "村贤镇",
    "新余": "额",
    "天水": "利",
    "丽水": "乡",
    "广安": "全",
    "安庆": "祝",
    "开封": "府",
    "白山": "黑",
    "北京": "时",
    "南京": "条",
    "西安": "事",
    "中山": "装",
    "上海": "合",
    "常德": "国",
    "河北": "桥岸",
    "河南": "桥岸",
}
_BEFORE = {"中山": "孙", "白山": "长", "通化": "普", "大同": "广重", "西藏": "东", "安康": "健平"}
_PHRASE_START = frozenset("在到赴于从由往向至与及和跟比是省市州县区对为把让的等")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Division(NamedTuple):
    """A division: its full name and those above it, outermost first."""

    name: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A division named in a text.

    Attributes:
        name: Its full name (`毕节市` for `毕节`).
        parents: Names of the divisions above it, outermost first; empty for a province, and for a name
            that several divisions bear where the text does not say which is meant.
    """

    start: int
    end: int
    text: str
    name: str
    parents: tuple[str, ...]


class _Entry(NamedTuple):
    form: str
    grade: str  # "f" full name, "g" generic full name, or the class of a short form
    divisions: tuple[Division, ...]


def find_places(text: str, *, near: Collection[str] = ()) -> list[PlaceSpan]:
    """Returns the divisions named in a text in order, without overlap, the longest form first.

    `near` holds full names of divisions that the text is known to be about: they settle ambiguous names
    and let short forms of their counties count as if the text named them.

    >>> [(p.text, p.name, p.parents) for p in find_places("广东揭阳的揭西县，与毕节结对")]
    [('广东', '广东省', ()), ('揭阳', '揭阳市', ('广东省',)), ('揭西县', '揭西县', ('广东省', '揭阳市')), \
('毕节', '毕节市', ('贵州省',))]
    """
    index = _index()
    found: list[tuple[int, _Entry]] = []
    position, last = 0, len(text) - 1
    while position < last:
        entries = index.get(text[position : position + 2])
        entry = _longest(text, position, entries, found) if entries else None
        if entry is None:
            position += 1
        else:
            found.append((position, entry))
            position += len(entry.form)
    if not found:
        return []
    named = {
        d for _, e in found if e.grade in "fgsw" and len(e.divisions) == 1 for d in _chain(e.divisions[0])
    }
    return _settle(text, found, named | _with_ancestors(frozenset(near)))


@lru_cache(maxsize=64)
def _with_ancestors(names: frozenset[str]) -> frozenset[str]:
    return names.union(*map(ancestors, names))


def ancestors(name: str) -> tuple[str, ...]:
    """Returns the divisions above one (full or short name), outermost first; () if unknown or ambiguous."""
    division = _lookup(name)
    return division.parents if division else ()


def is_within(place: str, region: str) -> bool:
    """Returns whether a place is a region or lies in it; both may be chains such as 海南省三亚市.

    >>> is_within("三亚", "海南省"), is_within("海南省", "海南省三亚市"), is_within("海南省三亚市", "海南")
    (True, False, True)
    """
    if not place or not region or place == region:
        return bool(place) and place == region
    inner, outer = _resolve(place), _resolve(region)
    return inner is not None and outer is not None and _chain(inner)[: len(_chain(outer))] == _chain(outer)


def _chain(division: Division) -> tuple[str, ...]:
    return (*division.parents, division.name)


def _lookup(name: str) -> Division | None:
    for entry in _index().get(name[:2], ()):
        if entry.form == name and len(entry.divisions) == 1:
            return entry.divisions[0]
    return None


def _resolve(place: str) -> Division | None:
    """Returns the innermost division of a chain of names, None if the chain names none."""
    if division := _lookup(place):
        return division
    spans = find_places(place)
    if not spans or spans[-1].end != len(place):
        return None
    return Division(spans[-1].name, spans[-1].parents)


def _longest(
    text: str, position: int, entries: tuple[_Entry, ...], found: list[tuple[int, _Entry]]
) -> _Entry | None:
    for entry in entries:
        if text.startswith(entry.form, position) and _may_stand(text, position, entry, found):
            return entry
    return None


def _may_stand(text: str, position: int, entry: _Entry, found: list[tuple[int, _Entry]]) -> bool:
    end = position + len(entry.form)
    before, after = text[position - 1 : position], text[end : end + 1]
    follows = bool(found) and found[-1][0] + len(found[-1][1].form) == position
    if entry.grade in "fg":
        if after and after in _NOT_AFTER.get(entry.form[-1], ""):
            return False
        beside = follows and any(_chain(found[-1][1].divisions[0])[-1] in d.parents for d in entry.divisions)
        if entry.grade == "g":
            return beside
        return len(entry.form) > 2 or beside or not _CHINESE.match(before)
    if (after and after in _WORDS_AFTER.get(entry.form, "")) or (
        before and before in _BEFORE.get(entry.form, "")
    ):
        return False
    return entry.grade == "s" or follows or not _CHINESE.match(before) or before in _PHRASE_START


def _settle(text: str, found: list[tuple[int, _Entry]], named: set[str]) -> list[PlaceSpan]:
    spans: list[PlaceSpan] = []
    for start, entry in found:
        end = start + len(entry.form)
        if entry.grade == "c" and not any(named.intersection(d.parents) for d in entry.divisions):
            continue
        division = _choose(entry, spans[-1] if spans and spans[-1].end == start else None, named)
        spans.append(PlaceSpan(start, end, text[start:end], *division))
    return spans


def _choose(entry: _Entry, beside: PlaceSpan | None, named: set[str]) -> Division:
    if len(entry.divisions) == 1:
        return entry.divisions[0]
    if beside is not None:
        under = [d for d in entry.divisions if beside.name in d.parents]
        if len(under) == 1:
            return under[0]
    likely = [d for d in entry.divisions if named.intersection(d.parents)]
    return likely[0] if len(likely) == 1 else Division(entry.divisions[0].name, ())


@cache
def _index() -> dict[str, tuple[_Entry, ...]]:
    """Returns the forms by their first two characters, longest first."""
    forms: dict[tuple[str, str], list[Division]] = {}
    for line in files("retrieval").joinpath("data/regions.tsv").read_text(encoding="utf-8").splitlines():
        province, prefecture, county, short, grade = line.split("\t")
        *parents, name = [part for part in (province, prefecture, county) if part]
        division = Division(name, tuple(parents))
        forms.setdefault((name, "g" if _GENERIC.fullmatch(name) else "f"), []).append(division)
        if short:
            forms.setdefault((short, grade), [])[:] = [division]
    by_head: dict[str, list[_Entry]] = {}
    for (form, grade), divisions in forms.items():
        by_head.setdefault(form[:2], []).append(_Entry(form, grade, tuple(divisions)))
    return {head: tuple(sorted(entries, key=lambda e: -len(e.form))) for head, entries in by_head.items()}


def division_names() -> tuple[str, ...]:
    """Returns the full names of all divisions, the larger before those in them, without repeats."""
    return tuple(dict.fromkeys(d.name for d in _all_divisions()))


def _all_divisions() -> list[Division]:
    entries = [e for entries in _index().values() for e in entries if e.grade in "fg"]
    return sorted((d for e in entries for d in e.divisions), key=lambda d: (len(d.parents), d.name))
