"""Pages go on following the contest, however late the browser's own store or one answer of the server is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import TABLET, Visit
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import SLOW, Desk, has_reached, is_online
from tests.conftest import Server

pytestmark = pytest.mark.browser

# As on a tablet with a worn memory: each opening of the store takes a second.
LATE_STORE = """
  const lateBy = 1000;
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...named) {
    const [real, late] = [open.apply(this, named), {}];
    Object.defineProperty(late, "result", { get: () => real.result });
    real.onupgradeneeded = () => late.onupgradeneeded();
    real.onsuccess = () => setTimeout(() => late.onsuccess(), lateBy);
    return late;
  };
"""


# As on one whose memory is nearly full: longer than a judge should wait for it.
VERY_LATE_STORE = LATE_STORE.replace("1000", "4500")


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


def test_what_a_store_tells_after_the_page_was_shown_is_taken_up_beside_what_was_typed_meanwhile(
    server: Server, visit: Visit, desk: Desk
) -> None:
    desk.does("call", "01")
    tablet = visit(server.facts["seats"][0]["enter"], TABLET)
    is_online(tablet)
    tablet.locator("#mark-facts").fill("7.5")
    tablet.add_init_script(VERY_LATE_STORE)
    tablet.reload()  # before the mark was sent
    is_online(tablet)
    expect(tablet.locator("#mark-facts")).to_have_value("")
    tablet.locator("#mark-law").fill("20.5")
    expect(tablet.locator("#mark-facts")).to_have_value("7.5", timeout=SLOW)
    expect(tablet.locator("#mark-law")).to_have_value("20.5")
    expect(tablet.locator("#conflict")).to_be_hidden()
    has_reached(tablet, "server")
    expect(tablet.locator("#total")).to_have_text("28")


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
