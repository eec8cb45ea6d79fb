"""Rows of the store as records: what is selected, and what a row says."""

from __future__ import annotations

from typing import Any, Literal

from retrieval.models import ArticleMeta, Chunk, Record

State = Literal["pending", "ready", "removing"]


class Held(Record):
    """What the store knows of an article without its text."""

    article_id: str
    origin: str
    state: State
    content_hash: str
    meta: ArticleMeta
    chunk_count: int = 0


class Origin(Record):
    """Where an article came from.

    `alias` is the id that origin goes by: its article's own, or another where it is a duplicate.
    """

    origin: str
    article_id: str
    alias: str
    content_hash: str


CHUNK = (
    'SELECT number, start, "end", section, first, last, substr(text, start + 1, "end" - start) '
    "FROM chunk JOIN article USING (article_id) JOIN body USING (article_id)"
)
# The same with the article's id before it, of ready articles, for a table `wanted` of ids and numbers.
CHUNK_OF_WANTED = (
    'SELECT article_id, number, start, "end", section, first, last, substr(text, start + 1, "end" - start) '
    "FROM wanted CROSS JOIN chunk USING (article_id, number) CROSS JOIN article USING (article_id) "
    "CROSS JOIN body USING (article_id) WHERE state = 'ready'"
)
HELD = "SELECT article_id, origin, state, content_hash, metadata, chunk_count FROM article"


def held_of(row: Any) -> Held | None:
    """Returns what a row of HELD says, None for no row."""
    if row is None:
        return None
    return Held(
        article_id=row[0],
        origin=row[1],
        state=row[2],
        content_hash=row[3],
        meta=ArticleMeta.model_validate_json(row[4]),
        chunk_count=row[5],
    )


def origin_of(row: Any) -> Origin:
    """Returns the origin of a row."""
    return Origin(origin=row[0], article_id=row[1], alias=row[2], content_hash=row[3])


def chunk_of(article_id: str, row: Any) -> Chunk:
    """Returns the chunk of a row of CHUNK."""
    return Chunk(
        article_id=article_id,
        chunk_id=f"{article_id}#{row[0]}",
        index=row[0],
        start=row[1],
        end=row[2],
        section=row[3],
        first=row[4],
        last=row[5],
        text=row[6],
    )


def with_also(meta: ArticleMeta, also: tuple[str, ...]) -> ArticleMeta:
    """Returns the metadata with the ids of merged reprints."""
    return meta.model_copy(update={"also": also}) if also else meta
