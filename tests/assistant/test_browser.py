"""One look at the app as people see it: real program, real library, real assistant, real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from qinghe import QUOTE, TEXT

pytestmark = pytest.mark.browser

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
    "--window-size=1366,768",
)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[object]:
    missing = [str(program) for program in (CHROMIUM, DRIVER) if not program.exists()]
    if missing:
        reason = f"no browser to look with: {', '.join(missing)} is missing"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def app(data_dir: Path, tmp_path: Path) -> Iterator[str]:
    """Returns the address of the app over a library with the invented article."""
    (tmp_path / "qinghe.md").write_text(
        f"---\npublished: 2025-03-09\nregion: 青禾市\n---\n{TEXT}", encoding="utf-8"
    )
    jushi = [sys.executable, "-m", "assistant"]
    subprocess.run(
        [*jushi, "ingest", str(tmp_path / "qinghe.md"), "--data", str(data_dir)], cwd=ROOT, check=True
    )
    command = [*jushi, "chat", "--port", "0", "--data", str(data_dir)]
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


def wait_for(driver: object, selector: str) -> object:
    """Returns the first element that the selector finds, as soon as there is one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := driver.find_elements("css selector", selector):  # type: ignore[attr-defined]
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"{selector} did not appear")


def requested_hosts(driver: object) -> set[str]:
    """Returns host and port of every request the browser has sent."""
    hosts = set()
    for entry in driver.get_log("performance"):  # type: ignore[attr-defined]
        event = json.loads(entry["message"])["message"]
        if event["method"] in {"Network.requestWillBeSent", "Network.webSocketCreated"}:
            url = urlsplit(event["params"].get("request", event["params"])["url"])
            if url.scheme in {"http", "https", "ws", "wss"}:
                hosts.add(url.netloc)
    return hosts


def test_a_question_gets_a_cited_answer_and_no_other_host_is_asked(app, browser):
    with urllib.request.urlopen(f"{app}/healthz", timeout=5) as answered:
        assert json.load(answered) == {"status": "ok"}
    browser.get(app)
    box = wait_for(browser, "#box textarea")
    wait_for(browser, ".guide li")
    box.send_keys("青禾市有多少注册志愿者？\n")
    wait_for(browser, "#latest .badge.grounded")
    answer = browser.find_element("css selector", "#latest .answer")
    assert "3.2万名" in answer.find_element("css selector", ".short strong").text
    assert answer.find_element("css selector", ".sources mark").text == QUOTE
    assert wait_for(browser, "#side mark#quote").text == QUOTE
    browser.find_element("css selector", "#side [data-panel=close]").click()
    answer.find_element("css selector", ".text a.marker").click()
    assert wait_for(browser, "#side mark#quote").text == QUOTE
    assert requested_hosts(browser) == {urlsplit(app).netloc}
