from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from qinghe import ARTICLE, QUOTE, answer_to, passage_fields

from assistant.app.answer_text import text_html
from assistant.app.escaping import escape
from assistant.app.excerpts import Surroundings, surroundings
from assistant.app.render import answer_html, exchange_html, waiting_html
from assistant.app.shell import scope_html, talks_html
from assistant.app.sources import article_address, article_html
from assistant.chinese_dates import chinese_date
from assistant.conversations.records import Exchange, Pending, Rating, Summary
from assistant.models import Answer, AnswerFigure, Citation, Conflict, ConflictVersion, Notice, Passage
from assistant.scoping import Scope
from retrieval.sentences import split_sentences

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "**粗** [链](javascript:alert(1)) $x^2$ `码`",
    "${alert(1)} {{value}} {% raw %}",
)
SENTENCES = split_sentences(ARTICLE.article_id, ARTICLE.text)


class Elements(HTMLParser):
    """Collects the tags, attribute names and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.open = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open += 1
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.open -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_answer(text: str) -> Answer:
    """Returns an answer with the text in every field that shows some."""
    given = {
        "title": text,
        "publisher": text,
        "section": text,
        "source": text,
        "region": text,
        "article_id": text,
    }
    fields = {**passage_fields(), **given, "quote": text, "also": (text,)}
    return Answer(
        question=text,
        standalone_question=text + "?",
        understood=text,
        status="partial",
        short_answer=text,
        text=f"{text}[1]\n\n- {text}",
        citations=(Citation.model_validate({"n": 1, **fields}),),
        figures=(AnswerFigure(text=text, value="1", as_of=text, citation=1),),
        notices=(Notice(kind="dropped", text=text),),
        conflicts=(Conflict(about=text, versions=(ConflictVersion(text=text, as_of=text, citation=1),)),),
        nearest=(Passage.model_validate(fields),),
        mode="llm",
        model=text,
    )


@pytest.mark.parametrize("text", HOSTILE)
class TestNothingForeignIsInterpreted:
    def test_in_an_answer(self, text):
        answer = hostile_answer(text)
        around = {(text, answer.citations[0].start, answer.citations[0].end): Surroundings(text, text)}
        given = Exchange(
            question=text, answer=answer, scope=text, rating=Rating(verdict="down", reason=text, comment=text)
        )
        self.check(exchange_html(given, 0, around, text), text)

    def test_in_an_article(self, text):
        article = ARTICLE.model_copy(
            update={"title": text, "publisher": text, "text": f"{text}\n{text}", "url": text}
        )
        self.check(article_html(article, (), 2, 8), text)

    def test_in_the_list_of_articles(self, text):
        meta = ARTICLE.model_copy(update={"title": text, "article_id": text, "region": text})
        self.check(scope_html(Scope(regions=(text,)), [meta]), text)

    def test_in_the_list_of_conversations(self, text):
        one = Summary(conversation_id=text, title=text, updated="", questions=1)
        self.check(talks_html([one], text, text), text)

    def test_while_waiting_and_failing(self, text):
        self.check(waiting_html(Pending(question=text, scope=text)), text)
        self.check(exchange_html(Exchange(question=text, outcome="failed", reason=text), 0, {}), text)

    def check(self, page: str, text: str) -> None:
        found = Elements(page)
        assert text in found.text
        assert not {"script", "img", "em", "code"} & set(found.tags)
        assert not any(name.startswith("on") for name in found.attributes)
        assert not any(address.startswith("javascript") for address in found.addresses)
        assert not re.search(r"[{}$`\\]", page)


class TestAnswer:
    def test_the_bare_answer_stands_first_with_its_time(self):
        page = answer_html(answer_to("志愿者"), {})
        assert page.index(">3.2万名</strong>") < page.index(QUOTE[:6])
        assert "数据时间：2025年3月" in page
        assert "有据</span>" in page

    def test_without_a_time_of_its_own_the_report_s_date_is_given(self):
        answer = answer_to("志愿者").model_copy(update={"figures": ()})
        assert "报道时间：2025年3月9日" in answer_html(answer, {})

    def test_markers_open_the_article_at_the_quotation(self):
        answer = answer_to("志愿者")
        start = ARTICLE.text.index(QUOTE)
        address = f"article/qinghe?start={start}&amp;end={start + len(QUOTE)}#quote"
        assert f'href="{address}" target="_blank"' in answer_html(answer, {})
        assert "〔1〕" in answer_html(answer, {})

    def test_a_number_that_is_no_source_stays_text(self):
        assert text_html("见[9]。[1]", answer_to("志愿者").citations).startswith("<p>见[9]。<a ")

    def test_headings_lists_and_tables_are_shown_as_such(self):
        text = "### 队伍\n甲。\n- 乙[1]\n- **丙**\n| 地区 | 数 |\n|---|---|\n| 青禾市 | 5[1] |\n| 云岭\\|市 | 3 |"
        page = text_html(text, answer_to("志愿者").citations)
        assert page.startswith("<h4>队伍</h4><p>甲。</p><ul><li>乙<a ")
        assert "<li><b>丙</b></li></ul>" in page
        assert "<th>地区</th>" in page
        assert "<td>云岭|市</td>" in page
        assert "〔1〕" in page.split("<tbody>")[1]
        assert Elements(page).open == 0

    def test_the_source_shows_its_quotation_in_its_surroundings(self):
        answer = answer_to("志愿者")
        cited = answer.citations[0]
        around = {("qinghe", cited.start, cited.end): surroundings(SENTENCES, cited.start, cited.end)}
        page = answer_html(answer, around)
        assert f"新建驿站二十座。<mark>{QUOTE}</mark>队伍还在壮大。" in page
        assert "摘要，非原文" in page
        assert "另有转载1篇" in page

    @pytest.mark.parametrize(("question", "opened"), [("志愿者", False), ("志愿者呢", True)])
    def test_the_understanding_is_open_when_it_differs(self, question, opened):
        page = answer_html(answer_to(question), {})
        assert ('<details class="understood" open>' in page) is opened

    def test_abstaining_shows_the_nearest_passages(self):
        page = answer_html(answer_to("天气"), {})
        assert "未找到" in page
        assert "最接近的原文" in page

    def test_many_sources_are_folded(self):
        cited = [Citation.model_validate({"n": n, **passage_fields()}) for n in range(1, 6)]
        page = answer_html(answer_to("志愿者").model_copy(update={"citations": tuple(cited)}), {})
        assert "其余 2 条出处" in page
        assert Elements(page).open == 0

    def test_conflicts_show_every_version(self):
        versions = (
            ConflictVersion(text="3.2万名", as_of="2025", citation=1),
            ConflictVersion(text="3万名", citation=1),
        )
        answer = answer_to("志愿者").model_copy(
            update={"conflicts": (Conflict(about="志愿者", versions=versions),)}
        )
        page = answer_html(answer, {})
        assert "说法不一" in page
        assert "<td>3万名</td><td>未注明</td>" in page


class TestArticle:
    def test_the_span_is_marked_once_and_the_text_complete(self):
        start = ARTICLE.text.index(QUOTE)
        page = article_html(ARTICLE, SENTENCES, start, start + len(QUOTE))
        assert f'<mark id="quote">{QUOTE}</mark>' in page
        title, body = ARTICLE.text.split("\n", 1)
        assert Elements(page.split("</header>")[1]).text == re.sub(r"[\s#]", "", body)
        assert title.removeprefix("# ") in page

    def test_a_span_over_several_lines_is_marked_in_each(self):
        page = article_html(ARTICLE, SENTENCES, 0, len(ARTICLE.text))
        assert page.count("<mark") == len([line for line in ARTICLE.text.splitlines() if line.strip()])
        assert page.count('id="quote"') == 1

    @pytest.mark.parametrize("span", [(-5, 3), (10**6, 10**7), (9, 2)])
    def test_spans_outside_the_article_do_no_harm(self, span):
        assert "队伍还在壮大" in article_html(ARTICLE, SENTENCES, *span)

    def test_headings_are_headings(self):
        assert "<h4>“邻里帮”怎么做</h4>" in article_html(ARTICLE, SENTENCES)

    @pytest.mark.parametrize(
        ("url", "linked"), [("https://news.example/1", True), ("javascript:alert(1)", False)]
    )
    def test_only_web_addresses_are_linked(self, url, linked):
        assert ("原网页" in article_html(ARTICLE.model_copy(update={"url": url}), ())) is linked

    def test_addresses_hold_any_id(self):
        assert article_address("a/b?c#d 甲") == "article/a%2Fb%3Fc%23d%20%E7%94%B2"


class TestSurroundings:
    def test_they_do_not_cross_a_heading(self):
        start = ARTICLE.text.index("居民在小程序")
        assert surroundings(SENTENCES, start, start + 6) == Surroundings("", "上点单。社区派单。")

    def test_what_is_left_of_the_sentence_belongs_to_them(self):
        start = ARTICLE.text.index("3.2万名")
        found = surroundings(SENTENCES, start, start + 5)
        assert found.before.endswith("全市现有注册志愿者")
        assert found.after.startswith(",平均每周")

    def test_none_for_a_span_outside(self):
        assert surroundings(SENTENCES, 10**6, 10**6 + 3) == Surroundings()

    def test_long_ones_are_cut_on_the_far_side(self):
        sentences = split_sentences("x", "甲" * 300 + "。要点。" + "乙" * 300 + "。")
        found = surroundings(sentences, 301, 304)
        assert found.before.startswith("…")
        assert found.after.endswith("…")
        assert len(found.before) < 200


@pytest.mark.parametrize(
    ("iso", "shown"), [("2025-03-09", "2025年3月9日"), ("2025", "2025年"), ("", ""), ("x", "")]
)
def test_chinese_date(iso, shown):
    assert chinese_date(iso) == shown


def test_escape_drops_characters_that_turn_the_writing():
    assert escape("a\u202eb") == "ab"


def test_the_page_holds_the_whole_scope_even_of_articles_it_no_longer_offers():
    page = scope_html(Scope(articles=("很早的一篇",)), [ARTICLE])
    held = re.search(r'data-scope="([^"]*)"', page)
    assert held
    assert Scope.model_validate_json(html.unescape(held[1])) == Scope(articles=("很早的一篇",))
