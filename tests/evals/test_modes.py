from __future__ import annotations

from assistant import Answer, Notice
from evals.cases import Case, Turn
from evals.modes import how_written, side_by_side
from evals.suite import Result, Score


def result(turn: Turn, value: float, mode: str, *kinds: str) -> Result:
    notices = tuple(Notice(kind=kind, text="") for kind in kinds)
    answer = Answer(question="问", status="grounded", text="", mode=mode, notices=notices)
    return Result(Case(id="one", turns=(turn,)), 0, turn, answer, {"bare_figure": Score(value)}, 0.1)


def test_both_modes_stand_in_one_table(turn: Turn) -> None:
    without, with_model = result(turn, 0.0, "extractive"), result(turn, 1.0, "llm", "repaired")
    lines = side_by_side([without], [with_model]).splitlines()
    rows = {tuple(line.split()[:2]): line.split()[2:] for line in lines[1:] if len(line.split()) > 4}
    assert rows["figures", "extractive"][:3] == ["1", "0.0", "0.0"]
    assert rows["figures", "llm"][:3] == ["1", "100.0", "100.0"]
    assert lines[-1] == "1 of 1 answers written by the model; dropped in 0, repaired in 1, fell_back in 0"


def test_falling_back_is_counted(turn: Turn) -> None:
    told = how_written([result(turn, 1.0, "extractive", "fell_back"), result(turn, 1.0, "llm", "dropped")])
    assert told == "1 of 2 answers written by the model; dropped in 1, repaired in 0, fell_back in 1"
