"""Which chat model writes, and how long it may take: one frozen record without surprises."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from retrieval import Record

OLLAMA = "http://127.0.0.1:11434"
Structured = Literal["auto", "on", "off"]


class ModelSettings(Record):
    """A chat model and its bounds; the key is never shown, not even in `repr`.

    Attributes:
        provider: As LangChain's `init_chat_model` names it: `openai` for every compatible endpoint, `ollama`.
        patience: Seconds without anything new after which a call is given up.
        most_seconds: Seconds after which a call is given up in any case.
        structured: Whether JSON by schema is asked for; `auto` stops asking once the endpoint refuses it.
        rest: Seconds for which an endpoint that has failed is left alone.
    """

    provider: str = Field(min_length=1)
    name: str = Field(min_length=1)
    base_url: str = ""
    key: SecretStr = SecretStr("")
    temperature: float = 0.0
    patience: float = Field(default=30.0, gt=0)
    most_seconds: float = Field(default=120.0, gt=0)
    structured: Structured = "auto"
    rest: float = Field(default=60.0, ge=0)

    @property
    def place(self) -> str:
        """Host and port of the endpoint, without a name or password that the address may hold."""
        parts = urlsplit(self.base_url)
        return parts.netloc.rpartition("@")[2]


def split_model(spec: str) -> tuple[str, str]:
    """Returns provider and model name of `provider:name`.

    Raises ValueError with a Chinese message if the provider or the name is missing.

    >>> split_model("ollama:qwen2.5:7b")
    ('ollama', 'qwen2.5:7b')
    """
    provider, _, name = spec.strip().partition(":")
    if not provider.strip() or not name.strip():
        raise ValueError("模型要写成“提供者:模型名”，例如 openai:qwen2.5-32b-instruct 或 ollama:qwen2.5:7b。")
    return provider.strip(), name.strip()
