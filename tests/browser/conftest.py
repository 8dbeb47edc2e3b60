"""Real Chromium: Debian's, with a context for each visitor; without its windows where there is such a build."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.reading_room import ReadingRoom
from tests.browser.tablets import Desk, Judge, is_online
from tests.conftest import Server, start_server, stop_server
from tests.patience import milliseconds

# The same engine without windows, profiles and extensions: a new visitor costs a third of the processor time.
BUILDS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BUILDS)), None)
TABLET: ViewportSize = {"width": 1280, "height": 800}
TABLET_UPRIGHT: ViewportSize = {"width": 800, "height": 1280}
PHONE: ViewportSize = {"width": 390, "height": 844}
HALL: ViewportSize = {"width": 1920, "height": 1080}
DESK: ViewportSize = {"width": 1366, "height": 768}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP judges.venue 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Nobody looks at the tests' windows, what stands where is asked for: they are laid out, but there is no room to paint
#: them in, which on a large screen took longer than all else.
UNPAINTED = [*QUIET, "--force-gpu-mem-available-mb=1"]

expect.set_options(timeout=milliseconds(15))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; without it these tests are skipped on a laptop and fail in CI."""
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is not installed")
    return {"executable_path": CHROMIUM, "args": UNPAINTED}


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Browser:
    """One for all tests, each of whose visitors waits as long as the machine is loaded."""
    browser.on("context", lambda context: context.set_default_timeout(milliseconds(15)))
    return browser


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens an address as a visitor of their own, who takes the seat of a card: `visit(url, size, language)`."""
    contexts: list[BrowserContext] = []

    def visit(url: str, size: ViewportSize, language: str = "zh-CN") -> Page:
        context = browser.new_context(viewport=size, locale=language, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        if "/judge/enter/" in url:
            page.locator("#take").click()
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    organizer = Desk(server)
    yield organizer
    organizer.leave()


@pytest.fixture
def tablet(server: Server, visit: Visit, desk: Desk) -> Page:
    """Judge 1's tablet with the open sheet of contestant 01, on a server of the test's own."""
    desk.does("call", "01")
    page = visit(server.facts["seats"][0]["enter"], TABLET)
    is_online(page)
    return page


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Iterator[int]]]:
    """One server for tests that only need an open sheet, and the seats that none of them has taken yet."""
    started = start_server(tmp_path_factory.mktemp("hall"))
    organizer = Desk(started)
    organizer.does("call", "01")
    yield started, iter(range(7))
    organizer.leave()
    stop_server(started)


@pytest.fixture
def judge(hall: tuple[Server, Iterator[int]], visit: Visit) -> Judge:
    """A judge at a seat of the test's own."""
    server, free = hall
    seat = next(free)
    page = visit(server.facts["seats"][seat]["enter"], TABLET)
    is_online(page)
    return Judge(page, server, seat)


@pytest.fixture
def room(app: Flask) -> Iterator[ReadingRoom]:
    room = ReadingRoom(app)
    thread = threading.Thread(target=room.server.serve_forever)
    thread.start()
    yield room
    room.server.shutdown()
    thread.join()
    room.server.server_close()
