from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from index_fakes import MemoryLexical

from retrieval import lexical
from retrieval.errors import LibraryError
from retrieval.lexical import LexicalEntry, LexicalIndex, TantivyIndex


def entry(chunk_id: str, tokens: str, context: str = "", stamp: str = "s") -> LexicalEntry:
    return LexicalEntry(
        chunk_id=chunk_id,
        article_id=chunk_id.rpartition("#")[0],
        stamp=stamp,
        tokens=tuple(tokens.split()),
        context=tuple(context.split()),
    )


ENTRIES = [
    entry("青禾#0", "志愿者 #800000 80万 青禾"),
    entry("青禾#1", "骑手 驿站 志愿者"),
    entry("长 名#0", "骑手 骑手 党支部 C++ 2.5%", context="云岭"),
    entry("长 名#1", "社区 食堂", context="云岭 志愿者"),
]


@pytest.fixture(params=["memory", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LexicalIndex]:
    made: LexicalIndex = MemoryLexical() if request.param == "memory" else TantivyIndex(tmp_path / "lexical")
    made.replace([], ENTRIES)
    yield made
    made.close()


def found(index: LexicalIndex, query: str, top_k: int = 9, scope: list[str] | None = None) -> list[str]:
    return [hit.chunk_id for hit in index.search(query.split(), top_k, scope)]


class TestEveryLexicalIndex:
    def test_finds_what_shares_a_token(self, index: LexicalIndex) -> None:
        assert set(found(index, "骑手")) == {"青禾#1", "长 名#0"}
        assert found(index, "没有") == []

    def test_no_tokens_find_nothing(self, index: LexicalIndex) -> None:
        assert index.search([], 5) == []

    def test_more_matches_rank_higher(self, index: LexicalIndex) -> None:
        assert found(index, "骑手 党支部")[0] == "长 名#0"

    def test_all_chunks_that_hold_every_token_of_a_group(self, index: LexicalIndex) -> None:
        assert index.holding([["骑手", "志愿者"]]) == ["青禾#1"]
        assert index.holding([["骑手", "志愿者"], ["党支部"]]) == ["长 名#0", "青禾#1"]
        assert index.holding([["志愿者"]]) == ["青禾#0", "青禾#1"]  # the context does not count
        assert index.holding([["骑手"]], scope=["青禾"]) == ["青禾#1"]
        assert index.holding([]) == index.holding([[]]) == index.holding([["没有"]]) == []

    def test_figures_and_odd_tokens_stay_whole(self, index: LexicalIndex) -> None:
        assert found(index, "#800000") == ["青禾#0"]
        assert found(index, "2.5%") == found(index, "C++") == ["长 名#0"]
        assert found(index, "2.5") == []

    def test_the_context_is_searched_but_counts_less(self, index: LexicalIndex) -> None:
        assert found(index, "云岭") == ["长 名#0", "长 名#1"]
        assert found(index, "志愿者")[-1] == "长 名#1"

    def test_the_scope_limits_the_search_not_the_scores(self, index: LexicalIndex) -> None:
        assert found(index, "志愿者 骑手", scope=["长 名"]) == ["长 名#0", "长 名#1"]
        assert found(index, "志愿者", scope=[]) == []
        everywhere = {h.chunk_id: h.score for h in index.search(["骑手"], 9)}
        inside = {h.chunk_id: h.score for h in index.search(["骑手"], 9, ["青禾"])}
        assert inside == {"青禾#1": everywhere["青禾#1"]}

    def test_top_k_bounds_the_hits(self, index: LexicalIndex) -> None:
        assert len(found(index, "志愿者 骑手", top_k=2)) == 2

    def test_equal_scores_go_by_chunk_id(self, index: LexicalIndex) -> None:
        index.replace([], [entry(f"同{n}#0", "相同 内容") for n in (3, 1, 2, 9, 7)])
        assert found(index, "相同", top_k=3) == ["同1#0", "同2#0", "同3#0"]

    def test_replace_leaves_no_orphan(self, index: LexicalIndex) -> None:
        index.replace(["青禾"], [entry("青禾#0", "新文 社区", stamp="t")])
        assert index.stamps() == {"青禾#0": "t", "长 名#0": "s", "长 名#1": "s"}
        assert index.count() == 3
        assert found(index, "驿站") == []
        assert set(found(index, "社区")) == {"青禾#0", "长 名#1"}

    def test_a_search_before_does_not_hide_a_replacement(self, index: LexicalIndex) -> None:
        assert found(index, "党支部") == ["长 名#0"]
        index.replace(["长 名", "新"], [entry("新#0", "党支部")])
        assert found(index, "党支部") == ["新#0"]

    def test_replace_with_nothing_removes(self, index: LexicalIndex) -> None:
        index.replace(["青禾", "长 名"], [])
        assert (index.count(), index.stamps(), found(index, "骑手")) == (0, {}, [])

    def test_scores_are_the_textbooks(self, index: LexicalIndex) -> None:
        """Tantivy stores lengths in one byte; at these lengths that is exact."""
        naive = MemoryLexical()
        naive.replace([], ENTRIES)
        for query in ("骑手", "志愿者 骑手", "云岭 社区", "志愿者 志愿者"):
            expected = {h.chunk_id: h.score for h in naive.search(query.split(), 9)}
            scores = {h.chunk_id: h.score for h in index.search(query.split(), 9)}
            assert scores == pytest.approx(expected, rel=1e-3)


class TestTantivy:
    def test_is_there_after_reopening(self, tmp_path: Path) -> None:
        TantivyIndex(tmp_path).replace([], ENTRIES)
        assert found(TantivyIndex(tmp_path), "党支部") == ["长 名#0"]

    def test_sees_another_handles_write_after_reload(self, tmp_path: Path) -> None:
        reader, writer = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
        writer.replace([], ENTRIES)
        assert reader.count() == 0
        reader.reload()
        assert reader.count() == 4

    def test_two_handles_may_write_in_turn(self, tmp_path: Path) -> None:
        first, second = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
        first.replace([], ENTRIES[:2])
        second.replace(["青禾"], ENTRIES[2:])
        first.reload()
        assert set(first.stamps()) == {"长 名#0", "长 名#1"}

    def test_a_broken_index_is_a_library_error(self, tmp_path: Path) -> None:
        TantivyIndex(tmp_path).replace([], ENTRIES)
        (tmp_path / "meta.json").write_text("{", encoding="utf-8")
        with pytest.raises(LibraryError, match="jushi check --repair"):
            TantivyIndex(tmp_path)


def test_a_wide_scope_finds_what_a_narrow_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = TantivyIndex(tmp_path / "lexical")
    words = ["骑手", "驿站", "食堂", "书屋", "网格"]
    index.replace([], [entry(f"{n}#0", " ".join(words[: 1 + n % 5] * (1 + n % 3))) for n in range(200)])
    scope = [str(n) for n in range(0, 200, 2)]
    for query in ("骑手", "书屋 网格", "食堂 骑手"):
        narrow = index.search(query.split(), 30, scope)
        with monkeypatch.context() as wide:
            wide.setattr(lexical, "_WIDE_SCOPE", 1)
            assert index.search(query.split(), 30, scope)[:20] == narrow[:20]
        assert {hit.article_id for hit in narrow} <= set(scope)
