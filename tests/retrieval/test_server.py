"""The whole library with its vectors on a Chroma server."""

from __future__ import annotations

from pathlib import Path

import invented
import pytest
from index_fakes import CharacterEmbeddings

from retrieval import index as index_module
from retrieval.errors import LibraryUnreachable
from retrieval.library import Library
from retrieval.models import ChromaServer, Query


def opened(folder: Path, server: ChromaServer | None) -> Library:
    return Library.open(folder, embeddings=CharacterEmbeddings(), server=server)


def test_the_same_on_a_server(
    data_dir: Path, tmp_path: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "EXACT_LIMIT", 0)  # so that the server is asked
    path = invented.write(tmp_path, "青禾.md", invented.QINGHE)
    other = invented.write(tmp_path, "兰桥.md", invented.LANQIAO)
    with opened(data_dir, chroma_server) as library, opened(data_dir, chroma_server) as reader:
        assert [r.result for r in library.ingest([path, other])] == ["added", "added"]
        assert "vector" in reader.search(Query(text="骑手驿站"))[0].legs
        invented.write(tmp_path, "青禾.md", "青禾市如今有骑手驿站320个。\n")
        assert [r.result for r in library.ingest([path])] == ["updated"]
        assert "320" in reader.search(Query(text="骑手驿站"))[0].text
        library.remove(["兰桥"])
        assert reader.search(Query(text="专职网格员", scope=None))[:1] != ["兰桥"]
        assert library.check().ok
        assert library.rebuild().ok
        assert reader.search(Query(text="骑手驿站"))[0].article_id == "青禾"
    assert not (data_dir / "chroma" / "1").exists()
    with opened(data_dir, None) as moved:  # from the server into the folder, and back again
        assert moved.check().ok
    with opened(data_dir, chroma_server) as back:
        assert back.check().ok


def test_a_server_that_is_down_is_named_and_nothing_is_touched(
    data_dir: Path, tmp_path: Path, chroma_server: ChromaServer
) -> None:
    with opened(data_dir, chroma_server) as library:
        list(library.ingest([invented.write(tmp_path, "青禾.md", invented.QINGHE)]))
        generation = library._store.get("generation")
    down = ChromaServer(url="http://127.0.0.1:9")
    with pytest.raises(LibraryUnreachable, match="JUSHI_CHROMA"):
        opened(data_dir, down)
    with opened(data_dir, chroma_server) as library:
        assert library._store.get("generation") == generation
        assert library.check().ok
