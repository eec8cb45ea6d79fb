"""Scores of one answer against its gold: pure functions, None where they do not apply."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assistant import Answer, Citation
from evals.cases import GoldFigure, Turn
from evals.comparing import (
    extra_figures,
    figures_of,
    meets,
    plain,
    same_qualifier,
    same_value,
    squeezed,
    stands_in,
)
from evals.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Score:
    """A score in [0, 1]; `reason` says what was missing and is empty at 1."""

    value: float
    reason: str = ""


Evaluator = Callable[[Turn, Answer, Corpus], Score | None]


def _score(faults: list[str]) -> Score:
    return Score(0.0, "; ".join(faults)) if faults else Score(1.0)


def bare_figure(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether the short answer gives all gold figures and no other of their units."""
    if not turn.figures:
        return None
    faults = [f"missing {gold.text}" for gold in turn.figures if not stands_in(gold, answer.short_answer)]
    faults += [f"extra {figure.text}" for figure in extra_figures(turn.figures, answer.short_answer)]
    return _score(faults)


def qualifier(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether the gold figures in the short answer carry the gold qualifiers."""
    if not turn.figures:
        return None
    faults = []
    for gold in turn.figures:
        found = [figure for figure in figures_of(answer.short_answer) if meets(gold, figure)]
        if not stands_in(gold, answer.short_answer):
            faults.append(f"missing {gold.text}")
        elif found and not any(same_qualifier(gold, figure) for figure in found):
            faults.append(f"{found[0].text} for {gold.text}")
    return _score(faults)


def figure_in_text(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether all gold figures stand in the text a person reads."""
    if not turn.figures:
        return None
    return _score([f"missing {gold.text}" for gold in turn.figures if not stands_in(gold, answer.text)])


def answers(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether of each group an alternative stands in the short answer or the text."""
    return _groups(turn, answer.short_answer + "\n" + answer.text)


def bare_answers(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether of each group an alternative stands in the short answer."""
    return _groups(turn, answer.short_answer)


def _groups(turn: Turn, text: str) -> Score | None:
    if not turn.answers:
        return None
    have = plain(text)
    return _score([
        f"missing {group[0]}" for group in turn.answers if not any(plain(a) in have for a in group)
    ])


def cited_sentence(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether the citations bear the gold answer out.

    Each needed article must be cited; each gold figure must stand in a quote of a needed article, or be
    derived from citations; each evidence string must stand in such a quote. A string that stands in none
    of the articles (a digest puts it otherwise) counts by its figures alone.
    """
    if not turn.answerable or not turn.articles:
        return None
    right = [c for c in answer.citations if _numbers(c, corpus) & set(turn.articles)]
    cited = {number for citation in right for number in _numbers(citation, corpus)}
    faults = [f"no citation of {number}" for number in turn.articles if number not in cited]
    quotes = [citation.quote for citation in right]
    faults += [
        f"no quote holds {gold.text}"
        for gold in turn.figures
        if not _figure_borne(gold, turn, answer, quotes, corpus)
    ]
    faults += [
        f"no quote holds {words}" for words in turn.evidence if not _words_borne(words, turn, quotes, corpus)
    ]
    return _score(faults)


def _numbers(citation: Citation, corpus: Corpus) -> set[str]:
    return {corpus.number(article_id) for article_id in (citation.article_id, *citation.also)}


def _figure_borne(gold: GoldFigure, turn: Turn, answer: Answer, quotes: list[str], corpus: Corpus) -> bool:
    if any(stands_in(gold, quote) for quote in quotes):
        return True
    if any(
        f.derived_from and any(same_value(gold.value, x) for x in figures_of(f.text)) for f in answer.figures
    ):
        return True
    return not corpus.has_figure(gold, turn.articles)


def _words_borne(words: str, turn: Turn, quotes: list[str], corpus: Corpus) -> bool:
    if any(squeezed(words) in squeezed(quote) for quote in quotes):
        return True
    if corpus.has_words(words, turn.articles):
        return False
    needed = [figure for figure in figures_of(words) if figure.is_quantity]
    return all(any(same_value(f.value, x) for quote in quotes for x in figures_of(quote)) for f in needed)


def abstention(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether the system abstained where, and only where, the articles do not say."""
    if turn.kind == "smalltalk":
        return _score([] if answer.status == "smalltalk" else [f"status {answer.status}"])
    if turn.answerable:
        return _score(
            [f"status {answer.status}"] if answer.status in {"abstained", "rejected", "smalltalk"} else []
        )
    silent = answer.status == "abstained" or (answer.status == "partial" and not answer.short_answer)
    return _score([] if silent else [f"status {answer.status}: {answer.short_answer}"])


def citation_exact(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether every quote is exactly the span it names of its article."""
    shown = [*answer.citations, *answer.nearest]
    if not shown:
        return None
    return _score([
        f"{passage.article_id}[{passage.start}:{passage.end}] is not {passage.quote[:20]!r}"
        for passage in shown
        if passage.article_id not in corpus.texts
        or corpus.texts[passage.article_id][passage.start : passage.end] != passage.quote
    ])


def figures_verified(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether every figure of the answer stands in the quote it cites or is derived from citations."""
    if not answer.figures:
        return None
    quotes = {citation.n: citation.quote for citation in answer.citations}
    faults = []
    for figure in answer.figures:
        if figure.derived_from:
            if not set(figure.derived_from) <= set(quotes):
                faults.append(f"{figure.text} derived from no citation")
        elif not any(same_value(figure.value, x) for x in figures_of(quotes.get(figure.citation, ""))):
            faults.append(f"{figure.text} not in quote {figure.citation}")
    return _score(faults)


def figures_listed(turn: Turn, answer: Answer, corpus: Corpus) -> Score | None:
    """Scores whether every amount that a statement of the answer gives is among its listed figures."""
    given = [f for statement in answer.statements for f in figures_of(statement.text) if f.is_quantity]
    if not given:
        return None
    listed = {Decimal(figure.value) for figure in answer.figures if _is_decimal(figure.value)}
    return _score([f"{figure.text} not listed" for figure in given if Decimal(figure.value) not in listed])


def _is_decimal(value: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", value))


EVALUATORS: dict[str, Evaluator] = {
    "bare_figure": bare_figure,
    "qualifier": qualifier,
    "figure_in_text": figure_in_text,
    "cited": cited_sentence,
    "answers": answers,
    "bare_answers": bare_answers,
    "abstention": abstention,
    "citation_exact": citation_exact,
    "figures_verified": figures_verified,
    "figures_listed": figures_listed,
}
