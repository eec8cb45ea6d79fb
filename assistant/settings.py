"""What can be set from outside: one frozen record, read once by the command line."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    """

    model_config = SettingsConfigDict(env_prefix="JUSHI_", frozen=True, env_ignore_empty=True)

    data_dir: Path = Field(default_factory=default_data_dir, validation_alias="JUSHI_DATA")
    host: str = "127.0.0.1"
    port: int | None = Field(default=None, ge=0, le=65535)
