from __future__ import annotations

import pytest
from qinghe import FakeAssistant, FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def assistant(library: FakeLibrary) -> FakeAssistant:
    return FakeAssistant(library)
