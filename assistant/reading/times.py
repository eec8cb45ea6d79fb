"""Which time a figure belongs to: explicit dates, and 今年, 去年, 目前 resolved from the article's own date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import Figure, extract_figures
from assistant.reading.periods import period_spans
from assistant.reading.years import FROM_NOW, NOW, supplied

_RELATIVE = re.compile(
    r"今年以来|今年|本年度|去年|上年|上一年|前年|明年|截至目前|截止目前|目前|当前|现在|如今|近日|日前|近一年来?|近年来|(?:组建|成立|开展|实施|启动)以来"
    r"|[近过]?去?[两二三四五六七八九十\d]+年来|近[两二三四五六七八九十\d]+年|同年|当年|次年|翌年|本月|上月|上个月"
)
_COMPARED = re.compile(
    r"(较|比|(?<![作成分认因称设定])为|按照?|占|相当于|(?<!参)与|跟|(?<!共)(?<!会)同|相比于?|相对于?|对比|超过|高于|低于|多于|少于)\s*$"
)
_BEFORE_DATE = re.compile(
    r"(今年以来|今年|去年|前年|明年|本年度|上年|同年|当年|次年|翌年|截至目前|目前|如今|现在)\s*[(（]?$"
)
_BRACKET_YEAR = re.compile(r"[(（](\d{4})年")  # 7月底（2023年）
_OFFSET = {"同年": 0, "当年": 0, "次年": 1, "翌年": 1}


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time named in a sentence.

    Attributes:
        text: As written (`今年3月5日`, `截至11月`, `目前`).
        iso: `YYYY[-MM[-DD]]`, two of them joined by `/` for a stretch of time, or "" where the article leaves
            the year open.
        inferred: True if the year was supplied from the article's date or from a year named before.
        compared: True for the base of a comparison (`较2023年增长`), which dates no figure of its own.
        now: True for 目前 and its like.
    """

    start: int
    end: int
    text: str
    iso: str
    inferred: bool
    compared: bool
    now: bool = False


def time_mentions(
    text: str, published: str = "", figures: Sequence[Figure] | None = None
) -> list[TimeMention]:
    """Returns the times named in a sentence, in order; `published` is the article's date or "".

    A month without a year is that of a year named before it in the sentence, else the article's; what is told as
    done is never placed after the article's date.
    """
    found: list[TimeMention] = []
    figures = extract_figures(text) if figures is None else figures
    for date in (f for f in figures if f.kind in {"date", "period"}):
        if found and date.start < found[-1].end:
            continue  # 11月（2025年）: one time, not two
        before = _BEFORE_DATE.search(text[: date.start])
        start = before.start() if before else date.start
        while found and found[-1].end > start:
            found.pop()
        behind = _BRACKET_YEAR.match(text, date.end) if date.value.startswith("--") else None
        iso, inferred = _resolved(text, date, before[1] if before else "", published, found)
        if behind:
            iso, inferred = "/".join(behind[1] + e[1:] for e in (date.value, date.high) if e), False
        end = behind.end() if behind else date.end
        compared = bool(_COMPARED.search(text[:start]))
        found.append(TimeMention(start, end, text[start:end], iso, inferred, compared))
    taken = [(m.start, m.end) for m in found]
    for match in _RELATIVE.finditer(text):
        if not any(a <= match.start() < b for a, b in taken):
            found.append(_relative(match, text, published, found))
    return _with_periods(text, published, sorted(found, key=lambda m: m.start))


def _with_periods(text: str, published: str, found: list[TimeMention]) -> list[TimeMention]:
    """Returns the times with parts of a year among them: «去年全年…,一季度…» is not last year's to the end.

    A part of a year right beside a year is one time with it; one that stands alone is of the year that the
    article's own date makes likely, unless the sentence has named a year before it.
    """
    for start, end, months in period_spans(text):
        if any(m.start <= start < m.end for m in found):
            continue
        before = next((m for m in found if m.end <= start and not text[m.end : start].strip("的 ")), None)
        after = next((m for m in found if m.start > end and text[end : m.start] in {"（", "("}), None)
        if beside := before or after:
            low, high = min(beside.start, start), max(beside.end, end)
            joined = TimeMention(
                low, high, text[low:high], beside.iso, beside.inferred, beside.compared, beside.now
            )
            found = [joined if m is beside else m for m in found]
            continue
        named = [m for m in found if m.iso and not m.compared and m.end <= start and not _bare_day(m)]
        same = next((m.iso[:4] for m in reversed(named) if text[start:end] in m.text), "")
        iso = same if named else _year_of_period(months, published)
        compared = bool(_COMPARED.search(text[:start]))
        found = [*found, TimeMention(start, end, text[start:end], iso, bool(iso), compared)]
    return sorted(found, key=lambda m: m.start)


