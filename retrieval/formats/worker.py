"""The child process that parses files: a request a line on stdin, JSON records a line each on stdout.

A request is `[path, seconds]`; the answers are `loaded` once its parser has been imported, then the record.
`python -m retrieval.formats.worker BYTES`; BYTES bounds its memory where the system can (not on Windows).
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from retrieval.errors import ArticleUnreadable
from retrieval.formats.extract import extract, load

_TOO_LARGE = "文件要占用的内存太多，没有打开：请拆分成较小的文件，或另存为 .txt 后再导入。"
_NESTED = "文件里的结构嵌套过深，没有打开：请用原软件另存后再导入。"
_FAILED = "文件已损坏或格式有误，读不出来：请用原软件打开另存后再导入。"


def main(arguments: list[str]) -> None:
    """Answers lines until stdin ends."""
    limit_memory(int(arguments[0]))
    # Parsers and the libraries below them may write to stdout, which carries the records.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin.buffer:
        path, seconds = json.loads(line)
        load(Path(path))
        answers.write("loaded\n")
        answers.flush()
        limit_time(seconds)
        answers.write(json.dumps(_answer(path)) + "\n")
        answers.flush()
        limit_time(0)


def limit_time(seconds: float) -> None:
    """Ends this process once it has worked that long, even inside a parser's own code; 0 is no limit.

    Counted is the processor's time, so that a busy machine refuses nothing. Not on Windows.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_memory(most: int) -> None:
    """Bounds this process's address space; no core file is written when a parser dies."""
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _answer(path: str) -> dict[str, Any]:
    try:
        return {"found": extract(Path(path)).model_dump(mode="json")}
    except ArticleUnreadable as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": _TOO_LARGE, "worn": True}
    except RecursionError:
        return {"reason": _NESTED}
    except PermissionError:
        return {"reason": "没有读取这个文件的权限：请修改文件权限后再导入。"}
    except Exception as error:  # noqa: BLE001 - a parser's own bug on a broken file is the file's refusal
        return {"reason": _FAILED, "detail": f"{type(error).__name__}: {error}"[:300]}


if __name__ == "__main__":
    main(sys.argv[1:])
