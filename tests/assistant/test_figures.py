from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.figures import Figure, extract_figures, qualifier_set, same_amount, same_figure, same_unit

TRICKY = (
    "0123456789０１,.%万亿千百十一两几零三点分之年月日第余多来约超近至—名人个家元次 上下以左右左不足\n的，。"
)
QUALIFIERS = ("", "约", "超", "近", "不足", "超过", "逾", "至少", "不少于")
INNER = ("", "余", "多")
UNITS = ("名", "人", "个", "家", "支", "元", "件", "人次", "平方公里")


def only(text: str) -> Figure:
    (figure,) = extract_figures(text)
    return figure


class TestSpans:
    @settings(max_examples=100, deadline=None)
    @given(st.text(TRICKY, max_size=40))
    def test_are_exact_and_in_order_on_any_text(self, text):
        found = extract_figures(text)
        for figure in found:
            first, last = figure.number
            assert text[figure.start : figure.end] == figure.text
            assert figure.start <= first < last <= figure.end
            assert figure.unit.replace("%", "") in figure.text
        numbers = [f.number for f in found]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(numbers))

    @settings(max_examples=100, deadline=None)
    @given(
        st.sampled_from(QUALIFIERS), st.integers(3, 99_999), st.sampled_from(("", "万")), st.sampled_from(INNER),
        st.sampled_from(UNITS), st.sampled_from(("截至年底,全市有", "服务群众", "（其中", "")),
    )  # fmt: skip
    def test_hold_qualifier_amount_and_unit(self, qualifier, amount, scale, inner, unit, lead):
        written = f"{qualifier}{amount}{scale}{inner}{unit}"
        figure = only(f"{lead}{written}，居民说好。")
        assert (figure.text, figure.start) == (written, len(lead))
        assert (Decimal(figure.value), figure.unit) == (Decimal(amount) * (10_000 if scale else 1), unit)
        assert figure.qualifier == "…".join(filter(None, (qualifier, inner)))


class TestParts:
    @pytest.mark.parametrize(
        ("text", "value", "unit", "qualifier"),
        [
            ("约80万人", "800000", "人", "约"),
            ("超390万余人", "3900000", "人", "超…余"),
            ("20多万人", "200000", "人", "多"),
            ("80名左右", "80", "名", "左右"),
            ("300家以上", "300", "家", "以上"),
            ("不足100个", "100", "个", "不足"),
            ("近百名", "100", "名", "近"),
            ("12.5万元", "125000", "元", ""),
            ("3个百分点", "3", "个百分点", ""),
            ("98%以上", "98", "%", "以上"),
            ("３，２１０名", "3210", "名", ""),
            ("十二点五亿元", "1250000000", "元", ""),
        ],
    )
    def test_of_a_quantity(self, text, value, unit, qualifier):
        figure = only(text)
        assert (figure.text, figure.value, figure.unit, figure.qualifier) == (text, value, unit, qualifier)
        assert figure.is_quantity

    @pytest.mark.parametrize(
        ("text", "written"),
        [("节约3万元", "3万元"), ("签约20个", "20个"), ("附近3家", "3家"),
         ("环节约30个", "约30个"), ("编制约219名", "约219名"), ("连续约3年", "约3年")],
    )  # fmt: skip
    def test_a_word_before_it_is_no_qualifier(self, text, written):
        assert only(text).text == written

    @pytest.mark.parametrize("text", ["2024年5月7日", "12345热线", "第3", "1+7+N", "14:30", "2021—2025年"])
    def test_what_is_no_quantity_has_no_unit(self, text):
        figure = only(text)
        assert not figure.is_quantity
        assert (figure.unit, figure.qualifier) == ("", "")

    @pytest.mark.parametrize(
        ("text", "unit", "qualifier"),
        [
            ("60岁及以上", "岁", "以上"), ("10万+", "", "+"), ("3个多月", "个月", "多"), ("2年多", "年", "多"),
            ("¥500", "元", ""), ("5kg", "kg", ""), ("过半", "", "过"), ("低于10%", "%", "低于"), ("37.5℃", "℃", ""),
            ("3年半", "年", ""), ("20公顷", "公顷", ""), ("八成以上", "%", "以上"),
        ],
    )  # fmt: skip
    def test_of_less_common_writing(self, text, unit, qualifier):
        assert (only(text).text, only(text).unit, only(text).qualifier) == (text, unit, qualifier)

    @pytest.mark.parametrize(
        ("text", "per"),
        [("每人每月500元", "每月每人500元"), ("500元/人/月", "每人每月500元"), ("日均300人次", "每天300人次"), ("人均5平方米", "每人5平方米")],
    )  # fmt: skip
    def test_of_what_is_counted_for_each(self, text, per):
        assert only(text).per == only(per).per != ""
        assert (
            only(text.replace("月", "年").replace("日", "年").replace("人均", "户均")).per != only(text).per
        )

    @pytest.mark.parametrize("text", ["3大家庭", "上5名"])
    def test_words_that_look_like_parts_are_none(self, text):
        figure = only(text)
        assert (figure.unit, figure.qualifier) in {("", ""), ("名", "")}


