"""The first half hour of somebody new to 据实, in a real browser: every step timed and photographed.

Usage: python -m benchmarks.first_steps [--pictures docs/first_steps]

Opens the app over a fresh library, asks three questions, opens a source, adds a Word file, asks about it, checks a
draft, exports to Word. Prints for each step when the screen first answered, the longest stretch without any sign of
progress, and when it was done; fails where that stretch is over a second, where English words show, where a script
fails, or where the browser asks another address than the app's.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.app import ROOT, server

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
WIDTH, HEIGHT = 1366, 768
PATIENCE = 20.0
MOST_SILENCE = 1000
MOST_BYTES = 200_000
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    f"--window-size={WIDTH},{HEIGHT + 140}",
)
# Names of products, and what is written on the button that leads to the second language.
KNOWN_WORDS = {"Word", "Excel", "Markdown", "English", "docx", "xlsx", "Ctrl", "Enter", "Shift"}
FILE_NAME = "青禾市便民服务工作总结.docx"
REPORT = (
    "青禾市便民服务工作总结",
    "青禾市民政局　2025年4月18日",
    "截至2025年3月，青禾市建成村级便民服务站86个，覆盖全市九成行政村。全年受理群众事项12.4万件，按期办结率98.5%。",
    "全市现有专职社区工作者1260人，其中持证人员731人。2024年投入改造资金3600万元，改造老旧服务站24个。",
    "下一步，青禾市计划到2026年底将便民服务站增至110个。",
)
DRAFT = (
    "青禾市建成村级便民服务站96个，按期办结率98.5%，2024年投入改造资金3600万元。"
    "揭阳市注册志愿者约80万人，占全市人口的15%。全市共有台风观测站77个。"
)
# Looks twenty times a second whether the words on the screen have changed or something shows that it is working.
WATCH = """
window.__watch?.stop();
const begun = performance.now();
const seen = { first: null, worst: 0, last: begun };
const text = () => document.body.innerText + [...document.querySelectorAll("dialog[open]")].length;
const busy = () => [...document.querySelectorAll(
  "[aria-busy=true], progress, .exchange[aria-busy], .attaching, .jushi-note.shown")]
  .some((one) => one.offsetParent !== null && (one.tagName === "PROGRESS" || one.hasAttribute("aria-busy")
    || one.textContent.trim()));
let before = text();
const look = () => {
  const now = performance.now(), after = text();
  const sign = after !== before || busy();
  if (sign && seen.first === null) seen.first = now - begun;
  seen.worst = Math.max(seen.worst, now - seen.last);
  if (sign) seen.last = now;
  before = after;
};
const timer = setInterval(look, 50);
window.__watch = { stop: () => { look(); clearInterval(timer); return [seen.first ?? performance.now() - begun, seen.worst]; } };
"""


@dataclass
class Step:
    """What a step has shown, in milliseconds."""

    name: str
    first: float
    silence: float
    whole: float
    english: set[str] = field(default_factory=set)


class Newcomer:
    """Somebody before the browser who has never been here."""

    def __init__(self, driver: Any, address: str, pictures: Path | None) -> None:
        self._driver = driver
        self._address = address
        self._pictures = pictures
        self.steps: list[Step] = []

    def see(self, selector: str, holding: str = "") -> Any:
        """Returns the first visible element that holds the words, as soon as there is one."""
        from selenium.common.exceptions import StaleElementReferenceException

        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(StaleElementReferenceException):
                for one in self._driver.find_elements("css selector", selector):
                    if holding in one.text and one.is_displayed():
                        return one
            time.sleep(0.02)
        raise RuntimeError(f"nothing to see: {selector} {holding}")

    def click(self, selector: str, holding: str = "") -> None:
        """Clicks as a person does: on something that lies in view and under nothing else."""
        element = self.see(selector, holding)
        self._driver.execute_script("arguments[0].scrollIntoView({block: 'nearest'})", element)
        element.click()

    def choose(self, selector: str, file: Path) -> None:
        """Chooses a file in a field for files, which pages hide behind a label."""
        self._driver.find_element("css selector", selector).send_keys(str(file))

    def ask(self, question: str) -> None:
        """Types the question and sends it; the answer is whole when this returns."""
        self.see("#box textarea").send_keys(question)
        self.step(
            f"问“{question}”",
            lambda: self.see("#box textarea").send_keys("\n"),
            lambda: self._answered(question),
        )

    def _answered(self, question: str) -> None:
        self.see("#latest .exchange[data-at] .question p", question)
        self.see("#latest .exchange[data-at]:not([aria-busy]) .answer .foot")

    def step(self, name: str, act: Callable[[], Any], done: Callable[[], Any]) -> None:
        """Does something, waits until it is done, notes how long the screen was silent, takes a picture."""
        self._driver.execute_script(WATCH)
        began = time.perf_counter()
        act()
        done()
        whole = (time.perf_counter() - began) * 1000
        first, silence = self._driver.execute_script("return window.__watch.stop()")
        self._note(Step(name, min(first, whole), min(silence, whole), whole))

    def open(self) -> None:
        """Opens the address; the page is there when it can be asked something."""
        began = time.perf_counter()
        self._driver.get(self._address)
        self.see("#box textarea")
        whole = (time.perf_counter() - began) * 1000
        paint = "return Math.min(...performance.getEntriesByType('paint').map((one) => one.startTime))"
        first = float(self._driver.execute_script(paint))
        self.see(".asks .ask-this")
        # From the first paint on, words say that it is opening.
        self._note(Step("打开网页", first, first, whole))

    def _note(self, step: Step) -> None:
        time.sleep(0.4)  # what slides in has come to rest, for the picture
        words = re.findall(r"[A-Za-z]{4,}", self._driver.find_element("css selector", "body").text)
        step.english = set(words) - KNOWN_WORDS
        self.steps.append(step)
        if self._pictures:
            taken = self._driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
            save_picture(base64.b64decode(taken), self._pictures / f"{len(self.steps):02}.png")

    def strangers(self) -> set[str]:
        """Returns the hosts beyond the app's own that the browser has asked."""
        hosts = set()
        for entry in self._driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] in {"Network.requestWillBeSent", "Network.webSocketCreated"}:
                url = urlsplit(event["params"].get("request", event["params"])["url"])
                if url.scheme in {"http", "https", "ws", "wss"}:
                    hosts.add(url.netloc)
        return hosts - {urlsplit(self._address).netloc}

    def faults(self) -> list[str]:
        """Returns what failed in the page's scripts."""
        told = self._driver.get_log("browser")
        return [one["message"] for one in told if "Uncaught" in one["message"]]


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Any]:
    """Gives a browser that nobody has used, whose downloads go to the folder."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    try:
        screen = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        place = {"behavior": "allow", "downloadPath": str(folder)}
        driver.execute_cdp_cmd("Browser.setDownloadBehavior", place)
        yield driver
    finally:
        driver.quit()


def save_picture(content: bytes, place: Path) -> None:
    """Writes the picture with few colours: a page of words looks the same, in a third of the bytes."""
    from PIL import Image

    shown = Image.open(io.BytesIO(content)).convert("RGB")
    shown.quantize(128, dither=Image.Dither.NONE).save(place, optimize=True)
    if place.stat().st_size > MOST_BYTES:
        raise RuntimeError(f"{place.name} has {place.stat().st_size} bytes")


def write_report(place: Path) -> Path:
    """Returns an invented Word file of the newcomer's own."""
    from docx import Document

    document = Document()
    document.add_heading(REPORT[0], 0)
    for paragraph in REPORT[1:]:
        document.add_paragraph(paragraph)
    document.save(str(place / FILE_NAME))
    return place / FILE_NAME


