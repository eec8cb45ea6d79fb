from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qinghe import FakeAssistant, FakeLibrary
from three_cities import write_articles

from assistant import Assistant, build_checker, build_language
from assistant.checking.checker import Checker
from assistant.reading.language import Language
from retrieval import Library


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def assistant(library: FakeLibrary) -> FakeAssistant:
    return FakeAssistant(library)


@pytest.fixture(scope="session")
def language() -> Language:
    """Returns the reader's knowledge of Chinese; it holds no state that a test could change."""
    return build_language()


@pytest.fixture(scope="session")
def checker(language: Language) -> Checker:
    return build_checker(language)


@pytest.fixture(scope="session")
def three_cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the data folder of a library over the three articles; tests only read it."""
    folder = tmp_path_factory.mktemp("three_cities")
    with Library.open(folder / "data") as real:
        assert {r.result for r in real.ingest([write_articles(folder / "articles")])} == {"added"}
    return folder / "data"


@pytest.fixture(scope="session")
def answering(three_cities: Path, language: Language) -> Iterator[Assistant]:
    """Yields the real assistant over the three articles."""
    with Assistant(Library.open(three_cities), language) as real:
        yield real
