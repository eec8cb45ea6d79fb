"""Which spell of time a clause tells of: a part of the year, since when or until, all in all or newly."""

from __future__ import annotations

import re

from assistant.reading.periods import find_periods

_EDGE = re.compile(
    r"年(?:初(?![夏春秋冬中级高小步次期])|[底末])|岁末|月[初底末]|[上中下]旬|次[日年]|十[三四五六]五"
)
_SAME = {"年末": "年底", "岁末": "年底", "月末": "月底"}
_WHOLE = re.compile("全年|年度|整年|年内|年均|一年")
_SINCE = re.compile("以来")
_SINCE_LIKE = re.compile("以来|[起后自来]")
_UNTIL = re.compile(r"(?<![提目当日])(?:以前|之前)")
_UNTIL_LIKE = re.compile("前")
_NEW = re.compile("新增|净增")
_NEW_LIKE = re.compile("[新增]")
_ONE_DAY = re.compile("当[日天]|单日")
_ONE_DAY_LIKE = re.compile("[日天号]")
_ALL_TOLD = re.compile("累计|总计|合计|共计|一共|总共")
_ALL_TOLD_LIKE = re.compile("[累总合共]|先后")
_ONE_SPELL = re.compile("新增|净增|当[日天]|单日|当月|[日月]均")
_SINCE_YEAR = re.compile("同比|[较比](?:上年|去年)|上年同期|去年同期")
_SINCE_MONTH = re.compile("环比|[较比]上(?:个)?[月季周]")
_AGAIN = re.compile("再次|再度|又一次|第二次|重新")
_AGAIN_LIKE = re.compile("再|又|第二|重新|重启|二次")

_LATER = re.compile(r"第[二三四五六七八九十\d]+(?P<of>[批次届轮期季个家座])")
_FIRST = re.compile("首(?=(?P<of>[批次届轮期季个家座]))")

_Fault = tuple[str, str] | None


def part_of_year(stated: str, source: str, around: str) -> _Fault:
    """Finds a part of the year, or an edge of a spell, that is named nowhere around."""
    mine = find_periods(stated, compared=True)
    if mine:
        known = {months for _, months in find_periods(around, compared=True)}
        lacking = [m for _, m in mine if m not in known and not (m == "1-12" and _WHOLE.search(source))]
        if lacking:
            return "date", stated[next(at for at, m in mine if m == lacking[0]) :][:4]
    edges = {_SAME.get(m[0], m[0]): m[0] for m in _EDGE.finditer(stated)}
    there = {_SAME.get(m[0], m[0]) for m in _EDGE.finditer(around)}
    missing = [written for edge, written in edges.items() if edge not in there]
    return ("date", missing[0]) if missing else None


def since_or_before(stated: str, source: str, around: str) -> _Fault:
    """Finds 以来 told as 以前 and the like."""
    for pattern, like in ((_SINCE, _SINCE_LIKE), (_UNTIL, _UNTIL_LIKE)):
        if (match := pattern.search(stated)) and not like.search(source) and match[0] not in around:
            return "date", match[0]
    return None


def kind_of_total(stated: str, source: str, around: str) -> _Fault:
    """Finds what was reached all in all told of one spell, or the other way about."""
    for pattern, like in ((_NEW, _NEW_LIKE), (_ONE_DAY, _ONE_DAY_LIKE)):
        if (match := pattern.search(stated)) and not like.search(source):
            return "extent", match[0]
    told = _ALL_TOLD.search(stated)
    if told and _ONE_SPELL.search(source) and not _ALL_TOLD_LIKE.search(source):
        return "extent", told[0]
    return None


def compared_with(stated: str, source: str, around: str) -> _Fault:
    """Finds a change since the month before told as one since the year before."""
    match = _SINCE_YEAR.search(stated)
    return (
        ("time", match[0])
        if match and _SINCE_MONTH.search(source) and not _SINCE_YEAR.search(source)
        else None
    )


def again(stated: str, source: str, around: str) -> _Fault:
    """Finds the first time told as one more, or the second as the first."""
    for first in _FIRST.finditer(stated):
        other = re.search(f"第[二三四五六七八九十\\d]+{first['of']}", source)
        if other and not re.search(f"首{first['of']}|第[一1]{first['of']}", source):
            return "rank", first[0] + first["of"]
    for later in _LATER.finditer(stated):
        if later[0] not in source and re.search(f"首{later['of']}", source):
            return "rank", later[0]
    match = _AGAIN.search(stated)
    return ("rank", match[0]) if match and not _AGAIN_LIKE.search(source) else None
