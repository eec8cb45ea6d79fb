from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import Answer, Citation
from evals.baseline import read_baseline, regressions, write_baseline
from evals.cases import Case, Turn
from evals.corpus import Corpus
from evals.report import average, crashes, failures, summary, tables
from evals.suite import ask_case, ask_cases

History = Sequence[tuple[str, Answer]]


class Fake:
    """Answers by rote; a question without an answer crashes."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.histories: list[list[str]] = []

    def ask(self, question: str, history: History = ()) -> Answer:
        self.histories.append([asked for asked, _ in history])
        return self.answers[question]


def right_answer(question: str) -> Answer:
    quote = Citation(n=1, article_id="007_qingshi", quote="青石镇有约1.2万名志愿者。", start=0, end=14)
    return Answer(
        question=question,
        status="grounded",
        short_answer="约1.2万名",
        text="约1.2万名[1]",
        citations=(quote,),
    )


@pytest.fixture
def cases(turn: Turn) -> tuple[Case, ...]:
    silent = Turn(question="镇长是谁?", kind="person", style="terse", answerable=False)
    later = turn.model_copy(update={"question": "到底多少?"})
    return (
        Case(id="one", turns=(turn,)),
        Case(id="none", turns=(silent,), part="apart"),
        Case(id="talk", turns=(turn, later), part="apart"),
    )


@pytest.fixture
def fake(turn: Turn) -> Fake:
    silent = Answer(question="镇长是谁?", status="abstained", text="文章没有说。")
    return Fake({
        turn.question: right_answer(turn.question),
        "镇长是谁?": silent,
        "到底多少?": right_answer("到底多少?"),
    })


def test_right_answers_score_full_in_their_groups(
    cases: tuple[Case, ...], fake: Fake, corpus: Corpus
) -> None:
    results = ask_cases(fake, cases, corpus)
    assert [(r.name, r.group, r.right) for r in results] == [
        ("one", "figures", True),
        ("none", "unanswerable", True),
        ("talk#0", "figures", True),
        ("talk#1", "later turns", True),
    ]
    assert fake.histories[-1] == ["青石镇有多少志愿者?"]
    assert failures(results) == crashes(results) == []
    assert "100.0" in tables(results)


def test_a_crash_scores_zero_and_is_listed(cases: tuple[Case, ...], fake: Fake, corpus: Corpus) -> None:
    del fake.answers["青石镇有多少志愿者?"]
    first, second = ask_case(fake, cases[2], corpus)
    assert not first.right
    assert first.scores["bare_figure"].value == first.scores["cited"].value == 0
    assert crashes([first, second]) == ["talk#0\tcrashed: KeyError"]
    assert second.right
    assert average([first, second], "right") == 0.5


def test_failures_show_the_open_part_only(cases: tuple[Case, ...], fake: Fake, corpus: Corpus) -> None:
    wrong = right_answer("?").model_copy(update={"short_answer": "500名"})
    fake.answers["青石镇有多少志愿者?"] = wrong
    results = ask_cases(fake, cases, corpus)
    lines = failures(results)
    assert len(lines) == 1
    assert lines[0].startswith(
        "one\tcount\t青石镇有多少志愿者?\t约1.2万名\t500名\tgrounded\tbare_figure: missing"
    )


def test_a_lower_score_is_a_regression(
    cases: tuple[Case, ...], fake: Fake, corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "baseline.yaml"
    good = ask_cases(fake, cases, corpus)
    write_baseline(good, path)
    assert regressions(good, path) == []
    fake.answers["镇长是谁?"] = right_answer("镇长是谁?")
    worse = ask_cases(fake, cases, corpus)
    assert {(r.part, r.group, r.metric) for r in regressions(worse, path)} == {
        ("apart", "unanswerable", "right"),
        ("apart", "unanswerable", "abstention"),
        ("apart", "all", "right"),
        ("apart", "all", "abstention"),
    }
    assert regressions(worse[:1], path) == []


def test_writing_one_part_keeps_the_other(
    cases: tuple[Case, ...], fake: Fake, corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "baseline.yaml"
    results = ask_cases(fake, cases, corpus)
    write_baseline(results, path)
    write_baseline(results[:1], path)
    scores, tolerance = read_baseline(path)
    assert set(scores) == {"open", "apart"}
    assert tolerance > 0
    assert scores["open"]["figures"] == summary(results[:1])
