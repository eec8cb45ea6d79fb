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
                assert Decimal(numeral.value) >= 0
                assert not numeral.high or Decimal(numeral.high) > 0


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
