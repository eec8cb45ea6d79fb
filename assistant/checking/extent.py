"""How far a clause reaches: all or some, only, first or most, how often, at which level."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.checking.blurring import either_or, level_of_body, one_of_several, turned_way
from assistant.checking.spells import again, compared_with, kind_of_total, part_of_year, since_or_before
from retrieval import chinese_value, plain

_SCOPE = re.compile(
    "全国|全省|全市|全县|全区|全镇|全乡|全村|全州|全球|全校|全行业|全系统|全社会|全域|世界|国内"
)
_ALL = re.compile("全部|所有|一律|全体|悉数|无一|全覆盖|全员")
_ALL_LIKE = re.compile("全部|所有|一律|全体|悉数|无一|全覆盖|全员|均|都(?!市|会|江|匀|安|昌)|各|每|100%|全")
_SOME = re.compile("大部分|大多数|绝大多数|部分(?!门)|个别|少数|多数|一些|有的|有些|若干")
_ONLY = re.compile("仅仅?|只(?=有|占|是|需|用|剩|限)|唯一|独有|单单")
_ONLY_LIKE = re.compile("仅|只|唯一|独|单单|不足|不到")
_FIRST = re.compile("首(?=[个批次家例届座位部套条支场轮期创推设])|第一(?![时线产书])|率先|领先")
_MOST = re.compile(
    r"最[大高多早长快好强优低小少新远近短重轻佳]|名列前茅|(?<![\d余多名])位居(?!民)|居首|榜首|首位|排名|垫底"
)
_OFTEN = re.compile(
    "每(?:个|隔|逢)?(?:半年|[两三四五六七八九十\\d]+[天日周月年]|个?(?:工作日|天|日|周|月|季度|季|年|学期))|按(?:月|周|季|年|日)|逐[月年日周]|[日月年周]均|不定期|定期|常年|全天候|常态化"
)
_EACH = re.compile(r"每(\d+|[十百千万两三四五六七八九]+)?(个|名|位|人)?([一-鿿])?")
_SAME_OFTEN = str.maketrans({"日": "天", "按": "每", "逐": "每"})
_LEVEL = re.compile(
    "国家级|中央级|省级|市级|县级|区级|镇级|乡级|村级|州级|部级|厅级|处级|科级|地市级|县市区级"
)
_RANKED = re.compile("(?:第[一二三四五六七八九十\\d]+|首)[批期轮届次]")


def _often(text: str) -> set[str]:
    found = (
        m[0].replace("个", "").replace("季度", "季").translate(_SAME_OFTEN) for m in _OFTEN.finditer(text)
    )
    return {re.sub("^(.)均$", r"每\1", f.replace("天均", "每天")) for f in found}


def extent_fault(stated: str, source: str, around: str) -> tuple[str, str]:
    """Returns kind and words of the first way a clause reaches further than its source, else two "".

    Args:
        stated: A clause of the statement.
        source: The clauses of the cited sentence that it tells.
        around: All that is known there: the whole sentence, headings and title.
    """
    for check in _CHECKS:
        if fault := check(stated, source, around):
            return fault
    return "", ""


_Fault = tuple[str, str] | None


def _reach(stated: str, source: str, around: str) -> _Fault:
    lacking = [w for w in _SCOPE.findall(stated) if w not in around]
    return ("scope", lacking[0]) if lacking else None


def _all_or_some(stated: str, source: str, around: str) -> _Fault:
    if (m := _ALL.search(stated)) and not _ALL_LIKE.search(source):
        return "extent", m[0]
    some, there = set(_SOME.findall(stated)), set(_SOME.findall(source))
    if some - there or (there and not some):
        return "extent", "、".join(some ^ there)
    return None


def _only(stated: str, source: str, around: str) -> _Fault:
    m = _ONLY.search(stated)
    return ("extent", m[0]) if m and not _ONLY_LIKE.search(source) else None


def _rank(stated: str, source: str, around: str) -> _Fault:
    if (m := _FIRST.search(stated)) and not _FIRST.search(around):
        return "rank", m[0]
    lacking = [w for w in _MOST.findall(stated) if w not in source and w not in around]
    return ("rank", lacking[0]) if lacking else None


def _frequency(stated: str, source: str, around: str) -> _Fault:
    lacking = _often(stated) - _often(source)
    if lacking and (_often(source) or lacking - _often(around)):
        return "frequency", "、".join(sorted(lacking))
    return None


def _each(stated: str, source: str, around: str) -> _Fault:
    lacking = _counted_each(stated) - _counted_each(around)
    return ("frequency", min(lacking)) if lacking else None


def _counted_each(text: str) -> set[str]:
    """Returns what things are counted for each of: 每万人, 每户; 每名, 每位 and 每人 are one."""
    found = set()
    for number, unit, noun in _EACH.findall(text):
        value = plain(chinese_value(number)) if number and not number.isdigit() else number
        counted = "人次" if unit + noun == "人次" else "人"
        found.add(f"每{value}{counted if unit in set('名位人') else noun}")
    return found


def _level(stated: str, source: str, around: str) -> _Fault:
    lacking = [w for w in _LEVEL.findall(stated) if w not in source]
    if lacking and (_LEVEL.search(source) or lacking[0] not in around):
        return "scope", lacking[0]
    return None


_CHECKS: tuple[Callable[[str, str, str], _Fault], ...] = (
    _reach,
    _all_or_some,
    _only,
    _rank,
    _frequency,
    _each,
    _level,
    part_of_year,
    since_or_before,
    kind_of_total,
    again,
    compared_with,
    one_of_several,
    either_or,
    level_of_body,
    turned_way,
)
