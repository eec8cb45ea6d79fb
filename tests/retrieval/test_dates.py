"""Dates: parsed as written, never completed by guessing."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.dates
from retrieval.dates import find_dates, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年12月31日", "2024-12-31"),
        ("２０２４年５月７日", "2024-05-07"),
        ("2024 年 5 月 7 日", "2024-05-07"),
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("二○二四年五月", "2024-05"),
        ("二零二四年", "2024"),
        ("二〇二四年五月廿七日", "2024-05-27"),
        ("2024年元月8日", "2024-01-08"),
        ("2024-12-31", "2024-12-31"),
        ("2024/5/7 10:30", "2024-05-07"),
        ("2024.05.07", "2024-05-07"),
        ("2024-05-07T08:00:00+08:00", "2024-05-07"),
        ("2024年5月7日（星期二）", "2024-05-07"),
        ("20241231", "2024-12-31"),
        ("2024-05", "2024-05"),
        ("2024年5月", "2024-05"),
        ("2024", "2024"),
    ],
)
def test_whole_and_partial_dates(text: str, expected: str) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12月31日",
        "去年",
        "2024-02-30",
        "2023年2月29日",
        "2024年13月1日",
        "2024-13",
        "1234567",
        "明天",
        "2024年5月7日挂牌",
        "5月",
    ],
)
def test_what_is_no_certain_date_is_empty(text: str) -> None:
    assert parse_date(text) == ""


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_each_way_of_writing_it(day: date) -> None:
    for form in (
        "{0.year}年{0.month}月{0.day}日",
        "{0:%Y-%m-%d}",
        "{0.year}/{0.month}/{0.day}",
        "{0:%Y%m%d}",
    ):
        assert parse_date(form.format(day)) == day.isoformat()


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else "〇一二三"[tens] + "十") + (
        "" if ones == 0 else "〇一二三四五六七八九"[ones]
    )


@given(st.integers(0, 365 * 60).map(lambda n: date(1990, 1, 1) + timedelta(n)))
def test_days_in_chinese_numerals(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    assert parse_date(f"{year}年{chinese(day.month)}月{chinese(day.day)}日") == day.isoformat()


def test_find_dates_tells_whole_partial_and_relative_ones_apart() -> None:
    text = "2024年5月7日挂牌，今年3月5日启动，截至11月共200场，去年不到100场；二〇二三年试点。"
    assert [(d.text, d.kind, d.value) for d in find_dates(text)] == [
        ("2024年5月7日", "date", "2024-05-07"),
        ("今年", "relative", ""),
        ("3月5日", "partial", "--03-05"),
        ("11月", "partial", "--11"),
        ("去年", "relative", ""),
        ("二〇二三年", "date", "2023"),
    ]
    assert all(text[d.start : d.end] == d.text for d in find_dates(text))


@pytest.mark.parametrize("text", ["3个月", "第5月台", "12024年", "90年代", "2020年代", "版本3.5.2"])
def test_what_only_looks_like_a_date_is_not_found(text: str) -> None:
    assert find_dates(text) == []


def test_doctests() -> None:
    assert doctest.testmod(retrieval.dates).failed == 0
