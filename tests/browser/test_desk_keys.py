"""The desk by keyboard alone: every step is reached and seen, nothing traps the focus, no key acts while typing."""

from __future__ import annotations

import sqlite3
from contextlib import nullcontext, suppress

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HALL, TABLET, Visit
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import is_online
from tests.browser.test_desk import submit
from tests.conftest import Server
from tests.patience import milliseconds

pytestmark = pytest.mark.browser
FOCUS = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  return {
    id: here.id, tag: here.tagName,
    seen: here === document.body || (style.outlineStyle !== "none" && box.width > 0 && box.height > 0),
  };
}"""
MOST_STOPS = 150
DRAW_STAYS = 7_000  # milliseconds that the hall shows a drawn order
ASKED_EVERY = 5_000  # milliseconds until the desk asks for the seats' health again


def stops(page: Page) -> list[dict[str, object]]:
    """Every place that Tab leads to, until the focus leaves the page."""
    page.locator(".skip").focus()
    found = []
    for _ in range(MOST_STOPS):
        found.append(page.evaluate(FOCUS))
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return found
    raise AssertionError(f"Tab does not leave the page: {found[-5:]}")


def test_the_whole_desk_is_run_by_keyboard(server: Server, visit: Visit) -> None:
    page = at_the_desk(server, visit)
    order = stops(page)
    assert all(stop["seen"] for stop in order), [stop for stop in order if not stop["seen"]]
    ids = [stop["id"] for stop in order]
    assert ids.index("main-button") < ids.index("recuse-summary") < ids.index("order-rows")
    page.keyboard.press("m")
    expect(page.locator("#main-button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-button")).to_have_text("Start the clock: Statement")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".clock-large").first).to_have_attribute("data-runs", "true")
    page.keyboard.press("c")
    expect(page.locator(".clock-large").first).to_have_attribute("data-runs", "false")
    page.keyboard.press("r")
    expect(page.locator("#recuse-form select").first).to_be_focused()
    page.locator("#recuse-reason").press_sequentially("? mcnp")
    expect(page.locator("#keys")).not_to_be_visible()
    expect(page.locator("#recuse-reason")).to_have_value("? mcnp")
    page.locator("#recuse-summary").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator(".order tbody tr").nth(1)).to_be_focused()
    submit(server, range(1, 8))
    expect(page.locator("#main-button")).to_have_text("Release the score of no. 01")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#outcome")).to_contain_text("The score of no. 01 is released.")
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    page.locator("#undo-release-reason").press_sequentially("wrong press")
    page.keyboard.press("Tab")
    page.keyboard.type("01")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("The release of no. 01 is taken back")


def test_single_keys_can_be_switched_off(server: Server, visit: Visit) -> None:
    page = at_the_desk(server, visit)
    page.locator("#keys-button").click()
    page.locator("#single-keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.locator("#main-button")).not_to_be_focused()


def test_a_tablet_that_is_gone_is_offline_at_the_desk(server: Server, visit: Visit) -> None:
    desk = at_the_desk(server, visit)
    desk.clock.install()
    desk.reload()
    is_online(desk)
    seat = server.facts["seats"][0]["id"]
    health = desk.locator(f"#seat-{seat} .health")
    expect(health).to_have_text("not signed in")
    tablet = visit(server.facts["seats"][0]["enter"], TABLET)
    is_online(tablet)
    desk.clock.fast_forward(ASKED_EVERY)
    expect(health).to_have_attribute("data-health", "online")
    tablet.close()
    for left in range(9, -1, -1):  # the last that the tablet said may still be on its way
        with sqlite3.connect(server.folder / "saiping.db") as database:  # a minute passes
            database.execute("UPDATE seat_presence SET seen_at = datetime('now', '-60 seconds')")
        desk.clock.fast_forward(ASKED_EVERY)
        with suppress(AssertionError) if left else nullcontext():
            expect(health).to_contain_text("offline for 1:0", timeout=milliseconds(2))
            break
    expect(desk.locator(f"th.judge[data-seat='{seat}']")).to_have_attribute("data-health", "offline")


def test_the_hall_shows_the_draw_and_the_order_is_changed_by_dragging(server: Server, visit: Visit) -> None:
    hall = visit("about:blank", HALL, "en-GB")
    hall.clock.install()
    hall.goto(server.facts["addresses"]["screen"])
    page = at_the_desk(server, visit)
    page.goto(server.facts["addresses"]["desk"] + "/draw")
    expect(hall.locator(".draw-show")).to_have_count(0)
    seal = hall.locator(".welcome .seal").first.inner_text().split()[-1]
    supervisor = at_the_desk(server, visit, "supervisor")
    supervisor.goto(server.facts["addresses"]["desk"] + "/draw")
    expect(supervisor.locator("#typed-seed code")).to_have_text(seal)
    supervisor.locator("#type-seed").fill("20261122")
    supervisor.locator("#type-seed-button").click()
    expect(hall.locator(".welcome .seal").nth(1)).to_contain_text("20261122")
    page.reload()
    page.locator("#draw-button").click()
    expect(hall.locator(".draw-show[data-settled]")).to_be_visible()
    expect(hall.locator(".draw-show .drawn-from")).to_contain_text(seal)
    expect(hall.locator(".draw-show .drawn-from")).to_contain_text("Typed by supervisor with an own account: 20261122")
    expect(page.locator(".drawn-from").first).to_contain_text(seal)
    drawn = page.locator("#movable .number").all_inner_texts()
    assert hall.locator(".draw-show .ticket b").all_inner_texts() == drawn
    page.locator("#movable li").nth(2).drag_to(page.locator("#movable li").first)
    expect(page.locator("#move-reason")).to_be_focused()
    page.keyboard.type("航班延误")
    page.keyboard.press("Enter")
    expect(page.locator(".moves li")).to_contain_text(f"No. {drawn[2]} from place 3 to")
    hall.clock.fast_forward(DRAW_STAYS)
    expect(hall.locator(".draw-show")).to_have_count(0)
    shows_a_latecomers_draw_once_no_clock_runs(hall, page, server.facts["addresses"]["desk"])


def shows_a_latecomers_draw_once_no_clock_runs(hall: Page, page: Page, desk: str) -> None:
    page.goto(desk)
    page.locator("#main-button").click()
    expect(page.locator("#main-button")).to_contain_text("Start the clock")
    page.locator("#main-button").click()
    expect(hall.locator("#clock")).to_have_attribute("data-runs", "true")
    page.goto(desk + "/late")
    for name, value in {
        "number": "99",
        "name": "吴桐",
        "seed": "7",
        "witness": "监督员赵",
        "reason": "航班延误",
    }.items():
        page.locator(f"#enter_late-{name}").fill(value)
    page.locator("#enter_late-place").select_option("drawn")
    page.locator("#enter-late-button").click()
    expect(page.locator("#late-entry .late-list")).to_contain_text("航班延误")
    page.goto(desk)
    expect(hall.locator(".draw-show")).to_have_count(0)
    page.keyboard.press("c")
    expect(hall.locator(".draw-show h2")).to_have_text("Drawn into the rest: no. 99")
    expect(hall.locator(".draw-show[data-settled] .ticket").filter(has_text="99")).to_be_visible()
