"""Pages in which one thing went wrong once, a lost message, a fault in a script, no storage, go on all the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import HALL, TABLET, Visit
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import SLOW, Desk, Judge, fill, has_reached, is_online
from tests.browser.test_old_browsers import of_an_earlier_release
from tests.conftest import Server

pytestmark = pytest.mark.browser

# As where a kiosk's policy blocks all storage: the browser refuses even to hand it out.
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
}"""
NOT_STORED = {"ok": False, "code": "storage_failed", "message": "", "fields": {}}
REFUSED = "44/judge," + json.dumps({"message": "", "data": NOT_STORED})


def changed_on_the_way(page: Page, change: Callable[[str], str | None]) -> None:
    """What the server says by the socket comes as `change` makes it, None for not at all."""

    def through(wire: WebSocketRoute) -> None:
        server_side = wire.connect_to_server()
        wire.on_message(server_side.send)

        def hear(said: str | bytes) -> None:
            heard = change(said) if isinstance(said, str) else said
            if heard is not None:
                wire.send(heard)

        server_side.on_message(hear)

    page.context.route_web_socket(re.compile("socket.io"), through)


def hold_the_first_question(page: Page) -> None:
    """The page's script asks once for the page as it is now, and nothing ever comes of it."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held or route.request.resource_type != "fetch":
            route.fallback()
        else:
            held.append(route)

    page.route("**/desk/*", hold)


def test_the_call_reaches_a_tablet_without_greeting_a_hall_without_storage_and_a_desk_whose_question_stands_still(
    server: Server, visit: Visit, browser: Browser, desk: Desk
) -> None:
    page = at_the_desk(server, visit)
    page.clock.install()
    page.reload()
    expect(page.locator("#wire")).to_have_attribute("data-state", "online")
    hold_the_first_question(page)
    context = browser.new_context(viewport=HALL)
    context.add_init_script(NO_STORAGE)
    hall = context.new_page()
    hall.goto(server.facts["addresses"]["screen"])
    tablet = visit(server.facts["seats"][0]["enter"], TABLET)
    changed_on_the_way(tablet, lambda said: None if said.startswith('42/judge,["tablet"') else said)
    tablet.reload()
    is_online(tablet)
    with page.expect_request(lambda asked: asked.resource_type == "fetch"):
        desk.does("call", "01")
    page.clock.run_for(20_000)
    expect(page.locator("#main-form")).not_to_have_attribute("data-verb", "call", timeout=SLOW)
    expect(hall.locator(".now")).to_contain_text("01", timeout=SLOW)
    expect(tablet.locator("#sheet")).to_be_visible(timeout=SLOW)
    context.close()


def test_a_desk_and_a_page_beside_it_follow_where_no_socket_comes(server: Server, visit: Visit, desk: Desk) -> None:
    page = at_the_desk(server, visit)
    page.context.route_web_socket(re.compile("socket.io"), lambda wire: wire.close())
    page.context.route("**/socket.io/**", lambda route: route.abort())
    beside = page.context.new_page()
    beside.goto(f"{page.url}/log")
    page.reload()
    desk.does("call", "01")
    expect(page.locator("#main-form")).not_to_have_attribute("data-verb", "call", timeout=SLOW)
    expect(beside.locator("#live-page")).to_contain_text("called no. 01", timeout=SLOW)


@pytest.mark.parametrize("instead", [None, REFUSED], ids=("silent", "refused"))
def test_a_tablet_that_was_not_let_in_at_first_comes_again(judge: Judge, instead: str | None) -> None:
    tablet = judge.page
    first: list[str] = []

    def at_first_otherwise(said: str) -> str | None:
        if said.startswith("40/judge") and len(first) < 2:
            first.append(said)
        return instead if said.startswith("4") and "/judge" in said and len(first) == 1 else said

    changed_on_the_way(tablet, at_first_otherwise)
    tablet.clock.install()
    tablet.reload()
    while not first:
        tablet.evaluate("() => new Promise(requestAnimationFrame)")  # the server's answer passes above
    # before 45 s are over by the page's clock, after which a connection without a sign of life ends by itself
    began = tablet.evaluate("Date.now()")
    tablet.clock.fast_forward(30_000)
    is_online(tablet)
    assert tablet.evaluate("Date.now()") - began < 45_000


def test_a_fault_of_the_page_does_not_keep_the_marks_from_the_server(judge: Judge) -> None:
    tablet = judge.page
    tablet.clock.install()
    label = tablet.locator("#sum-label").evaluate_handle("(label) => { label.remove(); return label; }")
    fill(tablet)
    tablet.clock.run_for(1_000)  # the typing rests, and the marks begin to be sent
    label.evaluate("(label) => document.querySelector('.closing .sum').prepend(label)")
    tablet.clock.run_for(2_000)
    has_reached(tablet, "server")


def test_a_page_does_not_renew_itself_from_a_server_that_is_away(judge: Judge) -> None:
    tablet = judge.page
    tablet.clock.install()
    tablet.route(tablet.url, of_an_earlier_release, times=1)
    tablet.reload()
    expect(tablet.locator("#renewal")).to_be_visible()
    tablet.context.set_offline(True)
    tablet.clock.run_for(12_000)
    expect(tablet.locator("#renewal")).to_be_visible()
    tablet.context.set_offline(False)
    tablet.clock.run_for(12_000)
    expect(tablet.locator("#renewal")).to_be_hidden(timeout=SLOW)


def test_a_plain_page_does_not_leave_for_a_server_that_is_away(session_server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport=HALL)
    context.route("**/live.js", lambda route: route.abort())
    hall = context.new_page()
    hall.clock.install()
    hall.goto(session_server.facts["addresses"]["screen"])
    expect(hall.locator("link[href*='plain.css']")).to_be_attached()
    context.set_offline(True)
    hall.clock.run_for(25_000)
    expect(hall.locator("link[href*='plain.css']")).to_be_attached()
    context.close()


def test_a_script_and_a_style_sheet_that_did_not_arrive_are_asked_for_again(judge: Judge) -> None:
    tablet = judge.page
    for part in ("judges/tablet.css", "clock.js", "judges/frame.js"):
        tablet.route(f"**/{part}", lambda route: route.abort(), times=1)
    tablet.reload()
    is_online(tablet)
    expect(tablet.locator("html")).to_have_attribute("data-frame", "columns")
    tablet.locator("#larger").click()
    expect(tablet.locator("html")).to_have_attribute("data-large", "")
    tablet.locator("#larger").click()
    fill(tablet)
    has_reached(tablet, "server")
    expect(tablet.locator("#submit")).to_have_css("min-height", "60px")
