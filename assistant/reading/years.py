"""The year of a date that names none, from the article's own date and what the sentence says of it."""

from __future__ import annotations

import re

FROM_NOW = {
    "今年": 0,
    "今年以来": 0,
    "本年度": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "明年": 1,
}
NOW = frozenset({"截至目前", "截止目前", "目前", "当前", "现在", "如今"})
# A year spoken of, not one that is only aimed at: 到2025年, 2024年秋季将.
_NAMED = re.compile(
    r"(?<![\d.到至—–~较比与同-])((?:19|20)\d{2})年(?![底末]?[之以]?前)(?![^,，。；;]{0,12}(?:将|力争|拟|预计|计划|目标))"
)
_COMING = re.compile("将|拟|计划|预计|力争|争取|确保|有望|即将|定于|要|须|应当|明年")
_DEADLINE = re.compile("[年月日底末]前")
_DONE = re.compile("截至|截止|已经|已|了|累计|先后|以来|同比|增长|下降")
_MAY_BE_DONE = re.compile("完成|建成|实现|达|共")


def year_of_undated(text: str) -> str:
    """Returns the year that an article without a date most likely is of, "" where it leaves that open.

    It is the last year that the article names, unless a sentence sets it against 今年 as another one.

    >>> year_of_undated("2023年列入民生实事。今年新建9所。"), year_of_undated("2022年建了3所，今年建了9所。")
    ('2023', '')
    """
    years = _NAMED.findall(text)
    if not years:
        return ""
    last = max(years)
    opens = re.compile(rf"(?:^|[,，；;：:]|截至|于)\s*{last}年")
    beside = any(opens.search(s) and re.search("今年|本年度", s) for s in re.split("[。！？\n]", text))
    return "" if beside else last


def supplied(
    value: str, published: str, *, relative: str = "", earlier: str = "", text: str = "", start: int = 0
) -> str:
    """Returns the year of a date without one, "" where the text leaves it open.

    Args:
        value: The date's end, `--MM[-DD]`.
        published: The article's date, `YYYY[-MM[-DD]]` or "".
        relative: 今年, 去年 and the like standing before it, "" if none.
        earlier: A time with a year named before it in the sentence, "" if none.
        text: The sentence.
        start: The date's offset in it.

    >>> supplied("--11", "2025-03-09", text="截至11月，全市有志愿者3万名", start=2)
    '2024'
    >>> supplied("--02", "2025-03-09", text="2月，全市新增3名")
    '2025'
    >>> supplied("--09", "2025-03-09", text="9月将建成3个")
    '2025'
    """
    if relative in FROM_NOW:
        return f"{int(published[:4]) + FROM_NOW[relative]:04}" if published else ""
    if earlier:
        return _after(value, earlier) if not relative else earlier[:4]
    if not published:
        return ""
    if len(published) < 7:  # an article of 2025 may speak of any November
        return ""
    if published[:4] + value[1:] <= published:
        return published[:4]
    clause = _clause(text, start)
    if _COMING.search(clause):
        return "" if _DONE.search(clause) else published[:4]
    done = _DONE.search(clause) or (_MAY_BE_DONE.search(clause) and not _DEADLINE.search(clause))
    return f"{int(published[:4]) - 1:04}" if done else ""


def _after(value: str, earlier: str) -> str:
    """Returns the year named before, "" if the date would then lie before that time: 2023年9月…，3月…."""
    return earlier[:4] if earlier[:4] + value[1:] >= earlier else ""


def _clause(text: str, start: int) -> str:
    """Returns the clause of a date, and the next one where the date stands alone (`截至11月，`)."""
    begin = max((m.end() for m in re.finditer("[,，;；。]", text[:start])), default=0)
    rest = re.split("[;；。]", text[begin:])[0]
    clauses = re.split("[,，]", rest)
    return "，".join(clauses[: 2 if len(clauses[0]) <= start - begin + 8 else 1])
