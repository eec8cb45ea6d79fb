"""What can be set from outside: one frozen record, read once by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.llm.settings import ModelSettings, Structured, split_model
from assistant.service.keys import split_keys

if TYPE_CHECKING:
    from retrieval import ChromaServer

DEFAULT_PORT = 7860


def default_data_dir() -> Path:
    """Returns the user's own data folder for jushi, whether it exists or not."""
    return user_data_path("jushi", appauthor=False)


class Settings(BaseSettings):
    """Values from the environment (`JUSHI_…`), else the defaults.

    Attributes:
        data_dir: Where everything persistent lives (`JUSHI_DATA`).
        host: Address the app listens on (`JUSHI_HOST`).
        port: Port the app must use (`JUSHI_PORT`); None means 7860 or the next free one.
        chroma: Address of a Chroma server that holds the vectors (`JUSHI_CHROMA`, `http://host:port`), ""
            for a folder below the data folder; `chroma_headers` (a JSON object), `chroma_tenant` and
            `chroma_database` are sent along.
        llm: Chat model as `provider:name` (`JUSHI_LLM`), "" for none; the others named `llm_…` are about it.
        llm_timeout: Seconds without anything new after which the extract stands in.
        llm_total: Seconds after which it does in any case.
        embeddings: Embedding model (`JUSHI_EMBEDDINGS`): `openai:NAME`, `ollama:NAME`, `local:FOLDER`;
            "" for hashed words. `embeddings_base_url` and `embeddings_key` are about it.
        accounts: Whether people log in on a loopback address too (`JUSHI_ACCOUNTS`), as behind a proxy.
        root_path: Path the app is published below (`JUSHI_ROOT_PATH`), where the proxy does not tell it.
        proxies: Addresses of proxies that are believed about where a request comes from (`JUSHI_PROXIES`).
        api_keys: Keys for `/v1/chat/completions` (`JUSHI_API_KEYS`), comma-separated; "" switches it off.
        llm_rest: Seconds for which an endpoint that has failed is left alone.
    """

    model_config = SettingsConfigDict(
        env_prefix="JUSHI_", frozen=True, env_ignore_empty=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(default_factory=default_data_dir, validation_alias="JUSHI_DATA")
    host: str = "127.0.0.1"
    port: int | None = Field(default=None, ge=0, le=65535)
    accounts: bool = False
    root_path: str = ""
    proxies: str = "127.0.0.1"
    chroma: str = Field(default="", pattern=r"^(https?://[^/\s]+(/\S*)?)?$")
    chroma_headers: dict[str, SecretStr] = Field(default_factory=dict)
    chroma_tenant: str = "default_tenant"
    chroma_database: str = "default_database"
    llm: str = ""
    llm_base_url: str = ""
    llm_key: SecretStr = SecretStr("")
    llm_timeout: float = Field(default=30.0, gt=0)
    llm_total: float = Field(default=120.0, gt=0)
    llm_rest: float = Field(default=60.0, ge=0)
    llm_temperature: float = Field(default=0.0, ge=0)
    llm_structured: Structured = "auto"
    api_keys: SecretStr = SecretStr("")
    embeddings: str = ""
    embeddings_base_url: str = ""
    embeddings_key: SecretStr = SecretStr("")

    @field_validator("llm")
    @classmethod
    def _names_provider(cls, value: str) -> str:
        if value:
            split_model(value)
        return value

    @property
    def chroma_server(self) -> ChromaServer | None:
        """The Chroma server that is set, None if none is."""
        if not self.chroma:
            return None
        from retrieval import ChromaServer

        headers = {name: value.get_secret_value() for name, value in self.chroma_headers.items()}
        return ChromaServer(
            url=self.chroma, headers=headers, tenant=self.chroma_tenant, database=self.chroma_database
        )

    @property
    def chat_model(self) -> ModelSettings | None:
        """The chat model that is set, None if none is."""
        if not self.llm:
            return None
        provider, name = split_model(self.llm)
        return ModelSettings(
            provider=provider,
            name=name,
            base_url=self.llm_base_url,
            key=self.llm_key,
            temperature=self.llm_temperature,
            patience=self.llm_timeout,
            most_seconds=self.llm_total,
            structured=self.llm_structured,
            rest=self.llm_rest,
        )

    @property
    def service_keys(self) -> frozenset[str]:
        """The keys of the programs that may use the chat endpoint; none switches it off."""
        return split_keys(self.api_keys.get_secret_value())
