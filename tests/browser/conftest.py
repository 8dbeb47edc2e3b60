"""Real Chromium: Debian's, with a context for each visitor."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TABLET = {"width": 1280, "height": 800}
TABLET_UPRIGHT = {"width": 800, "height": 1280}
PHONE = {"width": 390, "height": 844}
HALL = {"width": 1920, "height": 1080}
DESK = {"width": 1366, "height": 768}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; without it these tests are skipped on a laptop and fail in CI."""
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is not installed")
    return {"executable_path": CHROMIUM, "args": QUIET}


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens an address as a visitor of their own: `visit(url, size, language)`."""
    contexts: list[BrowserContext] = []

    def visit(url: str, size: dict[str, int], language: str = "zh-CN") -> Page:
        context = browser.new_context(viewport=size, locale=language, reduced_motion="reduce")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()
