"""Failures of the disk and the embedded stores turned into errors a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import LibraryError, LibraryFull, LibraryReadOnly

_FULL = ("no space left", "disk is full", "quota exceeded", "file too large", "os error 28", "os error 122")
_READ_ONLY = ("readonly", "read-only", "permission denied", "os error 13", "os error 30", "unable to open")
_FULL_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY_NUMBERS = {errno.EROFS, errno.EACCES, errno.EPERM}


def library_error(error: BaseException, folder: Path) -> LibraryError:
    """Returns the LibraryError that tells what a failure below `folder` means and what to do about it."""
    message, number = str(error).lower(), getattr(error, "errno", None)
    if number in _FULL_NUMBERS or any(sign in message for sign in _FULL):
        return LibraryFull(
            f"磁盘空间不足，资料库没有写完：{folder}。请腾出空间后重新运行，已导入的文章不受影响。"
        )
    if number in _READ_ONLY_NUMBERS or any(sign in message for sign in _READ_ONLY):
        return LibraryReadOnly(
            f"资料库文件夹无法写入：{folder}。请检查文件夹权限，或用 --data 换一个可写的文件夹。"
        )
    return LibraryError(
        f"资料库出错：{folder}（{error}）。请先运行 jushi check --repair；仍不行时请换一个文件夹重新导入。"
    )


@contextmanager
def failures_as_library_errors(folder: Path, *kinds: type[Exception]) -> Iterator[None]:
    """Raises LibraryError (or a subclass) for the given kinds of exception raised inside."""
    try:
        yield
    except kinds as error:
        raise library_error(error, folder) from error
