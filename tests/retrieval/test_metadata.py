"""Metadata: read where the text states it, empty where it does not."""

from __future__ import annotations

import pytest

from retrieval.metadata import complete_meta
from retrieval.models import ArticleMeta


def meta_of(text: str, **given: str) -> ArticleMeta:
    return complete_meta(ArticleMeta(article_id="a", **given), text)


BODY = "各单位坚持走访群众，解决了一批难题。下一步还要继续推进，让成效看得见。"


def test_what_the_file_gives_is_kept() -> None:
    given = {"title": "甲", "publisher": "乙报", "published": "2024", "region": "丙市"}
    meta = meta_of("# 别的题目\n来源：丁报\n2025年1月1日\n海南省三亚市海南三亚。" + BODY, **given)
    assert {name: getattr(meta, name) for name in given} == given


def test_a_text_that_says_nothing_of_itself_gives_nothing() -> None:
    meta = meta_of(BODY)
    assert (meta.title, meta.publisher, meta.published, meta.region) == ("", "", "", "")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 青禾减负记\n\n正文。", "青禾减负记"),
        (f"青禾市推进基层减负\n\n{BODY}", "青禾市推进基层减负"),
        (
            f"健全机制,形成合力\n\n市委社会工作部:推动工作发展\n\n■ 青禾日报记者 张三\n\n{BODY}",
            "市委社会工作部:推动工作发展",
        ),
        (f"小社区怎样办好大事情？\n{BODY}\n{BODY}", "小社区怎样办好大事情？"),
        (f"原标题：社区食堂开张了\n{BODY}", "社区食堂开张了"),
        (f"青禾市推进减负\n——来自一线的报道\n{BODY}", "青禾市推进减负"),
        (f"中共三亚市委机构编制委员会办公室\n{BODY}", ""),
        (f"{BODY}\n主要做法\n{BODY}", ""),
        (f"东河区委组织部:\n三个抓手\n{BODY}", ""),
        (f"一、总体要求\n{BODY}", ""),
    ],
)
def test_title(text: str, title: str) -> None:
    assert meta_of(text).title == title


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (f"题目在此\n■ 青禾日报全媒体记者 张三\n{BODY}", "青禾日报"),
        (f"{BODY}\n(青禾传媒融媒体记者 李四)", "青禾传媒"),
        (f"题目在此\n来源：青禾发布 作者：王五\n{BODY}", "青禾发布"),
        (f"题目在此\n信息来源:《青禾晚报》\n{BODY}", "青禾晚报"),
        (f"新华社海口12月17日电（记者 张三）{BODY}", "新华社"),
        (f"中共三亚市委机构编制委员会办公室\n{BODY}", "中共三亚市委机构编制委员会办公室"),
        (f"{BODY}\n(本报记者 汤五)", ""),
        (f"本报海口12月17日讯 {BODY}", ""),
        (f"{BODY}据新华社记者了解，情况属实。", ""),
        (f"群众向记者举报，电话12345。\n{BODY}", ""),
        (f"{BODY}数据来源：各区上报。", ""),
    ],
)
def test_publisher(text: str, publisher: str) -> None:
    assert meta_of(text).publisher == publisher


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"题目在此\n2024年12月31日\n{BODY}", "2024-12-31"),
        (f"题目在此\n2024-12-31 10:30 来源：青禾发布\n{BODY}", "2024-12-31"),
        (f"题目在此\n发布时间：2024/5/7\n{BODY}", "2024-05-07"),
        (f"{BODY}\n中共青禾市委社会工作部\n二〇二四年五月七日", "2024-05-07"),
        (f"{BODY}\n2024年5月", "2024-05"),
        (f"新华社海口2024年5月7日电 {BODY}", "2024-05-07"),
        (f"{BODY}\n2025年报考1.6万人,较去年增长21.9%。\n(本报海口12月17日讯)", "2025-12-17"),
        (f"今年（2025年）以来进展顺利。{BODY}\n(本报海口12月17日讯)", "2025-12-17"),
        (f"去年(2024年)以来进展顺利。{BODY}\n(本报海口12月17日讯)", "2025-12-17"),
    ],
)
def test_published(text: str, published: str) -> None:
    assert meta_of(text).published == published


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n(本报海口12月17日讯)",
        f"截至2024年12月，全市共有志愿者80万人。{BODY}",
        f"2024年5月7日，市委社会工作部挂牌。{BODY}",
        f"{BODY}\n2023年共200场，较上年增长5%。\n(本报海口12月17日讯)",
        f"{BODY}\n2024年较去年增5%；另有2025年比去年增6%。\n(本报海口12月17日讯)",
        f"{BODY}\n2025年较去年增5%。2026年1月1日起施行。\n(本报海口12月17日讯)",
        f"{BODY}\n2025年较去年增5%。\n本报海口12月17日讯\n本报海口12月18日讯",
        f"当地时间2024年5月7日，论坛开幕。{BODY}",
        f"{BODY}\n活动时间：2024年5月7日",
    ],
)
def test_a_date_that_the_text_leaves_open_stays_empty(text: str) -> None:
    assert meta_of(text).published == ""


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("三亚市海棠区、吉阳区推进减负。三亚全市设站32个。", "海南省三亚市"),
        ("海南各地推进减负，海口、三亚、文昌先行，海南全省设站。海南省委负责人作了介绍。", "海南省"),
        ("揭阳市推进减负。揭阳学习湖南、浙江的经验，揭阳市各县设站。", "广东省揭阳市"),
        ("成都市郫都区设站。郫都区群众满意，郫都区还将继续。", "四川省成都市郫都区"),
        ("广西转发通知：湖北来人报备，武汉来人报备，武汉、湖北、武汉、武汉返程人员报备。", ""),
        ("海南、四川、贵州、广东各选一地试点。", ""),
        ("我省各地推进减负，全市设站。", ""),
        ("干部到三亚培训。", ""),
        ("新华社北京12月17日电 各地推进减负。北京时间17日公布。", ""),
    ],
)
def test_region(text: str, region: str) -> None:
    assert meta_of(text + BODY).region == region


