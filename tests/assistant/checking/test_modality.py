from __future__ import annotations

import pytest

from assistant.checking.modality import moods, planned_at


@pytest.mark.parametrize(
    "text",
    [
        "计划投入35万元",
        "将新建驿站3座",
        "拟建驿站3座",
        "力争覆盖3个街道",
        "预计增长5%",
        "还将培训3人",
        "规划建设3座",
    ],
)
def test_plans(text):
    assert planned_at(text, len(text) - 1)


@pytest.mark.parametrize(
    "text",
    [
        "投入35万元",
        "将驿站纳入清单3项",
        "三年行动计划完成3项",
        "实施“双百计划”3年",
        "《驿站建设计划》共3章",
        "将任务分解为3项",
    ],
)
def test_what_only_looks_like_a_plan(text):
    assert not planned_at(text, len(text) - 1)


def test_a_plan_carries_to_later_clauses_until_something_is_told_as_done():
    text = "计划投入35万元,新建驿站12座,目前已建成3座"
    assert [planned_at(text, text.index(n)) for n in ("35", "12", "3座")] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("居民应当登记", {"must"}),
        ("居民可以登记", {"may"}),
        ("不得收费", {"must"}),
        ("可能有3处", {"perhaps"}),
        ("反应迅速", set()),
    ],
)
def test_moods(text, mood):
    assert moods(text) == mood
