"""Which time a figure belongs to: explicit dates, and 今年, 去年, 目前 resolved from the article's own date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import Figure, extract_figures

_RELATIVE = re.compile(
    r"今年以来|今年|本年度|去年|上年|上一年|前年|明年|截至目前|截止目前|目前|当前|现在|如今|近日|日前|近一年来?|近年来|阶段来|组建以来"
)
_COMPARED = re.compile(r"(较|比|与|跟|同|相比于?|相对于?|对比|超过|高于|低于|多于|少于)\s*$")
_FROM_NOW = {
    "今年": 0,
    "今年以来": 0,
    "本年度": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "明年": 1,
}
_NOW = frozenset({"截至目前", "截止目前", "目前", "当前", "现在", "如今"})


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time named in a sentence.

    Attributes:
        text: As written (`今年3月5日`, `截至11月`, `目前`).
        iso: `YYYY[-MM[-DD]]`, or "" where the article leaves the year open.
        inferred: True if the year was supplied from the article's date.
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


def _resolve(value: str, published: str, relative: str) -> tuple[str, bool]:
    """Returns the ISO date of a date value, and whether its year was supplied."""
    if not value.startswith("--"):
        return value, False
    year = published[:4]
    if not year or value.startswith("---"):
        return "", False
    shifted = f"{int(year) + _FROM_NOW.get(relative, 0):04}"
    return shifted + value[1:], True


def time_mentions(
    text: str, published: str = "", figures: Sequence[Figure] | None = None
) -> list[TimeMention]:
    """Returns the times named in a sentence, in order; `published` is the article's date or ""."""
    found: list[TimeMention] = []
    dates = [
        f for f in (figures if figures is not None else extract_figures(text)) if f.kind in {"date", "period"}
    ]
    taken = []
    for date in dates:
        before = re.search(
            r"(今年以来|今年|去年|前年|明年|本年度|上年|截至目前|目前|如今|现在)\s*[(（]?$",
            text[: date.start],
        )
        before = before or re.search(r"(\d{1,2}月(?:\d{1,2}日)?)[(（]$", text[: date.start])
        start = before.start() if before else date.start
        value = date.value if date.kind == "date" else (f"{date.value}/{date.high}" if date.high else "")
        iso, inferred = (
            _resolve(value, published, before[1] if before and before[1] in _FROM_NOW else "今年")
            if value
            else ("", False)
        )
        while found and found[-1].end > start:
            found.pop()  # 11月（2025年）: one time, not two
        found.append(
            TimeMention(
                start, date.end, text[start : date.end], iso, inferred, bool(_COMPARED.search(text[:start]))
            )
        )
        taken.append((start, date.end))
    for match in _RELATIVE.finditer(text):
        if any(a <= match.start() < b for a, b in taken):
            continue
        word, iso = match[0], ""
        if published and word in _FROM_NOW:
            iso = f"{int(published[:4]) + _FROM_NOW[word]:04}"
        elif published and word in _NOW:
            iso = published
        compared = bool(_COMPARED.search(text[: match.start()]))
        found.append(TimeMention(match.start(), match.end(), word, iso, bool(iso), compared, word in _NOW))
    return sorted(found, key=lambda m: m.start)


def governing_time(mentions: Sequence[TimeMention], position: int) -> TimeMention | None:
    """Returns the time that governs a figure at `position`: the nearest named before it that is no base of comparison."""
    before = [m for m in mentions if m.end <= position and not m.compared]
    return before[-1] if before else None


def same_time(asked: str, iso: str) -> bool:
    """Returns whether a time falls within an asked one: 2024-12 within 2024, and 2024 with 2024-12."""
    if "/" in iso:
        low, high = iso.split("/")
        return low <= asked[:4] <= high
    return bool(iso) and (iso.startswith(asked) or asked.startswith(iso))
