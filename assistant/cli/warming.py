"""A quicker first start: a second process compiles the library's modules while this one loads the app's.

After an installation without compiled modules (uv's default) the first start compiles thousands of them,
on one core; every later start finds them compiled.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

_HEAVY = "import pandas, retrieval.library, assistant.chain"


def is_cold() -> bool:
    """Returns whether the app's modules still have to be compiled and the result would be kept."""
    spec = find_spec("gradio")
    if spec is None or spec.cached is None or sys.dont_write_bytecode:
        return False
    return not Path(spec.cached).exists()


def compile_aside() -> None:
    """Starts the second process if it helps; what becomes of it does not matter."""
    if is_cold():
        subprocess.Popen(
            [sys.executable, "-c", _HEAVY],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
