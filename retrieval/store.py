"""Articles, chunks and origins in SQLite: the truth, from which both indexes are derived.

An article is `pending` while it is being indexed, `ready` when search may give it, `removing` while it is
taken out. What a dead process left pending or removing is finished by the next one that writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import uuid4

from retrieval.annotations import Annotations
from retrieval.catalogue import Brief
from retrieval.kinship import Kinship
from retrieval.models import Article, ArticleMeta, Chunk
from retrieval.recent import Recent
from retrieval.rows import (
    CHUNK,
    CHUNK_OF_WANTED,
    HELD,
    Held,
    Origin,
    State,
    chunk_of,
    held_of,
    origin_of,
    with_also,
)
from retrieval.vector_table import VectorTable

_AT_ONCE = 200  # chunks that one statement asks for
_MOST_CHARACTERS = 6_000_000  # of the chunks read last
_OVERHEAD = 300  # characters that a record beside its text amounts to


class Store(Annotations, Kinship, VectorTable):
    """What the library holds. Methods that write are called inside `transaction`."""

    def __init__(self, folder: Path) -> None:
        """Opens the store in `folder`, making it if missing. Raises LibraryError and its subclasses."""
        self._totals: tuple[int, int, int] | None = None
        self._recent: Recent[Chunk] = Recent(_MOST_CHARACTERS)
        super().__init__(folder)

    # -- reading

    def held(self, article_id: str) -> Held | None:
        """Returns what is known of an article in whatever state."""
        return held_of(self._one(f"{HELD} WHERE article_id = ?", article_id))

    def held_with_hash(self, content_hash: str) -> Held | None:
        """Returns an article with that very text."""
        order = "AND state != 'removing' ORDER BY article_id"
        return held_of(self._one(f"{HELD} WHERE content_hash = ? {order}", content_hash))

    def unfinished(self) -> list[Held]:
        """Returns the articles that are not ready."""
        return [held for row in self._all(f"{HELD} WHERE state != 'ready'") if (held := held_of(row))]

    def origin(self, origin: str) -> Origin | None:
        """Returns what is remembered of an origin."""
        row = self._one("SELECT origin, article_id, alias, content_hash FROM origin WHERE origin = ?", origin)
        return origin_of(row) if row else None

    def id_is_taken(self, article_id: str, *, by_other_than: str) -> bool:
        """Returns whether another origin goes by that id."""
        row = self._one("SELECT 1 FROM origin WHERE alias = ? AND origin != ?", article_id, by_other_than)
        row = row or self._one(
            "SELECT 1 FROM article WHERE article_id = ? AND origin != ?", article_id, by_other_than
        )
        return row is not None

    def origins_below(self, prefix: str) -> list[str]:
        """Returns the origins that begin with a prefix, in order."""
        rows = self._all(
            "SELECT origin FROM origin WHERE substr(origin, 1, ?) = ? ORDER BY 1", len(prefix), prefix
        )
        return [row[0] for row in rows]

    def text(self, article_id: str) -> str:
        """Returns an article's text in whatever state it is, `""` if it is not held."""
        row = self._one("SELECT text FROM body WHERE article_id = ?", article_id)
        return str(row[0]) if row else ""

    def resolve(self, article_id: str) -> str:
        """Returns the id under which an article is held, for its own id or a duplicate's; `""` if none."""
        if self._one("SELECT 1 FROM article WHERE article_id = ? AND state = 'ready'", article_id):
            return article_id
        row = self._one(
            "SELECT article_id FROM origin JOIN article USING (article_id) "
            "WHERE alias = ? AND state = 'ready'",
            article_id,
        )
        return str(row[0]) if row else ""

    def metas(self) -> list[ArticleMeta]:
        """Returns the metadata of all ready articles in order of their ids.

        The ids of duplicates and reprints are in `also`.
        """
        also = self._all_also()
        rows = self._all("SELECT article_id, metadata FROM article WHERE state = 'ready' ORDER BY article_id")
        return [with_also(ArticleMeta.model_validate_json(text), also.get(key, ())) for key, text in rows]

    def briefs(self) -> list[Brief]:
        """Returns what questions ask of the metadata of all ready articles, in order of their ids."""
        rows = self._all(
            "SELECT article_id, json_extract(metadata, '$.region'), json_extract(metadata, '$.title') "
            "FROM article WHERE state = 'ready' ORDER BY article_id"
        )
        return [Brief(*row) for row in rows]

    def article(self, article_id: str) -> Article | None:
        """Returns a ready article with its text."""
        row = self._one(
            "SELECT metadata, text FROM article JOIN body USING (article_id) "
            "WHERE article_id = ? AND state = 'ready'",
            article_id,
        )
        if row is None:
            return None
        also = self.also_of([article_id]).get(article_id, ())
        meta = with_also(ArticleMeta.model_validate_json(row[0]), also)
        return Article.model_construct(**dict(meta), text=row[1])

    def ready_ids(self) -> list[str]:
        """Returns the ids of all ready articles in order."""
        rows = self._all("SELECT article_id FROM article WHERE state = 'ready' ORDER BY article_id")
        return [row[0] for row in rows]

    def totals(self) -> tuple[int, int]:
        """Returns the number of ready articles and of their chunks."""
        revision = self.revision
        if self._totals is None or self._totals[0] != revision:
            row = self._one(
                "SELECT count(*), coalesce(sum(chunk_count), 0) FROM article WHERE state = 'ready'"
            )
            self._totals = (revision, int(row[0]), int(row[1]))
        return self._totals[1:]

    @property
    def library_id(self) -> str:
        """A name of this library's own, by which a Chroma server tells it from others."""
        if not (name := self.get("library_id")):
            with self.transaction():
                name = self.get("library_id") or uuid4().hex[:12]
                self.put("library_id", name)
        return name

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """Returns those of the chunks that belong to ready articles, by id."""
        revision = self.revision
        known = {key: chunk for key in chunk_ids if (chunk := self._recent.get(key, revision))}
        keys = [chunk_id.rpartition("#") for chunk_id in chunk_ids if chunk_id not in known]
        found: dict[str, Chunk] = {}
        for start in range(0, len(keys), _AT_ONCE):
            values = [value for key in keys[start : start + _AT_ONCE] for value in (key[0], key[2])]
            wanted = ", ".join(["(?, ?)"] * (len(values) // 2))
            rows = self._all(
                f"WITH wanted(article_id, number) AS (VALUES {wanted}) {CHUNK_OF_WANTED}", *values
            )
            found |= {f"{row[0]}#{row[1]}": chunk_of(row[0], row[1:]) for row in rows}
        for chunk_id, chunk in found.items():
            self._recent.put(chunk_id, chunk, len(chunk.text) + _OVERHEAD, revision)
        found |= known
        return {chunk_id: found[chunk_id] for chunk_id in chunk_ids if chunk_id in found}

    def chunks_of(self, article_id: str) -> list[Chunk]:
        """Returns an article's chunks in order, in whatever state it is."""
        rows = self._all(f"{CHUNK} WHERE article_id = ? ORDER BY number", article_id)
        return [chunk_of(article_id, row) for row in rows]

    # -- writing, inside a transaction

    def write_article(self, article: Article, origin: str) -> None:
        """Writes an article as pending in place of any of that id; its chunks come when it is finished."""
        meta = ArticleMeta(**article.model_dump(exclude={"text", "also"}))
        self._run(
            "INSERT OR REPLACE INTO article VALUES (?, ?, 'pending', ?, ?, 0)",
            article.article_id,
            origin,
            article.content_hash,
            meta.model_dump_json(),
        )
        self._run("INSERT OR REPLACE INTO body VALUES (?, ?)", article.article_id, article.text)

    def write_chunks(self, article_id: str, chunks: Sequence[Chunk]) -> None:
        """Writes where an article's chunks are, in place of those it had."""
        self._run("DELETE FROM chunk WHERE article_id = ?", article_id)
        self._connection.executemany(
            "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(c.article_id, c.index, c.start, c.end, c.section, c.first, c.last) for c in chunks],
        )
        self._run("UPDATE article SET chunk_count = ? WHERE article_id = ?", len(chunks), article_id)

    def write_origin(self, origin: Origin) -> None:
        """Remembers where an article came from."""
        self._run(
            "INSERT OR REPLACE INTO origin VALUES (?, ?, ?, ?)",
            origin.origin,
            origin.article_id,
            origin.alias,
            origin.content_hash,
        )

    def forget_duplicates(self, article_id: str, origin: str) -> list[str]:
        """Forgets the origins that had the same text as an article; returns the ids they went by."""
        rows = self._all("SELECT alias FROM origin WHERE article_id = ? AND origin != ?", article_id, origin)
        self._run(
            "DELETE FROM original WHERE origin IN "
            "(SELECT origin FROM origin WHERE article_id = ? AND origin != ?)",
            article_id,
            origin,
        )
        self._run("DELETE FROM origin WHERE article_id = ? AND origin != ?", article_id, origin)
        return [row[0] for row in rows if row[0] != article_id]

    def drop_alias(self, alias: str) -> bool:
        """Forgets a duplicate's id; returns whether there was one."""
        row = self._one("SELECT 1 FROM origin WHERE alias = ?1 AND article_id != ?1", alias)
        self._run(
            "DELETE FROM original WHERE origin IN "
            "(SELECT origin FROM origin WHERE alias = ?1 AND article_id != ?1)",
            alias,
        )
        self._run("DELETE FROM origin WHERE alias = ?1 AND article_id != ?1", alias)
        return row is not None

    def drop_origin(self, origin: str) -> str:
        """Forgets an origin; returns the id of its article if that has no other, else `""`."""
        held = self.origin(origin)
        if held is None:
            return ""
        others = self._all(
            "SELECT origin FROM origin WHERE article_id = ? AND origin != ? ORDER BY 1",
            held.article_id,
            origin,
        )
        if not others:
            return held.article_id
        self._run("DELETE FROM original WHERE origin = ?", origin)
        self._run("DELETE FROM origin WHERE origin = ?", origin)
        self._run(
            "UPDATE article SET origin = ? WHERE article_id = ? AND origin = ?",
            others[0][0],
            held.article_id,
            origin,
        )
        return ""

    def set_state(self, article_ids: Iterable[str], state: State) -> None:
        """Sets the state of articles."""
        self._connection.executemany(
            "UPDATE article SET state = ? WHERE article_id = ?", [(state, key) for key in article_ids]
        )

    def drop_articles(self, article_ids: Iterable[str]) -> None:
        """Deletes articles with all that belongs to them."""
        ids = list(article_ids)
        self.drop_annotations(ids)
        self.drop_sketches(ids)
        self.drop_vectors(ids)
        keys = [(key,) for key in ids]
        for table in ("chunk", "origin", "body", "article"):
            self._connection.executemany(f"DELETE FROM {table} WHERE article_id = ?", keys)

    def _all_also(self) -> dict[str, tuple[str, ...]]:
        aliases: dict[str, tuple[str, ...]] = {}
        for key, alias in self._all(
            "SELECT DISTINCT article_id, alias FROM origin WHERE alias != article_id ORDER BY 1, 2"
        ):
            aliases[key] = (*aliases.get(key, ()), alias)
        also = dict(aliases)
        for key, reprints in self.families().items():
            of_reprints = [alias for one in reprints for alias in aliases.get(one, ())]
            also[key] = tuple(dict.fromkeys([*aliases.get(key, ()), *reprints, *of_reprints]))
        return also

    def set_meta(self, article_id: str, meta: ArticleMeta) -> None:
        """Writes an article's metadata and makes it pending, so that it is indexed anew."""
        self._run(
            "UPDATE article SET metadata = ?, state = 'pending' WHERE article_id = ?",
            meta.model_copy(update={"also": ()}).model_dump_json(),
            article_id,
        )
