"""Places: the right division, and none where a common word only looks like one."""

from __future__ import annotations

import doctest
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.places
from retrieval.places import ancestors, find_places, is_within


def names_of(text: str) -> list[str]:
    return ["".join((*place.parents, place.name)) for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海南省三亚市海棠区", ["海南省", "海南省三亚市", "海南省三亚市海棠区"]),
        ("揭阳与毕节结对", ["广东省揭阳市", "贵州省毕节市"]),
        ("内蒙古和广西", ["内蒙古自治区", "广西壮族自治区"]),
        (
            "恩施州、黔东南、延边",
            ["湖北省恩施土家族苗族自治州", "贵州省黔东南苗族侗族自治州", "吉林省延边朝鲜族自治州"],
        ),
        ("成都市郫都区", ["四川省成都市", "四川省成都市郫都区"]),
        ("重庆市江北区", ["重庆市", "重庆市江北区"]),
        ("吉林和海南", ["吉林省", "海南省"]),
    ],
)
def test_full_names_and_short_forms(text: str, expected: list[str]) -> None:
    assert names_of(text) == expected


def test_every_province_is_known_by_its_short_form() -> None:
    shorts = (
        "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 "
        "广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 内蒙古 台湾 香港 澳门"
    )
    found = find_places(shorts)
    assert " ".join(place.text for place in found) == shorts
    assert all(not place.parents and place.name.startswith(place.text) for place in found)


def test_spans_point_at_the_text_and_do_not_overlap() -> None:
    text = "海南省委、三亚市委，以及海南热带海洋学院"
    spans = find_places(text)
    assert [text[p.start : p.end] for p in spans] == ["海南省", "三亚市", "海南"] == [p.text for p in spans]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "维护世界和平与发展",
        "朝阳产业在东方兴起",
        "重大理论问题",
        "这是大理石材",
        "广大同志要推广安全经验",
        "镇长治理有方",
        "创新乡村治理",
        "共建美丽水乡",
        "今天水位上涨",
        "实现长治久安",
        "全市我省本县各区",
        "形成县乡村三级联动",
        "扩大连接范围",
        "孙中山先生",
        "人民和政府",
        "稳定安全大局",
    ],
)
def test_common_words_are_no_places(text: str) -> None:
    assert find_places(text) == []


def test_markets_and_regions_are_not_cities_and_districts() -> None:
    assert names_of("东方市场") == []
    assert names_of("广州市场繁荣") == ["广东省广州市"]
    assert [p.text for p in find_places("广州市场繁荣")] == ["广州"]


def test_an_ambiguous_district_is_settled_by_what_stands_around_it() -> None:
    assert names_of("北京市朝阳区") == ["北京市", "北京市朝阳区"]
    assert names_of("长春近日出新规，朝阳区率先试点") == ["吉林省长春市", "吉林省长春市朝阳区"]
    assert names_of("朝阳区率先试点") == ["朝阳区"]
    assert names_of("北京、长春都有新规，朝阳区率先试点") == ["北京市", "吉林省长春市", "朝阳区"]


def test_short_forms_of_counties_need_a_division_above_them() -> None:
    assert names_of("公益市集在临高举办") == []
    assert names_of("海南多地办市集，10月在临高举办") == ["海南省", "海南省临高县"]
    assert [p.name for p in find_places("公益市集在临高举办", near=["海南省"])] == ["临高县"]
    assert [p.name for p in find_places("公益市集在临高举办", near=["三亚市"])] == ["临高县"]


def test_generic_names_count_only_beside_their_city() -> None:
    assert names_of("新城区建设加快") == []
    assert names_of("西宁市城西区") == ["青海省西宁市", "青海省西宁市城西区"]


def test_ancestors() -> None:
    assert ancestors("海棠区") == ("海南省", "三亚市")
    assert ancestors("毕节") == ("贵州省",)
    assert ancestors("贵州省") == ancestors("朝阳区") == ancestors("青禾市") == ancestors("") == ()


@pytest.mark.parametrize(
    ("place", "region", "expected"),
    [
        ("三亚", "海南", True),
        ("海南省三亚市", "海南省", True),
        ("海南省三亚市海棠区", "三亚市", True),
        ("海南省", "海南", True),
        ("海南省", "三亚市", False),
        ("四川省成都市", "海南省", False),
        ("北京市朝阳区", "北京", True),
        ("辽宁省朝阳市", "北京", False),
        ("朝阳区", "北京", False),
        ("青禾市", "青禾市", True),
        ("青禾市", "海南省", False),
        ("", "海南省", False),
        ("海南省", "", False),
        ("", "", False),
    ],
)
def test_is_within(place: str, region: str, expected: bool) -> None:
    assert is_within(place, region) is expected


@given(st.text(alphabet="海南省三亚市朝阳区北京东方和平县在、a1。", max_size=40))
def test_any_text_gives_ordered_spans_of_itself(text: str) -> None:
    spans = find_places(text)
    assert all(text[p.start : p.end] == p.text for p in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_speed() -> None:
    text = "省市各级部门深入基层走访群众，及时解决问题，海南省三亚市等地推进改革。" * 10_000
    find_places("海南")
    began = time.perf_counter()
    find_places(text)
    assert time.perf_counter() - began < 2


def test_doctests() -> None:
    assert doctest.testmod(retrieval.places).failed == 0
