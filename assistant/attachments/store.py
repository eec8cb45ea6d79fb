"""Attached articles in the conversations' database; they go when their conversation goes."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from assistant.conversations.store import FILE
from retrieval import Article, Record

PREFIX = "附件-"
MOST_ATTACHED = 20
_SCHEMA = """
CREATE TABLE IF NOT EXISTS attachment (
  id TEXT PRIMARY KEY,
  conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  name TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS attachment_of ON attachment (conversation);
"""


class Attachment(Record):
    """An attached article, without its text; `name` is the file's."""

    article_id: str
    name: str


def is_attachment(article_id: str) -> bool:
    """Returns whether an id is that of an attached article."""
    return article_id.startswith(PREFIX)


class AttachmentStore:
    """The attachments of a data folder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Opens the store beside the conversations, which must have been opened before."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(folder / FILE, check_same_thread=False, timeout=10)
        self._connection.execute("PRAGMA foreign_keys = ON")
        with self._connection:
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Releases the file."""
        with self._lock:
            self._connection.close()

    def add(self, owner: str, conversation_id: str, name: str, article: Article) -> Attachment | None:
        """Attaches an article to the owner's conversation under a new id; None if they have none of that id.

        The same name replaces what was attached under it.
        """
        attached = Attachment(article_id=f"{PREFIX}{conversation_id}-{article.article_id}", name=name)
        record = article.model_copy(update={"article_id": attached.article_id}).model_dump_json()
        with self._lock, self._connection:
            if not self._owns(owner, conversation_id):
                return None
            self._connection.execute(
                "INSERT OR REPLACE INTO attachment VALUES (?, ?, ?, ?)",
                (attached.article_id, conversation_id, name, record),
            )
        return attached

    def of(self, owner: str, conversation_id: str) -> tuple[Attachment, ...]:
        """Returns what is attached to the owner's conversation."""
        rows = self._rows("attachment.id, name", "conversation.id = ?", owner, conversation_id)
        return tuple(Attachment(article_id=key, name=name) for key, name in rows)

    def articles(self, owner: str, conversation_id: str) -> tuple[Article, ...]:
        """Returns the articles attached to the owner's conversation, whole."""
        rows = self._rows("record", "conversation.id = ?", owner, conversation_id)
        return tuple(Article.model_validate_json(record) for (record,) in rows)

    def article(self, owner: str, article_id: str) -> Article | None:
        """Returns an attached article of the owner's, None if they have none of that id."""
        rows = self._rows("record", "attachment.id = ?", owner, article_id)
        return Article.model_validate_json(rows[0][0]) if rows else None

    def remove(self, owner: str, article_id: str) -> bool:
        """Removes an attachment; returns whether the owner had it."""
        with self._lock, self._connection:
            done = self._connection.execute(
                "DELETE FROM attachment WHERE id = ? AND conversation IN "
                "(SELECT id FROM conversation WHERE owner = ?)",
                (article_id, owner),
            )
        return done.rowcount > 0

    def _owns(self, owner: str, conversation_id: str) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation_id, owner)
        )
        return found.fetchone() is not None

    def _rows(self, columns: str, condition: str, owner: str, key: str) -> list[tuple[str, ...]]:
        query = (
            f"SELECT {columns} FROM attachment JOIN conversation ON conversation.id = conversation "
            f"WHERE owner = ? AND {condition} ORDER BY attachment.rowid"
        )
        with self._lock:
            return self._connection.execute(query, (owner, key)).fetchall()
