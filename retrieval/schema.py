"""The tables of the SQLite file, version by version."""

from __future__ import annotations

from pathlib import Path

FILE_NAME = "library.sqlite3"
_HEADER = b"SQLite format 3\x00"
_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
  article_id TEXT PRIMARY KEY, origin TEXT NOT NULL, state TEXT NOT NULL, content_hash TEXT NOT NULL,
  metadata TEXT NOT NULL, chunk_count INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX article_content ON article (content_hash);
CREATE INDEX article_unfinished ON article (state) WHERE state != 'ready';
CREATE TABLE origin (
  origin TEXT PRIMARY KEY, article_id TEXT NOT NULL, alias TEXT NOT NULL, content_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX origin_article ON origin (article_id);
CREATE INDEX origin_alias ON origin (alias);
CREATE TABLE chunk (
  article_id TEXT NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  section TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (article_id, number)
) WITHOUT ROWID
"""
_SECOND = """
CREATE TABLE edit (article_id TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE original (origin TEXT PRIMARY KEY, file TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX original_file ON original (file);
CREATE TABLE sketch (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, bands BLOB NOT NULL);
CREATE TABLE band (value INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (value, number))
  WITHOUT ROWID;
CREATE TABLE kin (
  article_id TEXT NOT NULL, other_id TEXT NOT NULL, relation TEXT NOT NULL, PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE INDEX kin_other ON kin (other_id);
CREATE TABLE family (article_id TEXT PRIMARY KEY, leader TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX family_leader ON family (leader)
"""
# Counting and listing many articles must not read their texts: these lie in a table of their own.
_THIRD = """
ALTER TABLE article RENAME TO article_before;
DROP INDEX article_content;
DROP INDEX article_unfinished;
CREATE TABLE body (article_id TEXT PRIMARY KEY, text TEXT NOT NULL);
INSERT INTO body SELECT article_id, text FROM article_before;
CREATE TABLE article (
  article_id TEXT PRIMARY KEY, origin TEXT NOT NULL, state TEXT NOT NULL, content_hash TEXT NOT NULL,
  metadata TEXT NOT NULL, chunk_count INTEGER NOT NULL
);
INSERT INTO article SELECT article_id, origin, state, content_hash, metadata, chunk_count FROM article_before;
DROP TABLE article_before;
CREATE INDEX article_content ON article (content_hash);
CREATE INDEX article_unfinished ON article (state) WHERE state != 'ready';
CREATE INDEX article_count ON article (state, article_id, chunk_count);
CREATE TABLE vector (
  generation TEXT NOT NULL, article_id TEXT NOT NULL, revision INTEGER NOT NULL, count INTEGER NOT NULL,
  rows BLOB NOT NULL
);
CREATE UNIQUE INDEX vector_article ON vector (article_id, generation);
CREATE INDEX vector_revision ON vector (generation, revision, article_id)
"""
# What each version added to the one before it; a library of an older version gets what it lacks.
ADDED = {1: _FIRST, 2: _SECOND, 3: _THIRD}
SCHEMA_VERSION = max(ADDED)


def statements_since(version: int) -> list[str]:
    """Returns the statements that make a file of an older version (0: an empty one) one of this version."""
    return [
        statement
        for number, script in sorted(ADDED.items())
        if number > version
        for statement in script.split(";")
    ]


def version_on_disk(folder: Path) -> int:
    """Returns the version in the header of the file in `folder`, 0 if there is none.

    Nothing is opened by SQLite for it: a library of a newer version stays as it is to the last byte.
    """
    try:
        with (folder / FILE_NAME).open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return 0
    if len(header) < 64 or not header.startswith(_HEADER):
        return 0
    return int.from_bytes(header[60:64], "big")
