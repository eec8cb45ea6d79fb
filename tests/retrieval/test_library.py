"""What the library does with articles: identity, replacement, reading, search, removal."""

from __future__ import annotations

import json
import threading
from hashlib import sha256
from pathlib import Path

import invented
import pytest
from index_fakes import ingest

from retrieval.errors import ArticleNotFound, LibraryError
from retrieval.library import Library
from retrieval.models import IngestResult, Query


def outcomes(results: list[IngestResult]) -> list[tuple[str, str]]:
    return [(result.article_id, result.result) for result in results]


def found(library: Library, text: str, **options: object) -> list[str]:
    return [hit.article_id for hit in library.search(Query(text=text, per_article=True, **options))]


def test_an_empty_library(library: Library) -> None:
    assert library.articles() == []
    assert library.search(Query(text="志愿者")) == []
    assert not library.ever_held
    assert (library.check().articles, library.check().chunks) == (0, 0)


def test_ingest_then_read_and_search(library: Library, folder: Path) -> None:
    assert outcomes(ingest(library, folder)) == [("兰桥", "added"), ("青禾", "added")]
    assert [meta.article_id for meta in library.articles()] == ["兰桥", "青禾"]
    article = library.article("青禾")
    assert article.text == invented.QINGHE
    assert article.content_hash == sha256(invented.QINGHE.encode()).hexdigest()
    assert "".join(sentence.text for sentence in library.sentences("青禾")) == article.text
    hit = library.search(Query(text="青禾有多少注册志愿者"))[0]
    assert (hit.article_id, article.text[hit.start : hit.end]) == ("青禾", hit.text)
    assert "62万" in hit.text
    assert library.ever_held


def test_again_changes_nothing(library: Library, folder: Path) -> None:
    ingest(library, folder)
    before = library.revision
    assert outcomes(ingest(library, folder)) == [("兰桥", "unchanged"), ("青禾", "unchanged")]
    assert library.revision == before
    assert library.check().articles == 2


def test_the_same_path_with_another_text_is_an_update(library: Library, folder: Path) -> None:
    ingest(library, folder)
    invented.write(folder, "青禾.md", "# 青禾\n\n青禾市的志愿者增至63万人。\n")
    assert outcomes(ingest(library, folder)) == [("兰桥", "unchanged"), ("青禾", "updated")]
    assert "63万" in library.article("青禾").text
    assert "62万" not in "".join(hit.text for hit in library.search(Query(text="志愿者 骑手驿站 62万")))
    assert library.sentences("青禾")[-1].text.startswith("青禾市的志愿者增至")
    assert library.check().articles == 2


def test_other_metadata_with_the_same_text_is_an_update(library: Library, tmp_path: Path) -> None:
    body = "青禾市的志愿者很多。\n"
    ingest(library, invented.write(tmp_path, "a.md", f"---\ntitle: 旧题\n---\n{body}"))
    again = ingest(library, invented.write(tmp_path, "a.md", f"---\ntitle: 新题\n---\n{body}"))
    assert outcomes(again) == [("a", "updated")]
    assert library.article("a").title == "新题"
    assert found(library, "新题") == ["a"]


def test_another_path_with_a_held_id_gets_another_id(library: Library, folder: Path, tmp_path: Path) -> None:
    ingest(library, folder)
    path = invented.write(tmp_path / "另处", "青禾.md", "青禾市另有一篇文章，说的是食堂。\n")
    [result] = ingest(library, path)
    expected = "青禾-" + sha256(str(path).encode()).hexdigest()[:8]
    assert (result.article_id, result.result) == (expected, "added")
    assert "青禾" in result.reason
    assert expected in result.reason
    assert outcomes(ingest(library, path)) == [(expected, "unchanged")]
    assert library.article("青禾").text == invented.QINGHE


