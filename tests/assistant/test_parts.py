from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.reading.language import Language
from assistant.reading.parts import split_question
from retrieval import Library


@pytest.fixture(scope="module")
def split(language: Language):
    return lambda text: split_question(text, language.places)


@pytest.mark.parametrize(
    "text",
    [
        "衡阳有多少注册志愿者?",
        "衡阳怎么减负?",
        "共享单车和平台企业有多少家?",
        "今年,衡阳新增多少队伍?",
        "大赛那几天衡阳有多少志愿者帮忙?",
        "为了弄清居民想要什么,衡阳收回多少份问卷?",
    ],
)
def test_one_question_is_one(split, text):
    (part,) = split(text)
    assert part.strip("?") == text.strip("?")


def test_a_later_part_takes_the_subject_of_the_first(split):
    first, second = split("衡阳有多少骑手驿站,占比多少?")
    assert first.startswith("衡阳")
    assert second.startswith("衡阳")
    assert ("骑手驿站" in first, "占比" in second) == (True, True)


def test_a_part_with_a_place_of_its_own_keeps_it(split):
    _, second = split("衡阳有多少注册志愿者,襄阳有多少注册志愿者?")
    assert "衡阳" not in second
    assert "襄阳" in second


def test_items_of_an_enumeration_are_asked_for_one_by_one(split):
    parts = split("衡阳的骑手驿站和社区食堂分别有多少?")
    assert len(parts) == 2
    assert ["骑手驿站" in p for p in parts] == [True, False]
    assert ["社区食堂" in p for p in parts] == [False, True]
    assert all("衡阳" in p and "多少" in p for p in parts)


def test_what_a_person_says_of_themselves_is_no_part(split):
    (part,) = split("我在写材料,想核实一下,衡阳有多少注册志愿者?")
    assert part.strip("?") == "衡阳有多少注册志愿者"


@settings(max_examples=60, deadline=None)
@given(text=st.text("衡阳有多少志愿者,，?？和、分别各占比什么驿站2年", min_size=1, max_size=24))
def test_any_text_has_a_part(split, text):
    assert split(text)
    assert all(isinstance(part, str) for part in split(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("衡阳部署了几类多少项任务?", ["衡阳部署了几类任务", "衡阳部署了多少项任务"]),
        ("衡阳投入了多少志愿者和多少车辆?", ["衡阳投入了多少志愿者", "衡阳投入了多少车辆"]),
        ("衡阳报考人数2024年、2025年的增幅各是多少", ["衡阳报考人数2024年的增幅是多少", "衡阳报考人数2025年的增幅是多少"]),
        ("衡阳的志愿者人数、队伍数量", ["衡阳的志愿者人数", "衡阳队伍数量"]),
        ("衡阳助理、中级、高级社工师各有多少人?", ["衡阳助理社工师有多少人", "衡阳中级社工师有多少人", "衡阳高级社工师有多少人"]),
        ("衡阳有多少驿站,领导等着要这个数", ["衡阳有多少驿站"]),
        ("领导让我报一个数:衡阳建成的骑手驿站,一共有多少个", ["衡阳建成的骑手驿站,一共有多少个"]),
        ("我们在做课题,想知道衡阳靠议事会办成的实事有多少件", ["想知道衡阳靠议事会办成的实事有多少件"]),
        ("衡阳驿站有多少个?就是骑手驿站、司机驿站那些", ["衡阳驿站有多少个"]),
        ("衡阳驿站到11月为止多少人次、不对,多少件来访登记了?", ["衡阳驿站到11月为止多少件来访登记了?"]),
        ("衡阳的任务分成了几类、一共多少项?", ["衡阳的任务分成了几类", "衡阳的任务一共多少项"]),
        ("衡阳证明平均砍掉了几成?百分比是多少", ["衡阳证明平均砍掉了几成"]),
        ("民办机构,市民政局登记的和县(市、区)登记的分别有多少", ["民办机构,市民政局登记有多少", "民办机构,县(市、区)登记有多少"]),
        ("衡阳各村、社区清理的事项有多少项", ["衡阳各村、社区清理的事项有多少项"]),
        ("衡阳减负,台账、牌子、证明平均各减了多少", ["衡阳减负,台账平均减了多少", "衡阳减负,牌子平均减了多少", "衡阳减负,证明平均减了多少"]),
        ("衡阳调解率是从多少升到多少的", ["衡阳调解率原来是多少", "衡阳调解率升到多少"]),
        ("衡阳阵地里头外头各自最多能挂几块牌子", ["衡阳阵地里头最多能挂几块牌子", "衡阳阵地外头最多能挂几块牌子"]),
        ("排查之后,衡阳新建的组织、新增的队伍各有多少,又管起来多少党员", ["排查之后,衡阳新建的组织有多少", "排查之后,衡阳新增的队伍有多少", "排查之后,又管起来多少党员"]),
        ("衡阳给多少名老人发了补贴,总额多少?", ["衡阳给多少名老人发了补贴", "衡阳补贴总额多少"]),
        ("衡阳有多少骑手驿站,占比多少?", ["衡阳有多少骑手驿站", "衡阳骑手驿站占比多少"]),
    ],
)  # fmt: skip
def test_several_in_one_breath(split, text, parts):
    assert split(text) == parts


def test_a_later_part_is_answered_where_the_first_was(tmp_path, language):
    """«同比增幅» alone would be told of whatever grew in the same town."""
    texts = {
        "points": "衡阳市便民工作\n\n截至11月，衡阳市共有便民点240处，办理事项3200件，同比增长12%。",
        "trade": "衡阳市经济\n\n衡阳市进出口总额同比增长30%，衡阳市投资同比增长8%。",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "data") as library:
        list(library.ingest([tmp_path / f"{name}.txt" for name in texts]))
    with Assistant(Library.open(tmp_path / "data"), language) as assistant:
        answer = assistant.ask("衡阳 便民点办理事项 件数 同比增幅")
    assert answer.short_answer == "3200件、12%"
