"""Paths for C++ code that opens files by the system's narrow functions.

Chroma's graph does: given a path in UTF-8 below a Chinese user name, Windows looks for another folder (chroma
issue 872), so that the vectors would be lost. Such code gets another name of the same folder, in ASCII.
Everywhere but on Windows a path is what it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

_WINDOWS = os.name == "nt"


def narrow_path(folder: Path, *, windows: bool = _WINDOWS) -> Path:
    """Returns a name of the folder that narrow functions can open; the folder itself where it needs none.

    On Windows that is the folder's short name, or else a junction in the folder for all users' program data.
    Where neither can be had, the folder's own name is returned, and what opens it will say so.
    """
    if not windows or str(folder).isascii():
        return folder
    return other_name(
        folder, short_name, Path(os.environ.get("PROGRAMDATA", "C:\\ProgramData")), make_junction
    )


def other_name(
    folder: Path,
    short: Callable[[Path], Path],
    shared: Path,
    join: Callable[[Path, Path], None],
) -> Path:
    """Returns the folder's short name if it is ASCII, else the junction to it in `shared`, else the folder.

    `join(target, link)` makes a junction; OSError from it and from `short` means that there is none.
    """
    whole = folder.resolve()
    try:
        if str(named := short(whole)).isascii():
            return named
    except OSError:
        pass  # the volume keeps no short names
    link = shared / "jushi" / hashlib.sha256(str(whole).encode()).hexdigest()[:16]
    try:
        if not (link.exists() and link.samefile(whole)):
            link.parent.mkdir(parents=True, exist_ok=True)
            join(whole, link)
        return link
    except OSError:
        return folder


def short_name(folder: Path) -> Path:
    """Returns the 8.3 name of an existing folder. Raises OSError where there is none; Windows only."""
    import ctypes

    shorten = getattr(ctypes, "windll").kernel32.GetShortPathNameW  # noqa: B009 (absent elsewhere)
    size = int(shorten(str(folder), None, 0))
    if not size:
        raise OSError(f"no short name for {folder}")
    buffer = ctypes.create_unicode_buffer(size)
    shorten(str(folder), buffer, size)
    return Path(buffer.value)


def make_junction(target: Path, link: Path) -> None:
    """Makes `link` another name of the folder `target`. Raises OSError; Windows only."""
    import _winapi

    getattr(_winapi, "CreateJunction")(str(target), str(link))  # noqa: B009 (absent elsewhere)
