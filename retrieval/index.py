"""Both indexes as one: written, replaced and deleted in together; the vector leg's two ways of searching."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from retrieval.chroma import ChromaFolder, ChromaPlace, ChromaService, VectorsBusy
from retrieval.embeddings import Embedder, fingerprint_of
from retrieval.exact import ExactScan
from retrieval.lexical import LexicalIndex, Ranked, TantivyIndex
from retrieval.models import ChromaServer
from retrieval.preparing import Prepared
from retrieval.store import Store
from retrieval.tokens import Tokenizer
from retrieval.vector_table import Vector
from retrieval.vectors import ChromaIndex, VectorIndex

# Grows when what is written for a chunk changes, so that older indexes are rebuilt.
INDEX_VERSION = "2"
LEXICAL_FOLDER = "lexical"
VECTOR_FOLDER = "chroma"
USER_LEXICON = "lexicon.txt"
EXACT_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Indexes:
    """The two indexes with what makes questions into tokens and vectors. Both hold the same chunks."""

    generation: str
    lexical: LexicalIndex
    vectors: VectorIndex
    exact: ExactScan
    tokenizer: Tokenizer
    embeddings: Embedder

    def write(self, article_ids: Collection[str], prepared: Sequence[Prepared]) -> None:
        """Drops every chunk of the articles from both indexes and adds what is prepared.

        Raises LibraryError.
        """
        self.lexical.replace(article_ids, [entry for found in prepared for entry in found.entries])
        self.vectors.replace(article_ids, [entry for found in prepared for entry in found.vector_entries()])

    def nearest(self, vector: Vector, top_k: int, scope: Collection[str] | None, total: int) -> list[Ranked]:
        """Returns the nearest chunks: exactly where they are few or in a scope, else by Chroma's graph.

        `total` is how many chunks there are. While another process writes, the exact way serves for all.
        """
        if scope is None and total > EXACT_LIMIT:
            with suppress(VectorsBusy):
                return self.vectors.search(vector, top_k)
        return self.exact.search(vector, top_k, scope)

    def reload(self) -> None:
        """Makes visible what another process wrote; the vector index sees to itself."""
        self.lexical.reload()

    def close(self) -> None:
        """Releases both."""
        self.lexical.close()
        self.vectors.close()


@dataclass(frozen=True, slots=True)
class IndexHome:
    """Where the indexes of a library live: below its folder, the vectors perhaps on a Chroma server."""

    folder: Path
    tokenizer: Tokenizer
    embeddings: Embedder
    server: ChromaServer | None = None

    @property
    def fingerprint(self) -> str:
        """What both indexes depend on besides the articles; another one means that they are rebuilt."""
        server = f"|{self.server.url}|{self.server.tenant}|{self.server.database}" if self.server else ""
        return f"{INDEX_VERSION}|{self.tokenizer.version}|{fingerprint_of(self.embeddings)}{server}"

    def open(self, store: Store, generation: str) -> Indexes:
        """Opens both indexes of a generation, making them if missing. Raises LibraryError."""
        return Indexes(
            generation=generation,
            lexical=TantivyIndex(self.folder / LEXICAL_FOLDER / generation),
            vectors=ChromaIndex(self._place(store, generation)),
            exact=ExactScan(store, generation),
            tokenizer=self.tokenizer,
            embeddings=self.embeddings,
        )

    def drop_others(self, store: Store, generation: str) -> None:
        """Deletes what earlier or unfinished rebuilds left behind."""
        for parent in (self.folder / LEXICAL_FOLDER, self.folder / VECTOR_FOLDER):
            for path in parent.iterdir() if parent.is_dir() else ():
                if path.name != generation or (self.server and parent.name == VECTOR_FOLDER):
                    shutil.rmtree(path, ignore_errors=True)
        if self.server:
            ChromaService(self.server, _name(store, generation)).drop_others(_name(store, ""))

    def _place(self, store: Store, generation: str) -> ChromaPlace:
        if self.server:
            return ChromaService(self.server, _name(store, generation))
        return ChromaFolder(self.folder / VECTOR_FOLDER / generation)


def _name(store: Store, generation: str) -> str:
    """Returns the name of a library's collection on a server, which several libraries may share."""
    return f"jushi-{store.library_id}-{generation}"
