from __future__ import annotations

from assistant.reading.asked import Asked
from assistant.reading.language import Language
from assistant.reading.question import understand
from assistant.reading.ranking import merged
from retrieval import Hit

TELLS = "全市建成骑手驿站318个，覆盖所有街道。"
BESIDE = "全市骑手大赛在体育馆举行，观众很多。"


def hit(number: int, text: str, article: str = "a") -> Hit:
    return Hit(
        article_id=article,
        chunk_id=f"{article}#{number}",
        score=1.0,
        legs={},
        start=0,
        end=len(text),
        text=text,
    )


def asked(language: Language, text: str, *places: str) -> Asked:
    question = understand(text)
    return Asked(question, language.terms(question, places), places=places)


def order(
    language: Language, question: Asked, *searches: list[Hit], local: tuple[str, ...] = ()
) -> list[str]:
    return [h.chunk_id for h in merged(question, searches, local, language.matcher, language.normalise)]


def test_a_passage_that_meets_the_question_comes_before_those_that_share_a_rare_word(language):
    found = [hit(0, BESIDE), hit(1, TELLS), hit(2, BESIDE)]
    assert order(language, asked(language, "全市有多少骑手驿站?"), found)[0] == "a#1"


def test_a_passage_of_several_searches_counts_once_by_its_best_rank(language):
    one, two = hit(0, TELLS), hit(1, TELLS)
    assert order(language, asked(language, "骑手驿站有多少?"), [one, two], [two]) == ["a#0", "a#1"]


def test_what_is_about_the_asked_place_need_not_name_it(language):
    found = [hit(0, TELLS, "far"), hit(0, TELLS, "near")]
    question = asked(language, "衡阳有多少骑手驿站?", "衡阳")
    assert order(language, question, found, local=("near",))[0] == "near#0"
    assert order(language, question, found)[0] == "far#0"


def test_without_terms_the_order_of_the_search_stands(language):
    found = [hit(n, BESIDE) for n in range(3)]
    assert order(language, Asked(understand("多少?"), ()), found) == ["a#0", "a#1", "a#2"]
