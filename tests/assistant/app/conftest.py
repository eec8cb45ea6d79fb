"""The app as people use it: real program, real library, real assistant, one real browser for all of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import CHROMIUM, DRIVER, SWITCHES, Reader, filled, running
from qinghe import FakeAssistant

from assistant.app.server import build_services, close_services
from assistant.app.services import Services


@pytest.fixture
def services(assistant: FakeAssistant, tmp_path: Path) -> Iterator[Services]:
    """Returns what the app works with, over the invented article and a fresh data folder."""
    built = build_services(assistant, tmp_path)
    yield built
    close_services(built)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Returns the address of the app over a library with the invented article."""
    with filled() as data, running(data) as found:
        yield found


@pytest.fixture(scope="session")
def reader(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    missing = [str(program) for program in (CHROMIUM, DRIVER) if not program.exists()]
    if missing:
        reason = f"no browser to look with: {', '.join(missing)} is missing"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield Reader(driver, address)
    driver.quit()


@pytest.fixture
def own_host_alone(reader: Reader, address: str) -> Iterator[None]:
    """Checks after every test that the page asked its own server alone and nothing failed in its scripts."""
    reader.start()
    yield
    assert reader.requested() == {urlsplit(address).netloc}
    # What Gradio says about streams that a page left behind is no fault of a script.
    assert [e["message"] for e in reader.driver.get_log("browser") if "Uncaught" in e["message"]] == []
