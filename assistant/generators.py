"""Who writes an answer: the pipeline's own extract, or a chat model over the same evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from assistant.llm.ports import ModelState
from assistant.llm.trail import Again, Trail
from assistant.models import AnswerEvent


class Generator(Protocol):
    """Turns the steps of an extract into the steps of the answer that is shown."""

    def rewrite(
        self, steps: Iterator[AnswerEvent], trail: Trail, again: Again | None = None
    ) -> Iterator[AnswerEvent]:
        """Yields the steps of the answer; only what has passed the check, nothing retracted, `final` last.

        Args:
            steps: The extract under way; whether it is an abstention is decided there, on the evidence.
            trail: What was read, filled once `steps` has ended.
            again: How a later turn may be asked once more where the rules have left it open.
        """

    def state(self) -> ModelState:
        """Returns how the writer stands, for people."""
