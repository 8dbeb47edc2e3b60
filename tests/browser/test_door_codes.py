"""Desk and page of door codes tell by themselves that new devices must wait, and that a code was typed in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.attacks.phone import Phone
from tests.browser.conftest import Visit
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import is_online
from tests.conftest import Server

pytestmark = pytest.mark.browser
ASKED_EVERY = 5_000  # milliseconds until an open page asks again
WRONG = {"pin": "000000"}


def test_an_open_desk_tells_that_new_devices_must_wait_and_the_page_of_codes_which_was_typed_in(
    server: Server, visit: Visit
) -> None:
    desk = at_the_desk(server, visit)
    desk.clock.install()
    desk.reload()
    is_online(desk)
    expect(desk.locator("#devices-wait")).to_be_hidden()
    codes = desk.context.new_page()
    codes.clock.install()
    codes.goto(f"{server.url}/desk/door-codes")
    expect(codes.locator("#doors-now")).to_contain_text("No new device has to wait")
    codes.locator("#make-door-code").click()
    code = codes.locator("#door-code").inner_text()
    guest = Phone(server.url)
    for _ in range(11):
        guest.presses("/judge/", WRONG)
    desk.clock.fast_forward(ASKED_EVERY)
    expect(desk.locator("#devices-wait")).to_contain_text("Make a door code")
    codes.clock.fast_forward(ASKED_EVERY)
    expect(codes.locator("#doors-now")).to_contain_text("PINs: new devices at 127.0.0.1 wait")
    guest.presses("/judge/", {**WRONG, "door_code": code})
    codes.clock.fast_forward(ASKED_EVERY)
    expect(codes.locator("#codes-now")).to_contain_text("typed in on a device")
    expect(codes.locator("#door-code")).to_have_text(code)
