from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.across.arithmetic import compute, days_between, verified
from assistant.ledger.row import LedgerRow


def row(text: str, value: str, unit: str = "人", qualifier: str = "", high: str = "") -> LedgerRow:
    return LedgerRow(
        article_id="a", text=text, value=value, unit=unit, qualifier=qualifier, high=high,
        sentence=text, sentence_start=0, start=0, end=len(text),
    )  # fmt: skip


A, B = row("3718个", "3718", "个"), row("3046个", "3046", "个")
HIGH, LOW = row("18%", "18", "%"), row("13%", "13", "%")


@pytest.mark.parametrize(
    ("kind", "terms", "text", "formula"),
    [
        ("difference", [A, B], "672个", "3718个 − 3046个 = 672个"),
        ("difference", [HIGH, LOW], "5个百分点", "18% − 13% = 5个百分点"),
        ("sum", [A, B], "6764个", "3718个 + 3046个 = 6764个"),
        ("times", [row("21个", "21", "个"), row("7个", "7", "个")], "3倍", "21个 ÷ 7个 = 3倍"),
        ("times", [A, B], "约1.2倍", "3718个 ÷ 3046个 ≈ 1.2倍"),
        ("part", [row("1036人", "1036"), row("9361人", "9361")], "约11.1%", "1036人 ÷ 9361人 ≈ 11.1%"),
        (
            "sum",
            [row("113.8万元", "1138000", "元"), row("65.03万元", "650300", "元")],
            "178.83万元",
            "113.8万元 + 65.03万元 = 178.83万元",
        ),
    ],
)
def test_results_show_their_terms(kind, terms, text, formula):
    derived = compute(kind, terms)
    assert derived is not None
    assert (derived.text, derived.formula) == (text, formula)
    assert verified(derived)


def test_rough_terms_give_a_rough_result():
    derived = compute(
        "difference",
        [row("超390万余人", "3900000", qualifier="超…余"), row("约80万人", "800000", qualifier="约")],
    )
    assert derived is not None
    assert derived.text == "约310万人"


@pytest.mark.parametrize(
    ("kind", "terms"),
    [
        ("sum", [HIGH, LOW]),  # shares of different wholes
        ("difference", [HIGH, A]),
        ("difference", [row("2—3个", "2", "个", high="3"), A]),
        ("times", [A, row("0个", "0", "个")]),
    ],
)
def test_what_means_nothing_is_not_reckoned(kind, terms):
    assert compute(kind, terms) is None


def test_a_wrong_result_is_found_out():
    derived = compute("difference", [A, B])
    assert derived is not None
    assert not verified(replace(derived, value="673"))


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [("2024-01-30", "2024-05-07", 98), ("2024-02-28", "2024-03-01", 2), ("2024-05", "2024-05-07", None)],
)
def test_days(a, b, days):
    assert days_between(a, b) == days
