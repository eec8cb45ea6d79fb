from __future__ import annotations

import pytest

from assistant.checking.polarity import direction, negations


@pytest.mark.parametrize(
    "text",
    ["不断提升", "不仅如此", "未来三年", "无人机巡查", "非公企业", "两新组织", "不足100个", "不到三成", "不低于10%", "不超过5人", "无锡市",
     "分别有3个", "免费开放", "是否建成", "建成驿站30个", ""],
)  # fmt: skip
def test_words_that_deny_nothing(text):
    assert negations(text) == 0


@pytest.mark.parametrize(
    "text", ["尚未建成", "没有建成", "未建成", "不收取费用", "严禁摊派", "停止运营", "无物可用", "拒绝入户"]
)
def test_one_denial(text):
    assert negations(text) == 1


@pytest.mark.parametrize("text", ["不是没有", "并非没有", "不得不没有"])
def test_denials_are_counted(text):
    assert negations(text) >= 2


@pytest.mark.parametrize("verb", ["建成", "收取", "覆盖", "公布"])
@pytest.mark.parametrize("word", ["未", "没有", "尚未", "不再"])
def test_a_denial_put_in_is_noticed(verb, word):
    assert negations(f"驿站已{word}{verb}") % 2 != negations(f"驿站已{verb}") % 2


@pytest.mark.parametrize(
    ("text", "ways"),
    [("增长5%", {"up"}), ("升至98%", {"up"}), ("下降5%", {"down"}), ("压减三成", {"down"}), ("数量增加、负担减少", {"up", "down"}),
     ("共有5个", set())],
)  # fmt: skip
def test_direction(text, ways):
    assert direction(text) == ways
