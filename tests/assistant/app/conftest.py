"""The app as people use it: real program, real library, real assistant, one real browser for all of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import CHROMIUM, DRIVER, ROOT, SWITCHES, Reader
from qinghe import TEXT


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Returns the address of the app over a library with the invented article."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "qinghe.md").write_text(
        f"---\npublished: 2025-03-09\nregion: 青禾市\n---\n{TEXT}", encoding="utf-8"
    )
    jushi = [sys.executable, "-m", "assistant"]
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as data:
        subprocess.run([*jushi, "ingest", str(folder / "qinghe.md"), "--data", data], cwd=ROOT, check=True)
        command = [*jushi, "chat", "--port", "0", "--data", data]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8") as program:
            assert program.stderr is not None
            said = []
            for line in program.stderr:
                said.append(line)
                if "http://" in line:
                    break
            assert "http://" in said[-1], said
            yield "http://" + said[-1].split("http://")[1].strip()
            program.terminate()


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
