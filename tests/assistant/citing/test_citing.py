from __future__ import annotations

import pytest
from qinghe import QUOTE, answer_to, passage_fields

from assistant.citing.copies import report_sentences, with_sources
from assistant.citing.references import reference, references
from assistant.models import Answer, AnswerFigure, Citation, Passage, Statement


def answer(text: str, as_of: str = "", **source: object) -> Answer:
    cited = Citation.model_validate({"n": 1, **passage_fields(), "digest": False, **source})
    figure = AnswerFigure(text="3.2万名", value="32000", unit="名", as_of=as_of, citation=1)
    return answer_to("志愿者").model_copy(
        update={
            "statements": (Statement(text=text, citations=(1,)),),
            "citations": (cited,),
            "figures": (figure,),
        }
    )


class TestReportSentences:
    @pytest.mark.parametrize(
        ("text", "as_of", "copied"),
        [
            ("全市现有志愿者3.2万名。", "2025-03", "截至2025年3月，全市现有志愿者3.2万名。"),
            ("全年服务群众3.2万名", "2024", "据青禾日报2025年3月9日报道，全年服务群众3.2万名。"),
            ("全市现有志愿者3.2万名。", "", "据青禾日报2025年3月9日报道，全市现有志愿者3.2万名。"),
            ("2024年，志愿者增至3.2万名。", "2024", "2024年，志愿者增至3.2万名。"),
            ("截至去年底，有志愿者3.2万名。", "2024", "截至去年底，有志愿者3.2万名。"),
        ],
    )
    def test_a_fact_stands_behind_its_time_or_its_source(self, text, as_of, copied):
        assert report_sentences(answer(text, as_of)) == copied

    def test_markers_and_notes_are_left_out(self):
        given = answer("- **全市**现有志愿者3.2万名（注：“现有”，原文未注明年份）")
        assert report_sentences(given) == "据青禾日报2025年3月9日报道，全市现有志愿者3.2万名。"

    def test_a_digest_reports_nothing_and_what_is_unknown_is_left_out(self):
        assert report_sentences(answer("志愿者3.2万名。", digest=True)).startswith(
            "据《青禾市志愿服务一年记》，"
        )
        unknown = answer("志愿者3.2万名。", publisher="", published="", title="")
        assert report_sentences(unknown).startswith("据《qinghe》，")


def test_with_sources_each_marker_has_its_line():
    copied = with_sources(answer_to("志愿者"))
    assert copied.startswith(
        f"{QUOTE}[1]\n\n出处：\n[1] 《青禾市志愿服务一年记》（摘要，非原文），青禾日报，2025年3月9日，“"
    )
    assert QUOTE in copied.split("出处：")[1]


class TestReferences:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, "题[N]. 青禾日报, 2025-03-09."),
            ({"published": ""}, "题[N]. 青禾日报."),
            ({"source": "https://a.example/1"}, "题[N/OL]. 青禾日报, 2025-03-09. https://a.example/1."),
            ({"publisher": "青禾周刊"}, "题[J]. 青禾周刊, 2025-03-09."),
            ({"publisher": "青禾市民政局"}, "青禾市民政局. 题[Z]. 2025-03-09."),
            (
                {"publisher": "青禾网", "source": "https://a.example/1"},
                "青禾网. 题[EB/OL]. (2025-03-09). https://a.example/1.",
            ),
            ({"publisher": "", "published": ""}, "题[Z]."),
        ],
    )
    def test_only_what_is_known_is_given(self, fields, expected):
        given = {"title": "题", "publisher": "青禾日报", "published": "2025-03-09", **fields}
        assert reference(Passage(article_id="a", quote="q", start=0, end=1, **given)) == expected

    def test_an_article_is_named_once(self):
        cited = [Citation.model_validate({"n": n, **passage_fields()}) for n in (1, 2)]
        assert references(cited) == "[1] 青禾市志愿服务一年记[N]. 青禾日报, 2025-03-09."
