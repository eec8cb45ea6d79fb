"""A data folder in one file and back: all that cannot be made again, the indexes left out."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path, PurePosixPath

from retrieval.errors import LibraryError, LibraryTooNew
from retrieval.failures import failures_as_library_errors
from retrieval.index import LEXICAL_FOLDER, VECTOR_FOLDER
from retrieval.locking import write_lock
from retrieval.schema import FILE_NAME, SCHEMA_VERSION

_MANIFEST = "jushi-backup.json"
_FORMAT = 1
_LEFT_OUT = (".lock", "-wal", "-shm", "-journal", ".unfinished")
_PATIENCE = 60.0
_FAILURES = (OSError, sqlite3.Error, zipfile.BadZipFile)


def back_up(folder: Path, target: Path) -> int:
    """Writes a data folder into one file while others may be reading it; returns how many articles it has.

    Waits for whoever is writing. The indexes are left out: they are made anew from the articles. Raises
    LibraryError.
    """
    if not (folder / FILE_NAME).is_file():
        raise LibraryError(f"这里没有资料库：{folder}。请用 --data 指定资料库的文件夹。")
    if folder.resolve() in target.resolve().parents:
        raise LibraryError(f"备份文件不能放在资料库的文件夹里：{target}。请换一个位置。")
    unfinished = target.with_name(f"{target.name}.unfinished")
    with write_lock(folder, patience=_PATIENCE), failures_as_library_errors(target.parent, *_FAILURES):
        try:
            articles = _write(folder, unfinished)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    return articles


def restore(source: Path, folder: Path) -> int:
    """Makes a data folder out of a backup; returns how many articles it has. The indexes are yet to be built.

    `folder` must be missing or empty: nothing is ever overwritten. Raises LibraryError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LibraryError(f"这里已经有文件：{folder}。请用 --data 指定一个新的或空的文件夹再恢复。")
    with failures_as_library_errors(folder, OSError, sqlite3.Error):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".jushi-restoring-") as name:
            made = Path(name) / "data"
            made.mkdir()
            articles = _read(source, made)
            _begin_anew(made / FILE_NAME)
            if folder.exists():
                folder.rmdir()
            shutil.move(made, folder)
    return articles


def _write(folder: Path, target: Path) -> int:
    hashes: dict[str, str] = {}
    articles = version = 0
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        tempfile.TemporaryDirectory(prefix="jushi-backup-") as name,
    ):
        copy = Path(name) / "copy"
        for path in _kept(folder):
            place = path.relative_to(folder).as_posix()
            if _is_database(path):
                with closing(sqlite3.connect(path)) as held, closing(sqlite3.connect(copy)) as taken:
                    held.backup(taken)
                    if place == FILE_NAME:
                        articles = _count(taken)
                        version = taken.execute("PRAGMA user_version").fetchone()[0]
            else:
                shutil.copyfile(path, copy)
            hashes[place] = _hash(copy)
            archive.write(copy, place)
            copy.unlink()
        manifest = {"format": _FORMAT, "schema": version, "files": hashes}
        archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False))
    return articles


def _read(source: Path, made: Path) -> int:
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            if manifest["format"] > _FORMAT or manifest["schema"] > SCHEMA_VERSION:
                raise LibraryTooNew(f"备份由更新的版本写成：{source}。请升级 jushi 后再恢复。")
            for place, expected in manifest["files"].items():
                target = made / _safe(place)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(place) as packed, target.open("wb") as file:
                    shutil.copyfileobj(packed, file)
                if _hash(target) != expected:
                    raise LibraryError(f"备份文件已损坏（“{place}”与校验值不符）：{source}。请换一份备份。")
    except FileNotFoundError as error:
        raise LibraryError(f"找不到备份文件：{source}。请检查路径。") from error
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise LibraryError(f"这不是完整的备份文件：{source}。请换一份备份。") from error
    with closing(sqlite3.connect(made / FILE_NAME)) as connection:
        return _count(connection)


def _kept(folder: Path) -> Iterator[Path]:
    """Yields the files that cannot be made again: also those of libraries below, without their indexes."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        derived = {LEXICAL_FOLDER, VECTOR_FOLDER} & set(inside.parts[:-1])
        older = f"{FILE_NAME}.format-" in path.name
        if path.is_file() and not derived and not older and not path.name.endswith(_LEFT_OUT):
            yield path


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def _begin_anew(path: Path) -> None:
    """A restored library is another one than that it was taken from, and has no indexes yet."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE key IN ('library_id', 'writing')")


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM article WHERE state != 'removing'").fetchone()[0])


def _safe(place: str) -> PurePosixPath:
    path = PurePosixPath(place)
    if path.is_absolute() or ".." in path.parts or ":" in place or "\\" in place:
        raise ValueError(place)
    return path


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
