from __future__ import annotations

import numpy as np
import pytest
from index_fakes import CharacterEmbeddings

from retrieval.embeddings import HashedEmbeddings, embed_texts, fingerprint_of, fusion_weight_of
from retrieval.tokens import Tokenizer


@pytest.fixture(scope="module")
def hashed() -> HashedEmbeddings:
    return HashedEmbeddings(Tokenizer())


def test_vectors_have_length_one_and_their_dimensions(hashed: HashedEmbeddings) -> None:
    rows = embed_texts(hashed, ["青禾市的志愿者", "", "，", "骑手 " * 500])
    assert rows.shape == (4, 128)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)


def test_no_texts_give_no_rows(hashed: HashedEmbeddings) -> None:
    assert len(embed_texts(hashed, [])) == 0


def test_batches_change_nothing(hashed: HashedEmbeddings) -> None:
    texts = [f"第{n}号社区" for n in range(300)]
    assert np.array_equal(embed_texts(hashed, texts)[299], np.float32(hashed.embed_query(texts[299])))


def test_texts_that_share_words_lie_nearer(hashed: HashedEmbeddings) -> None:
    question, fitting, other = embed_texts(
        hashed, ["青禾有多少志愿者", "青禾市注册志愿者约62万人", "兰桥县快递行业党委成立"]
    )
    assert question @ fitting > question @ other + 0.2


def test_the_same_on_every_machine(hashed: HashedEmbeddings) -> None:
    """Stored vectors outlive the process: hashing must not depend on its seed."""
    [row] = embed_texts(HashedEmbeddings(Tokenizer(), 16), ["骑手驿站"])
    assert {i: round(float(value), 3) for i, value in enumerate(row) if value} == {
        4: 0.5,
        8: -0.5,
        9: 0.5,
        10: 0.5,
    }


class Named:
    model = "some-model"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[1.0] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return [1.0]


def test_fingerprints_tell_embedders_apart(hashed: HashedEmbeddings) -> None:
    assert fingerprint_of(hashed) != fingerprint_of(HashedEmbeddings(Tokenizer(), 64))
    assert fingerprint_of(CharacterEmbeddings()) == "characters-1"
    assert fingerprint_of(Named()).endswith("Named:some-model")


def test_hashed_vectors_count_little_beside_words(hashed: HashedEmbeddings) -> None:
    assert fusion_weight_of(hashed) < 1 / 60
    assert fusion_weight_of(Named()) == 1
