"""What the checker is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Support:
    """What a statement cites: one sentence, and what its place in the article adds.

    Attributes:
        text: The cited sentence.
        context: Headings, title, place and carried subject; holds names, places and dates, never figures.
        before: The sentences before it in its section, whose time it may carry.
        published: The article's date, from which 今年 and 目前 are resolved.
    """

    text: str
    context: str = ""
    before: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a statement does not stand: `kind` names the check, `text` the part of the statement."""

    kind: str
    text: str
