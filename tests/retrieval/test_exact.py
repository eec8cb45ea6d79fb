"""Exact scans over the vectors in SQLite, against a search that does the same with plain loops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from retrieval import exact as exact_module
from retrieval.exact import ExactScan
from retrieval.store import Store

RANDOM = np.random.default_rng(7)
ROWS = {f"文{n}": RANDOM.normal(size=(1 + n % 4, 8)).astype(np.float32) for n in range(60)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    write(made, ROWS)
    yield made
    made.close()


def write(store: Store, rows: dict[str, np.ndarray]) -> None:
    with store.transaction():
        store.write_vectors(
            "1", {key: value / np.linalg.norm(value, axis=1)[:, None] for key, value in rows.items()}
        )
        store.bump_revision()


def plain(rows: dict[str, np.ndarray], query: np.ndarray, top_k: int) -> list[str]:
    def cosine(row: np.ndarray) -> float:
        return float(row @ query / np.linalg.norm(row) / np.linalg.norm(query))

    scored = [
        (-round(cosine(row), 5), f"{key}#{i}") for key, value in rows.items() for i, row in enumerate(value)
    ]
    return [chunk_id for _, chunk_id in sorted(scored)[:top_k]]


def found(scan: ExactScan, query: np.ndarray, top_k: int, scope: set[str] | None = None) -> list[str]:
    return [hit.chunk_id for hit in scan.search(query, top_k, scope)]


@pytest.mark.parametrize("few", [0, 2_000])
def test_the_same_as_plain_loops(store: Store, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_module, "_FEW", few)
    scan = ExactScan(store, "1")
    for query in RANDOM.normal(size=(10, 8)):
        scope = {f"文{n}" for n in RANDOM.integers(0, 60, 12)}
        inside = {key: value for key, value in ROWS.items() if key in scope}
        assert found(scan, np.float32(query), 9, scope) == plain(inside, query, 9)
        assert found(scan, np.float32(query), 200, scope) == plain(inside, query, 200)
    assert found(scan, np.float32(query), 9) == plain(ROWS, query, 9)
    assert found(scan, np.float32(query), 9, set()) == []
    assert found(scan, np.float32(query), 9, {"没有"}) == []


def test_what_changes_is_seen_at_the_next_search(store: Store) -> None:
    scan = ExactScan(store, "1")
    query = np.float32(RANDOM.normal(size=8))
    rows = dict(ROWS)
    assert found(scan, query, 9) == plain(rows, query, 9)
    rows |= {"文3": np.float32(RANDOM.normal(size=(5, 8))), "新": query[None]}
    write(store, {key: rows[key] for key in ("文3", "新")})
    assert found(scan, query, 9) == plain(rows, query, 9)
    del rows["新"]
    with store.transaction():
        store.drop_vectors(["新"])
        store.bump_revision()
    assert found(scan, query, 9) == plain(rows, query, 9)


def test_many_changes_do_not_pile_up(store: Store) -> None:
    scan = ExactScan(store, "1")
    query = np.float32(RANDOM.normal(size=8))
    for _ in range(40):
        ROWS["文5"] = np.float32(RANDOM.normal(size=(60, 8)))
        write(store, {"文5": ROWS["文5"]})
        scan.search(query, 1)
    assert found(scan, query, 9) == plain(ROWS, query, 9)
    assert scan._used < 2_500


def test_another_generation_is_not_mixed_in(store: Store) -> None:
    with store.transaction():
        store.write_vectors("2", {"文1": np.ones((1, 3), dtype=np.float32)})
        store.bump_revision()
    query = np.float32(RANDOM.normal(size=8))
    assert found(ExactScan(store, "1"), query, 9) == plain(ROWS, query, 9)
    assert found(ExactScan(store, "2"), np.ones(3, dtype=np.float32), 9) == ["文1#0"]
    assert found(ExactScan(store, "2"), query, 9) == []
