"""Choices from a list, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.app.escaping import escape


def select(name: str, everything: str, offered: Sequence[tuple[str, str]], chosen: str, label: str) -> str:
    """Returns a select of (shown, value) pairs; `everything` is the choice without limit, "" for none."""
    options = f'<option value="">{everything}</option>' if everything else ""
    options += "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(shown)}</option>'
        for shown, value in offered
    )
    return f'<select name="{name}" aria-label="{label}">{options}</select>'
