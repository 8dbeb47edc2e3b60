"""Signing in at the desk in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Visit
from tests.conftest import Server


def sign_in(page: Page, name: str, password: str) -> None:
    """Fill in the form of the sign-in page that is shown, and send it."""
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("main form button[type=submit]").click()


def sign_in_as(page: Page, server: Server, role: str = "organizer") -> None:
    """Sign in as the demo's account of this role."""
    account = server.facts["accounts"][role]
    sign_in(page, account["name"], account["password"])


def at_the_desk(server: Server, visit: Visit, role: str = "organizer", page: str = "") -> Page:
    """The desk of the demo's first contest, or a page of it, in English; signed in and connected."""
    shown = visit(server.facts["addresses"]["desk"] + page, DESK, "en-GB")
    sign_in_as(shown, server, role)
    expect(shown.locator("#wire")).to_have_attribute("data-state", "online")
    return shown
