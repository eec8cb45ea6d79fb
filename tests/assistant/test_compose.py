from __future__ import annotations

import pytest

from assistant.compose import Excerpt, excerpt
from assistant.evidence import Evidence
from assistant.reading.candidates import figure_spans, parse, sentence_span
from assistant.reading.language import Language
from assistant.reading.question import understand
from assistant.reading.reader import Candidate
from assistant.reading.scoring import Coverage
from retrieval import ArticleMeta, Sentence

LONG = (
    "近年来,当地坚持把服务群众作为出发点和落脚点,不断完善工作机制,持续整合各方资源,着力打通服务群众的最后一米,居民的获得感、幸福感、"
    "安全感日益增强,其中骑手驿站建成318个,志愿服务队伍达到56支,社区食堂开办205家,各项工作走在前列,得到居民、骑手和商户的一致好评。"
)


@pytest.fixture
def excerpt_of(language: Language):
    """Returns a function: sentence, the figure that answers (None for the whole sentence), date → Excerpt."""

    def make(text: str, figure: str | None, published: str = "2025-03-09") -> Excerpt:
        meta = ArticleMeta(article_id="a", published=published)
        sentence = Sentence(article_id="a", index=0, start=0, end=len(text), text=text)
        parsed = parse(Evidence(1, meta, sentence, 0, len(text), text, 0), language.normalise)
        spans = (
            [sentence_span(parsed)]
            if figure is None
            else [s for s in figure_spans(parsed, understand("有多少?")) if s.text == figure]
        )
        return excerpt(Candidate(parsed, spans[0], 1.0, Coverage(1.0, (), (), ()), 0, 0))

    return make


class TestPart:
    def test_a_short_sentence_is_shown_whole(self, excerpt_of):
        text = "全市建成骑手驿站318个,覆盖所有街道。"
        assert excerpt_of(text, "318个") == Excerpt(text, text, "")

    @pytest.mark.parametrize("figure", ["318个", "56支", "205家"])
    def test_of_a_long_one_is_contiguous_and_holds_the_answer(self, excerpt_of, figure):
        shown = excerpt_of(LONG, figure)
        assert shown.quote in LONG
        assert figure in shown.quote
        assert len(shown.quote) < len(LONG)
        assert figure in shown.text

    def test_marks_are_balanced(self, excerpt_of):
        text = LONG.replace("志愿服务队伍达到56支,", "推行“邻里帮,骑手伴”机制的队伍达到56支,")
        shown = excerpt_of(text, "56支")
        assert shown.text.count("“") == shown.text.count("”")

    def test_is_on_one_line(self, excerpt_of):
        assert "\n" not in excerpt_of("全市建成\n骑手驿站318个。", "318个").text


class TestYears:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("今年新增队伍56支。", "今年（2025年）新增队伍56支。"),
            ("去年新增队伍56支。", "去年（2024年）新增队伍56支。"),
            ("目前有队伍56支。", "目前（2025年3月9日）有队伍56支。"),
            ("2月5日有队伍56支。", "2月5日（2025年）有队伍56支。"),
            ("2023年新增队伍56支。", "2023年新增队伍56支。"),
            ("全市新增队伍56支。", "全市新增队伍56支。"),
        ],
    )
    def test_are_supplied_from_the_articles_date(self, excerpt_of, text, shown):
        assert excerpt_of(text, "56支") == Excerpt(shown, text, "")

    @pytest.mark.parametrize(
        ("text", "open_year"),
        [("今年新增队伍56支。", "今年"), ("截至11月有队伍56支。", "11月"), ("目前有队伍56支。", "目前")],
    )
    def test_are_told_to_be_open_without_one(self, excerpt_of, text, open_year):
        assert excerpt_of(text, "56支", "") == Excerpt(text, text, open_year)

    @pytest.mark.parametrize("text", ["2023年有队伍56支。", "全市有队伍56支。"])
    def test_are_not_open_where_written_or_unneeded(self, excerpt_of, text):
        assert excerpt_of(text, "56支", "").open_year == ""


def test_a_sentence_as_the_answer_is_shown_whole(excerpt_of):
    assert excerpt_of(LONG, None).quote == LONG


class TestEnd:
    @pytest.mark.parametrize(
        ("tail", "figure", "ends"),
        [
            (
                "去年全区开办企业、合作社、家庭农场和个体工商户等各类经营主体3069家(含正在筹办的,下同),按可比口径计算增长很快。",
                "3069家",
                "家(含正在筹办的,下同)",
            ),
            (
                "托育园、幼儿园、食堂分别达到95家、60家、92家,均高于前一年,受到好评。",
                "60家",
                "95家、60家、92家",
            ),
        ],
    )
    def test_cuts_neither_an_aside_nor_an_enumeration(self, excerpt_of, tail, figure, ends):
        assert excerpt_of(LONG.rstrip("。") + "," + tail, figure).quote.endswith(ends)
