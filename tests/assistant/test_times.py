from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.figures import extract_figures
from assistant.reading.times import TimeMention, governing_time, same_time, time_mentions

PIECES = (
    "今年",
    "去年",
    "目前",
    "截至",
    "11月",
    "3月5日",
    "2024年",
    "2021—2025年",
    "新增",
    "120名",
    "较",
    ",",
    "(2025年)",
    "。",
)


def only(text: str, published: str = "") -> TimeMention:
    (mention,) = time_mentions(text, published)
    return mention


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
    st.sampled_from(("", "2025", "2025-03", "2025-03-09")),
)
def test_mentions_are_exact_and_in_order(text, published):
    mentions = time_mentions(text, published)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)


class TestRelative:
    @pytest.mark.parametrize(
        ("word", "iso"),
        [("今年", "2025"), ("今年以来", "2025"), ("去年", "2024"), ("上年", "2024"), ("前年", "2023"), ("明年", "2026"),
         ("目前", "2025-03-09"), ("截至目前", "2025-03-09")],
    )  # fmt: skip
    def test_is_resolved_from_the_articles_date(self, word, iso):
        mention = only(f"{word},全市新增120名", "2025-03-09")
        assert (mention.text, mention.iso, mention.inferred) == (word, iso, True)

    @pytest.mark.parametrize("word", ["今年", "去年", "前年", "目前", "如今"])
    def test_stays_open_without_one(self, word):
        mention = only(f"{word},全市新增120名")
        assert (mention.iso, mention.inferred) == ("", False)

    @pytest.mark.parametrize(
        ("text", "iso"), [("今年3月5日", "2025-03-05"), ("去年11月", "2024-11"), ("2月", "2025-02")]
    )
    def test_a_month_takes_the_year_beside_it_or_the_articles(self, text, iso):
        assert only(text, "2025-03-09").iso == iso

    @pytest.mark.parametrize("text", ["11月", "3月5日", "去年11月"])
    def test_a_month_stays_open_without_a_date(self, text):
        assert only(text).iso == ""

    def test_only_the_present_is_now(self):
        assert only("目前有120名", "2025-03-09").now
        assert not only("今年有120名", "2025-03-09").now


class TestYearLeftOut:
    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("截至11月,全市有志愿者3万名", "2024-11"),
            ("11月,已建成驿站3个", "2024-11"),
            ("9月将建成驿站3个", "2025-09"),
            ("9月底前建成驿站3个", ""),
            ("12月召开大会", ""),
            ("1-11月,新增志愿者300名", ""),
            ("截至2月,有志愿者3万名", "2025-02"),
            ("上半年已新增300名", "2024-01/2024-06"),
        ],
    )
    def test_is_never_after_the_article_for_what_is_told_as_done(self, text, iso):
        assert only(text, "2025-03-09").iso == iso

    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("2024年5月启动,9月建成", "2024-09"),
            ("2023年9月启动,次年3月建成", "2024-03"),
            ("2023年9月启动,3月建成", ""),
        ],
    )
    def test_is_that_of_a_year_named_before(self, text, iso):
        assert time_mentions(text, "2025-06-09")[-1].iso == iso

    @given(
        st.integers(1, 12),
        st.integers(1, 12),
        st.sampled_from(("截至{}月,已有3名", "{}月,新增了3名", "{}月召开大会")),
    )
    def test_no_date_lies_after_the_article(self, month, published, pattern):
        iso = only(pattern.format(month), f"2025-{published:02}-15").iso
        assert iso <= f"2025-{published:02}"

    def test_stays_open_where_the_article_gives_a_year_alone(self):
        assert only("5月,新增300名", "2025").iso == ""


class TestWritten:
    @pytest.mark.parametrize(("text", "iso"), [("2024年", "2024"), ("2024年12月", "2024-12"), ("2024年5月7日", "2024-05-07"),
                                               ("2021—2025年", "2021/2025")])  # fmt: skip
    def test_is_taken_as_written_whatever_the_articles_date(self, text, iso):
        for published in ("", "2019-01-01"):
            mention = only(text, published)
            assert (mention.iso, mention.inferred) == (iso, False)

    @pytest.mark.parametrize("mark", ["较", "比", "与", "同"])
    def test_base_of_a_comparison_is_marked(self, mark):
        assert only(f"{mark}2023年增长5%").compared
        assert not only("2023年增长5%").compared


class TestGoverning:
    def time_of(self, text: str, figure_text: str) -> str:
        figure = next(f for f in extract_figures(text) if f.text == figure_text)
        mention = governing_time(time_mentions(text, "2025-03-09"), figure.start)
        return mention.iso if mention else ""

    def test_is_the_nearest_before(self):
        text = "2023年投入35万元,2024年投入42万元"
        assert self.time_of(text, "35万元") == "2023"
        assert self.time_of(text, "42万元") == "2024"

    def test_is_never_the_base_of_a_comparison(self):
        assert self.time_of("今年新增56支,较2023年增长5%", "5%") == "2025"
        assert self.time_of("较2023年增长5%", "5%") == ""

    def test_is_none_for_what_stands_before_every_time(self):
        assert self.time_of("新增56支,2024年验收", "56支") == ""


class TestSameTime:
    @pytest.mark.parametrize(("asked", "iso"), [("2024", "2024"), ("2024", "2024-12"), ("2024-12", "2024"), ("2023", "2021/2025"),
                                                ("2024-12", "2024-12-31")])  # fmt: skip
    def test_within(self, asked, iso):
        assert same_time(asked, iso)

    @pytest.mark.parametrize(
        ("asked", "iso"), [("2024", "2023-12"), ("2024-11", "2024-12"), ("2020", "2021/2025"), ("2024", "")]
    )
    def test_without(self, asked, iso):
        assert not same_time(asked, iso)


class TestAYearInBrackets:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("确保7月底（2023年）前发放", [("7月底（2023年", "2023-07")]),
            ("将1-7月（2023年）的补贴补齐", [("1-7月（2023年", "2023-01/2023-07")]),
            ("截至11月（2022年），建成3个", [("截至11月（2022年", "2022-11")]),
        ],
    )
    def test_is_that_of_the_time_before_it(self, text, found):
        assert [(m.text, m.iso) for m in time_mentions(text, "2023-07-21") if m.iso] in (
            found,
            [(t.removeprefix("截至"), iso) for t, iso in found],
        )


def test_a_dateline_takes_no_part_of_a_year_from_the_article():
    mentions = time_mentions("某地7月26日电 上半年经济运行发布会召开,上半年,全区实现产值3亿元", "2023-07-26")
    assert [m.iso for m in mentions if m.text == "上半年"] == ["2023-01/2023-06"] * 2
