"""The one place where errors become Chinese lines for people."""

from __future__ import annotations

import errno

from pydantic import ValidationError

from assistant.accounts.records import AccountError
from retrieval import RetrievalError


def explain(error: Exception) -> str:
    """Returns a Chinese line that says what happened and what to do.

    Meant for `RetrievalError` and `AccountError` (whose message is already for people), `OSError` and
    refused settings; anything else is named by its type, so that nothing is hidden.
    """
    if isinstance(error, RetrievalError | AccountError):
        return str(error)
    if isinstance(error, OSError):
        return _explain_os_error(error)
    if isinstance(error, ValidationError):
        return _explain_setting(error)
    return f"程序内部出错（{type(error).__name__}：{error}）。请把这一行连同操作步骤反馈给维护者。"


def _explain_os_error(error: OSError) -> str:
    place = f"“{error.filename}”" if error.filename else ""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"没有权限读写{place or '该位置'}。请换一个有权限的位置，或用 --data 指定别的资料目录。"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"磁盘空间不足，写不下{place or '文件'}。请清理磁盘，或用 --data 指定别处的资料目录后重试。"
    if isinstance(error, FileNotFoundError):
        return f"找不到{place or '文件'}。请检查路径。"
    if isinstance(error, IsADirectoryError):
        return f"{place or '该路径'}是文件夹，这里需要文件。请检查路径。"
    if isinstance(error, NotADirectoryError | FileExistsError):
        return f"{place or '该路径'}不是文件夹，这里需要文件夹。请检查路径。"
    if error.errno == errno.ENAMETOOLONG:
        return "路径太长，系统无法打开。请换一个短些的路径。"
    return f"读写{place or '文件'}时系统报错：{error.strerror or error}。请检查后重试。"


def _explain_setting(error: ValidationError) -> str:
    told = [str(part["ctx"]["error"]) for part in error.errors() if "error" in part.get("ctx", {})]
    names = "、".join(sorted({str(part["loc"][0]) for part in error.errors() if part["loc"]}))
    return f"设置“{names or '未知'}”的值不能用。{''.join(told)}请检查 JUSHI_ 开头的环境变量。"
