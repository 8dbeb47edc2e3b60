"""Pages go on following the contest, however late the browser's own store or one answer of the server is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import TABLET, Visit
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import SLOW, Desk, is_online
from tests.conftest import Server

pytestmark = pytest.mark.browser

# As on a tablet with a worn memory: each opening of the store takes a second.
LATE_STORE = """
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...named) {
    const [real, late] = [open.apply(this, named), {}];
    Object.defineProperty(late, "result", { get: () => real.result });
    real.onupgradeneeded = () => late.onupgradeneeded();
    real.onsuccess = () => setTimeout(() => late.onsuccess(), 1000);
    return late;
  };
"""


def once_refused(page: Page, address: str) -> Callable[[], bool]:
    """The next question of the page's script for this address gets no answer; tells whether it has been asked."""
    refused: list[str] = []

    def answer(route: Route) -> None:
        if refused or route.request.resource_type != "fetch":
            return route.fallback()
        refused.append(route.request.url)
        return route.abort()

    page.route(address, answer)
    return lambda: bool(refused)


def test_a_tablet_whose_store_opens_late_gets_the_sheet_all_the_same(server: Server, visit: Visit, desk: Desk) -> None:
    tablet = visit(server.facts["seats"][0]["enter"], TABLET)
    is_online(tablet)
    tablet.add_init_script(LATE_STORE)
    tablet.reload()
    is_online(tablet)
    desk.does("call", "01")
    expect(tablet.locator("#sheet")).to_be_visible(timeout=SLOW)


def test_a_tablet_that_got_no_answer_asks_for_the_sheet_again(server: Server, visit: Visit, desk: Desk) -> None:
    tablet = visit(server.facts["seats"][0]["enter"], TABLET)
    is_online(tablet)
    was_refused = once_refused(tablet, "**/judge/*")
    desk.does("call", "01")
    expect(tablet.locator("#sheet")).to_be_visible(timeout=SLOW)
    assert was_refused()


def test_a_desk_that_got_no_answer_asks_for_the_page_again(server: Server, visit: Visit, desk: Desk) -> None:
    page = at_the_desk(server, visit)
    was_refused = once_refused(page, "**/desk/*")
    desk.does("call", "01")
    expect(page.locator("#main-form")).not_to_have_attribute("data-verb", "call", timeout=SLOW)
    assert was_refused()


def test_a_page_beside_the_desk_that_got_no_answer_asks_for_it_again(server: Server, visit: Visit, desk: Desk) -> None:
    page = at_the_desk(server, visit, page="/log")
    was_refused = once_refused(page, "**/log?*")
    desk.does("call", "01")
    expect(page.locator("#live-page")).to_contain_text("called no. 01", timeout=SLOW)
    assert was_refused()
