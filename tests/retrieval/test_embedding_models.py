"""Embedding models by configuration; vectors of two models are never mixed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_model import DIMENSIONS, write_model

from retrieval import Library, Query
from retrieval.embedding_models import build_embeddings
from retrieval.errors import EmbeddingsFailed, LibraryChanged
from retrieval.onnx_embeddings import OnnxEmbeddings

KEY = "sk-" + "geheim-42"
ARTICLE = "# 衡阳市志愿服务\n\n衡阳市注册志愿者约62万人。全市有骑手驿站318个。\n"


@contextmanager
def endpoint(*, status: int = 200) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yields the address of an endpoint for embeddings (OpenAI's and Ollama's form) and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing."""

        def do_POST(self) -> None:
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, "key": self.headers.get("Authorization"), **given})
            texts = given["input"] if isinstance(given["input"], list) else [given["input"]]
            rows = [[float(len(text)), 1.0, float(text.count("驿站"))] for text in texts]
            data = [{"object": "embedding", "index": i, "embedding": row} for i, row in enumerate(rows)]
            told = {"object": "list", "data": data, "model": "m", "embeddings": rows}
            body = json.dumps(
                told if status == 200 else {"error": {"message": str(asked[-1]["key"])}}
            ).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "hengyang.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_an_openai_compatible_endpoint_is_asked_in_texts(tmp_path: Path) -> None:
    with endpoint() as (url, asked):
        embeddings = build_embeddings("openai:bge-m3", url + "/v1", KEY)
        assert embeddings.embed_query("骑手驿站") == [4.0, 1.0, 1.0]
        assert embeddings.embed_documents(["甲", "驿站"]) == [[1.0, 1.0, 0.0], [2.0, 1.0, 1.0]]
    assert {(a["path"], a["key"], a["model"]) for a in asked} == {
        ("/v1/embeddings", f"Bearer {KEY}", "bge-m3")
    }
    assert asked[0]["input"] in (["骑手驿站"], "骑手驿站")
    assert embeddings.fingerprint == "openai:bge-m3"


def test_ollama_is_asked_in_its_own_way() -> None:
    with endpoint() as (url, asked):
        embeddings = build_embeddings("ollama:bge-m3", url)
        assert embeddings.embed_documents(["驿站"]) == [[2.0, 1.0, 1.0]]
    assert asked[0]["path"] == "/api/embed"


def test_a_folder_with_an_onnx_model_needs_no_network(tmp_path: Path) -> None:
    embeddings = build_embeddings(f"local:{write_model(tmp_path / 'tiny')}")
    rows = np.array(embeddings.embed_documents(["骑手驿站", "骑手驿站", "志愿者", "骑手驿站有多少?" * 90]))
    assert rows.shape == (4, DIMENSIONS)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, rtol=1e-5)
    np.testing.assert_allclose(rows[0], rows[1], rtol=1e-6)
    assert not np.allclose(rows[0], rows[2])
    alone = np.array(embeddings.embed_query("志愿者"))
    np.testing.assert_allclose(rows[2], alone, rtol=1e-5)  # what stands beside it in a batch adds nothing


def test_the_first_tokens_vector_is_taken_where_the_folder_says_so(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "tiny")
    mean = OnnxEmbeddings(folder)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}', encoding="utf-8")
    first = OnnxEmbeddings(folder)
    assert first.fingerprint != mean.fingerprint
    np.testing.assert_allclose(first.embed_query("志愿者"), first.embed_query("志站站"), rtol=1e-5)
    assert not np.allclose(mean.embed_query("志愿者"), mean.embed_query("志站站"))


def test_another_model_in_the_same_folder_has_another_fingerprint(tmp_path: Path) -> None:
    one = OnnxEmbeddings(write_model(tmp_path / "tiny", seed=1)).fingerprint
    other = OnnxEmbeddings(write_model(tmp_path / "tiny", seed=2)).fingerprint
    assert one != other


@pytest.mark.parametrize(
    ("spec", "line"),
    [("bge-m3", "看不懂"), ("openai:", "看不懂"), ("magic:m", "看不懂"), ("openai:m", "JUSHI_EMBEDDINGS_BASE_URL"),
     ("local:/nowhere/at/all", "找不到")],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_chinese(spec: str, line: str) -> None:
    with pytest.raises(EmbeddingsFailed, match=line):
        build_embeddings(spec)


def test_a_failing_endpoint_is_named_without_its_key() -> None:
    with endpoint(status=401) as (url, _), pytest.raises(EmbeddingsFailed) as raised:
        build_embeddings("openai:bge-m3", url + "/v1", KEY).embed_query("甲")
    assert "没有给出向量" in str(raised.value)
    assert KEY not in str(raised.value) + repr(raised.value.__cause__) + repr(raised.value.__context__)


def test_changing_the_model_makes_all_vectors_anew_with_progress(
    data_dir: Path, article: Path, tmp_path: Path
) -> None:
    with Library.open(data_dir) as library:
        assert [r.result for r in library.ingest([article])] == ["added"]
    told: list[tuple[int, int]] = []
    tiny = build_embeddings(f"local:{write_model(tmp_path / 'tiny')}")
    with Library.open(data_dir, embeddings=tiny, advance=lambda *steps: told.append(steps)) as library:
        assert told == [(1, 1)]
        assert library.check().ok
        (hit,) = library.search(Query(text="骑手驿站"))
        assert set(hit.legs) == {"lexical", "vector"}
    with Library.open(data_dir, embeddings=tiny, advance=lambda *steps: told.append(steps)):
        assert told == [(1, 1)]  # the same model again: nothing to do


def test_a_process_with_another_model_neither_searches_nor_writes(
    data_dir: Path, article: Path, tmp_path: Path
) -> None:
    with Library.open(data_dir) as hashed:
        assert [r.result for r in hashed.ingest([article])] == ["added"]
        tiny = build_embeddings(f"local:{write_model(tmp_path / 'tiny')}")
        with Library.open(data_dir, embeddings=tiny):
            with pytest.raises(LibraryChanged, match="别的设置"):
                hashed.search(Query(text="骑手驿站"))
            with pytest.raises(LibraryChanged):
                list(hashed.ingest([article]))


def test_while_the_model_is_away_words_alone_are_searched(data_dir: Path, article: Path) -> None:
    with endpoint() as (url, _):
        embeddings = build_embeddings("openai:bge-m3", url + "/v1")
        library = Library.open(data_dir, embeddings=embeddings)
        assert [r.result for r in library.ingest([article])] == ["added"]
        assert set(library.search(Query(text="骑手驿站"))[0].legs) == {"lexical", "vector"}
    with library:
        (hit,) = library.search(Query(text="骑手驿站"))
        assert set(hit.legs) == {"lexical"}
