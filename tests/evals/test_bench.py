"""A small invented collection: opened as a library, measured, and trained on."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from assistant.reading.answerable import load_judge
from evals import collections
from evals.bench import opened, questions
from evals.training import train, written
from evals.training.examples import examples, holds

TOWNS = ["青禾", "白石", "南溪", "东桥"]


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    (folder / "drcd").mkdir()
    passages = [
        {
            "id": f"secret-{i}",
            "title": f"{town}镇志愿服务",
            "text": f"{town}镇有注册志愿者{120 + 7 * i}人。{town}镇建成服务站{3 + i}个,全年开展活动{40 + i}场。",
        }
        for i, town in enumerate(TOWNS)
    ]
    asked = [
        {
            "id": str(i),
            "question": f"{town}镇有多少注册志愿者?",
            "answers": [f"{120 + 7 * i}人"],
            "passage_ids": [f"secret-{i}"],
            "answerable": True,
        }
        for i, town in enumerate(TOWNS)
    ]
    asked.append({
        "id": "none",
        "question": "青禾镇有多少所小学?",
        "answers": [],
        "passage_ids": [],
        "scope": ["secret-0"],
        "answerable": False,
    })
    asked.append({
        "id": "yes",
        "question": "有吗?",
        "answers": ["YES"],
        "passage_ids": ["secret-0"],
        "answerable": True,
        "yesno": True,
    })
    for name, rows in (("passages", passages), ("questions", asked)):
        with lzma.open(folder / "drcd" / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return folder


def test_questions_name_articles_by_ids_that_tell_nothing(bench: Path):
    posed = questions(bench / "drcd")
    assert {q.key for q in posed} == {"0", "1", "2", "3", "none"}
    assert not any("secret" in i for q in posed for i in (*q.gold, *(q.scope or ())))


def test_an_answer_taken_out_of_the_evidence_leaves_its_neighbours(bench: Path):
    with opened(bench / "drcd") as system:
        found = list(examples(system, questions(bench / "drcd"), most_other=9))
    posed = [e for e in found if e.sort == "posed"]
    assert len(posed) == 4
    assert all(e.right[0] for e in posed)
    without = [e for e in found if e.sort != "posed"]
    assert {e.sort for e in without} == {"removed", "swapped", "unanswerable"}
    assert not any(e.right.any() for e in without)
    assert all(len(e.table) for e in without if e.sort == "removed")


def test_a_long_answer_is_held_by_a_text_with_most_of_it():
    gold = "青禾镇建成服务站三个并在全年里面开展了各类志愿服务活动四十场次以上"
    assert holds("据悉," + gold[:28] + "。", [gold])
    assert not holds("白石镇的道路", [gold])


def test_training_writes_a_model_and_a_card_that_says_on_what(bench: Path, tmp_path: Path):
    out = tmp_path / "model.npz"
    with opened(bench / "drcd") as system:
        found = list(examples(system, questions(bench / "drcd"), most_other=9))
    train.write(out, found * 4, ["drcd"])
    card = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert card["trained_on"] == ["drcd"]
    table, right = train.rows(found)
    chances = np.array(load_judge(out).chances(table))
    assert chances[right].mean() > chances[~right].mean()


def test_the_table_names_the_collection_and_its_scores(bench: Path, capsys):
    assert collections.main([str(bench), "--only", "drcd"]) == 0
    row = capsys.readouterr().out.splitlines()[-1].split()
    assert row[:2] == ["drcd", "5"]
    assert float(row[2]) == 1.0


def test_written_questions_are_read_with_their_passages_alone(tmp_path: Path):
    (tmp_path / "crud").mkdir()
    known = next(iter(written.rows()))["passage"]
    passages = [
        {"id": known, "title": "", "text": "甲镇有驿站3个。"},
        {"id": "other", "title": "", "text": "乙镇。"},
    ]
    with lzma.open(tmp_path / "crud" / "passages.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in passages)
    with written.collection(tmp_path) as folder:
        posed = questions(folder)
    assert len(posed) == len(written.rows())
    assert {len(q.gold) for q in posed} <= {0, 1}
    assert any(q.gold for q in posed)
    assert all(q.answerable == bool(q.answers) for q in posed)


def test_every_written_question_is_asked_once():
    asked = [row["question"] for row in written.rows()]
    assert len(set(asked)) == len(asked)
