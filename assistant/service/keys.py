"""Keys of the programs that may ask; compared in constant time, never shown."""

from __future__ import annotations

import hmac
from collections.abc import Collection


def split_keys(given: str) -> frozenset[str]:
    """Returns the keys of a setting, separated by commas or white space.

    >>> sorted(split_keys("a, b"))
    ['a', 'b']
    """
    return frozenset(given.replace(",", " ").replace("，", " ").split())


def is_allowed(header: str, keys: Collection[str]) -> bool:
    """Returns whether an `Authorization` header carries one of the keys."""
    scheme, _, given = header.strip().partition(" ")
    if scheme.lower() != "bearer":
        return False
    sent = given.strip().encode("utf-8")
    # Every key is compared, so that the time tells nothing.
    return sum(hmac.compare_digest(sent, key.encode("utf-8")) for key in keys) > 0
