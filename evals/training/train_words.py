"""Trains retrieval/data/words.npz: vectors of common Chinese words from a corpus of news.

    python evals/training/train_words.py CORPUS.jsonl[.xz] WORDS.npz

CORPUS holds one JSON object with a `text` a line. Words that stand near each other are counted, the counts
become shifted positive pointwise mutual information, and its truncated SVD gives the vectors. Only words of
the segmenter's dictionary and of our lexicon are kept, so that nothing peculiar to the corpus gets out.
Needs scipy and scikit-learn; nothing of this runs in the product. The same corpus gives the same file.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from retrieval.tokens import Tokenizer, normalise

Ids = NDArray[np.int32]
Matrix = NDArray[np.float32]

GAP = -1  # between articles, and where a word is not of the vocabulary
NUMBER = "0"
LEAST_COUNT = 30
WINDOW = 5
SMOOTHING = 0.75
_NUMBER = re.compile(r"\d[\d.,]*%?")
_CHINESE = re.compile(r"[㐀-鿿〇]+")
_SLICE = 4_000_000


def main() -> None:
    """Trains and writes the vectors."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--words", type=int, default=30_000)
    parser.add_argument("--dimensions", type=int, default=128)
    given = parser.parse_args()
    stream, names = read_stream(given.corpus, Tokenizer())
    words, ids, counts = choose(stream, names, given.words)
    pairs = cooccurrences(ids, len(words))
    save(given.output, words, embed(shifted_ppmi(pairs), given.dimensions), counts)


def read_stream(corpus: Path, tokenizer: Tokenizer) -> tuple[Ids, list[str]]:
    """Returns the corpus as numbers of words, GAP after each article, and the words; rare ones are kept."""
    places: dict[str, int] = {}
    articles: list[Ids] = []
    for text in read_texts(corpus):
        cut = [NUMBER if _NUMBER.fullmatch(word) else word for word in tokenizer.cut(normalise(text))]
        kept = [
            places.setdefault(word, len(places)) for word in cut if word == NUMBER or _CHINESE.fullmatch(word)
        ]
        articles.append(np.array([*kept, GAP], dtype=np.int32))
    names = [w if w == NUMBER or tokenizer.frequency(w) else "" for w in places]
    return np.concatenate(articles), names


def read_texts(corpus: Path) -> Iterator[str]:
    """Yields the texts of a corpus."""
    opened = (
        lzma.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".xz" else corpus.open(encoding="utf-8")
    )
    with opened as lines:
        for line in lines:
            yield json.loads(line)["text"]


def choose(stream: Ids, names: list[str], most: int) -> tuple[list[str], Ids, Ids]:
    """Returns the most frequent dictionary words, the stream in their numbers, and their counts."""
    counts = Counter(dict(enumerate(np.bincount(stream[stream >= 0], minlength=len(names)).tolist())))
    chosen = [i for i, count in counts.most_common() if names[i] and count >= LEAST_COUNT][:most]
    renumbered = np.full(len(names) + 1, GAP, dtype=np.int32)  # the last place is GAP's own
    renumbered[chosen] = np.arange(len(chosen), dtype=np.int32)
    return (
        [names[i] for i in chosen],
        renumbered[stream],
        np.array([counts[i] for i in chosen], dtype=np.int32),
    )


def cooccurrences(ids: Ids, size: int) -> Any:
    """Returns the symmetric counts of words near each other, the nearer the heavier."""
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for start in range(0, len(ids), _SLICE):
        part = ids[start : start + _SLICE + WINDOW]
        for distance in range(1, WINDOW + 1):
            left, right = part[: min(_SLICE, len(part) - distance)], part[distance : _SLICE + distance]
            near = (left >= 0) & (right >= 0)
            weights = np.full(near.sum(), 1 - (distance - 1) / WINDOW, dtype=np.float32)
            total += sparse.coo_matrix((weights, (left[near], right[near])), shape=(size, size)).tocsr()
    return (total + total.T).tocsr()


def shifted_ppmi(pairs: Any, shift: float = 1.0) -> Any:
    """Returns positive pointwise mutual information less log(shift), contexts smoothed."""
    sums = np.asarray(pairs.sum(axis=1)).ravel()
    contexts = sums**SMOOTHING
    coordinates = pairs.tocoo()
    expected = sums[coordinates.row] * (contexts / contexts.sum())[coordinates.col]
    values = np.maximum(np.log(coordinates.data / expected) - np.log(shift), 0).astype(np.float32)
    matrix = sparse.csr_matrix((values, (coordinates.row, coordinates.col)), shape=pairs.shape)
    matrix.eliminate_zeros()
    return matrix


def embed(matrix: Any, dimensions: int, power: float = 0.5) -> Matrix:
    """Returns the words' vectors of length one: left singular vectors times singular values to a power."""
    left, values, _ = randomized_svd(matrix, n_components=dimensions, n_iter=4, random_state=0)
    vectors = (left * values**power).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors, dtype=np.float32)


def save(output: Path, words: list[str], vectors: Matrix, counts: Ids) -> None:
    """Writes the words, a line each in one array of UTF-8, the vectors in 8 bits and the counts."""
    scales = np.abs(vectors).max(axis=1) / 127
    whole = np.round(vectors / np.maximum(scales[:, None], 1e-9)).astype(np.int8)
    joined = np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)
    np.savez_compressed(output, words=joined, matrix=whole, scales=scales.astype(np.float32), counts=counts)


if __name__ == "__main__":
    main()
