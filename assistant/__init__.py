"""据实: cited answers over Chinese articles, every figure checked in code against its cited sentence.

Importing this package does no work: names are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.chain import Assistant, build_checker, build_language
    from assistant.figures import Figure, extract_figures, qualifier_set, same_figure, same_unit
    from assistant.ledger.row import LedgerRow
    from assistant.models import (
        Answer,
        AnswerEvent,
        AnswerFigure,
        Citation,
        Conflict,
        ConflictVersion,
        Notice,
        Passage,
        Statement,
    )
    from assistant.settings import Settings
    from assistant.verifying.records import DraftItem, DraftReport

_HOME = {
    **dict.fromkeys(["Assistant", "build_checker", "build_language"], "chain"),
    **dict.fromkeys(["Figure", "extract_figures", "qualifier_set", "same_figure", "same_unit"], "figures"),
    **dict.fromkeys(
        [
            "Answer",
            "AnswerEvent",
            "AnswerFigure",
            "Citation",
            "Conflict",
            "ConflictVersion",
            "Notice",
            "Passage",
            "Statement",
        ],
        "models",
    ),
    **dict.fromkeys(["DraftItem", "DraftReport"], "verifying.records"),
    "LedgerRow": "ledger.row",
    "Settings": "settings",
}

__all__ = [
    "Answer",
    "AnswerEvent",
    "AnswerFigure",
    "Assistant",
    "Citation",
    "Conflict",
    "ConflictVersion",
    "DraftItem",
    "DraftReport",
    "Figure",
    "LedgerRow",
    "Notice",
    "Passage",
    "Settings",
    "Statement",
    "build_checker",
    "build_language",
    "extract_figures",
    "qualifier_set",
    "same_figure",
    "same_unit",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    return getattr(import_module(f"assistant.{_HOME[name]}"), name)
