"""Near-duplicates in the store: bands to find them by, what they are to each other, families of reprints."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

from retrieval.database import Database
from retrieval.models import Record

Relation = Literal["reprint", "differs"]
_MOST_CANDIDATES, _MOST_KIN = 24, 24
_MOST_VALUES = 500


def in_batches(values: Iterable[str]) -> Iterator[tuple[list[str], str]]:
    """Yields different values, so many as one statement may take, with as many question marks."""
    rest = list(dict.fromkeys(values))
    for start in range(0, len(rest), _MOST_VALUES):
        batch = rest[start : start + _MOST_VALUES]
        yield batch, ", ".join("?" * len(batch))


class Kin(Record):
    """Another article that is nearly the same: a `reprint`, or one whose figures differ (`differs`)."""

    article_id: str
    relation: Relation


class Kinship(Database):
    """What the store knows of near-duplicates. Methods that write are called inside `transaction`."""

    def candidates(self, article_id: str, bands: Sequence[int]) -> list[str]:
        """Returns the ids of other articles that share bands with a sketch, those with most first."""
        if not bands:
            return []
        rows = self._all(
            "SELECT sketch.article_id, count(*) AS shared FROM band JOIN sketch USING (number) "
            f"WHERE band.value IN ({', '.join('?' * len(bands))}) AND sketch.article_id != ? "
            f"GROUP BY sketch.article_id ORDER BY shared DESC, sketch.article_id LIMIT {_MOST_CANDIDATES}",
            *bands,
            article_id,
        )
        return [row[0] for row in rows]

    def kin(self, article_id: str) -> list[Kin]:
        """Returns the articles that are nearly the same as one, in order of their ids."""
        rows = self._all("SELECT other_id, relation FROM kin WHERE article_id = ? ORDER BY 1", article_id)
        return [Kin(article_id=row[0], relation=row[1]) for row in rows]

    def disputes(self) -> list[tuple[str, str]]:
        """Returns the pairs of articles that are nearly the same and state different figures."""
        rows = self._all(
            "SELECT article_id, other_id FROM kin WHERE relation = 'differs' AND article_id < other_id "
            "ORDER BY 1, 2"
        )
        return [(row[0], row[1]) for row in rows]

    def leaders(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Returns for those of the articles that have reprints the id of the fullest of their family."""
        return {
            row[0]: row[1]
            for ids, marks in in_batches(article_ids)
            for row in self._all(f"SELECT article_id, leader FROM family WHERE article_id IN ({marks})", *ids)
        }

    def relatives(self, article_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Returns the other members of the articles' families, in order, for those that have one."""
        found: dict[str, tuple[str, ...]] = {}
        for ids, marks in in_batches(article_ids):
            for key, other in self._all(
                "SELECT one.article_id, other.article_id FROM family AS one JOIN family AS other "
                f"USING (leader) WHERE one.article_id IN ({marks}) AND one.article_id != other.article_id "
                "ORDER BY 1, 2",
                *ids,
            ):
                found[key] = (*found.get(key, ()), other)
        return found

    def also_of(self, article_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Returns the ids that articles' duplicates and reprints go by, for those that have any."""
        reprints = self.relatives(article_ids)
        aliases = self._aliases({*article_ids, *(one for family in reprints.values() for one in family)})
        also = {}
        for key in reprints.keys() | (aliases.keys() & set(article_ids)):
            family = reprints.get(key, ())
            found = [*aliases.get(key, ()), *family, *(a for one in family for a in aliases.get(one, ()))]
            also[key] = tuple(dict.fromkeys(found))
        return also

    def _aliases(self, article_ids: Iterable[str]) -> dict[str, list[str]]:
        """Returns the ids that articles' duplicates go by, in order, for those that have any."""
        found: dict[str, list[str]] = {}
        for ids, marks in in_batches(article_ids):
            for key, alias in self._all(
                "SELECT DISTINCT article_id, alias FROM origin "
                f"WHERE article_id IN ({marks}) AND alias != article_id ORDER BY 1, 2",
                *ids,
            ):
                found.setdefault(key, []).append(alias)
        return found

    def families(self) -> dict[str, tuple[str, ...]]:
        """Returns for every article that has reprints the ids of the others."""
        members: dict[str, list[str]] = {}
        for leader, article_id in self._all("SELECT leader, article_id FROM family ORDER BY 1, 2"):
            members.setdefault(leader, []).append(article_id)
        return {one: tuple(o for o in group if o != one) for group in members.values() for one in group}

    def unsketched(self, most: int) -> list[tuple[str, str]]:
        """Returns ids and texts of articles that have no sketch yet."""
        rows = self._all(
            "SELECT article_id, text FROM article JOIN body USING (article_id) "
            "LEFT JOIN sketch USING (article_id) "
            f"WHERE sketch.number IS NULL AND state = 'ready' ORDER BY article_id LIMIT {most:d}"
        )
        return [(row[0], row[1]) for row in rows]

    # -- writing, inside a transaction

    def write_sketch(self, article_id: str, bands: Sequence[int]) -> None:
        """Remembers an article's bands in place of any it had, and forgets what it was to others."""
        self.drop_sketches([article_id])
        number = self._connection.execute(
            "INSERT INTO sketch (article_id, bands) VALUES (?, ?)",
            (article_id, struct.pack(f">{len(bands)}q", *bands)),
        ).lastrowid
        self._connection.executemany(
            "INSERT OR IGNORE INTO band VALUES (?, ?)", [(band, number) for band in bands]
        )

    def write_kin(self, article_id: str, found: Sequence[Kin]) -> None:
        """Remembers what an article is to others, both ways, and who belongs to its family now."""
        kept = [kin for kin in found if kin.relation == "reprint"]
        kept += [kin for kin in found if kin.relation == "differs"][:_MOST_KIN]
        rows = [(article_id, kin.article_id, kin.relation) for kin in kept]
        rows += [(other, one, relation) for one, other, relation in rows]
        self._connection.executemany("INSERT OR REPLACE INTO kin VALUES (?, ?, ?)", rows)
        self._settle([article_id])

    def drop_all_sketches(self) -> None:
        """Forgets all bands, kin and families."""
        for table in ("band", "sketch", "kin", "family"):
            self._run(f"DELETE FROM {table}")

    def drop_sketches(self, article_ids: Iterable[str]) -> None:
        """Forgets bands, kin and families of articles."""
        ids = list(article_ids)
        left: set[str] = set()
        for article_id in ids:
            row = self._one("SELECT number, bands FROM sketch WHERE article_id = ?", article_id)
            if row:
                bands = struct.unpack(f">{len(row[1]) // 8}q", row[1])
                self._connection.executemany(
                    "DELETE FROM band WHERE value = ? AND number = ?", [(b, row[0]) for b in bands]
                )
                self._run("DELETE FROM sketch WHERE number = ?", row[0])
            left.update(self.relatives([article_id]).get(article_id, ()))
            self._run("DELETE FROM kin WHERE article_id = ?1 OR other_id = ?1", article_id)
            self._run("DELETE FROM family WHERE article_id = ?", article_id)
        self._settle(sorted(left.difference(ids)))

    def _settle(self, article_ids: Iterable[str]) -> None:
        """Makes the families of articles anew out of the pairs that hold."""
        done: set[str] = set()
        for article_id in article_ids:
            if article_id in done:
                continue
            family = self._connected(article_id)
            done |= family
            self._connection.executemany(
                "DELETE FROM family WHERE article_id = ?", [(one,) for one in family]
            )
            if len(family) > 1:
                leader = self._fullest(family)
                self._connection.executemany(
                    "INSERT INTO family VALUES (?, ?)", [(one, leader) for one in family]
                )

    def _connected(self, article_id: str) -> set[str]:
        family, fresh = {article_id}, [article_id]
        while fresh:
            rows = self._all(
                "SELECT other_id FROM kin WHERE article_id = ? AND relation = 'reprint'", fresh.pop()
            )
            new = {row[0] for row in rows} - family
            family |= new
            fresh += new
        return family

    def _fullest(self, family: Iterable[str]) -> str:
        """Returns the longest article of a family, of equal ones the first by id."""
        lengths = [
            (-int(row[0]), article_id)
            for article_id in family
            if (row := self._one("SELECT length(text) FROM body WHERE article_id = ?", article_id))
        ]
        return min(lengths)[1]
