from __future__ import annotations

import pytest

from assistant import Answer, Assistant
from assistant.focus import focus_of
from assistant.following.follow_up import changes_topic
from tests.assistant.three_cities import write_articles

OTHER = """---
title: 岳阳市调解工作
region: 湖南省岳阳市
---
岳阳市新墙镇村级共排查纠纷324件,其中解决308件。调解历时2小时,到场的志愿者有40多名。

## 其他

2025年报名人数1.2万人,同比增长12%,录取人数增长3%。

全市完成改造55处,现场踏勘60次。
"""


@pytest.fixture(scope="module")
def answering(tmp_path_factory):
    folder = tmp_path_factory.mktemp("focus")
    articles = write_articles(folder / "articles")
    articles.joinpath("yueyang.md").write_text(OTHER, encoding="utf-8")
    with Assistant.open(folder / "data") as assistant:
        assert {r.result for r in assistant.library.ingest([articles])} == {"added"}
        yield assistant


def talk(answering: Assistant, *questions: str) -> list[Answer]:
    history: list[tuple[str, Answer]] = []
    for question in questions:
        history.append((question, answering.ask(question, history)))
    return [answer for _, answer in history]


def test_a_turn_without_subject_is_answered_beside_the_last_one(answering):
    first, second = talk(answering, "岳阳市新墙镇排查了多少件纠纷?", "解决掉的有多少?")
    assert (first.short_answer, second.short_answer) == ("324件", "308件")


def test_who_came_is_told_right_after(answering):
    second = talk(answering, "岳阳市新墙镇排查了多少件纠纷?", "现场来了多少志愿者?")[1]
    assert "40多名" in second.short_answer


@pytest.mark.parametrize("question", ["持证的有多少?", "其中专职网格员有多少?"])
def test_a_leaning_turn_is_not_answered_from_another_article(answering, question):
    second = talk(answering, "岳阳市新墙镇排查了多少件纠纷?", question)[1]
    assert second.status == "abstained"


def test_the_focus_is_what_was_cited_last(answering):
    first, small = talk(answering, "岳阳市新墙镇排查了多少件纠纷?", "谢谢")
    focus = focus_of("现场?", [("问", first), ("谢谢", small)], "leans")
    assert focus is not None
    assert focus.cited == ((first.citations[0].article_id, first.citations[0].start),)
    assert focus_of("现场?", [("谢谢", small)], "leans") is None


@pytest.mark.parametrize(
    ("turn", "changes"),
    [("换个话题,襄阳有多少网格员?", True), ("另外想问襄阳的", True), ("解决了几件?", False)],
)
def test_a_turn_may_say_that_it_changes_the_topic(turn, changes):
    assert changes_topic(turn) is changes


def test_the_change_told_of_the_last_figure_comes_before_others(answering):
    second = talk(answering, "岳阳市2025年有多少人报名?", "增长多少?")[1]
    assert second.short_answer == "12%"


def test_a_turn_without_a_place_is_not_answered_from_quite_another_place(answering):
    second = talk(answering, "岳阳市新墙镇排查了多少件纠纷?", "骑手驿站有多少个?")[1]
    assert second.status == "abstained"


def test_what_the_turn_itself_says_counts_among_its_readings(answering):
    second = talk(answering, "岳阳市2025年有多少人报名?", "改造完成了多少处?")[1]
    assert second.short_answer == "55处"
