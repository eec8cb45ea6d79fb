"""What is kept beside an article: what a person has put right in its metadata, and its original file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from retrieval.database import Database
from retrieval.models import ArticleMeta, Record


class Original(Record):
    """An original file: the name it is kept under in the data folder, and the name it came with."""

    file: str
    name: str


class Annotations(Database):
    """Edits and originals. Methods that write are called inside `transaction`."""

    def edits(self, article_id: str) -> dict[str, Any]:
        """Returns the fields of an article that a person has set."""
        row = self._one("SELECT fields FROM edit WHERE article_id = ?", article_id)
        return dict(json.loads(row[0])) if row else {}

    def edited(self, meta: ArticleMeta, article_id: str) -> ArticleMeta:
        """Returns metadata as read with what a person has set for that article."""
        edits = self.edits(article_id)
        return ArticleMeta.model_validate({**meta.model_dump(), **edits}) if edits else meta

    def original(self, origin: str) -> Original | None:
        """Returns the original file of an origin."""
        row = self._one("SELECT file, name FROM original WHERE origin = ?", origin)
        return Original(file=row[0], name=row[1]) if row else None

    def originals_of(self, article_id: str) -> list[Original]:
        """Returns the original files of an article, its own first, then those of its duplicates."""
        rows = self._all(
            "SELECT file, name FROM original JOIN origin USING (origin) LEFT JOIN article USING (article_id) "
            "WHERE origin.article_id = ?1 OR origin.alias = ?1 "
            "ORDER BY origin.alias != ?1, article.origin IS NOT origin.origin, origin.origin",
            article_id,
        )
        return [Original(file=row[0], name=row[1]) for row in rows]

    def original_files(self) -> set[str]:
        """Returns the names of all original files that something refers to."""
        return {row[0] for row in self._all("SELECT DISTINCT file FROM original")}

    def unused(self, files: Iterable[str]) -> list[str]:
        """Returns those of the files that nothing refers to any more."""
        return [
            file
            for file in dict.fromkeys(files)
            if not self._one("SELECT 1 FROM original WHERE file = ?", file)
        ]

    # -- writing, inside a transaction

    def write_edits(self, article_id: str, fields: Mapping[str, Any]) -> None:
        """Remembers fields that a person has set, beside those set before."""
        text = json.dumps({**self.edits(article_id), **fields}, ensure_ascii=False)
        self._run("INSERT OR REPLACE INTO edit VALUES (?, ?)", article_id, text)

    def write_original(self, origin: str, original: Original) -> None:
        """Remembers the original file of an origin in place of any."""
        self._run("INSERT OR REPLACE INTO original VALUES (?, ?, ?)", origin, original.file, original.name)

    def drop_annotations(self, article_ids: Iterable[str]) -> None:
        """Forgets edits and originals of articles."""
        for article_id in article_ids:
            self._run("DELETE FROM edit WHERE article_id = ?", article_id)
            self._run(
                "DELETE FROM original WHERE origin IN (SELECT origin FROM origin WHERE article_id = ?)",
                article_id,
            )
