"""Persons, places and dates found in a sentence for a question to choose from."""

from __future__ import annotations

import pytest

from assistant.reading.agents import asks_doer
from assistant.reading.language import Language
from assistant.reading.question import understand


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("考取湘水大学的涂晓敞在台上发言", ["涂晓敞"]),  # no title beside it
        ("副书记、厅长阿勒泰·买买提8日如是说道", ["阿勒泰·买买提"]),
        ("今年考上南岭工业大学的于文强同学在现场发言", ["于文强"]),  # a surname that is a preposition as well
        ("县委副书记、县长赵源华表示,企业要融入当地", ["赵源华"]),  # 华表 is a word
        ("为志愿者向党组织靠拢提供帮助", []),
        ("“姐妹共建·幸福家园”活动启动", []),
        ("林草部门和卫健委、万人大会", []),
        ("副厅长邢孔政介绍,刘洋摄", ["邢孔政"]),  # no 刘洋摄
    ],
)
def test_persons(language: Language, text: str, names: list[str]):
    assert [name for _, _, name in language.likely_people(text)] == names


@pytest.mark.parametrize(
    ("text", "thing", "names"),
    [
        ("绵阳市安县千佛镇老望沟村受灾", "村", ["老望沟村"]),
        ("绵阳市安县千佛镇老望沟村受灾", "", ["绵阳市安县千佛镇老望沟村"]),
        ("在丰沙铁路沿河城站停靠的列车内休息", "车站", ["沿河城站"]),
        ("双流区黄龙溪镇响水村狮子山小区", "小区", ["狮子山小区"]),
        ("老旧小区改造", "小区", []),
        ("走遍农村、乡镇和村社区", "村", []),
        ("雨量最大为宜宾市南溪区118毫米", "区", ["南溪区"]),
        ("该市地处贵州省西北部,人口众多", "方位", ["贵州省西北部"]),
    ],
)
def test_places_of_the_sort_asked_for(language: Language, text: str, thing: str, names: list[str]):
    found = [name for _, _, name in language.localities(text, thing)]
    assert [n for n in found if thing or n.startswith("绵阳")] == names


@pytest.mark.parametrize(
    ("question", "doer"),
    [
        ("给儿童基金会捐款的是谁", True),
        ("朝阳助学是谁在办", True),
        ("区长是谁", False),
        ("拿一等奖的选手是谁", False),
        ("天天往企业跑的是什么人", False),
    ],
)
def test_who_asks_for_a_body_as_well(question: str, doer: bool):
    assert asks_doer(understand(question)) is doer
