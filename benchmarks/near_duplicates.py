"""What finding near-duplicates costs as a library grows: the store alone, without the indexes.

Usage: python -m benchmarks.near_duplicates ARTICLES.jsonl[.xz] [--most N]    (a line is {"text": …})
"""

from __future__ import annotations

import argparse
import json
import lzma
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

from retrieval.models import Article
from retrieval.reprints import relate
from retrieval.store import Store

_PARTS = 10


def texts(path: Path, most: int) -> Iterator[str]:
    """Yields the texts of a collection, each once."""
    seen: set[bytes] = set()
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, most):
            text = str(json.loads(line)["text"])
            digest = sha256(text.encode()).digest()
            if digest not in seen:
                seen.add(digest)
                yield text


def main() -> None:
    """Prints a line a tenth of the collection."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", type=Path)
    parser.add_argument("--most", type=int, default=1_000_000)
    given = parser.parse_args()
    everything = list(texts(given.articles, given.most))
    part = max(1, len(everything) // _PARTS)
    found: Counter[str] = Counter()
    times: list[float] = []
    print("articles  related ms each: mean    p95    max   reprints  differing")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for number, text in enumerate(everything):
            article = Article(article_id=f"a{number:06}", text=text, content_hash=f"{number}")
            with store.transaction(durable=False):
                store.write_article(article, f"o{number}")
                began = time.perf_counter()
                found.update(kin.relation for kin in relate(store, article.article_id, text))
                times.append((time.perf_counter() - began) * 1000)
            if (number + 1) % part == 0:
                print(row(number + 1, times, found), flush=True)
                times = []
        store.close()
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
    characters = sum(map(len, everything))
    print(f"{characters / 1e6:.1f} million characters, store {size:.0f} MB, peak memory {peak():.0f} MB")


def row(number: int, times: list[float], found: Counter[str]) -> str:
    """Returns a line of the table."""
    ordered = sorted(times)
    mean, high = sum(times) / len(times), ordered[int(len(times) * 0.95)]
    return (
        f"{number:8}  {mean:20.2f} {high:6.2f} {ordered[-1]:6.1f} {found['reprint']:10} {found['differs']:10}"
    )


def peak() -> float:
    """Returns this process's peak memory in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
