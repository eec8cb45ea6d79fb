"""Opens the library as the settings say: where its vectors come from is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.settings import Settings
from retrieval import Library

Advance = Callable[[int, int], None]


def open_library(
    data_dir: Path, settings: Settings, advance: Advance | None = None, *, asking: bool = False
) -> Library:
    """Returns the library in `data_dir`. Raises LibraryError.

    `advance` is called with articles done and in all while vectors are made anew for another model; `asking`
    says whether questions follow at once.
    """
    if not settings.embeddings:
        return Library.open(data_dir, server=settings.chroma_server, advance=advance, asking=asking)
    from retrieval.embedding_models import build_embeddings

    key = settings.embeddings_key.get_secret_value()
    embeddings = build_embeddings(settings.embeddings, settings.embeddings_base_url, key)
    return Library.open(
        data_dir, embeddings=embeddings, server=settings.chroma_server, advance=advance, asking=asking
    )
