from __future__ import annotations

from pathlib import Path

import pytest

from evals.cases import CaseError, load_cases

GOOD = """
- {id: a-1, question: 青石镇有几个驿站？, kind: count, style: plain, articles: ["007"],
   figures: [{text: 36个, value: "36", unit: 个, qualifier: ""}], evidence: [36个]}
- id: a-2
  turns:
  - {question: 县长是谁？, kind: person, style: plain, answerable: false, near: true, articles: []}
  - {question: 驿站呢？, kind: document, style: terse, articles: ["007"], answers: [[青石镇办法, 办法]]}
"""


def folder(path: Path, content: str, part: str = "open") -> Path:
    (path / part).mkdir(exist_ok=True)
    (path / part / "some.yaml").write_text(content, encoding="utf-8")
    return path


def test_cases_of_one_and_of_many_turns(tmp_path: Path) -> None:
    single, conversation = load_cases("open", folder(tmp_path, GOOD))
    assert [turn.question for turn in single.turns] == ["青石镇有几个驿站？"]
    assert single.turns[0].figures[0].value == "36"
    assert [turn.answerable for turn in conversation.turns] == [False, True]
    assert (conversation.part, conversation.file) == ("open", "some")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("near: true", "nearly: true", "nearly"),
        ("kind: person", "kind: who", "kind"),
        ('value: "36"', 'value: "36个"', "decimal"),
        ("answers: [[青石镇办法, 办法]]", "near: false", "needs"),
        ("answerable: false", 'answerable: false, evidence: ["x"]', "unanswerable"),
        ("id: a-2", "id: a-1", "used twice: a-1"),
    ],
)
def test_faulty_cases_are_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    with pytest.raises(CaseError, match=fault):
        load_cases("all", folder(tmp_path, GOOD.replace(old, new, 1)))


def test_the_error_does_not_show_the_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        load_cases("apart", folder(tmp_path, GOOD.replace("kind: person", "kind: 县长"), "apart"))
    assert "县长" not in str(caught.value)


def test_ids_are_unique_across_parts(tmp_path: Path) -> None:
    folder(folder(tmp_path, GOOD), GOOD, "apart")
    with pytest.raises(CaseError, match="used twice"):
        load_cases("all", tmp_path)
    with pytest.raises(CaseError, match="no part"):
        load_cases("closed", tmp_path)


def test_the_gold_cases_load() -> None:
    assert len(load_cases("all")) == len(load_cases("open")) + len(load_cases("apart")) > 900
