from __future__ import annotations

import pytest

from assistant.checking.changes import Change, change_of, same_change
from assistant.figures import extract_figures


def of(text: str, which: int = 0) -> Change:
    figure = extract_figures(text)[which]
    return change_of(text, figure.start, figure.end)


@pytest.mark.parametrize(
    ("text", "role", "way"),
    [
        ("信访量下降到5件", "to", "down"), ("信访量下降5件", "by", "down"), ("信访量降至5件", "to", "down"),
        ("同比增长8.8%", "by", "up"), ("增幅为8.8%", "by", "up"), ("较上年多5家", "by", "up"), ("新增社会组织120家", "by", "up"),
        ("有社会组织120家", "", ""), ("至少5家", "", ""), ("最高500元", "", ""), ("原为65%", "from", ""),
    ],
)  # fmt: skip
def test_what_a_figure_is_to_a_change(text, role, way):
    assert of(text) == Change(role, way)


def test_both_ends_of_a_change():
    assert of("志愿者由30个增至50个", 0) == Change("from", "up")
    assert of("志愿者由30个增至50个", 1) == Change("to", "up")


def test_a_level_reached_may_be_told_as_a_level_but_not_the_other_way_about():
    assert same_change(Change(), Change("to", "up"))
    assert not same_change(Change("to", "up"), Change())
    assert not same_change(Change(), Change("by", "up"))
    assert not same_change(Change("by", "up"), Change("by", "down"))
