"""Another process that uses a library: reads commands from stdin, writes a JSON line for each result.

`ingest PATH`, `remove ID`, `search TEXT`; every command ends in the line `null`. Batches are small.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from index_fakes import CharacterEmbeddings

from retrieval import ingest
from retrieval.library import Library
from retrieval.models import Query


def tell(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def obey(library: Library, line: str) -> None:
    command, _, rest = line.strip().partition(" ")
    if command == "ingest":
        for result in library.ingest([Path(rest)]):
            tell(result.model_dump())
    elif command == "remove":
        tell(library.remove([rest]))
    elif command == "search":
        tell([hit.article_id for hit in library.search(Query(text=rest))])
    tell(None)


def main() -> None:
    with Library.open(Path(sys.argv[1]), embeddings=CharacterEmbeddings()) as library:
        ingest._BATCH_CHARACTERS = 400
        tell("ready")
        for line in sys.stdin:
            obey(library, line)


if __name__ == "__main__":
    main()
