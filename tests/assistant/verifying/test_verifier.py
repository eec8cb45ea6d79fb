from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant, DraftItem, DraftReport

DRAFT = """# 衡阳市志愿服务情况

截至2024年12月,衡阳市注册志愿者约62万人,占常住人口的14.5%。全市建成骑手驿站418个。
襄阳市注册志愿者超48万余人。襄阳市2023年投入志愿服务经费4200万元。
泸州市有社区工作者5310名,居民王秀兰说,议事会每月召开一次。
蒸湘区印发《骑手友好社区建设办法》,推行“邻里帮”机制,依托“百事通”平台。
"""


@pytest.fixture(scope="module")
def report(answering: Assistant) -> DraftReport:
    return answering.verify(DRAFT)


def item(report: DraftReport, text: str) -> DraftItem:
    return next(i for i in report.items if i.text == text)


@pytest.mark.parametrize(
    ("text", "kind", "result"),
    [
        ("2024年12月", "date", "supported"), ("约62万人", "figure", "supported"), ("14.5%", "figure", "supported"),
        ("418个", "figure", "different"), ("超48万余人", "figure", "supported"), ("4200万元", "figure", "different"),
        ("5310名", "figure", "supported"), ("王秀兰", "name", "supported"),
        ("《骑手友好社区建设办法》", "document", "supported"), ("“邻里帮”", "name", "supported"),
        ("“百事通”", "name", "not_found"),
    ],
)  # fmt: skip
def test_every_item_is_found_and_judged(report, text, kind, result):
    found = item(report, text)
    assert (found.kind, found.result) == (kind, result)
    assert bool(found.difference) == (result == "different")
    assert (found.passage is None) == (result == "not_found")


def test_items_are_exact_in_order_and_counted(report):
    assert all(DRAFT[i.start : i.end] == i.text and i.text in i.sentence for i in report.items)
    assert [i.start for i in report.items] == sorted(i.start for i in report.items)
    results = [i.result for i in report.items]
    counts = (report.supported, report.different, report.not_found)
    assert counts == tuple(results.count(r) for r in ("supported", "different", "not_found"))
    assert not report.agrees


def test_a_difference_says_what_the_source_says(report):
    assert "318个" in item(report, "418个").difference
    assert (
        "2024年" in item(report, "4200万元").difference or "3500万元" in item(report, "4200万元").difference
    )


def test_a_passage_is_a_span_of_its_article(report, answering):
    for passage in (i.passage for i in report.items if i.passage):
        assert answering.article(passage.article_id).text[passage.start : passage.end] == passage.quote


@pytest.mark.parametrize(
    "draft",
    [
        "泸州市建成骑手驿站418个。",  # another place is no other version
        "2019年,襄阳市投入志愿服务经费9000万元。",  # nor another year
        "衡阳市有图书馆318个。",  # nor another thing
        "上海市注册志愿者约62万人。",
    ],
)
def test_what_the_library_does_not_speak_of_is_not_found(answering, draft):
    assert {i.result for i in answering.verify(draft).items if i.kind == "figure"} == {"not_found"}


def test_a_place_named_before_is_carried(answering):
    (found,) = [
        i for i in answering.verify("关于衡阳市的情况\n\n全市共有社区食堂305家。").items if i.kind == "figure"
    ]
    assert (found.result, "205家" in found.difference) == ("different", True)


def test_a_place_in_passing_is_no_more_the_only_one(answering):
    draft = "湖南省志愿服务情况\n\n衡阳市注册志愿者约62万人。会议在蒸湘区召开。全市建成骑手驿站318个。"
    found = next(i for i in answering.verify(draft).items if i.text == "318个")
    assert found.result == "supported"


@pytest.mark.parametrize(
    ("draft", "text"),
    [
        ("衡阳市注册志愿者约62万人次。", "约62万人次"),
        ("衡阳市注册志愿者增长约62万人。", "约62万人"),
        ("衡阳市计划注册志愿者约62万人。", "约62万人"),
        ("衡阳市注册志愿者占常住人口的14.5个百分点。", "14.5个百分点"),
    ],
)
def test_the_same_amount_told_otherwise_is_different(answering, draft, text):
    assert item(answering.verify(draft), text).result == "different"


def test_nothing_of_a_draft_enters_the_library(answering):
    before = (answering.library.revision, [a.article_id for a in answering.library.articles()])
    answering.verify("青禾市有驿站999座。")
    assert (answering.library.revision, [a.article_id for a in answering.library.articles()]) == before


def test_a_draft_without_items_agrees(answering):
    assert answering.verify("大家辛苦了。").agrees
    assert answering.verify("").items == ()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("衡阳市志愿者约62万人,。《》“”2024年\n#12%的", max_size=60))
def test_any_text_gives_exact_items(answering, text):
    assert all(text[i.start : i.end] == i.text for i in answering.verify(text).items)
