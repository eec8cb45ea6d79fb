from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from retrieval.library import Library
from retrieval.retriever import LibraryRetriever


@pytest.fixture
def library(data_dir: Path, tmp_path: Path) -> Iterator[Library]:
    head = "---\ntitle: 青禾市志愿服务走深走实\npublisher: 青禾日报\ntopics: [志愿服务]\n---\n"
    invented.write(tmp_path, "青禾.md", head + invented.QINGHE)
    invented.write(tmp_path, "兰桥.md", invented.LANQIAO)
    with Library.open(data_dir, embeddings=CharacterEmbeddings()) as opened:
        list(opened.ingest([tmp_path]))
        yield opened


def test_documents_carry_the_passage_and_its_source(library: Library) -> None:
    retriever = LibraryRetriever(library=library, k=2)
    assert isinstance(retriever, BaseRetriever)
    first = retriever.invoke("骑手驿站有多少个")[0]
    assert isinstance(first, Document)
    assert "318个" in first.page_content
    about = first.metadata
    assert (about["article_id"], about["title"], about["publisher"]) == (
        "青禾",
        "青禾市志愿服务走深走实",
        "青禾日报",
    )
    assert first.id == about["chunk_id"]
    assert library.article("青禾").text[about["start"] : about["end"]] == first.page_content


def test_k_scope_and_per_article(library: Library) -> None:
    assert len(LibraryRetriever(library=library, k=1).invoke("志愿者 网格员")) == 1
    scoped = LibraryRetriever(library=library, scope=frozenset({"兰桥"})).invoke("志愿者 网格员")
    assert {document.metadata["article_id"] for document in scoped} == {"兰桥"}
    single = LibraryRetriever(library=library, k=9, per_article=True).invoke("青禾 兰桥 社区 服务")
    assert sorted(document.metadata["article_id"] for document in single) == ["兰桥", "青禾"]


def test_batch_gives_the_same_as_invoke(library: Library) -> None:
    retriever = LibraryRetriever(library=library, k=3)
    questions = ["骑手驿站", "网格员", "没有这回事"]
    assert retriever.batch(questions) == [retriever.invoke(question) for question in questions]
