"""Keeps LangSmith's tracing off: questions and articles never leave the machine by that way."""

from __future__ import annotations

import os
import sys

_SWITCHES = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


def switch_off_tracing() -> None:
    """Turns tracing off for this process, even where the user's environment turns it on."""
    for name in _SWITCHES:
        os.environ[name] = "false"
    loaded = sys.modules.get("langsmith.utils")
    if loaded is not None:  # it remembers what the environment said
        loaded.get_env_var.cache_clear()
