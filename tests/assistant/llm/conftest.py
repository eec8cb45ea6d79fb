from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from endpoint import KEY, Asking, Endpoint
from pydantic import SecretStr

from assistant import Assistant
from assistant.llm.settings import ModelSettings
from assistant.reading.language import Language
from retrieval import Library


@pytest.fixture
def asking(three_cities: Path, language: Language) -> Iterator[Asking]:
    """Gives an assistant whose model stands behind an endpoint, reached through the real client libraries."""
    opened: list[Assistant] = []

    def ask_through(server: Endpoint | str, **changed: object) -> Assistant:
        url = server if isinstance(server, str) else server.url
        given = {"provider": "openai", "name": "m-32b", "base_url": url, "key": SecretStr(KEY)}
        bounds = {"patience": 5.0, "most_seconds": 10.0, "structured": "off", "rest": 60.0}
        chat = ModelSettings.model_validate({**given, **bounds, **changed})
        opened.append(Assistant(Library.open(three_cities), language, chat))
        return opened[-1]

    yield ask_through
    for one in opened:
        one.close()
