from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.figures import Figure, extract_figures
from assistant.reading.segments import clause_spans, paired_noun, run_of, segment_of

PIECES = (
    "全市有志愿者",
    "120名",
    "、",
    ",",
    "，",
    "。",
    "和",
    "“先说后办,再评”",
    "其中",
    "占比5.2%",
    "1,236件",
    "(",
    ")",
    "《办法,细则》",
    "\n",
)


def around(text: str, figure_text: str) -> tuple[str, str, str]:
    """Returns the words before and after a figure, and its clause."""
    figures = extract_figures(text)
    figure = next(f for f in figures if f.text == figure_text)
    segment = segment_of(figure, figures, clause_spans(text, figures), text)
    return text[slice(*segment.left)], text[slice(*segment.right)], text[slice(*segment.clause)]


def clauses(text: str) -> list[str]:
    return [text[a:b] for a, b in clause_spans(text, extract_figures(text))]


class TestClauses:
    @settings(max_examples=80, deadline=None)
    @given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
    def test_are_in_order_and_leave_only_marks_out(self, text):
        spans = clause_spans(text, extract_figures(text))
        assert all(a < b for a, b in spans)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
        inside = {i for a, b in spans for i in range(a, b)}
        assert {text[i] for i in range(len(text)) if i not in inside} <= set(",，。、\n()")

    @settings(max_examples=80, deadline=None)
    @given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
    def test_never_cut_a_figure(self, text):
        figures = extract_figures(text)
        for figure in figures:
            first, last = figure.number
            assert any(a <= first and last <= b for a, b in clause_spans(text, figures))

    def test_end_at_commas_and_stops(self):
        assert clauses("全市有驿站30个,覆盖街道;居民满意。") == ["全市有驿站30个", "覆盖街道", "居民满意"]

    def test_commas_of_figures_and_names_do_not_end_them(self):
        assert clauses("印发《办法,细则》,惠及1,236名骑手") == ["印发《办法,细则》", "惠及1,236名骑手"]

    def test_an_enumeration_is_parted_where_every_part_has_a_figure(self):
        assert [c.strip("、") for c in clauses("配备书记16人、委员48人")] == ["配备书记16人", "委员48人"]
        assert clauses("建成驿站、食堂、书屋30个") == ["建成驿站、食堂、书屋30个"]


class TestSegment:
    def test_words_go_with_the_figure_beside_them(self):
        text = "配备书记16人、委员48人,占比5.2%。"
        assert around(text, "16人")[0] == "配备书记"
        assert around(text, "48人")[0] == "委员"
        assert around(text, "5.2%")[0] == "占比"

    def test_nouns_behind_figures_follow_them(self):
        left, right, _ = around("覆盖27个乡镇和318个村", "27个")
        assert (left, right) == ("覆盖", "乡镇")
        assert around("覆盖27个乡镇和318个村", "318个")[:2] == ("", "村")

    def test_brackets_are_apart(self):
        assert around("解决诉求30件(其中投诉12件)", "30件")[0] == "解决诉求"
        assert "解决" not in around("解决诉求30件(其中投诉12件)", "12件")[0]

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
    def test_lies_around_its_figure(self, text):
        figures = extract_figures(text)
        spans = clause_spans(text, figures)
        for figure in (f for f in figures if f.is_quantity):
            segment = segment_of(figure, figures, spans, text)
            assert segment.left[1] == figure.start
            assert segment.right[0] >= figure.end
            assert 0 <= segment.left[0] <= segment.left[1]
            assert segment.right[0] <= segment.right[1] <= len(text)


class TestPairedNoun:
    TEXT = "村干部和社区工作者每月分别增加500元、400元。"

    def figures(self) -> list[Figure]:
        return extract_figures(self.TEXT)

    @pytest.mark.parametrize(("position", "noun"), [(0, "村干部"), (1, "社区工作者")])
    def test_first_goes_with_first(self, position, noun):
        figures = self.figures()
        assert noun in paired_noun(self.TEXT, figures, figures[position])

    def test_run_holds_the_figures_of_the_enumeration(self):
        figures = self.figures()
        assert run_of(self.TEXT, figures, figures[1]) == figures

    def test_a_figure_alone_has_none(self):
        text = "村干部和社区工作者每月增加500元。"
        figures = extract_figures(text)
        assert paired_noun(text, figures, figures[0]) == ""


def test_one_noun_stands_for_two_figures_in_a_row():
    assert around("开展7类22项专项任务,", "7类")[1] == "专项任务"


def test_the_noun_behind_的_is_the_next_figures():
    text = "营救出36个镇街的被困群众107人"
    assert around(text, "36个")[1] == "镇街"
    assert around(text, "107人")[0] == "被困群众"


def test_numbered_classes_share_their_noun():
    text = "按照边远地区二、三、四类的类别,每月分别增加10元、15元、20元"
    figures = extract_figures(text)
    nouns = {f.text: paired_noun(text, figures, f) for f in figures if f.unit == "元"}
    assert "三类" in nouns["15元"]
    assert "边远地区" in nouns["15元"]
    assert "四类" in nouns["20元"]
    assert "三" not in nouns["20元"]