def test_the_same_text_elsewhere_is_one_article(library: Library, folder: Path, tmp_path: Path) -> None:
    ingest(library, folder)
    other = invented.write(tmp_path / "转载", "转载稿.md", invented.QINGHE)
    for _ in range(2):
        [result] = ingest(library, other)
        assert (result.article_id, result.result) == ("青禾", "duplicate")
        assert "青禾" in result.reason
    assert library.check().articles == 2
    assert library.article("青禾").also == ("转载稿",)
    assert library.article("转载稿") == library.article("青禾")
    assert [h.also for h in library.search(Query(text="青禾志愿者", top_k=1))] == [("转载稿",)]
    assert found(library, "志愿者", scope=frozenset({"转载稿"})) == ["青禾"]


def test_a_copy_of_the_same_name_needs_no_second_id(library: Library, folder: Path, tmp_path: Path) -> None:
    ingest(library, folder)
    copy = invented.write(tmp_path / "副本", "青禾.md", invented.QINGHE)
    assert outcomes(ingest(library, copy)) == [("青禾", "duplicate")]
    assert library.article("青禾").also == ()


def test_a_duplicate_that_changes_becomes_an_article(library: Library, folder: Path, tmp_path: Path) -> None:
    ingest(library, folder)
    other = invented.write(tmp_path / "转载", "转载稿.md", invented.QINGHE)
    copy = invented.write(tmp_path / "副本", "青禾.md", invented.QINGHE)
    ingest(library, other, copy)
    invented.write(other.parent, other.name, "转载稿如今另有内容。\n")
    invented.write(copy.parent, copy.name, "副本如今另有内容。\n")
    first, second = ingest(library, other, copy)
    assert (first.article_id, first.result) == ("转载稿", "added")
    assert second.result == "added"
    assert second.article_id.startswith("青禾-")
    assert library.article("青禾").also == ()
    assert library.article("青禾").text == invented.QINGHE


