"""What the writer needs of a chat model; tests hand in scripted ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

from retrieval import Record

ModelStatus = Literal["none", "ready", "resting"]


class ModelState(Record):
    """The chat model as shown to people: its name (None without one), how it stands, a Chinese line."""

    model: str | None = None
    state: ModelStatus = "none"
    text: str = "未接入模型，逐句摘自原文作答。"


class ChatPort(Protocol):
    """A chat model behind its endpoint."""

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def place(self) -> str:
        """Host and port of its endpoint, "" if it has none."""

    @property
    def structured(self) -> bool:
        """Whether replies are asked for as JSON by schema."""

    def stream(self, prompt: str) -> Iterator[str]:
        """Yields the reply in parts as they come, within bounds of time. Raises ModelFailure."""
