from __future__ import annotations

import pytest

from assistant import Answer, AnswerFigure, Citation, Passage, Statement
from evals import evaluators
from evals.cases import GoldFigure, Turn
from evals.corpus import Corpus


def cite(corpus: Corpus, quote: str, article_id: str = "007_qingshi", n: int = 1) -> Citation:
    start = corpus.texts[article_id].index(quote)
    return Citation(n=n, article_id=article_id, quote=quote, start=start, end=start + len(quote))


def answer(short: str = "", text: str = "", *citations: Citation, **more: object) -> Answer:
    fields = {
        "status": "grounded",
        "short_answer": short,
        "text": text or short,
        "citations": citations,
    } | more
    return Answer.model_validate({"question": "?", **fields})


@pytest.mark.parametrize(
    "short", ["约1.2万名", "约12000人", "约一万二千人", "约１．２万位", "12000", "志愿者1.2万名"]
)
def test_bare_figure_in_any_notation(turn: Turn, corpus: Corpus, short: str) -> None:
    score = evaluators.bare_figure(turn, answer(short), corpus)
    assert score is not None
    assert score.value == 1


@pytest.mark.parametrize(
    ("short", "reason"),
    [
        ("约1.3万名", "missing 约1.2万名; extra 约1.3万名"),
        ("约12000户", "missing 约1.2万名"),
        ("约1.2万名、500名", "extra 500名"),
        ("", "missing 约1.2万名"),
    ],
)
def test_bare_figure_wrong_missing_or_too_many(turn: Turn, corpus: Corpus, short: str, reason: str) -> None:
    assert evaluators.bare_figure(turn, answer(short), corpus) == evaluators.Score(0, reason)


def test_bare_figure_may_have_figures_of_other_units(turn: Turn, corpus: Corpus) -> None:
    assert evaluators.bare_figure(turn, answer("约1.2万名(36个驿站)"), corpus) == evaluators.Score(1)


def test_bare_figure_word_for_word_where_it_is_no_quantity(turn: Turn, corpus: Corpus) -> None:
    ordinal = turn.model_copy(update={"figures": (GoldFigure(text="第四届", value="4", unit="届"),)})
    assert evaluators.bare_figure(ordinal, answer("第四届"), corpus) == evaluators.Score(1)
    assert evaluators.bare_figure(ordinal, answer("第三届"), corpus) == evaluators.Score(0, "missing 第四届")


def test_bare_figure_is_not_found_inside_a_longer_number(turn: Turn, corpus: Corpus) -> None:
    bare = turn.model_copy(update={"figures": (GoldFigure(text="36", value="36"),)})
    for short in ("367个", "136个", "3.36"):
        score = evaluators.bare_figure(bare, answer(short), corpus)
        assert score is not None
        assert score.value == 0


def test_bare_figure_rounded_gold_is_met_by_what_rounds_to_it(turn: Turn, corpus: Corpus) -> None:
    share = turn.model_copy(
        update={"figures": (GoldFigure(text="约11.1%", value="11.1", unit="%", qualifier="约"),)}
    )
    assert evaluators.bare_figure(share, answer("约11.11%"), corpus) == evaluators.Score(1)
    wrong = evaluators.bare_figure(share, answer("约11.2%"), corpus)
    assert wrong is not None
    assert wrong.value == 0


@pytest.mark.parametrize(
    ("short", "value"), [("大约12000人", 1), ("1.2万名左右", 1), ("超1.2万名", 0), ("1.2万名", 0)]
)
def test_qualifier_by_class(turn: Turn, corpus: Corpus, short: str, value: float) -> None:
    score = evaluators.qualifier(turn, answer(short), corpus)
    assert score is not None
    assert score.value == value


def test_figure_in_text_ignores_markers(turn: Turn, corpus: Corpus) -> None:
    assert evaluators.figure_in_text(turn, answer("", "青石镇有约1.2万人[1]。"), corpus) == evaluators.Score(
        1
    )
    marked = turn.model_copy(update={"figures": (GoldFigure(text="1", value="1"),)})
    assert evaluators.figure_in_text(marked, answer("", "没有数[1]。"), corpus) == evaluators.Score(
        0, "missing 1"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("依据《青石鎮辦法》", 1), ("依据青石镇 办法", 1), ("另一部:暂行规定", 1), ("依据条例", 0)],
)
def test_answers_compared_in_plain_form(turn: Turn, corpus: Corpus, text: str, value: float) -> None:
    named = turn.model_copy(update={"figures": (), "answers": (("《青石镇办法》", "暂行规定"),)})
    score = evaluators.answers(named, answer("", text), corpus)
    assert score is not None
    assert score.value == value


def test_answers_need_every_group_and_bare_answers_the_short_answer(turn: Turn, corpus: Corpus) -> None:
    named = turn.model_copy(update={"figures": (), "answers": (("驿站",), ("议事厅",))})
    split = answer("驿站", "设驿站和议事厅[1]")
    assert evaluators.answers(named, split, corpus) == evaluators.Score(1)
    assert evaluators.bare_answers(named, split, corpus) == evaluators.Score(0, "missing 议事厅")


def test_cited_sentence_of_the_right_article(turn: Turn, corpus: Corpus) -> None:
    good = answer("约1.2万名", "", cite(corpus, "青石镇有约1.2万名志愿者。"))
    assert evaluators.cited_sentence(turn, good, corpus) == evaluators.Score(1)


