from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from cn2an import an2cn
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.numerals import Numeral, chinese_value, decimal_text, find_numerals, half_width

TRICKY = "0123456789０１９,，.．、%％‰万亿千百十一两〇零三点分之年月日号第余多约超至—-~+时:名人个家元Ａa“”〔〕 \n的"
# Words that neither hold nor continue a number.
WORDS = ("开展志愿服务", "居民说,", "覆盖街道;", "议事会。", "\n", "其中，", "社会工作(试点)", "办事")
KNOWN = (
    ("12.5亿", "number", "1250000000"), ("３，２１０", "number", "3210"), ("26.3%", "percent", "26.3"),
    ("百分之八十", "percent", "80"), ("2024年5月7日", "date", "2024-05-07"), ("二〇二四年五月", "date", "2024-05"),
    ("5月7日", "date", "--05-07"), ("2024-12-31", "date", "2024-12-31"), ("2021—2025年", "period", "2021"),
    ("第3", "ordinal", "3"), ("1+7+N", "code", "1+7+N"),
    ("14:30", "time", "14:30"), ("一千三百八十一", "number", "1381"), ("1,234.5", "number", "1234.5"),
)  # fmt: skip


def only(text: str) -> Numeral:
    (numeral,) = find_numerals(text)
    return numeral


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def notations(amount: int) -> list[str]:
    """Returns an amount of at least 10 in every notation that this product takes for the same."""
    ten_thousands, hundred_millions = (decimal_text(Decimal(amount) / 10**n) for n in (4, 8))
    plain = [f"{amount}", f"{amount:,}", f"{ten_thousands}万", f"{hundred_millions}亿"]
    return [*plain, *map(wide, plain), an2cn(str(amount))]


class TestOffsets:
    @settings(max_examples=100, deadline=None)
    @given(st.text(TRICKY, max_size=40))
    def test_are_exact_and_in_order_on_any_text(self, text):
        found = find_numerals(text)
        assert all(text[n.start : n.end] == n.text and n.text.strip() for n in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(KNOWN)), max_size=8))
    def test_are_exact_among_words(self, pieces):
        text, expected = "", []
        for word, (written, kind, value) in pieces:
            text += word
            expected.append((len(text), len(text) + len(written), kind, value))
            text += written + "；"
        assert [(n.start, n.end, n.kind, n.value) for n in find_numerals(text)] == expected

    @settings(max_examples=100, deadline=None)
    @given(st.text(TRICKY, max_size=30))
    def test_values_can_be_reckoned_with(self, text):
        for numeral in find_numerals(text):
            if numeral.kind in {"number", "percent"}:
                assert Decimal(numeral.value) >= 0 or numeral.text[0] in "-−－零"
                assert not numeral.high or Decimal(numeral.high) >= 0


class TestNotations:
    SAME = ("12.5亿", "1250000000", "十二点五亿", "125000万", "1,250,000,000", "１２．５亿", "１２５０００００００",
            "１，２５０，０００，０００", "12.5 亿", "12亿5000万", "十二亿五千万")  # fmt: skip

    @pytest.mark.parametrize("text", SAME)
    def test_of_one_amount_are_equal(self, text):
        numeral = only(text)
        assert (numeral.value, numeral.text, numeral.kind) == ("1250000000", text, "number")

    @settings(max_examples=100, deadline=None)
    @given(st.integers(10, 10**12 - 1))
    def test_of_any_amount_are_equal(self, amount):
        read = {text: only(f"共有{text}名").value for text in notations(amount)}
        assert set(read.values()) == {str(amount)}, read

    @settings(max_examples=50, deadline=None)
    @given(st.integers(10, 10**9), st.integers(10, 10**9))
    def test_of_different_amounts_differ(self, one, other):
        same = {only(f"共{t}名").value for t in notations(one)} & {
            only(f"共{t}名").value for t in notations(other)
        }
        assert bool(same) == (one == other)

    @settings(deadline=None)
    @given(st.decimals(0, 1000, places=2))
    def test_of_a_percentage_are_equal(self, share):
        plain = decimal_text(share)
        for text in (f"{plain}%", f"{plain}％", wide(f"{plain}%"), f"百分之{plain}"):
            assert (only(text).kind, only(text).value) == ("percent", plain)


class TestWhatIsFound:
    @pytest.mark.parametrize(
        "text", ["三亚市", "统一部署", "万一", "百姓", "一次性", "十分重要", "千方百计", "两新组织"]
    )
    def test_words_with_numerals_are_none(self, text):
        assert find_numerals(text) == []

    @pytest.mark.parametrize(
        ("text", "value", "high"),
        [("3—5个", "3", "5"), ("10至12万人", "100000", "120000"), ("10.5%—12.5%", "10.5", "12.5")],
    )
    def test_ranges_have_both_ends(self, text, value, high):
        found = find_numerals(text)
        assert [(n.value, n.high) for n in found] in ([(value, high)], [(value, ""), (high, "")])

    def test_range_of_numbers_is_one(self):
        assert (only("10至12万人").value, only("10至12万人").high) == ("100000", "120000")

    @pytest.mark.parametrize(("text", "inner"), [("20多万人", "多"), ("390万余人", ""), ("3万多", "")])
    def test_only_what_stands_inside_is_inner(self, text, inner):
        assert only(text).inner == inner

    @pytest.mark.parametrize("text", ["12345热线", "“11431”", "1+7+N", "A12", "社工发〔2024〕3号"])
    def test_codes_are_no_amounts(self, text):
        assert only(text).kind == "code"

    def test_decades_and_figures_side_by_side(self):
        assert [n.text for n in find_numerals("2024年1236名")] == ["2024年", "1236"]

    @pytest.mark.parametrize(("text", "value"), [("两千零五", "2005"), ("一万二", "12000"), ("一万零二", "10002"),
                                                 ("二〇二四", "2024"), ("十二", "12"), ("三百亿", "30000000000")])  # fmt: skip
    def test_chinese_value(self, text, value):
        assert chinese_value(text) == Decimal(value)

    @pytest.mark.parametrize("text", ["", "人", "三人", "点五"])
    def test_chinese_value_of_what_is_no_numeral(self, text):
        assert chinese_value(text) is None


