"""A rehearsal in real browsers: tablets and the hall move into it and back by themselves; a report says what stops."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HALL, TABLET, Visit
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import SLOW, fill, is_online, press
from tests.conftest import Server

BANNER = ".practice-rehearsal"


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_tablets_and_the_hall_move_into_the_rehearsal_and_back_and_the_report_says_what_would_stop_the_day(
    server: Server, visit: Visit
) -> None:
    first, second = (visit(server.facts["seats"][seat]["enter"], TABLET) for seat in (0, 1))
    hall = visit(server.facts["addresses"]["screen"], HALL)
    places = [page.url for page in (first, second, hall)]
    organizer = at_the_desk(server, visit, page="/rehearsal")
    organizer.locator("#begin").click()
    for page in (first, second, hall):
        expect(page.locator(BANNER)).to_be_visible(timeout=SLOW)
    checks(first)
    expect(organizer.locator("#seat-1")).to_contain_text("full enough", timeout=SLOW)
    expect(organizer.locator("#seat-2")).to_contain_text("1280×800")
    plays_one_turn(organizer, first, hall)
    late = visit(server.facts["seats"][2]["enter"], TABLET)  # the card at the seat leads into the rehearsal as well
    expect(late.locator(BANNER)).to_be_visible()

    organizer.bring_to_front()
    organizer.locator("#end").click()
    for page, place in zip((first, second, hall), places, strict=True):
        expect(page).to_have_url(place, timeout=SLOW)
        expect(page.locator(BANNER)).to_have_count(0)
    expect(first.locator("[data-stage=waiting]")).to_be_visible()
    expect(organizer.locator("#stops")).to_contain_text("Judge 4: no tablet has come.")
    expect(organizer.locator("#stops")).not_to_contain_text("Judge 1:")


def checks(tablet: Page) -> None:
    """Its judge hears the bell, and the battery is full enough."""
    tablet.locator("[data-sound]").click()
    for question in ("sound", "battery"):
        tablet.locator(f"#tablet-check input[name={question}][value='1']").check()
    tablet.locator("#tablet-check button[type=submit]").click()
    is_online(tablet)


def plays_one_turn(organizer: Page, tablet: Page, hall: Page) -> None:
    """The rehearsal's own desk calls, the judge submits, and the hall shows who performs."""
    with organizer.context.expect_page() as opened:
        organizer.locator(".ways a").first.click()
    desk = opened.value
    press(desk, "call")
    expect(hall.locator(".now .big-number")).to_contain_text("01", timeout=SLOW)
    expect(tablet.locator("#sheet")).to_be_visible(timeout=SLOW)
    fill(tablet)
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    expect(organizer.locator("#seat-1")).not_to_contain_text(re.compile("open|not said"), timeout=SLOW)
    expect(organizer.locator("[data-trial=performing] .tried")).to_be_visible()
