"""How often Python looks for garbage while a library is open: what is loaded then stays, so seldom."""

from __future__ import annotations

import gc

# Going through all that is loaded again and again took half of the time of the first answers, and up to a
# quarter of a second at once over a large library. Python's own are 700, 10, 10.
_SELDOM = (20_000, 20, 50)


def keep_loaded() -> tuple[int, int, int]:
    """Leaves what is loaded out of the search for garbage, seldom made; returns what `as_before` takes."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    return before


def as_before(before: tuple[int, int, int]) -> None:
    """Takes back what `keep_loaded` did."""
    gc.set_threshold(*before)
    gc.unfreeze()
