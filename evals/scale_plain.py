"""The plain LangChain pipeline over the same articles: splitter, Chroma, BM25Retriever.

Started by evals.scale. Needs langchain-chroma, langchain-community and rank-bm25, which are none of ours.
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np

from evals.scale_memory import PeakMemory
from retrieval import Tokenizer
from retrieval.embeddings import HashedEmbeddings

_BATCH, _ASKED = 5_000, 30


def main() -> None:
    """Prints rows of (name, value, unit, limit) as JSON. Arguments: a folder, questions, articles."""
    questions = json.loads(Path(sys.argv[2]).read_text("utf-8"))[:_ASKED]
    splitters = import_module("langchain_text_splitters")
    chroma = import_module("langchain_chroma")
    retrievers = import_module("langchain_community.retrievers")
    tokenizer = Tokenizer()
    began = time.perf_counter()
    with PeakMemory(os.getpid()) as memory:
        splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=300, chunk_overlap=50)
        texts, sources = [], []
        with Path(sys.argv[3]).open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                parts = splitter.split_text(record["text"])
                texts += parts
                sources += [{"article_id": record["id"]}] * len(parts)
        store = chroma.Chroma("plain", HashedEmbeddings(tokenizer), persist_directory=sys.argv[1])
        for start in range(0, len(texts), _BATCH):
            store.add_texts(texts[start : start + _BATCH], sources[start : start + _BATCH])
        keyword = retrievers.BM25Retriever.from_texts(texts, sources, preprocess_func=tokenizer.cut, k=10)
        built = time.perf_counter()
        times = []
        for question in questions:
            asked = time.perf_counter()
            store.similarity_search(question, k=10)
            keyword.invoke(question)
            times.append((time.perf_counter() - asked) * 1000)
        filtered = []
        some = [source["article_id"] for source in sources[:: len(sources) // 100 or 1]]
        for question in questions:
            asked = time.perf_counter()
            store.similarity_search(question, k=10, filter={"article_id": {"$in": some}})
            filtered.append((time.perf_counter() - asked) * 1000)
    rows = [
        ("ingest, min", (built - began) / 60, "min", None),
        ("peak memory, GB", memory.peak / 1e9, "GB", None),
        ("retrieval, p50 ms", float(np.percentile(times, 50)), "ms", None),
        ("retrieval, p95 ms", float(np.percentile(times, 95)), "ms", None),
        ("retrieval in a hundredth, p50 ms", float(np.percentile(filtered, 50)), "ms", None),
        ("retrieval in a hundredth, p95 ms", float(np.percentile(filtered, 95)), "ms", None),
    ]
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
