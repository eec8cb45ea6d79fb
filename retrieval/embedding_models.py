"""Embedding models by configuration: an OpenAI-compatible endpoint, Ollama, or a folder of one's own.

Each is a LangChain `Embeddings` with a fingerprint: vectors of two models are never compared.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from langchain_core.embeddings import Embeddings

from retrieval.errors import EmbeddingsFailed

_OLLAMA = "http://127.0.0.1:11434"
_PATIENCE = 60.0
_Made = TypeVar("_Made")


class NamedEmbeddings(Embeddings):
    """An embedder with the fingerprint of its model; what it fails with becomes EmbeddingsFailed.

    The message never holds what the endpoint or its library said: that may hold the key.
    """

    fusion_weight = 1.0

    def __init__(self, inner: Embeddings, fingerprint: str) -> None:
        self._inner = inner
        self.fingerprint = fingerprint

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Returns a vector a text. Raises EmbeddingsFailed."""
        return self._tried(lambda: self._inner.embed_documents(texts))

    def embed_query(self, text: str) -> list[float]:
        """Returns the vector of a question. Raises EmbeddingsFailed."""
        return self._tried(lambda: self._inner.embed_query(text))

    def _tried(self, embed: Callable[[], _Made]) -> _Made:
        try:
            return embed()
        except Exception as error:  # noqa: BLE001 - libraries raise what they like; a person gets one line
            kind = type(error).__name__
        raise EmbeddingsFailed(
            f"嵌入模型“{self.fingerprint}”没有给出向量（{kind}）。请检查模型服务和 JUSHI_EMBEDDINGS 的设置。"
        )


def build_embeddings(spec: str, base_url: str = "", key: str = "") -> NamedEmbeddings:
    """Returns the embedder that `openai:NAME`, `ollama:NAME` or `local:FOLDER` names.

    Raises EmbeddingsFailed with a Chinese line if it is not understood, or what it needs is missing.
    """
    provider, _, name = spec.strip().partition(":")
    if provider not in _MAKERS or not name:
        raise EmbeddingsFailed(
            f"看不懂嵌入模型“{spec}”。请写成 openai:模型名、ollama:模型名 或 local:文件夹。"
        )
    return _MAKERS[provider](name, base_url, key)


def _openai(name: str, base_url: str, key: str) -> NamedEmbeddings:
    _need("langchain_openai")
    if not base_url:
        raise EmbeddingsFailed("请用 JUSHI_EMBEDDINGS_BASE_URL 指明嵌入模型的地址。")
    from langchain_openai import OpenAIEmbeddings

    given: dict[str, Any] = {"model": name, "base_url": base_url, "api_key": key or "none"}
    # Texts go as they are: counting their tokens here would fetch a table from the network.
    given |= {"check_embedding_ctx_length": False, "max_retries": 1, "timeout": _PATIENCE}
    return NamedEmbeddings(OpenAIEmbeddings(**given), f"openai:{name}")


def _ollama(name: str, base_url: str, key: str) -> NamedEmbeddings:
    _need("langchain_ollama")
    from langchain_ollama import OllamaEmbeddings

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    client = {"timeout": _PATIENCE, "headers": headers}
    return NamedEmbeddings(
        OllamaEmbeddings(model=name, base_url=base_url or _OLLAMA, client_kwargs=client), f"ollama:{name}"
    )


def _local(name: str, base_url: str, key: str) -> NamedEmbeddings:
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise EmbeddingsFailed(f"找不到嵌入模型的文件夹：{folder}。请检查 JUSHI_EMBEDDINGS。")
    from retrieval.onnx_embeddings import OnnxEmbeddings, model_file

    if model_file(folder) is not None:
        return NamedEmbeddings(own := OnnxEmbeddings(folder), own.fingerprint)
    if find_spec("sentence_transformers") is None:
        raise EmbeddingsFailed(
            f"{folder} 里没有 model.onnx。请放入 ONNX 模型，或安装 sentence-transformers 后再用。"
        )
    return NamedEmbeddings(_sentence_transformer(folder), f"sentence-transformers:{folder.name}")


def _sentence_transformer(folder: Path) -> Embeddings:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), local_files_only=True)

    class _Local(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, row)) for row in model.encode(texts, normalize_embeddings=True)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return _Local()


def _need(package: str) -> None:
    if find_spec(package) is None:
        raise EmbeddingsFailed("缺少接入嵌入模型的组件。请安装：pip install 'jushi[llm]'。")


_MAKERS: dict[str, Callable[[str, str, str], NamedEmbeddings]] = {
    "openai": _openai,
    "ollama": _ollama,
    "local": _local,
}
