"""Other facts asked of one invented article: names, rosters, dates, documents, reasons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Answer, Assistant
from assistant.reading.language import Language
from retrieval import Library

ARTICLE = """---
title: "望川市公益行动综述"
publisher: "望川日报"
published: "2025-06-20"
region: 湖南省
---
望川日报6月18日讯,记者从市慈善总会获悉,望川市今年继续实施“暖阳助学”项目。

2024年3月,市妇联在全市开展“邻里同行”活动,围绕洁美、健康、成长三个方面的内容,引导家庭参与。2025年1月,市妇联联合农业农村局推选样板点。

云溪公益基金会向望川儿童发展基金会捐赠300万元,用于改善乡村小学。

“今天领到了助学金。”捧着5000元的助学金,受资助学生张小宁流下了激动的泪水。今年考上南岭工业大学的于文强同学发言。

项目由市慈善总会组织实施,按照“定额资助、分类资助和适当倾斜”的办法发放,8月21日前全部发到学生手中。

望川市出台了《望川市公益捐赠管理办法》《望川市“十四五”养老服务发展规划(2021—2025年)》等文件。

过去网点过多、力量分散。望川市把11个网点合并为4个。此举是为了解决推动工作不力的难题。

对清水镇一些任务减少的单位,逐个核减编制。通过这类方式统筹出的编制,补充给社区。

评选设最美义工、最佳公益组织、最佳公益社区等奖项。

最美义工

何小丽 清水镇敬老院护理员

周大川 市红十字会队员

最佳公益社区

清水镇柳林社区

白马镇河东社区

白马镇望江社区
"""


@pytest.fixture(scope="module")
def wangchuan(tmp_path_factory: pytest.TempPathFactory, language: Language) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("wangchuan")
    (folder / "000_wangchuan.md").write_text(ARTICLE, encoding="utf-8")
    with Library.open(folder / "data") as library:
        assert [r.result for r in library.ingest([folder / "000_wangchuan.md"])] == ["added"]
    with Assistant(Library.open(folder / "data"), language) as real:
        yield real


def _said(answer: Answer) -> str:
    return f"{answer.short_answer} {answer.text}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("给望川儿童发展基金会捐款300万的是谁?", "云溪公益基金会"),
        ("望川今年考上南岭工业大学的学生是谁?", "于文强"),
        ("拿到5000元助学金流泪的学生叫什么?", "张小宁"),
        ("“邻里同行”活动啥时候开始在望川搞的?", "2024年3月"),
        ("望川养老服务发展规划的文件叫什么?", "《望川市“十四五”养老服务发展规划(2021—2025年)》"),
        ("望川哪个镇有柳林社区?", "清水镇"),
    ],
)
def test_names_and_dates(wangchuan: Assistant, question: str, expected: str):
    assert expected in wangchuan.ask(question).short_answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("望川评上最美义工的都有谁?", ["何小丽", "周大川"]),
        ("望川获评最佳公益社区的是哪三个?", ["柳林社区", "河东社区", "望江社区"]),
        ("望川把11个网点合并,是想解决什么问题?", ["推动工作不力"]),
        ("补充给社区的编制是怎么统筹出来的?", ["核减编制", "补充给社区"]),
    ],
)
def test_whole_lists_and_reasons(wangchuan: Assistant, question: str, expected: list[str]):
    answer = wangchuan.ask(question)
    assert all(words in _said(answer) for words in expected), answer.text


def test_a_roster_ends_where_the_next_begins(wangchuan: Assistant):
    answer = wangchuan.ask("望川评上最美义工的都有谁?")
    assert "柳林社区" not in answer.text


@pytest.mark.parametrize("question", ["望川“暖阳助学”系统是哪家公司开发的?", "望川的样板点都在哪些乡镇?"])
def test_a_sentence_without_the_sort_asked_for_is_no_answer(wangchuan: Assistant, question: str):
    assert wangchuan.ask(question).status == "abstained"