def test_a_title_weighs_more_and_bylines_nothing() -> None:
    assert meta_of(f"毕节市推进减负\n（海南日报记者 张三）\n{BODY}").region == "贵州省毕节市"
    assert meta_of(f"{BODY}\n（海南日报海口站、三亚站、三亚采访组记者 张三）").region == ""


@pytest.mark.parametrize(
    ("tail", "publisher", "published"),
    [
        ("青禾市人民政府办公室\n2024年6月30日\n", "青禾市人民政府办公室", "2024-06-30"),
        ("兰桥县民政局\n二〇二四年六月三十日\n", "兰桥县民政局", "2024-06-30"),
        ("请各单位遵照执行。\n2024年6月30日\n", "", "2024-06-30"),
        ("青禾市民政局　2024年6月30日\n", "青禾市民政局", "2024-06-30"),
        ("（兰桥县人民政府办公室 2024年6月30日）\n", "兰桥县人民政府办公室", "2024-06-30"),
        ("全市会议在市民政局 2024年6月30日召开。\n", "", ""),
    ],
)
def test_a_document_is_signed_above_its_date(tail: str, publisher: str, published: str) -> None:
    text = (
        "关于做好志愿服务工作的通知\n\n各区县：\n\n现就有关事项通知如下。一是加强统筹。二是抓好落实。\n\n"
        + tail
    )
    meta = complete_meta(ArticleMeta(article_id="a"), text)
    assert (meta.publisher, meta.published) == (publisher, published)


def test_the_body_and_day_below_a_title_are_no_part_of_it() -> None:
    text = "青禾市便民服务工作总结\n青禾市民政局　2025年4月18日\n截至2025年3月，青禾市建成便民服务站86个。\n"
    meta = complete_meta(ArticleMeta(article_id="a"), text)
    assert (meta.title, meta.publisher, meta.published) == (
        "青禾市便民服务工作总结",
        "青禾市民政局",
        "2025-04-18",
    )


@pytest.mark.parametrize(
    ("line", "topics"),
    [
        ("关键词：志愿服务；基层治理", ("志愿服务", "基层治理")),
        ("【关键词】志愿服务 基层治理", ("志愿服务", "基层治理")),
        ("关键词检索显示，关注度上升。", ()),
    ],
)
def test_keywords_of_a_line_of_their_own(line: str, topics: tuple[str, ...]) -> None:
    text = f"青禾市志愿服务观察\n\n{line}\n\n青禾市注册志愿者约62万人。\n"
    assert complete_meta(ArticleMeta(article_id="a"), text).topics == topics