def test_an_original_that_changes_lets_its_duplicates_go(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    ingest(library, folder)
    other = invented.write(tmp_path / "转载", "转载稿.md", invented.QINGHE)
    ingest(library, other)
    invented.write(folder, "青禾.md", "青禾市的文章改写了。\n")
    [updated] = [r for r in ingest(library, folder) if r.article_id == "青禾"]
    assert (updated.result, "转载稿" in updated.reason) == ("updated", True)
    with pytest.raises(ArticleNotFound):
        library.article("转载稿")
    assert outcomes(ingest(library, other)) == [("转载稿", "added")]


def test_identity_holds_within_one_run(library: Library, tmp_path: Path) -> None:
    text = "青禾市的志愿者很多。\n"
    paths = [invented.write(tmp_path / name, "a.txt", text) for name in ("一", "二")]
    paths += [invented.write(tmp_path / "三", "a.txt", "兰桥县的网格员很多。\n")]
    results = ingest(library, *paths, paths[0])
    assert [r.result for r in results] == ["added", "duplicate", "added"]
    assert len({r.article_id for r in results}) == 2


def test_a_jsonl_line_is_an_article(library: Library, tmp_path: Path) -> None:
    path = invented.write_series(tmp_path, 12)
    results = ingest(library, path)
    assert outcomes(results) == [(f"s{n:04}", "added") for n in range(12)]
    assert {r.path for r in results} == {str(path)}
    assert found(library, "新增志愿者7007名")[0] == "s0007"
    assert {r.result for r in ingest(library, path)} == {"unchanged"}


def test_rejected_articles_never_stop_the_rest(library: Library, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": "青禾市的志愿者很多。"}),
        "{broken",
        json.dumps({"id": "nul", "text": "有空字符\x00的正文。"}),
        json.dumps({"id": "a", "text": "编号重复的另一篇。"}),
        json.dumps({"id": "b", "text": "兰桥县的网格员很多。"}),
    ]
    path = invented.write(tmp_path, "some.jsonl", "\n".join(lines))
    results = ingest(library, path, tmp_path / "没有.txt", invented.write(tmp_path, "表.xlsx", "x"))
    assert [r.result for r in results] == [
        "added",
        "rejected",
        "rejected",
        "rejected",
        "added",
        "rejected",
        "rejected",
    ]
    assert all(r.reason for r in results if r.result == "rejected")
    assert "编号" in results[3].reason
    assert [meta.article_id for meta in library.articles()] == ["a", "b"]
    assert [r.result for r in ingest(library, path)][:5:2] == ["unchanged", "rejected", "unchanged"]


def test_progress_counts_articles(library: Library, folder: Path) -> None:
    series = invented.write_series(folder, 3)
    told: list[tuple[int, int, str]] = []
    list(library.ingest([folder], lambda done, total, path: told.append((done, total, path.name))))
    assert [(done, total) for done, total, _ in told] == [(n, 5) for n in range(6)]
    assert told[0][2] == series.name


def test_remove_takes_an_article_out_of_everything(library: Library, folder: Path) -> None:
    ingest(library, folder)
    assert library.remove(["青禾", "没有", "青禾"]) == ["青禾"]
    assert [meta.article_id for meta in library.articles()] == ["兰桥"]
    assert found(library, "青禾 骑手驿站") in ([], ["兰桥"])
    with pytest.raises(ArticleNotFound, match="青禾"):
        library.article("青禾")
    with pytest.raises(ArticleNotFound):
        library.sentences("青禾")
    assert library.check().articles == 1
    assert outcomes(ingest(library, folder)) == [("兰桥", "unchanged"), ("青禾", "added")]


def test_removing_a_duplicates_id_leaves_the_article(library: Library, folder: Path, tmp_path: Path) -> None:
    ingest(library, folder, invented.write(tmp_path / "转载", "转载稿.md", invented.QINGHE))
    assert library.remove(["转载稿"]) == ["转载稿"]
    assert library.article("青禾").also == ()


def test_ever_held_stays_when_all_is_removed(library: Library, folder: Path) -> None:
    ingest(library, folder)
    library.remove(["青禾", "兰桥"])
    assert library.articles() == []
    assert library.ever_held


def test_the_scope_limits_the_search(library: Library, folder: Path) -> None:
    ingest(library, folder)
    assert found(library, "志愿者", scope=frozenset({"兰桥"})) == ["兰桥"]
    assert found(library, "志愿者", scope=frozenset()) == []
    with pytest.raises(ArticleNotFound, match="没有这篇"):
        found(library, "志愿者", scope=frozenset({"没有这篇"}))


@pytest.mark.parametrize("text", ["", "？", "\x00", "🙂", "a" * 5000, "的 了"])
def test_odd_questions_do_no_harm(library: Library, folder: Path, text: str) -> None:
    ingest(library, folder)
    library.search(Query(text=text))


def test_an_iterator_given_up_keeps_what_it_gave(library: Library, tmp_path: Path) -> None:
    results = library.ingest([invented.write_series(tmp_path, 30)])
    first = next(results)
    results.close()
    assert library.article(first.article_id)
    assert library.check().ok
    assert len(ingest(library, tmp_path / "series.jsonl")) == 30


def test_threads_search_while_another_ingests(library: Library, folder: Path, tmp_path: Path) -> None:
    ingest(library, folder)
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                assert found(library, "青禾骑手驿站318个")[0] == "青禾"
                assert library.sentences("兰桥")
        except BaseException as error:  # noqa: BLE001 - handed to the main thread
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(3):
        ingest(library, invented.write_series(tmp_path, 15, f"{n}.jsonl"))
        library.remove(["s0003"])
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="不是文件夹"):
        Library.open(invented.write(tmp_path, "file.txt", "x"))


def test_a_closed_library_may_be_closed_again(data_dir: Path) -> None:
    library = Library.open(data_dir)
    library.close()
    library.close()
    with pytest.raises(LibraryError):
        library.articles()
