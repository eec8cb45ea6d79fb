from __future__ import annotations

from collections.abc import Iterator

import pytest
from four_places import write

from assistant import Answer, Assistant
from assistant.across.fitting import comparable
from assistant.ledger.row import LedgerRow
from assistant.reading.language import Language
from retrieval import Library


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory, language: Language) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("four_places")
    with Library.open(folder / "data") as library:
        assert {r.result for r in library.ingest([write(folder / "articles")])} == {"added"}
        with Assistant(library, language) as real:
            yield real


def told(four: Assistant, *questions: str) -> Answer:
    """Returns the last answer of a conversation, its quotations checked."""
    history: list[tuple[str, Answer]] = []
    for question in questions:
        answer = four.ask(question, history)
        history.append((question, answer))
    for citation in answer.citations:
        assert four.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    return answer


class TestComparison:
    def test_says_who_and_by_how_much_with_both_cited(self, four):
        answer = told(four, "衡阳和襄阳谁的志愿者占比高?")
        assert answer.status == "grounded"
        assert answer.short_answer == "衡阳更高（衡阳14.5%，襄阳9.2%）"
        derived = next(f for f in answer.figures if f.derived_from)
        assert (derived.text, derived.value, derived.derived_from) == ("5.3个百分点", "5.3", (1, 2))
        assert {c.article_id for c in answer.citations} == {"hengyang", "xiangyang"}

    def test_other_denominators_and_times_are_said_before_the_ranking(self, four):
        text = told(four, "衡阳和襄阳谁的志愿者占比高?").text
        assert "口径不同：衡阳“常住人口”；襄阳“全市人口”" in text
        assert text.index("口径不同") < text.index("时间不同") < text.index("衡阳更高")

    def test_a_side_without_a_figure_leaves_no_ranking(self, four):
        answer = told(four, "襄阳和泸州谁的志愿者占比高?")
        assert (answer.status, answer.short_answer) == ("partial", "")
        assert "没有给出“泸州”的这一数字" in answer.text
        assert answer.nearest

    def test_a_part_is_never_added_to_its_whole(self, four):
        for question in ("蒸湘区和衡阳的骑手驿站一共多少个?", "衡阳和湖南的骑手驿站一共多少个?"):
            answer = told(four, question)
            assert (answer.status, answer.short_answer) == ("partial", "")
            assert "不能相加" in answer.text
            assert not [f for f in answer.figures if f.derived_from]

    def test_who_was_first(self, four):
        answer = told(four, "衡阳快递行业党委和襄阳快递行业党委哪个先成立?")
        assert answer.short_answer.startswith("襄阳更早")
        assert "相差98天" in answer.text

    def test_who_and_by_how_much_are_both_told(self, four):
        short = told(four, "衡阳和襄阳的骑手驿站,哪个多,多几个?").short_answer
        assert short == "衡阳更多（衡阳318个，襄阳150个），相差168个"

    def test_ranks_are_not_set_against_numbers(self):
        rows = [
            LedgerRow(
                article_id="a",
                text=f"2{unit}",
                value="2",
                unit=unit,
                sentence="",
                sentence_start=0,
                start=0,
                end=1,
            )
            for unit in ("级", "个", "名", "番")
        ]
        assert not comparable(rows[0], rows[1])
        assert comparable(rows[1], rows[2])
        assert not comparable(rows[1], rows[3])

    def test_people_are_not_set_against_things(self):
        rows = [
            LedgerRow(
                article_id="a",
                text=f"20{unit}",
                value="20",
                unit=unit,
                subject=subject,
                sentence="",
                sentence_start=0,
                start=0,
                end=1,
            )
            for unit, subject in (("名", "志愿者"), ("个", "社区"), ("个", "志愿者"))
        ]
        assert not comparable(rows[0], rows[1])
        assert comparable(rows[0], rows[2])

    def test_a_place_is_told_of_in_articles_about_others_too(self, tmp_path, language):
        texts = {
            "province": (
                "湖南省骑手驿站",
                "湖南省",
                "衡阳市建成骑手驿站318个，长沙市建成骑手驿站900个。衡阳市排查矛盾纠纷400件，其中化解380件。",
            ),
            "park": ("衡阳市公园", "湖南省衡阳市", "衡阳市有公园23个。"),
            "other": ("襄阳市骑手驿站", "湖北省襄阳市", "襄阳市建成骑手驿站150个。"),
        }
        for name, (title, region, text) in texts.items():
            front = f"---\ntitle: {title}\nregion: {region}\n---\n{text}\n"
            (tmp_path / f"{name}.md").write_text(front, encoding="utf-8")
        with Library.open(tmp_path / "data") as library:
            list(library.ingest([tmp_path / f"{name}.md" for name in texts]))
            with Assistant(library, language) as real:
                answer = told(real, "衡阳和襄阳哪个骑手驿站多?")
                rest = told(real, "衡阳排查的矛盾纠纷还有多少件没化解?")
        assert answer.short_answer == "衡阳更多（衡阳318个，襄阳150个）"
        assert rest.short_answer == "20件"

    def test_two_years_of_one_place(self, four):
        answer = told(four, "襄阳志愿服务经费2023年和2024年差多少?")
        assert answer.short_answer == "700万元"
        assert "4200万元 − 3500万元 = 700万元" in answer.text

    def test_an_undated_figure_is_of_no_year(self, four):
        answer = told(four, "襄阳2023年和2024年的小哥驿站差多少个?")
        assert answer.status in {"partial", "abstained"}
        assert answer.short_answer == ""


