from __future__ import annotations

import pytest

from assistant.across.asking import tells


@pytest.mark.parametrize(
    "text",
    ["2023年7月,甲市补贴提高240元,比乙市多3%。", "8月8日,甲县1.1万名工人申请休假,较上年多一倍。 "],
)
def test_a_sentence_that_wishes_nothing_tells(text):
    assert tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "甲市比乙市多多少。",
        "甲市和乙市的占比对比一下。",
        "请核实甲市是否多于乙市。",
        "甲市比乙市多3%",
        "甲市和乙市哪个多?",
        "",
    ],
)
def test_what_asks_does_not(text):
    assert not tells(text)
