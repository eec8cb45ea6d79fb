"""Reciprocal rank fusion against a naive version, and the making of hits from it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_fakes import CharacterEmbeddings, MemoryLexical, MemoryVectors

from retrieval.exact import ExactScan
from retrieval.finishing import finish
from retrieval.index import Indexes
from retrieval.lexical import Ranked
from retrieval.models import Article, Hit, Query, Telling
from retrieval.preparing import prepare_all
from retrieval.rows import Origin
from retrieval.search import fuse, search
from retrieval.store import Store
from retrieval.tokens import Tokenizer

LISTS = st.lists(st.sampled_from([f"文{n}#{m}" for n in range(4) for m in range(4)]), unique=True)


def ranked(chunk_ids: list[str]) -> list[Ranked]:
    return [
        Ranked(chunk_id=chunk_id, article_id=chunk_id.rpartition("#")[0], score=1.0) for chunk_id in chunk_ids
    ]


def naive(legs: dict[str, list[str]], weights: dict[str, float]) -> list[tuple[str, Fraction]]:
    scores: dict[str, Fraction] = {}
    for name, chunk_ids in legs.items():
        for chunk_id in chunk_ids:
            share = Fraction(weights[name]) / (60 + chunk_ids.index(chunk_id) + 1)
            scores[chunk_id] = scores.get(chunk_id, Fraction(0)) + share
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


@given(LISTS, LISTS, st.sampled_from([0.01, 0.5, 1.0]))
def test_fusion_is_the_naive_fusion(lexical: list[str], vector: list[str], weight: float) -> None:
    weights = {"lexical": 1.0, "vector": weight}
    fused = fuse({"lexical": ranked(lexical), "vector": ranked(vector)}, weights)
    expected = naive({"lexical": lexical, "vector": vector}, weights)
    assert dict((chunk_id, score) for chunk_id, score, _ in fused) == pytest.approx({
        chunk_id: float(score) for chunk_id, score in expected
    })
    exact = dict(expected)
    order = [exact[chunk_id] for chunk_id, _, _ in fused]
    assert all(a >= b or abs(a - b) < Fraction(1, 10**12) for a, b in pairwise(order))


@given(LISTS, LISTS)
def test_ranks_are_told_by_leg_and_ties_go_by_chunk_id(lexical: list[str], vector: list[str]) -> None:
    fused = fuse({"lexical": ranked(lexical), "vector": ranked(vector)}, {"lexical": 1.0, "vector": 1.0})
    for chunk_id, _, legs in fused:
        assert legs.get("lexical", 0) == (lexical.index(chunk_id) + 1 if chunk_id in lexical else 0)
        assert legs.get("vector", 0) == (vector.index(chunk_id) + 1 if chunk_id in vector else 0)
    for (a, score_a, _), (b, score_b, _) in pairwise(fused):
        assert score_a > score_b or a < b


class Shelf:
    """A store and in-memory indexes with invented articles, searched without a Library."""

    def __init__(self, folder: Path, texts: dict[str, str]) -> None:
        self.store = Store(folder)
        tokenizer, embeddings = Tokenizer(), CharacterEmbeddings()
        exact = ExactScan(self.store, "1")
        self.indexes = Indexes("1", MemoryLexical(), MemoryVectors(), exact, tokenizer, embeddings)
        for article_id, text in texts.items():
            article = Article(article_id=article_id, text=text, content_hash=article_id)
            origin = Origin(origin=article_id, article_id=article_id, alias=article_id, content_hash="")
            with self.store.transaction():
                self.store.write_article(article, article_id)
                self.store.write_origin(origin)
            finish(self.store, self.indexes, [], prepare_all(tokenizer, embeddings, [(article, text)]))

    def search(self, text: str, **options: object) -> list[Hit]:
        return search(self.store, self.indexes, Query(text=text, **options))


RIDERS = "青禾市建成骑手驿站318个，覆盖所有街道。"
REPRINT = "青禾市建成骑手驿站318个,覆盖所有街道"


def test_hits_carry_place_text_and_legs(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {"甲": f"# 标题\n\n前一句话。\n\n## 驿站\n{RIDERS}\n", "乙": "兰桥县的网格员。"})
    hit = shelf.search("骑手驿站有多少个")[0]
    article = shelf.store.article("甲")
    assert article is not None
    assert RIDERS in hit.text
    assert hit.text == article.text[hit.start : hit.end]
    assert (hit.article_id, hit.legs["lexical"]) == ("甲", 1)
    assert hit.section.endswith("驿站")


def test_the_same_passage_in_several_articles_is_one_hit(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {"丙": REPRINT, "甲": RIDERS, "乙": RIDERS + "另有一句别的话。"})
    hits = shelf.search("骑手驿站")
    assert [(h.article_id, h.also) for h in hits if h.also] in ([("丙", ("甲",))], [("甲", ("丙",))])
    assert len(hits) == 2


def test_a_passage_that_stands_twice_in_one_article_is_one_hit(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {"甲": f"## 一\n{RIDERS}\n## 一\n{RIDERS}\n", "乙": "兰桥县的网格员。"})
    assert len(shelf.store.chunks_of("甲")) == 2
    assert [(h.article_id, h.also) for h in shelf.search("骑手驿站")][:1] == [("甲", ())]
    assert [h.article_id for h in shelf.search("骑手驿站")].count("甲") == 1


def test_per_article_gives_one_hit_an_article(tmp_path: Path) -> None:
    long = "\n".join(f"## 第{n}节\n骑手驿站第{n}个，{'地方很大。' * 30}" for n in range(1, 6))
    shelf = Shelf(tmp_path, {"甲": long, "乙": RIDERS})
    assert len(shelf.search("骑手驿站")) > 2
    assert sorted(h.article_id for h in shelf.search("骑手驿站", per_article=True)) == ["乙", "甲"]


def test_top_k_counts_hits_after_merging(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {f"文{n}": RIDERS for n in range(5)} | {"别": "骑手驿站在哪里。"})
    hits = shelf.search("骑手驿站", top_k=2)
    assert len(hits) == 2
    assert sum(1 + len(h.also) for h in hits) == 6


def test_what_is_not_ready_is_never_a_hit(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {"甲": RIDERS, "乙": "骑手驿站在哪里。"})
    with shelf.store.transaction():
        shelf.store.set_state(["甲"], "pending")
    assert [h.article_id for h in shelf.search("骑手驿站")] == ["乙"]


def test_the_order_is_the_same_every_time(tmp_path: Path) -> None:
    texts = {f"文{n}": f"栖霞里社区第{n}号，志愿者来了。" for n in range(30)}
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    one = Shelf(tmp_path / "one", texts).search("社区志愿者", top_k=20)
    other = Shelf(tmp_path / "other", dict(reversed(texts.items()))).search("社区志愿者", top_k=20)
    assert one == other


TELLING = (
    Telling(words=("驿站", "歇脚点"), weight=0.9),
    Telling(words=("骑手",), weight=0.7),
    Telling(words=("建成",), weight=0.2),
)


def test_passages_that_say_more_of_what_is_asked_come_first(tmp_path):
    """The index puts the one in front that repeats a word; the words weigh by how much they tell."""
    shelf = Shelf(
        tmp_path,
        {
            "race": "骑手，骑手，骑手大赛建成建成建成。",
            "stop": "全市为骑手建成歇脚点三百处，都在街边，都有热水，也都有人照看，从早到晚开着门等人来。",
        },
    )
    plain = shelf.search("骑手建成", top_k=2)
    assert [hit.article_id for hit in plain] == ["race", "stop"]
    told = shelf.search("骑手建成", top_k=2, telling=TELLING)
    assert [hit.article_id for hit in told] == ["stop", "race"]


def test_marks_within_a_word_do_not_hide_it(tmp_path):
    shelf = Shelf(
        tmp_path, {"a": "村村村村里的事，社区的事。", "b": "全市的村（社区）有很多很多个，各有各的办法。"}
    )
    words = (Telling(words=("村社区",), weight=1.0),)
    assert shelf.search("村", top_k=2, telling=words)[0].article_id == "b"
