"""How fast the app is: first paint, first statement, twenty people at once. Loopback only, two minutes at most.

Usage: python -m benchmarks.app [--people 20] [--rounds 3]
"""

from __future__ import annotations

import argparse
import http.client
import json
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
QUESTIONS = (
    "揭阳有多少注册志愿者？",
    "成都的志愿者占常住人口多少？",
    "毕节有多少社会工作人才？",
    "三亚有多少家物业服务企业实现交叉任职？",
    "海南的11431是什么？",
)
_WAIT = 60.0
_INPUTS = 3  # of the handlers of the tab 问答 that ask and that open the page


@dataclass(frozen=True)
class Asked:
    """What one person has seen."""

    first: float
    whole: float
    page: str
    owner: str


class Visitor:
    """A person with a browser of their own, as far as the server can tell."""

    def __init__(self, port: int, config: dict[str, Any], name: str) -> None:
        self._port = port
        self._config = config
        self._name = name
        self._cookie = f"jushi_reader={secrets.token_urlsafe(24)}"

    def ask(self, question: str) -> Asked:
        """Returns how long an answer took, and what the page showed."""
        began = time.perf_counter()
        first = 0.0
        page = ""
        for message in self._run(_event(self._config, "submit"), [question, None, ""]):
            shown = json.dumps(message.get("output", {}), ensure_ascii=False)
            page += shown
            if not first and "text verbatim" in shown:
                first = time.perf_counter() - began
        return Asked(first, time.perf_counter() - began, page, self._name)

    def conversations(self) -> str:
        """Returns what the page lists as this person's conversations."""
        messages = self._run(_event(self._config, "load"), ["", None, None])
        return "".join(json.dumps(one.get("output", {}), ensure_ascii=False) for one in messages)

    def _run(self, number: int, inputs: Sequence[Any]) -> Iterator[dict[str, Any]]:
        session = secrets.token_hex(6)
        body = {"data": list(inputs), "fn_index": number, "session_hash": session, "event_data": None}
        with self._request("POST", "/gradio_api/queue/join?", body) as joined:
            joined.read()
        with self._request("GET", f"/gradio_api/queue/data?session_hash={session}") as stream:
            for line in stream:
                if not line.startswith(b"data:"):
                    continue
                message = json.loads(line[5:])
                yield message
                if message["msg"] == "process_completed":
                    if not message["success"]:
                        raise RuntimeError(f"the server failed: {message}")
                    return

    @contextmanager
    def _request(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> Iterator[http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_WAIT)
        headers = {"Cookie": self._cookie, "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body else None, headers)
        try:
            yield connection.getresponse()
        finally:
            connection.close()


def _event(config: dict[str, Any], event: str) -> int:
    """Returns the number of the handler that asks (`submit`) or that opens the page (`load`)."""
    for dependency in config["dependencies"]:
        if any(name == event for _, name in dependency["targets"]) and len(dependency["inputs"]) == _INPUTS:
            return int(dependency["id"])
    raise RuntimeError(f"the page has no {event}")


@contextmanager
def server() -> Iterator[int]:
    """Gives the port of the app over the seeds in a fresh data folder."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "assistant", "chat", "--port", "0", "--data", data]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8") as program:
            assert program.stderr is not None
            try:
                for line in program.stderr:
                    if "http://127.0.0.1:" in line:
                        yield int(line.strip().rsplit(":", 1)[1])
                        break
            finally:  # without it a failure would wait for the server's end for ever
                program.terminate()


def at_once(visitors: Sequence[Visitor], questions: Sequence[str]) -> list[Asked]:
    """Returns what each of the visitors saw, all of them asking in the same moment."""
    found: list[Asked] = []
    gate = threading.Barrier(len(visitors))

    def one(visitor: Visitor, question: str) -> None:
        gate.wait()
        found.append(visitor.ask(question))

    threads = [threading.Thread(target=one, args=pair) for pair in zip(visitors, questions, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_WAIT)
    return found


def p95(values: Sequence[float]) -> float:
    """Returns the value that 95 in 100 do not exceed."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def foreign(visitors: Sequence[Visitor], questions: Sequence[str]) -> int:
    """Returns how many visitors find a conversation that is not theirs."""
    seen = 0
    for visitor, own in zip(visitors, questions, strict=True):
        listed = visitor.conversations()
        seen += any(other != own and other in listed for other in questions)
        if own not in listed:
            raise RuntimeError("a visitor does not find their own conversation")
    return seen


def first_paint(port: int) -> tuple[float, float] | None:
    """Returns seconds to the first paint and to the question box; None without a browser."""
    chromium, driver = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
    if not (chromium.exists() and driver.exists()):
        return None
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(chromium)
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"):
        options.add_argument(switch)
    browser = webdriver.Chrome(options=options, service=Service(str(driver)))
    try:
        browser.get("about:blank")
        began = time.perf_counter()
        browser.get(f"http://127.0.0.1:{port}/")
        while not browser.find_elements("css selector", "#box textarea"):
            time.sleep(0.01)
        box = time.perf_counter() - began
        paint = browser.execute_script("return performance.getEntriesByType('paint').map(e => e.startTime)")
        return min(paint) / 1000, box
    finally:
        browser.quit()


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with server() as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_WAIT)
        connection.request("GET", "/config")
        config = json.loads(connection.getresponse().read())
        painted = first_paint(port)
        alone = [Visitor(port, config, str(n)).ask(QUESTIONS[n % len(QUESTIONS)]) for n in range(10)]
        crowds: list[Asked] = []
        for turn in range(given.rounds):
            visitors = [Visitor(port, config, str(n)) for n in range(given.people)]
            questions = [f"{QUESTIONS[n % len(QUESTIONS)]}{'　' * turn}" for n in range(given.people)]
            crowds += at_once(visitors, questions)
        own = [f"{n:03}号问：{QUESTIONS[0]}" for n in range(given.people)]
        visitors = [Visitor(port, config, str(n)) for n in range(given.people)]
        at_once(visitors, own)
        strangers = foreign(visitors, own)
    rows = [("first paint, s", f"{painted[0]:.2f}" if painted else "no browser", "2")]
    rows += [("question box there, s", f"{painted[1]:.2f}" if painted else "no browser", "")]
    rows += [
        (
            "first statement, one person, median s",
            f"{statistics.median(one.first for one in alone):.2f}",
            "0.3",
        ),
        ("first statement, one person, p95 s", f"{p95([one.first for one in alone]):.2f}", ""),
        (f"first statement, {given.people} at once, p95 s", f"{p95([one.first for one in crowds]):.2f}", ""),
        (f"whole answer, {given.people} at once, p95 s", f"{p95([one.whole for one in crowds]):.2f}", "2"),
        ("people who see another's conversation", str(strangers), "0"),
    ]
    print(f"{'measured':46}{'':>12}{'wanted':>8}")
    for label, value, wanted in rows:
        print(f"{label:46}{value:>12}{wanted:>8}")


if __name__ == "__main__":
    main()