def walk(one: Newcomer, folder: Path) -> None:
    """Goes the whole way. Raises RuntimeError where it does not lead on."""
    one.open()
    for question in ("揭阳有多少注册志愿者？", "那成都呢？", "毕节呢？"):
        one.ask(question)
    one.step(
        "打开出处", lambda: one.click("#past .text a.marker"), lambda: one.see("#side article.whole mark")
    )
    one.click("#side [data-panel=close]")
    one.click("#tabs button[role=tab]", "资料库")
    one.see("#adding .drop")
    report = write_report(folder)
    one.step(
        "添加自己的 Word 文件",
        lambda: one.choose("#adding input.choose", report),
        lambda: (one.see(".received .received-well .outcome"), one.see(".articles .name", REPORT[0])),
    )
    one.click("#tabs button[role=tab]", "问答")
    one.click(".new-talk")
    one.see("#welcome h2")
    one.ask("青禾市建成多少个便民服务站？")
    one.click("#tabs button[role=tab]", "核对材料")
    one.see("#draft .draft-text").send_keys(DRAFT)
    one.step("核对材料", lambda: one.click("[data-do=verify]"), lambda: one.see(".findings li"))
    one.click("#tabs button[role=tab]", "问答")
    one.click("#latest details.export summary")
    one.step(
        "导出 Word",
        lambda: one.click("#latest .choices [data-kind=final][data-part=answer]"),
        lambda: exported(folder),
    )


def exported(folder: Path) -> str:
    """Returns the words of the exported file, as soon as it is there."""
    from docx import Document

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        made = [one for one in folder.glob("*.docx") if one.name != FILE_NAME]
        if made:
            words = "".join(one.text for one in Document(str(made[0])).paragraphs)
            if "86个" not in words:
                raise RuntimeError(f"the exported file does not hold the answer: {words[:200]}")
            return words
        time.sleep(0.02)
    raise RuntimeError("no file was exported")


def table(steps: list[Step]) -> str:
    """Returns the steps as a Markdown table, in milliseconds."""
    head = "| 步骤 | 首次有反应 | 最长没有提示 | 完成 |\n|---|--:|--:|--:|"
    rows = [f"| {one.name} | {one.first:.0f} | {one.silence:.0f} | {one.whole:.0f} |" for one in steps]
    return "\n".join([head, *rows])


def main() -> int:
    """Walks, prints the table, returns 1 if something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="a folder for the pictures of the steps")
    given = parser.parse_args()
    if given.pictures:
        (ROOT / given.pictures).mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="张 三 ") as place, server() as port:
        started = time.perf_counter() - began
        folder = Path(place)
        with browser(folder) as driver:
            one = Newcomer(driver, f"http://127.0.0.1:{port}/", given.pictures and ROOT / given.pictures)
            try:
                walk(one, folder)
            finally:
                print(table(one.steps))
            strangers, faults = one.strangers(), one.faults()
    slow = [step.name for step in one.steps if step.silence > MOST_SILENCE]
    english = {step.name: sorted(step.english) for step in one.steps if step.english}
    print(f"首次启动（装入自带文章）{started:.1f} 秒；负载 {os.getloadavg()[0]:.1f}，{os.cpu_count()} 核")
    print(f"超过 1 秒没有提示：{slow or '无'}")
    print(f"英文：{english or '无'}")
    print(f"脚本出错：{faults or '无'}")
    print(f"向其他地址的请求：{len(strangers)} {sorted(strangers) or ''}")
    return 1 if slow or english or faults or strangers else 0


if __name__ == "__main__":
    sys.exit(main())
