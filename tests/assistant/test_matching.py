from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reading.matching import INSIDE, NARROWER, SAME, Matcher
from assistant.reading.question import understand
from assistant.reading.scoring import met_by


@pytest.fixture(scope="module")
def matcher(language) -> Matcher:
    return language.matcher


class TestMatch:
    def test_as_written_is_full(self, matcher):
        assert matcher.match("志愿者", "全市注册志愿者约62万人") == 1.0

    def test_quotation_marks_do_not_part_a_word(self, matcher):
        assert matcher.match("暖新驿站", "建成暖“新”驿站30个") == 1.0

    def test_a_synonym_counts_less_than_the_word(self, matcher):
        assert matcher.match("写字楼", "建成商务楼宇12栋") == SAME
        assert 0.5 <= SAME < 1.0

    @pytest.mark.parametrize(
        ("term", "text"),
        [
            ("工钱", "月均薪酬为5200元"), ("看病", "就诊人次达3万"), ("打官司", "提起诉讼30件"), ("头一批", "首批选派干部45名"),
            ("建", "新建驿站30个"), ("车", "投入车辆30台"), ("发改委", "市发展和改革委员会印发"), ("打工的", "外出务工人员3.2万人"),
            ("女", "妇女3万人"), ("摘牌", "撤牌220块"), ("外地", "市外投资者"),
        ],
    )  # fmt: skip
    def test_other_words_for_it(self, matcher, term, text):
        assert matcher.match(term, text) == SAME

    @pytest.mark.parametrize(
        ("term", "text"),
        [
            ("交税", "企业向市局提交税务资料"), ("建", "群众提出建议300条"), ("升", "升学率达95%"), ("发", "发展党员30名"),
            ("开", "公开招聘40人"), ("工资", "居民收入3万元"), ("医院", "诊所30家"),
        ],
    )  # fmt: skip
    def test_no_part_of_other_words(self, matcher, term, text):
        assert matcher.match(term, text) < 0.2

    def test_a_noun_of_one_character_counts_half_inside_another(self, matcher):
        assert matcher.match("楼", "楼道30处") == INSIDE

    def test_latin_letters_are_no_part_of_others(self, matcher):
        assert matcher.match("app", "application 300") == 0.0
        assert matcher.match("gdp", "地区生产总值1200亿元") == SAME

    def test_parts_of_an_expression_may_stand_apart(self, matcher):
        assert matcher.match("老年食堂", "食堂为老年人供餐3万份") > 0.5
        assert matcher.match("老年食堂", "食堂供餐3万份") < 0.5

    def test_a_kind_of_it_is_weak_and_only_downwards(self, matcher):
        assert matcher.match("新就业群体", "骑手3万人") == NARROWER
        assert matcher.match("骑手", "新就业群体3万人") < 0.2
        assert 0.2 <= NARROWER < 0.3

    def test_an_abbreviation_is_met(self, matcher):
        assert 0.5 <= matcher.match("社工", "全市共有社会工作者5310名") < 1.0

    @pytest.mark.parametrize(
        ("term", "text"),
        [("退役军人", "志愿者约62万人"), ("人", "社区"), ("16", "委员48名"), ("食堂", "驿站")],
    )
    def test_another_thing_is_not(self, matcher, term, text):
        assert matcher.match(term, text) < 0.5

    def test_nothing_is_met_by_nothing(self, matcher):
        assert matcher.match("志愿者", "") == 0.0

    @settings(max_examples=60, deadline=None)
    @given(
        st.text("志愿者社会工作服务站12人“”", min_size=1, max_size=5),
        st.text("志愿者社会工作服务站12人，", max_size=12),
    )
    def test_is_between_nothing_and_full(self, matcher, term, text):
        assert 0.0 <= matcher.match(term, text) <= 1.0
        assert matcher.match(term, text) == matcher.match(term, text)


def test_words_join_to_the_text(matcher):
    text = "全市注册志愿者约62万人,占常住人口的14.5%。"
    assert "".join(matcher.words(text)) == text


class TestExpressions:
    """Everyday expressions of several words, in a question of their own, are met by the official word."""

    @pytest.mark.parametrize(
        ("question", "text"),
        [
            ("白天照看老人的地方有多少个?", "全县建成日间照料中心42个"),
            ("卖到海外的货值有多少?", "全市出口额120亿元"),
            ("脑子糊涂的老人有多少?", "登记失智老人310名"),
            ("先拨的医保钱有多少?", "预拨医保基金3.2亿元"),
            ("归市里管的单位有多少家?", "市属单位46家"),
            ("摸出来的矛盾有多少件?", "排查出的纠纷308件"),
            ("要来政策多少项?", "争取政策12项"),
            ("没有工作的人有多少?", "帮助失业人员2300人"),
        ],
    )
    def test_every_word_is_met(self, language, question, text):
        terms = language.terms(understand(question), ())
        assert terms
        assert all(met_by(term, text, language.matcher) >= 0.5 for term in terms)

    def test_an_expression_is_met_by_no_relative(self, language):
        terms = {t.text: t for t in language.terms(understand("白天照看老人的地方有多少个?"), ())}
        assert met_by(terms["照看"], "全县建成老年大学42所", language.matcher) < 0.5

    def test_each_word_of_an_expression_counts(self, matcher):
        assert matcher.match("拿到证", "领取慰问金120人") < 0.5


_WORDS = st.sampled_from(
    "志愿者 志愿服务 义工 骑手 女 妇女 男 车 老年食堂 食堂 社工 社会工作者 发改委 市级 市民政局 摊子 摊位 3000万元以下 三千万元 "
    "5家 暖“新”驿站 ，、 。 的 在 AI平台 数据 党员 办公室 登记 注册 就诊人次 看病 12.5亿元 十二亿 百家".split()
)


class TestLacks:
    @given(
        term=_WORDS, parts=st.lists(_WORDS, max_size=8), cut=st.tuples(st.integers(0, 30), st.integers(0, 30))
    )
    @settings(max_examples=400, deadline=None)
    def test_what_a_text_lacks_no_stretch_of_it_meets(self, matcher, term, parts, cut):
        text = "".join(parts).lower()
        stretch = text[min(cut) : max(cut)]
        if matcher.lacks(term.lower(), text):
            assert matcher.match(term.lower(), text) == matcher.match(term.lower(), stretch) == 0.0
        if matcher.lacks_all([term], text):
            assert not matcher.says(term, text)
            assert not matcher.says(term, stretch)
        if matcher.bounds(term) and matcher.lacks_amount(term, text):
            assert matcher.amount(term, text) == matcher.amount(term, stretch) == 0.0

    def test_most_terms_are_lacked(self, matcher):
        assert matcher.lacks("骑手", "全市注册志愿者约62万人")
        assert not matcher.lacks("义工", "全市注册志愿者约62万人")
        assert matcher.lacks_amount("3000万元以下", "共2.5万辆")
