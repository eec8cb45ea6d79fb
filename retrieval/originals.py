"""The original files, kept in the data folder under the hash of their bytes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from retrieval.annotations import Original

FOLDER = "originals"
_BLOCK = 1 << 20
_MOST_SUFFIX = 12


class Originals:
    """Original files of one data folder; equal files are kept once."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / FOLDER
        self._last: tuple[tuple[Path, int, int], Original] | None = None

    def keep(self, path: Path) -> Original:
        """Returns where a copy of a file is kept now. Raises OSError."""
        state = path.stat()  # a file of many articles is copied once
        known = (path, state.st_mtime_ns, state.st_size)
        if self._last is not None and self._last[0] == known:
            return self._last[1]
        suffix = path.suffix.lower()[:_MOST_SUFFIX]
        digest = _digest(path)
        target = self.folder / digest[:2] / f"{digest}{suffix}"
        if not target.is_file() or target.stat().st_size != state.st_size:
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = target.with_name(f".{uuid4().hex}")
            try:
                shutil.copyfile(path, copy)
                copy.replace(target)
            finally:
                copy.unlink(missing_ok=True)
        name = os.fsencode(path.name).decode("utf-8", "replace")
        kept = Original(file=target.name, name=name)
        self._last = (known, kept)
        return kept

    def path(self, original: Original) -> Path | None:
        """Returns the kept file, None if it is missing or no longer what it was."""
        place = self._place(original.file)
        if not place.is_file() or _digest(place) != place.name.partition(".")[0]:
            return None
        return place

    def drop(self, files: Iterable[str]) -> None:
        """Deletes kept files by name."""
        for file in files:
            self._place(file).unlink(missing_ok=True)

    def sweep(self, used: Collection[str]) -> int:
        """Deletes what nothing refers to, such as a dead process leaves; returns how many files that were."""
        stale = [p for p in self.folder.glob("*/*") if p.is_file() and p.name not in used]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def _place(self, file: str) -> Path:
        return self.folder / file[:2] / file


def _digest(path: Path) -> str:
    hashed = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            hashed.update(block)
    return hashed.hexdigest()
