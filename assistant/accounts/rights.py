"""What each role may do: the one place where that is decided.

A reader asks, reads, checks drafts, exports and keeps conversations with attachments of their own. What
changes the library, the ledger or the accounts for everybody is an administrator's.
"""

from __future__ import annotations

from typing import Literal

from assistant.accounts.records import Role

Right = Literal["read", "export", "attach", "add", "edit", "remove", "correct", "administer"]
_READER: frozenset[Right] = frozenset({"read", "export", "attach"})
RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": _READER,
    "admin": _READER | {"add", "edit", "remove", "correct", "administer"},
}


def may(role: Role, right: Right) -> bool:
    """Returns whether a role has a right."""
    return right in RIGHTS[role]
