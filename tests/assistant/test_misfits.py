"""What nobody should be told in place of an answer, asked of a small library."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.figures import extract_figures
from assistant.reading.misfits import is_given, restricts
from assistant.reading.question import understand

ARTICLE = """---
title: 岳阳市志愿服务工作
region: 湖南省岳阳市
published: 2025-03-01
---
岳阳市新墙镇巡回义诊在广场举行,80多名志愿者为大家服务。

全市272个住宅小区建起了议事会。今年收到的意见建议共323条。

岳阳市浙江商会捐款累计1200万元。城市社区的社区工作者共1690人。

在“百千万工程”的带动下,岳阳市湘菜协会走访了会员。
"""


@pytest.fixture(scope="module")
def yueyang(tmp_path_factory):
    folder = tmp_path_factory.mktemp("misfits")
    (folder / "articles").mkdir()
    (folder / "articles" / "yueyang.md").write_text(ARTICLE, encoding="utf-8")
    with Assistant.open(folder / "data") as assistant:
        assert {r.result for r in assistant.library.ingest([folder / "articles"])} == {"added"}
        yield assistant


@pytest.mark.parametrize(
    "question",
    [
        "新墙镇巡回义诊服务了多少名群众?",
        "岳阳市272个住宅小区里,成立业委会的有几个?",
        "岳阳市收到的三百多条意见建议,采纳了多少条?",
        "岳阳市浙江商会2024年一年捐了多少钱?",
        "岳阳市城市和农村的社区工作者一共多少人?",
        "岳阳市的社区工作者里女的有多少?",
    ],
)
def test_what_is_near_is_no_answer(yueyang, question):
    assert yueyang.ask(question).status == "abstained"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("新墙镇巡回义诊来了多少名志愿者?", "80多名"),
        ("岳阳市多少个住宅小区建了议事会?", "272个"),
        ("岳阳市收到多少条意见建议?", "323条"),
        ("岳阳市浙江商会捐款累计多少?", "1200万元"),
        ("岳阳市城市社区的社区工作者一共多少人?", "1690人"),
    ],
)
def test_what_is_asked_is_answered(yueyang, question, short):
    assert yueyang.ask(question).short_answer == short


@pytest.mark.parametrize(
    ("question", "figure", "given"),
    [
        ("三百多条里采纳了多少条?", "323条", True),
        ("三百多条里采纳了多少条?", "423条", False),
        ("300条里采纳了多少条?", "323条", False),
        ("272个小区里有几个?", "272个", True),
        ("272个小区里有几户?", "272户", False),
    ],
)
def test_an_amount_of_the_question_is_known(question, figure, given):
    assert is_given(understand(question), extract_figures(figure)[0]) is given


def test_a_word_restricts_with_its_particle_too():
    assert restricts("女的")
    assert not restricts("社区的")


def test_a_programme_is_no_amount():
    assert not [f for f in extract_figures("助力“百千万工程”") if f.is_quantity]


@pytest.mark.parametrize("text", ["位于新村中街23号院", "8号楼", "3号门"])
def test_a_house_number_is_no_amount(text):
    assert not [f for f in extract_figures(text) if f.is_quantity]


@pytest.mark.parametrize("text", ["签约62个项目", "预约300人", "附近300户"])
def test_a_word_that_ends_like_a_qualifier_is_none(text):
    assert [f.qualifier for f in extract_figures(text)] == [""]
