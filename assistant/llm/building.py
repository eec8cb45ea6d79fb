"""Puts the writer together: a chat model behind the gate and the breaker."""

from __future__ import annotations

import time
from collections.abc import Callable

from assistant.checking.checker import Checker
from assistant.llm.breaker import Breaker
from assistant.llm.calls import Caller
from assistant.llm.client import LangChainChat
from assistant.llm.gate import Gate
from assistant.llm.ports import ChatPort
from assistant.llm.settings import ModelSettings
from assistant.llm.writer import ChatGenerator
from assistant.reading.language import Language

_REST = 60.0


def build_gate(checker: Checker, language: Language) -> Gate:
    """Returns the gate that every claim of a model must pass."""

    def places(text: str) -> list[str]:
        return [name for _, _, name in language.places(text)]

    return Gate(checker, language.matcher, language.normalise, places)


def build_writer(
    chat: ModelSettings | ChatPort,
    checker: Checker,
    language: Language,
    *,
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> ChatGenerator:
    """Returns the generator over a chat model, given by its settings or ready to be called."""
    rest = chat.rest if isinstance(chat, ModelSettings) else _REST
    port = LangChainChat(chat) if isinstance(chat, ModelSettings) else chat
    caller = Caller(port, Breaker(rest, clock), wait)
    return ChatGenerator(caller, build_gate(checker, language), language.words)
