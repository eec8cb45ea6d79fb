"""Embeddings that need no download: hashed words and character pairs.

Any LangChain `Embeddings` may stand in for them.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Protocol
from zlib import crc32

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval.tokens import Tokenizer

HASHING_VERSION = "1"
_BATCH = 256


class Embedder(Protocol):
    """What we need of an embedder; every LangChain `Embeddings` is one."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Returns a vector a text."""

    def embed_query(self, text: str) -> list[float]:
        """Returns the vector of a question."""


class HashedEmbeddings(Embeddings):
    """Signed feature hashing of tokens with sub-linear counts, of length one.

    Texts that share words and character pairs lie near each other. `fingerprint` changes whenever equal
    texts may get other vectors. `fusion_weight` is small because these vectors know nothing that the
    lexical leg does not: on three collections every greater weight cost hits at the top.
    """

    fusion_weight = 0.01

    def __init__(self, tokenizer: Tokenizer, dimensions: int = 128) -> None:
        self._tokenizer = tokenizer
        self.dimensions = dimensions
        self.fingerprint = f"hashed-{HASHING_VERSION}-{dimensions}-{tokenizer.version}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Returns a vector a text."""
        return [self._vector(text).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Returns the vector of a question, made as for any text."""
        vector: list[float] = self._vector(text).tolist()
        return vector

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        counts = Counter(self._tokenizer.tokens(text))
        if not counts:
            vector[0] = 1.0  # a vector of zeros has no direction; this one is near nothing that has words
            return vector
        places, signs = zip(*(_place(token, self.dimensions) for token in counts), strict=True)
        weights = np.fromiter(counts.values(), dtype=np.float32)
        np.add.at(vector, np.array(places), np.array(signs, dtype=np.float32) * (1 + np.log(weights)))
        length = np.linalg.norm(vector)
        return vector / length if length else vector


@lru_cache(maxsize=200_000)
def _place(token: str, dimensions: int) -> tuple[int, int]:
    """Returns the dimension and the sign of a token, the same on every machine."""
    mixed = crc32(token.encode("utf-8")) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    return (mixed >> 33) % dimensions, 1 if mixed >> 32 & 1 else -1


def fingerprint_of(embeddings: Embedder) -> str:
    """Returns what tells an embedder from others: its `fingerprint`, else its class and model name.

    Vectors of different fingerprints are never compared with each other.
    """
    own = getattr(embeddings, "fingerprint", None)
    if isinstance(own, str) and own:
        return own
    kind = type(embeddings)
    model = getattr(embeddings, "model", None) or getattr(embeddings, "model_name", None) or ""
    return f"{kind.__module__}.{kind.__qualname__}:{model}"


def fusion_weight_of(embeddings: Embedder) -> float:
    """Returns what the vector leg counts beside the lexical one: the embedder's `fusion_weight`, else 1."""
    return float(getattr(embeddings, "fusion_weight", 1.0))


def embed_texts(embeddings: Embedder, texts: list[str]) -> NDArray[np.float32]:
    """Returns the texts' vectors, a row each, made in batches."""
    rows: list[list[float]] = []
    for start in range(0, len(texts), _BATCH):
        rows.extend(embeddings.embed_documents(texts[start : start + _BATCH]))
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(rows[0]) if rows else 0)
