from __future__ import annotations

from qinghe import ARTICLE, FakeAssistant, answer_to

from assistant.app.examples import (
    Example,
    Examples,
    FollowUps,
    Priority,
    figure_examples,
    term_examples,
    verified,
)
from retrieval import Article, LibraryLocked

QUESTION = "青禾市有多少注册志愿者?"


class TestExamples:
    TEXT = "全市现有注册志愿者3.2万名,社区派单。配备社区工作者18名。\n\n## “邻里帮”怎么做\n\n全市有5个和。\n"

    def test_they_are_made_from_figures_and_headings(self, library):
        library.held = {"a": Article(article_id="a", region="丰原省青禾市", text=self.TEXT)}
        assert [e.question for e in figure_examples(library)] == ["青禾市有多少注册志愿者？"]
        assert [e.question for e in term_examples(library)] == ["“邻里帮”指的是什么？"]

    def test_no_region_no_figure_example(self, library):
        library.held = {"a": Article(article_id="a", text=self.TEXT)}
        assert figure_examples(library) == []

    def test_only_those_answered_with_their_figure_are_kept(self, assistant):
        tried = [Example(QUESTION, "32000"), Example(QUESTION, "5"), Example("天气"), Example("志愿者")]
        assert verified(assistant, tried, 4) == [QUESTION, "志愿者"]

    def test_they_are_verified_in_the_background(self, assistant):
        assert Examples(assistant).questions() == ["青禾市有多少注册志愿者？"]

    def test_a_failing_library_gives_none(self, assistant):
        assistant.failure = LibraryLocked("锁着。")
        assert Examples(assistant).questions() == []

    def test_a_figure_for_each_of_something_is_no_example(self, library):
        text = "全市按每万人口配备社区工作者18名。"
        library.held = {"a": Article(article_id="a", region="丰原省青禾市", text=text)}
        assert figure_examples(library) == []

    def test_they_are_made_anew_when_articles_come_or_go(self, assistant, library):
        examples = Examples(assistant)
        assert examples.questions()
        library.held = {}
        assert examples.questions() == []


class TestFollowUps:
    def test_they_are_questions_the_cited_article_answers(self, assistant):
        follow_ups = FollowUps(assistant)
        assert follow_ups.after(answer_to("志愿者"), [], patience=20) == ["青禾市有多少注册志愿者？"]
        follow_ups.close()

    def test_what_was_asked_already_is_not_offered(self, assistant):
        follow_ups = FollowUps(assistant)
        assert follow_ups.after(answer_to("志愿者"), [QUESTION], patience=20) == []
        follow_ups.close()

    def test_nothing_is_verified_while_somebody_waits_for_an_answer(self, assistant):
        priority = Priority()
        follow_ups = FollowUps(assistant, priority)
        with priority.answering():
            assert follow_ups.after(answer_to("志愿者"), [], patience=0.05) == []
            assert assistant.asked == []
        follow_ups.close()

    def test_an_article_gone_meanwhile_gives_none(self):
        follow_ups = FollowUps(FakeAssistant())
        follow_ups._assistant.library.held = {}
        assert follow_ups.after(answer_to("志愿者"), []) == []
        assert ARTICLE.article_id
        follow_ups.close()
