"""Leaves an endpoint alone for a while after it has failed, so that nobody waits for it in vain."""

from __future__ import annotations

import threading
from collections.abc import Callable

from assistant.llm.failures import FailureKind, ModelFailure

_AT_ONCE: frozenset[FailureKind] = frozenset({"unauthorised", "missing", "unplaced"})
_HARMLESS: frozenset[FailureKind] = frozenset({"unusable", "resting"})
_MOST_REST = 600.0


class Breaker:
    """Counts failures in a row and says whether a call is worth it; safe to use from several threads.

    Args:
        rest: Seconds of rest.
        clock: Gives seconds that never run backwards.
        tolerated: Failures in a row after which the endpoint rests.
    """

    def __init__(self, rest: float, clock: Callable[[], float], tolerated: int = 2) -> None:
        self._rest = rest
        self._clock = clock
        self._tolerated = tolerated
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0
        self.last: FailureKind | None = None

    @property
    def resting(self) -> bool:
        """Whether the endpoint is being left alone."""
        return self._clock() < self._until

    def enter(self) -> None:
        """Raises ModelFailure (`resting`) while the endpoint rests; one caller tries it first afterwards."""
        with self._lock:
            if self._clock() < self._until:
                raise ModelFailure("resting")
            if self._failures >= self._tolerated:
                self._until = self._clock() + self._rest  # until this caller's success lifts it

    def succeeded(self) -> None:
        """Forgets earlier failures."""
        with self._lock:
            self._failures, self._until, self.last = 0, 0.0, None

    def failed(self, failure: ModelFailure) -> None:
        """Counts a failure; the endpoint rests after too many, or as long as it has asked for."""
        if failure.kind in _HARMLESS:
            return
        with self._lock:
            self._failures += 1
            self.last = failure.kind
            rest = self._rest
            if failure.retry_after is not None:
                rest = min(max(failure.retry_after, 0.0), _MOST_REST)
            elif failure.kind not in _AT_ONCE and self._failures < self._tolerated:
                return
            self._until = max(self._until, self._clock() + rest)
