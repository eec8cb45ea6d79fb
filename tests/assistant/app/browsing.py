"""A person before a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qinghe import TEXT

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
ROOT = Path(__file__).parents[3]
PATIENCE = 60.0
QUESTION = "青禾市有多少注册志愿者？"
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
    "--window-size=1366,900",
)


class Reader:
    """A person before the browser: looks, waits, clicks, types."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address
        self.hosts: set[str] = set()

    def see(self, selector: str, holding: str = "") -> Any:
        """Returns the first element of the selector that holds the words, as soon as there is one."""

        def look() -> Any:
            found = self.driver.find_elements("css selector", selector)
            return next(
                (one for one in found if holding in (one.text or one.get_attribute("textContent"))), None
            )

        return self.until(look, f"{selector} {holding}")

    def until(self, look: Callable[[], Any], what: str) -> Any:
        """Returns what is looked for, as soon as it is there."""
        from selenium.common.exceptions import StaleElementReferenceException

        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if found := look():
                    return found
            except StaleElementReferenceException:
                pass  # the page has drawn it anew meanwhile
            time.sleep(0.05)
        raise AssertionError(f"{what} did not appear")

    def gone(self, selector: str) -> None:
        """Waits until nothing of the selector is there any more."""
        self.until(lambda: not self.driver.find_elements("css selector", selector), f"end of {selector}")

    def click(self, selector: str, holding: str = "") -> None:
        """Clicks an element, where it is at that moment."""
        element = self.see(selector, holding)
        self.driver.execute_script("arguments[0].click()", element)

    def type(self, selector: str, text: str) -> None:
        """Types into a field."""
        self.see(selector).send_keys(text)

    def ask(self, question: str) -> Any:
        """Asks and returns the answer once it is whole."""
        self.type("#box textarea", question + "\n")
        self.see("#latest .exchange[data-at] .question p", question)
        return self.see("#latest .exchange[data-at] .answer")

    def start(self) -> None:
        """Opens the page as somebody who has never been here."""
        self.driver.get(self.address)
        self.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
        self.driver.delete_all_cookies()
        self.driver.get(self.address)
        self.see("#box textarea")
        self.see(".status")

    def requested(self) -> set[str]:
        """Returns host and port of every request the browser has sent."""
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] in {"Network.requestWillBeSent", "Network.webSocketCreated"}:
                url = urlsplit(event["params"].get("request", event["params"])["url"])
                if url.scheme in {"http", "https", "ws", "wss"}:
                    self.hosts.add(url.netloc)
        return self.hosts


@contextmanager
def filled() -> Iterator[str]:
    """Yields a data folder whose library holds the invented article."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        article = Path(folder) / "qinghe.md"
        article.write_text(f"---\npublished: 2025-03-09\nregion: 青禾市\n---\n{TEXT}", encoding="utf-8")
        data = str(Path(folder) / "data")
        ingest = [sys.executable, "-m", "assistant", "ingest", str(article), "--data", data]
        subprocess.run(ingest, cwd=ROOT, check=True)
        yield data


@contextmanager
def running(data: str, *options: str) -> Iterator[str]:
    """Yields the address at which the app answers over a data folder."""
    command = [sys.executable, "-m", "assistant", "chat", "--port", "0", "--data", data, *options]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8") as program:
        assert program.stderr is not None
        said = []
        for line in program.stderr:
            said.append(line)
            if "http://" in line:
                break
        try:
            assert "http://" in said[-1], said
            yield "http://" + said[-1].split("http://")[1].strip()
        finally:
            program.terminate()
