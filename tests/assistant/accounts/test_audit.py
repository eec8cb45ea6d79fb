from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest


def test_entries_are_told_latest_first_and_found_by_words(audit):
    audit.record("guan", "上传", "青溪.txt：收入1篇", "10.0.0.1")
    audit.record("du", "导出", "台账\n 3 个数字")
    assert [(e.who, e.action, e.about) for e in audit.latest(9)] == [
        ("du", "导出", "台账 3 个数字"),
        ("guan", "上传", "青溪.txt：收入1篇"),
    ]
    assert [e.who for e in audit.latest(9, "上传 10.0.0.1")] == ["guan"]
    assert [e.number for e in audit.latest(1)] == [2]
    assert audit.broken_at() == 0


@pytest.mark.parametrize("change", ["UPDATE entry SET who = 'x'", "DELETE FROM entry"])
def test_entries_can_be_neither_changed_nor_removed(audit, tmp_path, change):
    audit.record("guan", "移除", "qinghe")
    with closing(sqlite3.connect(tmp_path / "audit.sqlite3")) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute(change)
    assert [e.who for e in audit.all()] == ["guan"]


@pytest.mark.parametrize(
    "change", ["UPDATE entry SET about = 'x' WHERE number = 2", "DELETE FROM entry WHERE number = 2"]
)
def test_what_was_changed_behind_its_back_shows(audit, tmp_path, change):
    for about in ("a", "b", "c"):
        audit.record("guan", "移除", about)
    with closing(sqlite3.connect(tmp_path / "audit.sqlite3")) as other:
        other.executescript(f"DROP TRIGGER entry_stays; DROP TRIGGER entry_kept; {change};")
    assert audit.broken_at() in {2, 3}