class TestWithinOneArticle:
    def test_the_rest(self, four):
        assert told(four, "衡阳排查的纠纷还有多少件没化解?").short_answer == "20件"

    def test_the_share(self, four):
        answer = told(four, "泸州社区工作者的持证比例是多少?")
        assert answer.short_answer == "40%"
        assert "2124名 ÷ 5310名" in answer.text


class TestEverywhere:
    def test_a_table_by_place_names_who_gives_none(self, four):
        answer = told(four, "各地建了多少驿站?")
        for row in ("| 衡阳市 | 318个 |", "| 湖南省 | 2600多个 |", "| 襄阳市 | 150个 |", "| 蒸湘区 | 41个 |"):
            assert row in answer.text
        assert "没有给出这一数字的：泸州市" in answer.text
        assert "数的对象名称不同" in answer.text

    def test_a_figure_that_names_the_thing_alone_is_told_where_the_rest_stands_around(
        self, tmp_path, language
    ):
        for name, region, text in (
            ("a", "湖南省衡阳市", "针对停车难问题，衡阳市提出30项具体任务。"),
            ("b", "湖北省襄阳市", "襄阳市针对停车难问题开展6类22项目标任务。"),
        ):
            front = f"---\ntitle: {region}停车\nregion: {region}\n---\n{text}\n"
            (tmp_path / f"{name}.md").write_text(front, encoding="utf-8")
        with Library.open(tmp_path / "data") as library:
            list(library.ingest([tmp_path / "a.md", tmp_path / "b.md"]))
            with Assistant(library, language) as real:
                answer = told(real, "针对停车难,各地提出的任务各有多少项?")
        assert set(answer.short_answer.split("；")) == {"衡阳市30项", "襄阳市22项"}

    def test_a_superlative_ranks_places_of_one_level(self, four):
        answer = told(four, "哪个市的驿站最多?")
        assert answer.short_answer == "衡阳市最多（318个）"

    def test_a_superlative_over_one_place_is_not_grounded(self, four):
        answer = told(four, "哪个市的社区食堂最多?")
        assert answer.status in {"partial", "abstained"}
        assert answer.short_answer == ""


class TestMentions:
    def test_all_articles_quotation_marks_and_script_aside(self, four):
        answer = told(four, "哪些文章提到枫桥经验?")
        assert answer.short_answer == "2篇：衡阳市、襄阳市"
        assert "库中5篇文章里，有2篇提到“枫桥经验”" in answer.text
        assert "楓橋經驗" in answer.text

    def test_none(self, four):
        assert told(four, "哪些文章提到低空经济?").status == "abstained"

    def test_a_scope_limits(self, four):
        answer = four.ask("哪些文章提到枫桥经验?", scope=["xiangyang"])
        assert answer.short_answer == "1篇：襄阳市"


class TestLaterTurns:
    def test_how_much_goes_over_the_sides_before(self, four):
        answer = told(four, "衡阳和襄阳谁的志愿者占比高?", "差多少?")
        assert answer.short_answer == "5.3个百分点"

    def test_two_turns_are_set_side_by_side(self, four):
        answer = told(four, "衡阳的骑手驿站有多少个?", "襄阳呢?", "这两个地方哪个多?")
        assert answer.short_answer.startswith("衡阳更多")

    def test_the_figures_of_two_turns_are_added(self, four):
        answer = told(four, "衡阳有多少家城区食堂?", "乡镇食堂呢?", "两个加起来是多少?")
        assert answer.short_answer == "190家"
        assert "120家 + 70家" in answer.text

    def test_what_is_left_of_a_whole_is_reckoned(self, four):
        answer = told(four, "泸州有多少社区工作者?", "其中持证的有多少?", "剩下的呢?")
        assert answer.short_answer == "3186名"

    def test_those_without_are_what_is_left(self, four):
        answer = told(four, "泸州有多少社区工作者?", "其中持证的有多少?", "没持证的有多少?")
        assert answer.short_answer == "3186名"

    def test_both_places_are_compared_in_a_thing_named_anew(self, four):
        answer = told(four, "衡阳有多少注册志愿者?", "襄阳呢?", "骑手驿站的数量,这两个地方哪个多?")
        assert answer.short_answer.startswith("衡阳更多")
        assert "志愿者" not in answer.text

    def test_the_year_before(self, four):
        answer = told(four, "襄阳2024年志愿服务经费多少?", "比上一年多了多少?")
        assert answer.short_answer == "700万元"

    def test_less_than_another_place(self, four):
        assert told(four, "襄阳有多少注册志愿者?", "比衡阳少多少?").short_answer == "17万人"

    def test_one_more_place_is_asked_the_same(self, four):
        answer = told(four, "衡阳和襄阳谁的志愿者占比高?", "那泸州呢?")
        assert answer.standalone_question.startswith("泸州志愿者占比")
        assert answer.status == "abstained"
