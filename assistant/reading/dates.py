"""Dates and times of day in a sentence that may be the answer, by how exactly the question asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reading.candidates import Parsed, Span, around, pattern_spans
from assistant.reading.question import Question
from assistant.reading.scoring import Coverage
from assistant.reading.segments import inside_quotes
from assistant.reading.terms import Term
from assistant.reading.times import TimeMention

_HOW_OFTEN = re.compile(r"每(?:日|天|周|星期|月|季度|半年|年)(?!度)|全时|常年")
_ASKS_DAY = re.compile(r"日期|哪一?[天日]|几[日号]?|几月")
_ASKS_YEAR = re.compile(r"哪个?一?年(?!级)|年份")
_ASKS_MONTH = re.compile(r"哪一?个?月|几月")
_ASKS_CLOCK = re.compile(r"几点|几时|什么时[候刻间]|何时|啥时候|时间")
_LONG = re.compile("半年|季度|年$|年度$")
_YEAR = re.compile(r"\d{4}年?|[一二〇零]{4}年|[今去前明同当次翌]年|上年")
_MONTH = re.compile(r"\d月|[一二三四五六七八九十]月|本月|上月|\d{4}[-/.]\d")
_LASTS = re.compile(r"年来$|以来$|^近")  # how long, not when
_MET = 0.3
_BETWEEN = re.compile(r"\s*(?:上午|下午|晚上?|凌晨|早上?|中午)?\s*")

_ANY_EVENT = frozenset(
    ("举行 举办 开展 开始 统计 固定 定在 登记 发布 办 搞 进行 定 截至 出门").split()
)  # say little of what happened
_EVENT_UNMET = -0.06


def is_event(term: Term) -> bool:
    """Returns whether a term names what happened."""
    return term.kind == "word" and not term.carries and term.weight >= 0.1 and term.text not in _ANY_EVENT


def event_met(coverage: Coverage) -> float:
    """Returns what speaks against a date where nothing near it tells of what happened: when what was set up?"""
    met = [credit for term, credit, _ in coverage.by_term if is_event(term)]
    return _EVENT_UNMET if met and max(met) < _MET else 0.0


def date_spans(parsed: Parsed, question: Question) -> Iterator[Span]:
    """Yields the dates of a sentence, with 今年 and its like before them and the time of day after them.

    No parts of a year where a day is asked for, no day without its year where a year is, no time of day alone
    where a day, month or year is.
    """
    text = question.text
    clocks = [f for f in parsed.figures if f.kind == "time"]
    taken: set[int] = set()
    for mention in parsed.times:
        if not _asked_for(mention, parsed, text):
            continue
        end = mention.end
        if (clock := next((c for c in clocks if c.start >= end), None)) and _BETWEEN.fullmatch(
            parsed.text[end : clock.start]
        ):
            taken.add(clock.start)
            end = clock.end if _ASKS_CLOCK.search(text) else end
        figure = next((f for f in parsed.figures if f.start >= mention.start and f.end <= mention.end), None)
        written = parsed.evidence.text[mention.start : end]
        yield Span(mention.start, end, written, "date", around(parsed, mention.start, end), figure, mention)
    if not _ASKS_CLOCK.search(text):
        return
    for clock in clocks:
        if clock.start not in taken:
            written = parsed.evidence.text[clock.start : clock.end]
            yield Span(clock.start, clock.end, written, "date", around(parsed, clock.start, clock.end), clock)


def _asked_for(mention: TimeMention, parsed: Parsed, question: str) -> bool:
    """Returns whether a time is as exact as asked for, and a date at all: “2022年…小组” is part of a name."""
    if inside_quotes(parsed.text, mention.start, ("“”",)) or mention.now or _LASTS.search(mention.text):
        return False
    if not re.search(r"[\d〇一二三四五六七八九十]", mention.text):
        return False
    if _ASKS_YEAR.search(question):
        return bool(_YEAR.match(mention.text)) or bool(mention.iso and not mention.inferred)
    if _ASKS_MONTH.search(question) and not _MONTH.search(mention.text):
        return False
    return not (
        _ASKS_DAY.search(question) and not _ASKS_CLOCK.search(question) and _LONG.search(mention.text)
    )


def frequency_spans(parsed: Parsed) -> Iterator[Span]:
    """Yields how often something happens (每月, 每周), which also answers 多久."""
    yield from pattern_spans(parsed, _HOW_OFTEN, "date")
