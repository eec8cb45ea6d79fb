from __future__ import annotations

from retrieval.recent import Recent


def test_a_value_is_given_back_at_its_revision_only():
    recent: Recent[str] = Recent(100)
    assert recent.get("甲", 1) is None
    recent.put("甲", "甲文", 10, 1)
    assert recent.get("甲", 1) == "甲文"
    assert recent.get("甲", 2) is None
    assert recent.get("甲", 1) is None


def test_what_was_read_before_a_change_is_not_kept_after_it():
    recent: Recent[str] = Recent(100)
    recent.get("甲", 1)
    recent.get("乙", 2)
    recent.put("甲", "旧文", 10, 1)
    assert recent.get("甲", 2) is None


def test_what_came_first_gives_way_and_what_is_too_large_is_not_kept():
    recent: Recent[str] = Recent(100)
    for key, size in (("甲", 60), ("乙", 40), ("丙", 30), ("丁", 101)):
        recent.get(key, 1)
        recent.put(key, key, size, 1)
    assert [recent.get(key, 1) for key in "甲乙丙丁"] == [None, "乙", "丙", None]
