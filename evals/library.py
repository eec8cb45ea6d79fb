"""A fresh library in a temporary folder: the seeds or other articles, and what it holds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from assistant import Assistant
from evals.corpus import Corpus
from retrieval import Library


def copy_seeds(folder: Path) -> Path:
    """Returns a new folder inside `folder` that holds the shipped seed articles."""
    target = folder / "seeds"
    target.mkdir(parents=True)
    for item in files("seeds").iterdir():
        if item.name.endswith(".md"):
            (target / item.name).write_bytes(item.read_bytes())
    return target


def build_library(data: Path, articles: Path, noise: Path | None = None) -> Corpus:
    """Indexes a folder of articles (and a .jsonl of further ones) into `data`; returns what it now holds."""
    with Library.open(data) as library:
        rejected = [
            f"{result.path}: {result.reason}"
            for result in library.ingest([articles, noise] if noise else [articles])
            if result.result == "rejected"
        ]
        texts = {meta.article_id: library.article(meta.article_id).text for meta in library.articles()}
    if rejected and not noise:
        raise ValueError(f"articles rejected: {'; '.join(rejected)}")
    own = {path.stem for path in articles.rglob("*")}
    # An article of the noise file never counts as one that the cases mean, whatever its id begins with.
    foreign = {article_id: "" for article_id in texts if noise and article_id not in own}
    return Corpus(texts, foreign)


@contextmanager
def opened(articles: str = "seeds", noise: Path | None = None) -> Iterator[tuple[Assistant, Corpus]]:
    """Yields an assistant over a fresh library of the seeds or of a folder's articles, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="jushi-evals-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = copy_seeds(folder) if articles == "seeds" else Path(articles)
        corpus = build_library(folder / "data", source, noise)
        with Assistant.open(folder / "data") as system:
            yield system, corpus
