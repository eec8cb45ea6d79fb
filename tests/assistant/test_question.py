from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reading.bonuses import date_role
from assistant.reading.question import FIGURE_KINDS, question_kind, understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("衡阳有多少注册志愿者?", "count"), ("有几家企业建了党组织", "count"), ("衡阳志愿者数量", "count"),
        ("志愿者占比多少?", "share"), ("衡阳 志愿者 占比", "share"), ("比去年增长多少?", "change"),
        ("村民干一天能挣几个钱", "money"), ("获奖项目拿了多少扶持钱", "money"), ("补贴有多少个亿", "money"),
        ("三年毛入园率现在是多少", "share"), ("菜地面积多大", "count"), ("一共撤掉了多少个牌子", "count"),
        ("支持各地新建了多少所学校", "count"), ("要提高多少方面的能力", "count"), ("志愿者是什么规模", "count"),
        ("每万人有多少社工?", "ratio"), ("投入多少资金?", "money"), ("多久开一次会?", "duration"),
        ("什么时候成立?", "date"), ("谁是会长?", "person"), ("印发了什么文件?", "document"),
        ("哪个部门负责?", "organisation"), ("在哪里挂牌?", "place"), ("第几名?", "rank"),
        ("怎么减负?", "measure"), ("为什么要建驿站?", "purpose"), ("什么是邻里帮?", "definition"),
        ("是否建成公寓?", "yesno"), ("衡阳和襄阳谁的志愿者更多?", "comparison"),
        ("驿站于何年建成?", "date"), ("头一批驿站建在公元几年", "date"), ("奖牌是由哪一个人设计的?", "person"),
        ("20几所学校的学生在哪里集合?", "place"), ("会长是在哪里长大的?", "place"),
        ("联席会和议事会的召集人是谁?", "person"), ("哪一年停办,大门上了锁?", "date"),
        ("衡阳和襄阳谁先建成?", "comparison"), ("哪个市志愿者多?", "comparison"),
        ("哪些文章提到骑手?", "mentions"), ("总结一下衡阳的做法", "summary"), ("你好", "smalltalk"), ("谢谢", "smalltalk"),
    ],
)  # fmt: skip
def test_kind(text, kind):
    question = understand(text)
    assert question.kind == kind
    assert question.wants_figure == (kind in FIGURE_KINDS)


@pytest.mark.parametrize("text", ["你好,衡阳有多少志愿者?", "谢谢邻里帮的做法是什么?"])
def test_a_greeting_with_a_question_is_no_small_talk(text):
    assert question_kind(text)[0] != "smalltalk"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("那几个检查站抓到多少名逃犯", "名"),
        ("广场 摊位数", ""),
        ("岗位数", ""),
        ("签约了多少亿元以上项目", ""),
        ("有多少家境困难的老人", ""),
        ("栋数", "栋"),
    ],
)
def test_measure_word_asked_with(text, unit):
    assert understand(text).unit == unit


class TestAsked:
    def test_thing_after_how_many(self):
        question = understand("衡阳有多少家企业?")
        assert (question.unit, question.asked, question.after) == ("家", "企业", True)

    def test_thing_before_how_many(self):
        question = understand("衡阳的骑手驿站有多少个?")
        assert (question.unit, question.asked, question.after) == ("个", "骑手驿站", False)

    def test_the_unit_makes_the_kind_certain(self):
        assert understand("培训了几天?").kind == "duration"
        assert understand("花了多少万元?").kind == "money"

    def test_names_in_quotation_marks(self):
        assert understand("“邻里帮”和《友好办法》是什么?").quoted == ("邻里帮", "友好办法")

    def test_keywords_are_terse(self):
        assert understand("衡阳 骑手驿站 邻里帮").terse
        assert not understand("衡阳有多少志愿者?").terse


@settings(max_examples=60, deadline=None)
@given(st.text("衡阳有多少志愿者?？几家什么时候“”《》占比a1,。 \n谁在哪", max_size=30))
def test_any_text_is_understood_and_kept(text):
    question = understand(text)
    assert question.text == text


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("志愿者在居民里占多大分量?", "share", ""), ("民间投资缩水了多少?", "change", ""), ("保险费率按多少执行?", "share", ""),
        ("签约了多少亿元以上项目?", "count", None), ("是不是跌得厉害,跌了多少?", "change", ""), ("有多少个行业实现增长?", "count", "个"),
        ("组织过几回推介会?", "count", "次"), ("是不是首批试点?", "yesno", ""), ("比去年增加多少个?", "change", "个"),
    ],
)  # fmt: skip
def test_ways_of_asking_for_figures(text, kind, unit):
    question = understand(text)
    assert question.kind == kind
    assert unit is None or question.unit == unit


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("降低费率的政策延续到什么时候?", "date"), ("收入增长持续了多久?", "duration"), ("为什么减少?", "purpose"),
        ("哪年增长更多?", "comparison"), ("哪一天增加的?", "date"),
    ],
)  # fmt: skip
def test_the_question_word_tells_the_kind(text, kind):
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    ("question", "start", "expected"),
    [("政策到哪天为止?", 1, -1), ("从哪天起执行?", 1, 1), ("哪天印发?", 1, 0)],
)
def test_a_beginning_is_no_end(question, start, expected):
    text = "自2023年1月1日起执行"
    found = date_role(understand(question), text, start, start + len("2023年1月1日"))
    assert (found > 0) - (found < 0) == expected
