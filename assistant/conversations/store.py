"""Conversations in SQLite, in the data folder. Every look-up names the owner: none sees another's."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from assistant.conversations.records import Conversation, Exchange, Summary, title_of
from assistant.sqlite_file import connected

FILE = "conversations.sqlite3"
MOST_LISTED = 200
UNREADABLE = "这条回答是旧版本保存的，已无法显示。请重问一次。"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, updated TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS conversation_of ON conversation (owner, updated);
CREATE TABLE IF NOT EXISTS exchange (
  conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  position INTEGER NOT NULL, question TEXT NOT NULL, said TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (conversation, position)
);
"""


def _now() -> datetime:
    return datetime.now(UTC)


class ConversationStore:
    """The conversations of a data folder; safe to use from several threads and processes."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = _now) -> None:
        """Opens the store in a folder, which is made if missing. Raises OSError or sqlite3.Error."""
        self._now = now
        self._lock = threading.Lock()
        self._connection = connected(folder / FILE, _SCHEMA)
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def close(self) -> None:
        """Releases the file."""
        with self._lock:
            self._connection.close()

    def save(self, owner: str, conversation: Conversation, since: int = 0) -> Conversation:
        """Keeps a conversation for its owner and returns it, with an id if it had none.

        Exchanges before `since` are known to be kept already. A conversation of another owner's id is kept
        under a new one.
        """
        kept = conversation.model_copy(update={"pending": None})
        with self._writing():
            if not kept.conversation_id or not self._owns(owner, kept.conversation_id):
                kept, since = kept.model_copy(update={"conversation_id": secrets.token_urlsafe(12)}), 0
            key = kept.conversation_id
            self._connection.execute(
                "INSERT INTO conversation VALUES (?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET updated = excluded.updated",
                (key, owner, kept.title, self._now().isoformat()),
            )
            self._connection.execute(
                "DELETE FROM exchange WHERE conversation = ? AND position >= ?", (key, since)
            )
            rows = [_row(key, at, one) for at, one in enumerate(kept.exchanges) if at >= since]
            self._connection.executemany("INSERT INTO exchange VALUES (?, ?, ?, ?, ?)", rows)
        return kept

    def load(self, owner: str, conversation_id: str) -> Conversation | None:
        """Returns a conversation of the owner's, None if they have none of that id."""
        with self._lock:
            found = self._connection.execute(
                "SELECT title FROM conversation WHERE id = ? AND owner = ?", (conversation_id, owner)
            ).fetchone()
            if found is None:
                return None
            rows = self._connection.execute(
                "SELECT question, record FROM exchange WHERE conversation = ? ORDER BY position",
                (conversation_id,),
            ).fetchall()
        exchanges = tuple(_exchange(question, record) for question, record in rows)
        return Conversation(conversation_id=conversation_id, title=found[0], exchanges=exchanges)

    def summaries(self, owner: str, wanted: str = "") -> list[Summary]:
        """Returns the owner's conversations, latest first; with words, those in which all of them stand."""
        clause, values = "", [owner]
        for word in wanted.split():
            clause += (
                " AND (title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM exchange WHERE conversation = id "
                "AND (question LIKE ? ESCAPE '\\' OR said LIKE ? ESCAPE '\\')))"
            )
            values += [_contains(word)] * 3
        query = (
            "SELECT id, title, updated, (SELECT count(*) FROM exchange WHERE conversation = id) "
            f"FROM conversation WHERE owner = ?{clause} ORDER BY updated DESC, id LIMIT {MOST_LISTED}"
        )
        with self._lock:
            rows = self._connection.execute(query, values).fetchall()
        return [Summary(conversation_id=k, title=t, updated=u, questions=n) for k, t, u, n in rows]

    def rename(self, owner: str, conversation_id: str, title: str) -> bool:
        """Gives a conversation another title; returns whether the owner has it and the title is none."""
        if not title.strip():
            return False
        with self._writing():
            done = self._connection.execute(
                "UPDATE conversation SET title = ? WHERE id = ? AND owner = ?",
                (title_of(title), conversation_id, owner),
            )
        return done.rowcount > 0

    def delete(self, owner: str, conversation_id: str) -> bool:
        """Deletes a conversation with all it holds; returns whether the owner had it."""
        with self._writing():
            done = self._connection.execute(
                "DELETE FROM conversation WHERE id = ? AND owner = ?", (conversation_id, owner)
            )
        return done.rowcount > 0

    def rated(self) -> list[tuple[str, Exchange]]:
        """Returns every rated exchange, whoever's, with its conversation's id, for those who judge them."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT conversation, question, record FROM exchange "
                "WHERE record LIKE '%\"verdict\":%' ORDER BY rowid"
            ).fetchall()
        found = [(key, _exchange(question, record)) for key, question, record in rows]
        return [(key, one) for key, one in found if one.rating is not None]

    def _owns(self, owner: str, conversation_id: str) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation_id, owner)
        ).fetchone()
        return row is not None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _row(key: str, position: int, exchange: Exchange) -> tuple[str, int, str, str, str]:
    said = exchange.answer.text if exchange.answer else ""
    return key, position, exchange.question, said, exchange.model_dump_json()


def _exchange(question: str, record: str) -> Exchange:
    try:
        return Exchange.model_validate_json(record)
    except ValidationError:
        return Exchange(question=question, outcome="failed", reason=UNREADABLE)


def _contains(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