class TestSameAmount:
    SAME = (
        "12.5亿",
        "1250000000",
        "十二点五亿",
        "125000万",
        "1,250,000,000",
        "１２．５亿",
        "１，２５０，０００，０００",
    )

    @pytest.mark.parametrize("one", SAME)
    @pytest.mark.parametrize("other", SAME)
    def test_in_any_notation(self, one, other):
        assert same_figure(only(f"{one}元"), only(f"{other}元"))

    @given(st.integers(1, 10**9), st.integers(1, 10**9))
    def test_only_of_the_same_value(self, one, other):
        assert same_amount(only(f"{one}个"), only(f"{other:,}个")) == (one == other)

    @given(st.integers(2, 9999))
    def test_never_of_ten_thousand_and_a_hundred_million(self, amount):
        assert not same_amount(only(f"{amount}万元"), only(f"{amount}亿元"))

    def test_never_of_a_share_and_a_number(self):
        assert not same_amount(only("40%"), only("40"))

    def test_of_ranges_only_with_both_ends(self):
        assert same_amount(only("10至12万人"), only("100000—120000人"))
        assert not same_amount(only("10至12万人"), only("10万人"))


class TestSameUnit:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("名", "人"),
            ("人", "位"),
            ("场", "场次"),
            ("", "家"),
            ("件", "件"),
            ("km", "公里"),
            ("平方米", "㎡"),
            ("公斤", "千克"),
            ("栋", "幢"),
        ],
    )
    def test_alike(self, one, other):
        assert same_unit(one, other)
        assert same_unit(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("人", "人次"),
            ("%", "个百分点"),
            ("家", "个"),
            ("万", "亿"),
            ("户", "人"),
            ("亩", "公顷"),
            ("米", "公里"),
        ],
    )
    def test_unlike(self, one, other):
        assert not same_unit(one, other)
        assert not same_unit(other, one)


class TestQualifiers:
    @pytest.mark.parametrize(("one", "other"), [("约", "大约"), ("约", "左右"), ("超", "超过"), ("超", "逾"), ("余", "多"),
                                                ("不足", "不到"), ("以上", "不少于"), ("超…余", "超过…多")])  # fmt: skip
    def test_of_one_meaning(self, one, other):
        assert qualifier_set(one) == qualifier_set(other)

    @pytest.mark.parametrize(("one", "other"), [("约", "超"), ("约", ""), ("超", "不足"), ("以上", "以下"), ("超…余", "超"),
                                                ("近", "约")])  # fmt: skip
    def test_of_different_meaning(self, one, other):
        assert qualifier_set(one) != qualifier_set(other)

    def test_count_for_a_figure(self):
        assert same_figure(only("约80万人"), only("大约800,000名"))
        assert not same_figure(only("约80万人"), only("80万人"))
        assert not same_figure(only("约80万人"), only("超80万人"))
