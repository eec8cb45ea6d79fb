"""Embeddings by an ONNX model in a folder: `model.onnx` with `tokenizer.json` beside it; no download."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval.errors import EmbeddingsFailed

_MOST_TOKENS = 512
_BATCH = 32
_MODELS = ("model.onnx", "onnx/model.onnx")


def model_file(folder: Path) -> Path | None:
    """Returns the model's file in a folder as sentence-transformers and Hugging Face lay it out."""
    return next((folder / name for name in _MODELS if (folder / name).is_file()), None)


class OnnxEmbeddings(Embeddings):
    """Sentence vectors of length one; the tokens' mean, or the first token's where the folder says so.

    Raises EmbeddingsFailed if the folder does not hold what is needed.
    """

    def __init__(self, folder: Path) -> None:
        from onnxruntime import InferenceSession
        from tokenizers import Tokenizer

        model, words = model_file(folder), folder / "tokenizer.json"
        if model is None or not words.is_file():
            raise EmbeddingsFailed(f"{folder} 里要有 model.onnx 和 tokenizer.json。请补齐。")
        self._session = InferenceSession(str(model), providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(words))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = [given.name for given in self._session.get_inputs()]
        self._first = _first_token(folder)
        self.fingerprint = f"onnx:{folder.name}:{_hash(model)}:{'cls' if self._first else 'mean'}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Returns a vector a text."""
        rows: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            rows += self._vectors(texts[start : start + _BATCH]).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Returns the vector of a question."""
        return self.embed_documents([text])[0]

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        known = {
            "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([one.type_ids for one in encoded], dtype=np.int64),
        }
        out = np.asarray(self._session.run(None, {name: known[name] for name in self._inputs})[0])
        if out.ndim == 3:
            weights = mask[:, :, np.newaxis].astype(np.float32)
            mean = (out * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
            out = out[:, 0] if self._first else mean
        lengths = np.linalg.norm(out, axis=1, keepdims=True)
        return np.asarray(out / np.maximum(lengths, 1e-12), dtype=np.float32)


def _first_token(folder: Path) -> bool:
    """Returns whether the folder's pooling takes the first token's vector."""
    path = folder / "1_Pooling" / "config.json"
    return path.is_file() and bool(json.loads(path.read_text("utf-8")).get("pooling_mode_cls_token"))


def _hash(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()[:12]
