"""Near-duplicates: found, merged where they are reprints, kept apart where their figures or subjects differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings

from retrieval.library import Library
from retrieval.likeness import likeness, sketch
from retrieval.models import IngestResult, Query

REPORT = """青禾市骑手驿站建设观察

截至2024年6月，青禾市注册志愿者约62万人，占常住人口的14.5%。全市建成骑手驿站318个，覆盖所有街道。
骑手在驿站里可以歇脚、喝水、给手机充电，也可以把路上看到的隐患随手上报给网格员处理。
青禾市把新就业群体当成基层治理的帮手，请他们参加社区议事会，听取他们对路口红绿灯和外卖柜的意见。
市里还给骑手办了夜校，教普通话、交通规则和急救常识，已有1236名骑手结业。
一位骑手说，过去在路边蹲着等单，如今走到哪里都有歇脚的地方，心里踏实多了。
"""
CUT = REPORT.split("一位骑手说")[0].replace("已有1236名骑手结业", "已有1236名骑手顺利结业")
OTHER_FIGURE = REPORT.replace("318个", "381个")
OTHER_PLACE = REPORT.replace("青禾市", "揭阳市").replace("318", "207").replace("62万", "40万")


@pytest.fixture
def library(data_dir: Path) -> Iterator[Library]:
    with Library.open(data_dir, embeddings=CharacterEmbeddings()) as opened:
        yield opened
        assert opened.check().problems == ()


def ingest(library: Library, path: Path) -> list[IngestResult]:
    return list(library.ingest([path]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REPORT, "reprint"),
        (CUT, "reprint"),
        ("（来源：兰桥新闻网 发布时间：2024-07-02）\n" + REPORT, "reprint"),
        (REPORT.replace("约62万人", "62万多人"), "reprint"),
        (REPORT.replace("心里踏实多了", "心里很踏实"), "reprint"),
        (OTHER_FIGURE, "differs"),
        (CUT.replace("318个", "300个"), "differs"),
        (OTHER_PLACE, "other"),
        (REPORT.replace("2024年6月", "2023年6月").replace("318", "250"), "other"),
        (invented.LANQIAO * 3, "other"),
        ("短文", "other"),
    ],
)
def test_what_texts_are_to_each_other(text: str, expected: str) -> None:
    assert likeness(REPORT, text) == expected
    assert likeness(text, REPORT) == expected


def test_near_duplicates_share_a_band_and_others_do_not() -> None:
    assert set(sketch(REPORT)) & set(sketch(CUT))
    assert not set(sketch(REPORT)) & set(sketch(invented.LANQIAO * 3))
    assert sketch("短文") == ()


def test_a_reprint_answers_as_one_with_its_source(library: Library, tmp_path: Path) -> None:
    ingest(library, invented.write(tmp_path / "a", "转载.txt", CUT))
    (added,) = ingest(library, invented.write(tmp_path / "b", "原文.txt", REPORT))
    assert (added.result, added.article_id) == ("added", "原文")
    assert "转载" in added.reason
    hits = library.search(Query(text="青禾市建成骑手驿站多少个"))
    assert [(hit.article_id, hit.also) for hit in hits] == [("原文", ("转载",))]
    assert library.article("转载").text == CUT
    assert {meta.article_id: meta.also for meta in library.articles()} == {
        "原文": ("转载",),
        "转载": ("原文",),
    }
    assert [kin.relation for kin in library.near_duplicates("原文")] == ["reprint"]


def test_what_only_a_reprint_says_is_found_in_it(library: Library, tmp_path: Path) -> None:
    more = REPORT + "\n青禾市交通局另行通报，夜间配送车辆要加装反光条，费用由平台承担，骑手不出一分钱。\n" * 1
    long = "\n".join(f"第{n}段写的是别处见闻，与驿站无关，只说天气与收成。" for n in range(30))
    ingest(library, invented.write(tmp_path / "a", "甲.txt", REPORT + long))
    ingest(library, invented.write(tmp_path / "b", "乙.txt", more + long[: len(long) // 2]))
    hit = library.search(Query(text="反光条费用由谁承担"))[0]
    assert hit.article_id == "乙"
    assert hit.also == ("甲",)


def test_other_figures_are_not_merged_but_disputed(library: Library, tmp_path: Path) -> None:
    ingest(library, invented.write(tmp_path / "a", "甲.txt", REPORT))
    (added,) = ingest(library, invented.write(tmp_path / "b", "乙.txt", OTHER_FIGURE))
    assert "数字不一致" in added.reason
    assert library.disputes() == [("乙", "甲")]
    assert {hit.article_id for hit in library.search(Query(text="骑手驿站多少个"))} == {"甲", "乙"}
    # A third one that repeats the first belongs to the first alone.
    ingest(library, invented.write(tmp_path / "c", "丙.txt", CUT))
    assert library.article("丙").also == ("甲",)
    assert library.article("乙").also == ()


def test_a_form_filled_in_for_others_is_neither(library: Library, tmp_path: Path) -> None:
    ingest(library, invented.write_series(tmp_path, 6))
    assert all(not meta.also for meta in library.articles())
    assert library.disputes() == []


def test_families_follow_updates_and_removals(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    for name, text in [("甲", REPORT), ("乙", CUT), ("丙", CUT + "编后：驿站要常态开放。\n")]:
        invented.write(folder, f"{name}.txt", text)
    ingest(library, folder)
    assert library.article("甲").also == ("丙", "乙")
    invented.write(folder, "乙.txt", invented.LANQIAO)
    ingest(library, folder)
    assert library.article("甲").also == ("丙",)
    assert library.article("乙").also == ()
    library.remove(["丙"])
    assert library.article("甲").also == ()
    assert library.near_duplicates("甲") == []


def test_sketches_of_another_version_are_made_anew(library: Library, tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": text}) for name, text in [("甲", REPORT), ("乙", CUT)]]
    ingest(library, invented.write(tmp_path, "a.jsonl", "\n".join(lines)))
    store = library._store
    with store.transaction():
        for name in ("甲", "乙"):
            store.write_sketch(name, (1, 2, 3))
        store.put("sketches", "0-0")
    ingest(library, invented.write(tmp_path, "c.txt", invented.LANQIAO))
    assert library.article("甲").also == ("乙",)
    ingest(library, invented.write(tmp_path, "d.txt", REPORT + "又一段，写驿站常态开放的事，并无数字。\n"))
    assert set(library.article("d").also) == {"甲", "乙"}


def test_articles_of_an_older_library_are_related_at_the_next_ingest(
    library: Library, tmp_path: Path
) -> None:
    lines = [json.dumps({"id": name, "text": text}) for name, text in [("甲", REPORT), ("乙", CUT)]]
    ingest(library, invented.write(tmp_path, "a.jsonl", "\n".join(lines)))
    store = library._store
    with store.transaction():
        store.drop_sketches(["甲", "乙"])
    assert library.article("甲").also == ()
    ingest(library, invented.write(tmp_path, "c.txt", invented.LANQIAO))
    assert library.article("甲").also == ("乙",)
