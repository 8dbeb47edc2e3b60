"""One clock on four screens: the timekeeper starts it, desk, tablet and hall show it too, and it rings at its end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, HALL, TABLET, Visit
from tests.browser.signing_in import sign_in_as
from tests.conftest import Server
from tests.patience import LEAST, milliseconds

pytestmark = pytest.mark.browser
RINGS = """
window.rung = [];
window.AudioContext = class {
  state = "running"; currentTime = 0; destination = null;
  createOscillator() {
    return { frequency: {}, connect: (to) => to, start: () => {}, stop(until) { rung.push(until); } };
  }
  createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (to) => to }; }
};
"""


def signed_in(server: Server, visit: Visit, role: str, page: str = "") -> Page:
    shown = visit(server.facts["addresses"]["desk"] + page, DESK, "en-GB")
    shown.context.add_init_script(RINGS)
    sign_in_as(shown, server, role)
    expect(shown.locator("#wire")).to_have_attribute("data-state", "online")
    return shown


def left(page: Page, clock: str) -> int:
    """Whole seconds left as the page shows them."""
    sign, minutes, seconds = re.fullmatch(r"(−?)(\d+):(\d\d)", page.locator(clock).first.inner_text()).groups()
    return (int(minutes) * 60 + int(seconds)) * (-1 if sign else 1)


WATCHES = """(selector) => {
  window.flips = {};
  const see = () => {
    const clock = document.querySelector(selector);
    if (clock && !(clock.textContent in flips)) flips[clock.textContent] = Date.now();
  };
  new MutationObserver(see).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
APART = milliseconds(0.1) / LEAST  # milliseconds between the first and the last screen that shows another second


def test_every_screen_shows_the_next_second_within_a_tenth_of_one(server: Server, visit: Visit) -> None:
    """All pages are on one machine here: Date.now() is a common ruler, the server's time each page's own estimate."""
    desk = signed_in(server, visit, "organizer")
    keeper = signed_in(server, visit, "timekeeper", "/clocks")
    tablet = visit(server.facts["seats"][0]["enter"], TABLET)
    hall = visit(server.facts["addresses"]["screen"], HALL)
    desk.locator("#main-button").click()
    expect(desk.locator("#main-button")).to_have_text("Start the clock: Statement")
    screens = {desk: ".clock-large", keeper: ".clock-large", tablet: "#clock", hall: "#clock"}
    for page, clock in screens.items():
        page.evaluate(WATCHES, clock)
    desk.locator("#main-button").click()  # the main button starts the statement's clock
    for page, clock in screens.items():
        expect(page.locator(clock).first).to_have_text("5:52")
    flips = [page.evaluate("flips") for page in screens]
    shared = sorted(set.intersection(*(set(seen) for seen in flips)))
    apart = sorted(max(seen[at] for seen in flips) - min(seen[at] for seen in flips) for at in shared)
    assert len(apart) >= 5
    assert apart[len(apart) // 2] <= APART, apart


# As if the clock had run for so much longer than it may, however often the page is drawn anew: as long as it runs.
LONG_AGO = """() => setInterval(() => {
  const clock = document.querySelector(".clock-large");
  const facts = JSON.parse(clock.dataset.clock);
  const spent_ms = facts.running_since === null ? facts.spent_ms : (facts.seconds + facts.stop_seconds + 1) * 1000;
  clock.dataset.clock = JSON.stringify({ ...facts, spent_ms });
}, 20)"""


def test_after_the_hard_stop_the_keeper_stops_the_clock_and_pauses_nothing(server: Server, visit: Visit) -> None:
    desk = signed_in(server, visit, "organizer")
    keeper = signed_in(server, visit, "timekeeper", "/clocks")
    desk.locator("#main-button").click()
    turn = server.facts["turns"][0]["id"]
    keeper.locator(f"#start_clock-{turn}-speak").click()
    expect(keeper.get_by_role("button", name="Pause")).to_be_visible()
    expect(keeper.get_by_role("button", name="Stop the clock")).to_be_hidden()
    keeper.evaluate(LONG_AGO)
    expect(keeper.locator(".clock-large")).to_have_text("Ended")
    expect(keeper.get_by_role("button", name="Pause")).to_be_hidden()
    keeper.get_by_role("button", name="Stop the clock").click()
    expect(keeper.locator(".clock-large")).to_have_attribute("data-runs", "false")


def test_a_clock_is_the_same_on_every_screen_and_rings_at_its_end(server: Server, visit: Visit) -> None:
    desk = signed_in(server, visit, "organizer")
    keeper = signed_in(server, visit, "timekeeper", "/clocks")
    tablet = visit(server.facts["seats"][0]["enter"], TABLET)
    hall = visit(server.facts["addresses"]["screen"], HALL)
    desk.locator("#main-button").click()
    turn = server.facts["turns"][0]["id"]
    keeper.locator(f"#start_clock-{turn}-questions").click()
    screens = {desk: ".clock-large", keeper: ".clock-large", tablet: "#clock", hall: "#clock"}
    for page, clock in screens.items():
        expect(page.locator(clock).first).to_have_attribute("data-runs", "true")
    shown = [left(page, clock) for page, clock in screens.items()]
    assert max(shown) - min(shown) <= 3  # four pages are read one after the other
    shortened = f"document.querySelector('#add_time-{turn}-questions').form.elements.seconds.value"
    desk.evaluate(f"{shortened} = {4 - min(shown)}")
    desk.locator(f"#add_time-{turn}-questions").click()
    for page, clock in screens.items():
        expect(page.locator(clock).first).to_have_attribute("data-phase", "over")
        assert left(page, clock) <= 0
    assert desk.evaluate("rung.length") >= 1
    tablet.reload()
    expect(tablet.locator("#clock")).to_have_attribute("data-phase", "over")
    keeper.locator(f"#pause_clock-{turn}-questions").click()
    expect(hall.locator("#clock")).to_have_attribute("data-runs", "false")
    size = desk.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size == [DESK["width"], DESK["height"]]
