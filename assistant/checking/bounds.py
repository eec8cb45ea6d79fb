"""Whether two equal amounts are counted for each of the same, and bound alike: 每户500元, 最高500元."""

from __future__ import annotations

import re

from assistant.checking.cited import Cited
from assistant.checking.parsing import Parsed, Placed

_EACH = re.compile("每|均|/|各|一[个人户家名年月天]|逐")
_KIND = re.compile("每个?(人|名|位|户|家|村|月|年|周|天|日|季|亩|单|次)|([人户日月年亩村])均")
_OPEN = re.compile("各|/|一[个人户家名年月天]|逐")
_LAST_PART = re.compile(r"[^,，。;；:：、\d]*$")
_NEAR = 16  # characters before a figure in which it may say what it is counted for each of
_MOST = re.compile(r"(?:最[高多大长]|至多|上限|封顶|顶格)(?![的之])[^,，。;；:：\d]{0,8}$")
_MOST_AFTER = re.compile("封顶|为上限")
_MOST_LIKE = re.compile("最[高多大长]|至多|上限|封顶|顶格|不超|不高于|不多于|以内|以下|限额")
_LEAST = re.compile(r"(?:最[低少小短]|起步|下限)(?![的之])[^,，。;；:：\d]{0,8}$")
_LEAST_LIKE = re.compile("最[低少小短]|至少|起步|下限|不低于|不少于|以上|起")


def per_alike(stated: Placed, source: Placed, statement: Parsed, c: Cited, *, bare: bool) -> bool:
    """Returns whether two figures are counted for each of the same; an amount by itself leaves it open."""
    a, b = stated.figure, source.figure
    if a.per and a.per != b.per:
        return not b.per and bool(re.search("每|均|/", c.text[max(0, b.start - _NEAR) : b.end + 6]))
    start, end = statement.clause_at(a.start)
    told = statement.text[start:end]
    if bare or _OPEN.search(told):
        return True
    before = _LAST_PART.search(c.text[max(0, b.start - _NEAR) : b.start])
    theirs = _kinds(before[0]) if before else set()
    return theirs <= _kinds(told) and bool(not b.per or a.per or theirs or _EACH.search(told))


def _kinds(text: str) -> set[str]:
    """Returns what things are counted for each of: {"人", "月"} of 每月人均."""
    found = {next(filter(None, m.groups())) for m in _KIND.finditer(text)}
    return {{"名": "人", "位": "人", "天": "日"}.get(kind, kind) for kind in found}


def bounded_alike(stated: Placed, source: Placed, statement: Parsed, c: Cited) -> bool:
    """Returns whether the most or the least that the source gives is told as such."""
    start, end = statement.clause_at(stated.figure.start)
    told = statement.text[start:end]
    before, after = c.text[: source.figure.start][-_NEAR:], c.text[source.figure.end :][:4]
    if (_MOST.search(before) or _MOST_AFTER.match(after)) and not _MOST_LIKE.search(told):
        return False
    return not _LEAST.search(before) or bool(_LEAST_LIKE.search(told))
