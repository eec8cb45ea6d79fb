"""Amounts that narrow what is counted."""

from __future__ import annotations

import pytest

from assistant.figures import extract_figures
from assistant.reading.thresholds import agree, bounds_of


def _one(text: str) -> float:
    asked, told = text.split("|")
    return max(
        agree(a, b)
        for a in bounds_of(asked, extract_figures(asked))
        for b in bounds_of(told, extract_figures(told))
    )


@pytest.mark.parametrize(
    "text",
    [
        "五千万都不到的|5000万元以下的9户",
        "超亿元的|1亿元以上的",
        "3000万至5000万元|3000万元到5000万元的",
        "不少于50人的|50人以上",
        "两百万以内|200万元以下",
    ],
)
def test_the_same_bounds_agree_in_any_notation(text: str) -> None:
    assert _one(text) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "超5000万元的|5000万元以下的",
        "5000万元以下的|5000万元到1亿元的",
        "不超过50人|超50人",
        "50人以上|50万元以上",
        "1亿元以上|2亿元以上",
    ],
)
def test_other_bounds_do_not(text: str) -> None:
    assert _one(text) == 0.0


def test_a_bare_amount_agrees_by_half() -> None:
    assert _one("税收3000万元的|3000万元以上的") == 0.5