def test_cited_sentence_of_a_reprint_counts(turn: Turn, corpus: Corpus) -> None:
    other = Citation(n=1, article_id="990_reprint", also=("007_qingshi",), quote="约1.2万名", start=0, end=6)
    assert evaluators.cited_sentence(turn, answer("约1.2万名", "", other), corpus) == evaluators.Score(1)


def test_cited_sentence_without_the_figure_or_of_another_article(turn: Turn, corpus: Corpus) -> None:
    beside = answer("约1.2万名", "", cite(corpus, "全镇设驿站36个、议事厅4间。"))
    assert evaluators.cited_sentence(turn, beside, corpus) == evaluators.Score(
        0, "no quote holds 约1.2万名; no quote holds 1.2万名"
    )
    foreign = evaluators.cited_sentence(
        turn, answer("约1.2万名", "", cite(corpus, "志愿者500名", "008_other")), corpus
    )
    assert foreign is not None
    assert foreign.reason.startswith("no citation of 007")


def test_cited_sentence_of_a_derived_figure(turn: Turn, corpus: Corpus) -> None:
    gold = GoldFigure(text="40个", value="40", unit="个")
    total = turn.model_copy(update={"figures": (gold,), "evidence": ("驿站36个",)})
    citation = cite(corpus, "全镇设驿站36个、议事厅4间。")
    figure = AnswerFigure(text="40个", value="40", unit="个", citation=1, derived_from=(1,))
    right = answer("40个", "", citation, figures=(figure,))
    assert evaluators.cited_sentence(total, right, corpus) == evaluators.Score(1)
    away = answer("40个", "", cite(corpus, "驿站由《青石镇办法》规定。"), figures=(figure,))
    assert evaluators.cited_sentence(total, away, corpus) == evaluators.Score(0, "no quote holds 驿站36个")


def test_cited_sentence_takes_reworded_evidence_by_its_figures(turn: Turn, corpus: Corpus) -> None:
    reworded = turn.model_copy(update={"evidence": ("驿站达到36个",), "figures": (), "answers": (("驿站",),)})
    good = answer("驿站", "", cite(corpus, "全镇设驿站36个、议事厅4间。"))
    assert evaluators.cited_sentence(reworded, good, corpus) == evaluators.Score(1)
    bad = answer("驿站", "", cite(corpus, "驿站由《青石镇办法》规定。"))
    assert evaluators.cited_sentence(reworded, bad, corpus) == evaluators.Score(
        0, "no quote holds 驿站达到36个"
    )


@pytest.mark.parametrize(
    ("answerable", "status", "short", "value"),
    [
        (False, "abstained", "", 1),
        (False, "partial", "", 1),
        (False, "partial", "36个", 0),
        (False, "grounded", "36个", 0),
        (True, "grounded", "36个", 1),
        (True, "partial", "36个", 1),
        (True, "abstained", "", 0),
        (True, "rejected", "", 0),
    ],
)
def test_abstention(
    corpus: Corpus, turn: Turn, answerable: bool, status: str, short: str, value: float
) -> None:
    asked = turn if answerable else Turn(question="?", kind="count", style="plain", answerable=False)
    score = evaluators.abstention(asked, answer(short, "文", status=status), corpus)
    assert score is not None
    assert score.value == value


def test_abstention_of_smalltalk(corpus: Corpus) -> None:
    hello = Turn(question="你好", kind="smalltalk", style="plain")
    assert evaluators.abstention(hello, answer("", "你好", status="smalltalk"), corpus) == evaluators.Score(1)
    wrong = evaluators.abstention(hello, answer("", "无", status="abstained"), corpus)
    assert wrong == evaluators.Score(0, "status abstained")


def test_citation_exact_to_the_character(turn: Turn, corpus: Corpus) -> None:
    right = cite(corpus, "议事厅4间")
    assert evaluators.citation_exact(turn, answer("", "文", right), corpus) == evaluators.Score(1)
    shifted = right.model_copy(update={"start": right.start + 1, "end": right.end + 1})
    unknown = Passage(article_id="009", quote="议", start=0, end=1)
    for wrong in (answer("", "文", shifted), answer("", "文", nearest=(unknown,))):
        score = evaluators.citation_exact(turn, wrong, corpus)
        assert score is not None
        assert score.value == 0
    assert evaluators.citation_exact(turn, answer("", "文"), corpus) is None


def test_figures_verified_against_the_cited_quote(turn: Turn, corpus: Corpus) -> None:
    quotes = (cite(corpus, "驿站36个"), cite(corpus, "议事厅4间", n=2))

    def score(**fields: object) -> evaluators.Score | None:
        figure = AnswerFigure.model_validate({"text": "36个", "value": "36", "citation": 1} | fields)
        return evaluators.figures_verified(turn, answer("", "文", *quotes, figures=(figure,)), corpus)

    assert score() == evaluators.Score(1)
    assert score(citation=2) == evaluators.Score(0, "36个 not in quote 2")
    assert score(text="40个", value="40", derived_from=(1, 2)) == evaluators.Score(1)
    assert score(text="40个", value="40", derived_from=(1, 3)) == evaluators.Score(
        0, "40个 derived from no citation"
    )


def test_figures_listed(turn: Turn, corpus: Corpus) -> None:
    statement = Statement(text="驿站36个", citations=(1,))
    figure = AnswerFigure(text="36个", value="36", unit="个", citation=1)
    listed = answer("", "文", cite(corpus, "驿站36个"), statements=(statement,), figures=(figure,))
    assert evaluators.figures_listed(turn, listed, corpus) == evaluators.Score(1)
    bare = listed.model_copy(update={"figures": ()})
    assert evaluators.figures_listed(turn, bare, corpus) == evaluators.Score(0, "36个 not listed")
