"""Names of files as origins and ids that can be stored and shown."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

_MOST_ID = 200
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def origin_key(path: Path) -> str:
    """Returns how a file is named as an origin: its absolute path, as text that can be stored."""
    return printable(os.path.normpath(path.absolute()))


def printable(path: Path | str) -> str:
    """Returns a path as text that can be stored: bytes that are no UTF-8 become replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")


def safe_id(name: str) -> str:
    """Returns a name that is safe as an id, kept as it is but for separators and control characters.

    A name of nothing else becomes a hash, a very long one ends in a hash.
    """
    raw = name.encode("utf-8", "replace")
    cleaned = _UNSAFE.sub("_", raw.decode("utf-8").strip())
    if not cleaned.strip("._ "):
        return f"article-{sha256(raw).hexdigest()[:8]}"
    if len(cleaned) > _MOST_ID:
        return f"{cleaned[: _MOST_ID - 9]}-{sha256(raw).hexdigest()[:8]}"
    return cleaned