class TestAmounts:
    @settings(max_examples=100, deadline=None)
    @given(st.integers(2, 999), st.sampled_from(("余", "多")))
    def test_with_余_before_万_are_of_ten_thousands(self, amount, inner):
        written = an2cn(str(amount * 10))
        if written[-1] in "十百千":
            assert only(f"共{written}{inner}万名").value == str(amount * 10 * 10_000)

    @pytest.mark.parametrize(
        ("text", "value", "high"),
        [
            ("二十余万人", "200000", ""), ("一百多万元", "1000000", ""), ("十几人", "10", ""), ("二十来个", "20", ""),
            ("两三个", "2", "3"), ("七八十人", "70", "80"), ("二十五六岁", "25", "26"), ("三五个", "3", "5"),
            ("三至五名", "3", "5"), ("2至3名", "2", "3"), ("2万3千人", "23000", ""), ("1亿1千万元", "110000000", ""),
            ("1 200人", "1200", ""), ("3/4的居民", "0.75", ""), ("四分之三", "0.75", ""), ("半数以上", "0.5", ""),
            ("一个半小时", "1.5", ""), ("3年半", "3.5", ""), ("半年", "0.5", ""), ("翻两番", "2", ""), ("翻番", "1", ""),
            ("零下5度", "-5", ""), ("壹佰贰拾元", "120", ""), ("廿五人", "25", ""), ("亿余元", "100000000", ""),
            ("两年", "2", ""), ("亿元以上", "100000000", ""),
        ],
    )  # fmt: skip
    def test_in_words(self, text, value, high):
        assert (only(text).kind, only(text).value, only(text).high) == ("number", value, high)

    @pytest.mark.parametrize(
        ("text", "value", "high"),
        [
            ("三成", "30", ""), ("八成五", "85", ""), ("三至五成", "30", "50"), ("百分之八十五点三", "85.3", ""),
            ("8.8‰", "0.88", ""), ("千分之五", "0.5", ""), ("百分之三十至四十", "30", "40"), ("5%—10%", "5", "10"),
            ("-5.3%", "-5.3", ""), ("百分百", "100", ""),
        ],
    )  # fmt: skip
    def test_that_are_shares(self, text, value, high):
        assert (only(text).kind, only(text).value, only(text).high) == ("percent", value, high)

    @pytest.mark.parametrize(("text", "value"), [("1:300", "1:300"), ("1∶3", "1:3"), ("一比三", "1:3")])
    def test_that_are_ratios(self, text, value):
        assert (only(text).kind, only(text).value) == ("ratio", value)

    @pytest.mark.parametrize(
        "text",
        ["三成立", "任务二成效", "一二三产业", "三年级", "1.加强领导", "(3)落实", "2.1 概述", "村干部上半身"],
    )
    def test_that_are_none(self, text):
        assert find_numerals(text) == []

    @pytest.mark.parametrize("text", ["400-123-4567", "90后", "3.0版", "二十届三中全会", "7×24小时"])
    def test_that_are_names(self, text):
        assert find_numerals(text)[0].kind == "code"


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "value", "high"),
        [
            ("1-11月", "--01", "--11"), ("2024年3—5月", "2024-03", "2024-05"), ("1至11月份", "--01", "--11"),
            ("3月5日至7日", "--03-05", "--03-07"), ("2024年9月至2025年3月", "2024-09", "2025-03"),
            ("上半年", "--01", "--06"), ("2024年下半年", "2024-07", "2024-12"), ("前三季度", "--01", "--09"),
            ("第三季度", "--07", "--09"), ("20世纪80年代", "1980", "1989"), ("上世纪九十年代", "1990", "1999"),
            ("2010年代", "2010", "2019"), ("2023—2025年", "2023", "2025"), ("“十四五”时期", "十四五", ""),
        ],
    )  # fmt: skip
    def test_stretches(self, text, value, high):
        assert (only(text).kind, only(text).value, only(text).high) == ("period", value, high)

    @pytest.mark.parametrize(("text", "value"), [("十五日", "---15"), ("9月底", "--09"), ("2024年12月底", "2024-12"),
                                                 ("2024年末", "2024"), ("5月十五日", "--05-15")])  # fmt: skip
    def test_dates(self, text, value):
        assert (only(text).kind, only(text).value, only(text).text) == ("date", value, text)

    @pytest.mark.parametrize(
        ("text", "kind"), [("会议时间：14:30", "time"), ("十日内", "number"), ("3日游", "number")]
    )
    def test_clock_and_durations_are_no_dates(self, text, kind):
        assert only(text).kind == kind

    @pytest.mark.parametrize("text", ["按照国发〔2024〕3号文件", "印发国发〔2024〕3号"])
    def test_document_numbers_begin_at_their_office(self, text):
        assert only(text).text == "国发〔2024〕3号"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_half_width_keeps_the_length(text):
    assert len(half_width(text)) == len(text)


@settings(max_examples=50, deadline=None)
@given(st.decimals(0, 10**12, places=4))
def test_decimal_text_is_plain_and_exact(value):
    text = decimal_text(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not (("." in text) and text.endswith(("0", ".")))