def _bare_day(mention: TimeMention) -> bool:
    """Returns whether a time is a day or month whose year the article's date gave: 7月26日, as in a dateline."""
    return mention.inferred and len(mention.iso) >= 7 and mention.text[0].isdigit()


def _year_of_period(months: str, published: str) -> str:
    """Returns the year of a part of a year in an article of a date: the last that was over by then."""
    if not published:
        return ""
    last = int(months.rpartition("-")[2])
    over = len(published) < 7 or last <= int(published[5:7])
    return published[:4] if over else f"{int(published[:4]) - 1:04}"


def _resolved(
    text: str, date: Figure, relative: str, published: str, found: Sequence[TimeMention]
) -> tuple[str, bool]:
    """Returns the ISO date of a date or a stretch of time, and whether its year was supplied."""
    if not date.value or (date.kind == "period" and not date.high):
        return "", False
    ends = [e for e in (date.value, date.high) if e]
    if not ends[-1].startswith("--") and not ends[0].startswith("--"):
        return "/".join(ends), False
    earlier = _year_before(date.start, relative, found)
    year = supplied(ends[-1], published, relative=relative, earlier=earlier, text=text, start=date.start)
    if not year and earlier and not relative and all(_bare_day(m) for m in found if m.iso):
        # «7月26日电 上半年…»: a day whose year came from the article's date holds no other time to that day
        year = supplied(ends[-1], published, text=text, start=date.start)
    if not year or ends[0].startswith("---"):
        return "", False
    return "/".join(year + e[1:] if e.startswith("--") else e for e in ends), True


def _year_before(position: int, relative: str, found: Sequence[TimeMention]) -> str:
    """Returns the time last named before a position in the sentence, moved on a year by 次年; "" if none."""
    known = [m for m in found if m.end <= position and m.iso and not m.compared and not m.now]
    if not known:
        return ""
    iso = known[-1].iso.rpartition("/")[2]
    return f"{int(iso[:4]) + _OFFSET[relative]:04}" if relative in _OFFSET else iso


def _relative(match: re.Match[str], text: str, published: str, found: Sequence[TimeMention]) -> TimeMention:
    word, iso = match[0], ""
    if published and word in FROM_NOW:
        iso = f"{int(published[:4]) + FROM_NOW[word]:04}"
    elif published and word in NOW:
        iso = published
    elif word in _OFFSET:
        iso = _year_before(match.start(), word, found)[:4]
    elif word in {"本月", "上月", "上个月"} and len(published) >= 7:
        iso = _month_from(published, 0 if word == "本月" else -1)
    compared = bool(_COMPARED.search(text[: match.start()]))
    return TimeMention(match.start(), match.end(), word, iso, bool(iso), compared, word in NOW)


def _month_from(published: str, shift: int) -> str:
    months = int(published[:4]) * 12 + int(published[5:7]) - 1 + shift
    return f"{months // 12:04}-{months % 12 + 1:02}"


def time_behind(mentions: Sequence[TimeMention], start: int, end: int) -> TimeMention | None:
    """Returns the first time named between two offsets: «其余14所2024年秋季交付» says when behind the figure."""
    return next((m for m in mentions if start <= m.start < end and not m.compared and not m.now), None)


def governing_time(mentions: Sequence[TimeMention], position: int) -> TimeMention | None:
    """Returns the time that governs a figure at `position`: the nearest named before it that is no base of comparison."""
    before = [m for m in mentions if m.end <= position and not m.compared]
    return before[-1] if before else None


def same_time(asked: str, iso: str) -> bool:
    """Returns whether a time falls within an asked one: 2024-12 within 2024, and 2024 with 2024-12."""
    if "/" in iso:
        low, high = iso.split("/")
        return low[:4] <= asked[:4] <= high[:4] and (len(asked) < 7 or low <= asked <= high + "~")
    return bool(iso) and (iso.startswith(asked) or asked.startswith(iso))
