from __future__ import annotations

import pytest

from assistant.across.derived import plan_derived
from assistant.across.frames import plan_question
from assistant.across.mentioning import mentioned_terms
from retrieval import find_places

NEAR = ("湖南省", "衡阳市", "蒸湘区", "湖北省", "襄阳市", "四川省", "泸州市")


def plan(question: str):
    return plan_question(question, lambda text: find_places(text, near=NEAR))


@pytest.mark.parametrize(
    ("question", "operation", "operands"),
    [
        ("衡阳和襄阳谁的志愿者占比高?", "compare", ["衡阳志愿者占比是多少", "襄阳志愿者占比是多少"]),
        (
            "衡阳的食堂和襄阳的网格员,哪个数量多?",
            "compare",
            ["衡阳的食堂数量有多少", "襄阳的网格员数量有多少"],
        ),
        ("衡阳志愿者占比比襄阳高几个百分点?", "difference", ["衡阳志愿者占比是多少", "襄阳志愿者占比是多少"]),
        ("衡阳、襄阳加上泸州,驿站合计多少个?", "sum", ["衡阳驿站多少个", "襄阳驿站多少个", "泸州驿站多少个"]),
        ("衡阳的驿站是襄阳的几倍?", "times", ["衡阳的驿站有多少", "襄阳的驿站有多少"]),
        ("衡阳、襄阳分别有多少志愿者?", "each", ["衡阳有多少志愿者", "襄阳有多少志愿者"]),
        ("襄阳2023年和2024年经费差多少?", "difference", ["2023年襄阳经费有多少", "2024年襄阳经费有多少"]),
        (
            "论每万人配的网格员,衡阳和襄阳哪边更充足?",
            "compare",
            ["衡阳每万人配的网格员有多少", "襄阳每万人配的网格员有多少"],
        ),
        ("衡阳的驿站有襄阳的食堂多吗?", "compare", ["衡阳的驿站有多少", "襄阳的食堂有多少"]),
        (
            "2023年、2024年衡阳报考人数,以及襄阳持证人数,分别是多少?",
            "each",
            ["2023年衡阳报考人数是多少", "2024年衡阳报考人数是多少", "襄阳持证人数是多少"],
        ),
        ("衡阳的驿站多,还是襄阳的食堂多?", "compare", ["衡阳的驿站有多少", "襄阳的食堂有多少"]),
        (
            "衡阳、襄阳两市比一比,哪边涨工资的人多?",
            "compare",
            ["衡阳涨工资的人有多少", "襄阳涨工资的人有多少"],
        ),
        ("衡阳新增队伍比网格员多几支?", "difference", ["衡阳新增队伍几支", "衡阳网格员几支"]),
    ],
)
def test_items_become_questions_of_their_own(question, operation, operands):
    found = plan(question)
    assert found is not None
    assert (found.operation, [o.question for o in found.operands]) == (operation, operands)


@pytest.mark.parametrize(
    ("question", "operation", "stem"),
    [
        ("各地建了多少驿站?", "all", "建了多少驿站"),
        ("哪个市的志愿者最多?", "most", "志愿者有多少"),
        ("快递员保障各地怎么做?", "all", "快递员保障怎么做"),
        ("哪几个市报了社工的总人数,各多少?", "all", "社工有多少人"),
        ("各地建了多少驿站一类的站点?", "all", "建了多少驿站"),
        ("哪些地方用积分激励居民?", "all", "用积分激励居民"),
    ],
)
def test_questions_over_all_places(question, operation, stem):
    found = plan(question)
    assert found is not None
    assert (found.operation, found.stem) == (operation, stem)


@pytest.mark.parametrize(
    "question",
    [
        "衡阳有多少注册志愿者?",
        "衡阳报考人数2024年比2023年增长了百分之多少?",
        "衡阳大概有多少骑手驿站?",
        "衡阳的志愿者占常住人口多少?",
        "骑手友好社区建设办法是什么时候印发的?",
        "衡阳每个社区有几名网格员?",
    ],
)
def test_a_question_for_one_figure_is_left_alone(question):
    assert plan(question) is None


def test_the_articles_meant_are_no_part_of_what_is_asked():
    found = plan("几篇文章里,哪些市给出了全市志愿者总人数,各是多少?")
    assert found is not None
    assert (found.operation, found.stem) == ("all", "全市志愿者有多少人")


def test_who_was_first_asks_for_dates():
    found = plan("衡阳快递行业党委和襄阳快递行业党委哪个先成立?")
    assert found is not None
    assert (found.measure, found.lower) == ("date", True)
    assert found.operands[0].question == "衡阳快递行业党委什么时候成立"


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("泸州平均每个社区配了几名网格员", "average"),
        ("衡阳排查的纠纷还有多少件没解决", "remainder"),
        ("泸州社区工作者的持证比例是多少", "part"),
        ("衡阳社工的编制还空着多少名", "remainder"),
    ],
)
def test_what_follows_from_two_figures(question, operation):
    found = plan_derived(question)
    assert found is not None
    assert found.operation == operation


def test_a_rate_by_ten_thousand_is_stated_not_reckoned():
    assert plan_derived("衡阳平均一万名居民能摊上几个网格员") is None


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("哪些文章提到枫桥经验?", ("枫桥经验",)),
        ("“两企三新”在哪些文章里出现过?", ("两企三新",)),
        ("哪几个地方提“轻车”“壮马”?", ("轻车", "壮马")),
        ("党建指导员在哪几篇文章里谈到", ("党建指导员",)),
        ("这是哪份文件提出来的?", ()),
        ("衡阳有哪些驿站?", ()),
    ],
)
def test_what_is_to_be_mentioned(question, terms):
    assert mentioned_terms(question) == terms


def test_several_quantities_are_asked_of_every_place():
    found = plan("哪几个地方写了志愿者总人数和占人口的比例?各是多少?")
    assert found is not None
    assert (found.stem, *found.more) == ("志愿者有多少人", "志愿者占人口的比例是多少")


def test_an_average_to_each():
    found = plan_derived("衡阳撤掉的牌子,平均到每个乡镇是几个")
    assert found is not None
    assert (found.operation, [o.question for o in found.operands]) == (
        "average",
        ["衡阳撤掉的牌子有几个", "衡阳有多少乡镇"],
    )


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("“骑手” 提到的文章", "骑手"),
        ("那些文章提倒了信访?", "信访"),
        ("都有哪些文章说起过形式主义这个毛病?", "形式主义"),
        ("提到信访的文章有哪些", "信访"),
    ],
)
def test_mentions_are_asked_in_many_ways(question, term):
    assert mentioned_terms(question) == (term,)
