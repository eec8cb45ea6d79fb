from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.across.conflicts import agree
from assistant.across.counting import asks_to_count
from assistant.ledger.row import LedgerRow
from assistant.reading.language import Language
from retrieval import Library

HEAD = "---\ntitle: {title}\npublished: {published}\nregion: {region}\n---\n"
ARTICLES = {
    "first": ("衡阳市志愿服务", "2025-03-09", "湖南省衡阳市", "截至2024年12月,衡阳市注册志愿者62万人。"),
    "second": ("衡阳志愿服务再观察", "2025-06-01", "湖南省衡阳市", "截至2024年12月,衡阳市注册志愿者65万人。"),
    "third": ("襄阳市志愿服务", "2025-06-01", "湖北省襄阳市", "截至2023年12月,襄阳市注册志愿者40万人。截至2024年12月,襄阳市注册志愿者48万人,同比增长20%。"),
    "fourth": (
        "泸州市社区工作", "2025-05-01", "四川省泸州市",
        "2023年全市网格员2000名,2024年全市网格员2500名,增长30%。全市共有党支部900个,其中农村党支部500个、社区党支部450个。"
        "全市社工3000名,其中持证社工1200名,占比45%。2023年全市驿站80个,2024年全市驿站101个,增长26%。"
        "市委社会工作部与泸州职业技术学院合作建立社区学院,与西南医科大学、四川警察学院合作建立健康学院。",
    ),
    "fifth": ("宜宾市简讯", "2025-05-01", "四川省宜宾市", "市委与宜宾学院、宜宾职业技术学院等合作建立社区学院。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory, language: Language) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("beside")
    for name, (title, published, region, text) in ARTICLES.items():
        head = HEAD.format(title=title, published=published, region=region)
        folder.joinpath(f"{name}.md").write_text(head + text + "\n", encoding="utf-8", newline="")
    with Library.open(folder / "data") as library:
        assert {r.result for r in library.ingest(sorted(folder.glob("*.md")))} == {"added"}
        with Assistant(library, language) as real:
            yield real


class TestDisputes:
    def test_every_version_newest_first(self, several):
        answer = several.ask("衡阳有多少注册志愿者?")
        assert (
            "《衡阳志愿服务再观察》（2025-06-01）作65万人；《衡阳市志愿服务》（2025-03-09）作62万人"
            in answer.text
        )
        (conflict,) = answer.conflicts
        assert [v.text for v in conflict.versions] == ["65万人", "62万人"]
        assert {answer.citations[v.citation - 1].article_id for v in conflict.versions} == {"first", "second"}
        assert answer.short_answer == "65万人（另有文章作62万人）"

    def test_also_beside_a_comparison(self, several):
        answer = several.ask("衡阳和襄阳谁的注册志愿者多?")
        assert [v.text for v in answer.conflicts[0].versions] == ["65万人", "62万人"]

    def test_another_time_is_no_dispute(self, several):
        assert several.ask("襄阳有多少注册志愿者?").conflicts == ()

    @pytest.mark.parametrize(
        ("a", "b", "same"),
        [
            (("约62万人", "620000", "约"), ("62.3万人", "623000", ""), True),
            (("62万人", "620000", ""), ("62.4万人", "624000", ""), True),
            (("62万人", "620000", ""), ("65万人", "650000", ""), False),
        ],
    )
    def test_a_rounder_figure_does_not_disagree(self, a, b, same):
        assert agree(row(*a), row(*b)) is same


class TestConsistency:
    @pytest.mark.parametrize(
        ("question", "told"),
        [
            ("泸州2024年有多少网格员?", "原文数据不一致：按2500名和2000名计算，增长约25%，原文写作30%"),
            ("泸州有多少党支部?", "原文数据不一致：500个、450个合计950个，原文写作900个"),
            ("泸州持证社工占比多少?", "原文数据不一致：按1200名和3000名计算，占比约40%，原文写作45%"),
        ],
    )
    def test_what_does_not_agree_is_said_beside_the_original(self, several, question, told):
        answer = several.ask(question)
        assert told in answer.text
        assert answer.short_answer in answer.statements[0].text

    @pytest.mark.parametrize("question", ["泸州2024年有多少驿站?", "襄阳2024年有多少注册志愿者?"])
    def test_what_agrees_up_to_rounding_is_left_alone(self, several, question):
        answer = several.ask(question)
        assert answer.status == "grounded"
        assert "不一致" not in answer.text


class TestCounting:
    def test_listed_items_are_counted_and_shown(self, several):
        answer = several.ask("泸州和几所高校合作建了学院?")
        assert answer.short_answer == "3所（据列举计数）"
        assert "泸州职业技术学院、西南医科大学、四川警察学院" in answer.text
        assert "名称以“大学”“学院”“学校”结尾" in answer.text
        (figure,) = [f for f in answer.figures if f.derived_from]
        assert figure.value == "3"

    def test_an_open_list_gives_a_lower_bound(self, several):
        answer: Answer = several.ask("宜宾和几所高校合作建了社区学院?")
        assert answer.short_answer == "至少2所（据列举计数）"
        assert "列举未必完整" in answer.text

    def test_a_total_in_the_text_is_not_recounted(self, several):
        assert "列举计数" not in several.ask("泸州有几个党支部?").text

    @pytest.mark.parametrize(
        ("question", "noun"), [("与几家单位签约?", "单位"), ("出台了多少份文件?", "文件"), ("有多少人?", "")]
    )
    def test_what_can_be_counted(self, question, noun):
        assert asks_to_count(question) == noun


def row(text: str, value: str, qualifier: str) -> LedgerRow:
    return LedgerRow(
        article_id="a", text=text, value=value, unit="人", qualifier=qualifier, sentence=text,
        sentence_start=0, start=0, end=len(text),
    )  # fmt: skip


def test_an_article_without_a_place_is_mentioned_by_its_title(tmp_path: Path, language: Language):
    tmp_path.joinpath("n1075.md").write_text(
        "---\ntitle: 观察第3期\n---\n这里写到低空经济的试点。\n", encoding="utf-8"
    )
    with Library.open(tmp_path / "data") as library:
        assert [r.result for r in library.ingest([tmp_path / "n1075.md"])] == ["added"]
        with Assistant(library, language) as real:
            answer = real.ask("哪些文章提到低空经济?")
    assert (answer.status, answer.short_answer) == ("grounded", "1篇：观察第3期")
    assert "观察第3期：这里写到低空经济的试点" in answer.text
