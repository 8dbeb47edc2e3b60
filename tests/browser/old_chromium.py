"""Real Chromiums of 2020 to 2023, the engines of many a tablet: unpacked from npm, driven by their own protocol."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any

import brotli
import pytest
import websocket
from playwright.sync_api import Error, Page, Playwright, ViewportSize

from tests.conftest import ROOT
from tests.patience import milliseconds, within

#: Python 3.11 knows the filter from 3.11.4 on only; Debian has an older one.
SAFELY: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
PACKAGES = {86: "chromium-86", 92: "chromium-92", 109: "@sparticuz/chromium"}
# Drawn by the software beside it: left to look for a graphics card, some starts stand still.
DRAWING = ("--use-gl=swiftshader", "--ignore-gpu-blocklist")
FLAGS = ("--headless", "--no-sandbox", "--single-process", "--no-zygote", "--lang=zh-CN", *DRAWING)
PATIENCE = within(20)  # seconds until something that should have happened is missed
SEEN = """([selector, text]) => [...document.querySelectorAll(selector)].some(
  (each) => each.getClientRects().length && each.textContent.includes(text))"""
# where its middle is once it has been brought into the view, and whether a finger there would meet it and no other
PLACED = """(selector) => {
  const element = document.querySelector(selector);
  element.scrollIntoView({ block: "nearest" });
  const box = element.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return { x, y, met: element.contains(document.elementFromPoint(x, y)) };
}"""


@dataclass
class OldPage:
    """A page of an old engine. Playwright's locators are written in words that these do not know; its mouse is not."""

    page: Page

    def sees(self, selector: str, text: str = "") -> None:
        """Wait until something like this is on the screen."""
        until = time.monotonic() + PATIENCE
        while not self._asked(SEEN, [selector, text]):
            assert time.monotonic() < until, f"{selector} with {text!r} is not seen on {self.page.url}"
            time.sleep(0.1)

    def taps(self, selector: str) -> None:
        """Tap the middle of the first such element; nothing lies over it."""
        self.sees(selector)
        until = time.monotonic() + PATIENCE
        while not (place := self._asked(PLACED, selector)) or not place["met"]:  # a new page takes no touch at first
            assert time.monotonic() < until, f"{selector} lies under something else at {self.page.viewport_size}"
            time.sleep(0.1)
        self.page.mouse.click(place["x"], place["y"])

    def types(self, selector: str, text: str) -> None:
        """Tap a field and type."""
        self.taps(selector)
        self.page.keyboard.type(text)

    def _asked(self, question: str, about: Any) -> Any:
        try:
            return self.page.evaluate(question, about)
        except Error as error:  # the page is being exchanged for another
            if "navigat" not in str(error) and "context was destroyed" not in str(error):
                raise
            return None


def unpack(version: int, into: Path) -> Path:
    """The folder with the engine and the libraries that it needs; skips or fails where npm has not brought it."""
    packed = ROOT / "node_modules" / PACKAGES[version] / "bin"
    if not packed.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"Chromium {version} is not installed by npm")
    folder = into / str(version)
    folder.mkdir()
    (folder / "chromium").write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    (folder / "chromium").chmod(0o755)
    for archive in ("aws.tar.br", "swiftshader.tar.br"):
        content = io.BytesIO(brotli.decompress((packed / archive).read_bytes()))
        with tarfile.open(fileobj=content) as files:
            files.extractall(folder, **SAFELY)
    return folder


@contextmanager
def opened(playwright: Playwright, folder: Path, size: ViewportSize) -> Iterator[OldPage]:
    """The one page of one engine: with several contexts these builds lose the cookies of their sockets."""
    profile = folder / f"profile-{time.monotonic_ns()}"
    command = [str(folder / "chromium"), *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    libraries = {**os.environ, "LD_LIBRARY_PATH": str(folder / "lib")}
    process = subprocess.Popen([*command, "about:blank"], env=libraries, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    listening = Thread(target=process.stderr.read)  # the engine stands still once nobody reads what it says
    try:
        address = _address(process.stderr)
        listening.start()
        _wait_for_a_page(address)
        browser = playwright.chromium.connect_over_cdp(f"http://{address}")
        page = browser.contexts[0].pages[0]
        page.set_default_timeout(milliseconds(15))
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        yield OldPage(page)
        browser.close()
    finally:
        process.terminate()
        process.wait(timeout=within(10))
        if listening.ident:
            listening.join()
        process.stderr.close()


def _address(said: IO[str]) -> str:
    """Where the engine is driven, which it says once it listens; a line at a time, until it ends."""
    lines = []
    for line in said:
        lines.append(line)
        if found := re.search(r"ws://([\d.:]+)/", line):
            return found[1]
    raise AssertionError(f"the engine ended: {''.join(lines)}")


def _wait_for_a_page(address: str) -> None:
    """An engine that is connected to before it has its page never answers: its first target is heard of."""
    with urllib.request.urlopen(f"http://{address}/json/version", timeout=PATIENCE) as answer:
        browser = json.load(answer)["webSocketDebuggerUrl"]
    with closing(websocket.create_connection(browser, timeout=PATIENCE, suppress_origin=True)) as socket:
        socket.send(json.dumps({"id": 1, "method": "Target.setDiscoverTargets", "params": {"discover": True}}))
        while True:
            told = json.loads(socket.recv())
            if told.get("params", {}).get("targetInfo", {}).get("type") == "page":
                return
