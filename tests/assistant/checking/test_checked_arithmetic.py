from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.arithmetic import verify
from assistant.figures import extract_figures


def figures(text: str):
    return extract_figures(text)


@pytest.mark.parametrize(
    ("stated", "cited", "relation"),
    [
        ("75座", "30座、45座", "sum"), ("15座", "45座和30座", "difference"), ("1.5倍", "45座和30座", "multiple"),
        ("5个百分点", "18%和13%", "points"), ("20%", "4200万元,3500万元", "growth"), ("66.7%", "30座,45座", "share"),
    ],
)  # fmt: skip
def test_follows(stated, cited, relation):
    (figure,) = figures(stated)
    derivation = verify(figure, figures(cited), relation)
    assert derivation is not None
    assert derivation.value == figure.value


@pytest.mark.parametrize(
    ("stated", "cited", "relation"),
    [
        ("76座", "30座、45座", "sum"), ("16座", "45座和30座", "difference"), ("1.6倍", "45座和30座", "multiple"),
        ("5%", "18%和13%", "points"), ("21%", "4200万元,3500万元", "growth"), ("75座", "30座、45人", "sum"),
        ("75人", "30座、45座", "sum"), ("15座", "30座", "difference"),
    ],
)  # fmt: skip
def test_does_not_follow(stated, cited, relation):
    (figure,) = figures(stated)
    assert verify(figure, figures(cited), relation) is None


@given(st.integers(11, 9999), st.integers(11, 9999), st.integers(-3, 3))
def test_a_sum_is_right_or_refused(one, other, wrong):
    (figure,) = figures(f"{one + other + wrong}座")
    found = verify(figure, figures(f"{one}座、{other}座"), "sum")
    assert (found is not None) == (wrong == 0)
