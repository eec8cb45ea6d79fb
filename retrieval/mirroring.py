"""What has left a folder: origins below it that a reading of the folder no longer meets."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from retrieval.articles import walk
from retrieval.models import IngestResult
from retrieval.naming import origin_key
from retrieval.store import Store


def departed(store: Store, folder: Path, results: Iterable[IngestResult]) -> list[str]:
    """Returns the origins below a folder that are gone, after an ingest of the folder with these results.

    Of a file of many articles those are gone that the ingest did not meet, unless it could read none.
    """
    prefix = origin_key(folder).rstrip(os.sep) + os.sep
    origins = store.origins_below(prefix)
    present = {origin_key(path) for path in walk([folder])}
    met: dict[str, set[str]] = {}
    readable: set[str] = set()
    for result in results:
        file = origin_key(Path(result.path))
        met.setdefault(file, set()).add(result.article_id)
        if result.result != "rejected":
            readable.add(file)
    return [origin for origin in origins if not _is_there(store, origin, present, met, readable)]


def _is_there(
    store: Store, origin: str, present: set[str], met: dict[str, set[str]], readable: set[str]
) -> bool:
    if origin in present:
        return True
    file = next((name for name in met if origin.startswith(f"{name}#")), "")
    if not file or file not in present:
        return False
    held = store.origin(origin)
    return file not in readable or (held is not None and bool({held.alias, held.article_id} & met[file]))
