"""A rehearsal in real browsers: tablets and the hall move into it and back by themselves; a report says what stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import socketio
from playwright.sync_api import Page, expect

from tests.browser.conftest import HALL, TABLET, Visit
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import SLOW, fill, has_reached, is_online, lose_network, on_this_machine, press
from tests.conftest import Server, run_server, stop_server
from tests.patience import within

BANNER = ".practice-rehearsal"


@pytest.fixture
def restarted(server: Server) -> Iterator[list[Server]]:
    """The servers that take the place of the first one at its address; the last is stopped at the end."""
    others: list[Server] = []
    yield others
    for other in others[-1:]:
        stop_server(other)


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_tablets_and_the_hall_move_into_the_rehearsal_and_back_faults_are_tried_and_the_report_says_what_stops_the_day(
    server: Server, visit: Visit, restarted: list[Server]
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
    answers_for_judge_2(organizer)

    a_stranger_ticks_nothing(server, hall, organizer)
    is_our_screen(hall, organizer)
    draws(organizer)
    desk = calls(organizer, hall)
    is_cut_off(first, organizer)
    spare = takes_the_place(server, visit, organizer, second)
    restarts(server, restarted, first, organizer)
    hands_in(first, organizer)
    desk_of_copy = desk.url
    desk.close()
    late = visit(server.facts["seats"][2]["enter"], TABLET)  # the card at the seat leads into the rehearsal as well
    expect(late.locator(BANNER)).to_be_visible()

    organizer.bring_to_front()
    skips_to_the_end(hall, organizer)
    organizer.locator("#end").click()
    for page, place in zip((first, spare, hall), places, strict=True):
        expect(page).to_have_url(place, timeout=SLOW)
        expect(page.locator(BANNER)).to_have_count(0)
    expect(first.locator("[data-stage=waiting]")).to_be_visible()
    expect(organizer.locator("#stops")).to_contain_text("Judge 4, 5, 6, 7: no tablet has come.")
    expect(organizer.locator("#stops")).not_to_contain_text(re.compile(r"Judge 1\b"))
    expect(organizer.locator(".report")).not_to_contain_text("Not tried")
    is_thrown_away(desk_of_copy, organizer)


def checks(tablet: Page) -> None:
    """Its judge hears the bell, and the battery is full enough; a small tablet has all of that in sight."""
    tablet.set_viewport_size({"width": 960, "height": 600})
    asked = tablet.locator("#tablet-check").bounding_box()
    assert asked
    assert asked["y"] + asked["height"] <= 600
    tablet.set_viewport_size(TABLET)
    tablet.locator("[data-sound]").click()
    for question in ("sound", "battery"):
        tablet.locator(f"#tablet-check input[name={question}][value='1']").check()
    tablet.locator("#tablet-check button[type=submit]").click()
    is_online(tablet)


def answers_for_judge_2(organizer: Page) -> None:
    """The organizer beside the tablet says at the desk that its battery is low, and then that it is not."""
    row = organizer.locator("#seat-2")
    row.get_by_role("button", name="too low").click()
    expect(row).to_contain_text("✗ too low")
    row.get_by_role("button", name="full enough").click()
    expect(row).to_contain_text("✓ full enough")


def is_thrown_away(desk_of_copy: str, organizer: Page) -> None:
    """Neither the desk of the copy nor its files nor its board show anything any more."""
    for page in ("", "/log", "/cards", "/ranking.csv"):
        answer = organizer.request.get(desk_of_copy + page)
        assert answer.url == organizer.url
    organizer.goto(desk_of_copy)
    expect(organizer.locator("#begin")).to_be_visible()


def a_stranger_ticks_nothing(server: Server, hall: Page, organizer: Page) -> None:
    """Somebody in the hall's network joins as a hall screen does and says that all was shown: nobody believes it."""
    stranger = socketio.Client()
    slug = urlsplit(hall.url).path.split("/")[2]
    stranger.connect(server.url, namespaces=["/audience"], auth={"contest": slug}, wait_timeout=within(10))
    for code in ({}, {"screen": "AAAAAA"}, {"screen": ["AAAAAA"]}):
        said = {"scenes": ["welcome", "score", "dark", "closing"], **code}
        answer = stranger.call("shown", said, namespace="/audience", timeout=within(10))
        assert answer == {"ok": True, "known": False, "noted": []}
    stranger.disconnect()
    organizer.reload()
    expect(organizer.locator("[data-trial=welcome] .untried")).to_be_visible()


def is_our_screen(hall: Page, organizer: Page) -> None:
    """The organizer types the code that stands on the hall screen, which then takes it away."""
    code = hall.locator("#hall-code b").inner_text()
    organizer.locator("#screen-code").fill("123")
    organizer.get_by_role("button", name="This is our screen").click()
    expect(organizer.get_by_text("six letters and figures")).to_be_visible()
    organizer.locator("#screen-code").fill(code.lower())
    organizer.get_by_role("button", name="This is our screen").click()
    expect(hall.locator("#hall-code")).to_be_hidden(timeout=SLOW)


def draws(organizer: Page) -> None:
    """The order is drawn at the rehearsal's own desk; the hall shows it, and that is ticked."""
    desk_of_copy = organizer.locator(".ways a").first.get_attribute("href") or ""
    with organizer.context.expect_page() as opened:
        organizer.evaluate("(address) => void window.open(address)", f"{desk_of_copy}/draw")
    opened.value.locator("#draw-form [name=seed]").fill("2718")
    opened.value.locator("#draw-form [name=witness]").fill("王监督")
    opened.value.locator("#draw-form [name=reason]").fill("监督员未到场")
    opened.value.locator("#draw-button").click()
    expect(organizer.locator("[data-trial=draw] .tried")).to_be_visible(timeout=SLOW)
    opened.value.close()


def skips_to_the_end(hall: Page, organizer: Page) -> None:
    """One press, and the hall can show the end; a screen that is loaded again shows it at once and is known still."""
    organizer.locator("#skip").click()
    expect(organizer.get_by_text("The rest is skipped.")).to_be_visible()
    hall.reload()
    expect(hall.locator(".closing")).to_be_visible(timeout=SLOW)
    expect(hall.locator("#hall-code")).to_be_hidden(timeout=SLOW)
    expect(organizer.locator("[data-trial=closing] .tried")).to_be_visible(timeout=SLOW)


def calls(organizer: Page, hall: Page) -> Page:
    """The rehearsal's own desk calls, and what the hall shows is ticked."""
    with organizer.context.expect_page() as opened:
        organizer.locator(".ways a").first.click()
    desk = opened.value
    press(desk, "call")
    expect(hall.locator(".now .big-number")).to_contain_text(
        re.compile(r"\d\d"), timeout=SLOW
    )  # whoever was drawn first
    expect(organizer.locator("[data-trial=performing] .tried")).to_be_visible(timeout=SLOW)
    expect(organizer.locator("[data-trial=welcome] .tried")).to_be_visible()
    expect(organizer.locator("[data-trial=score] .untried")).to_be_visible()
    return desk


def is_cut_off(tablet: Page, organizer: Page) -> None:
    """The network goes while the judge marks, who goes on, and comes back: both marks are with the server."""
    expect(tablet.locator("#sheet")).to_be_visible(timeout=SLOW)
    fill(tablet, {"facts": "12"})
    has_reached(tablet, "server")
    lose_network(tablet)
    expect(tablet.locator("#wire")).to_have_attribute("data-state", "offline", timeout=SLOW)
    fill(tablet, {"law": "20"})
    tablet.context.set_offline(False)
    expect(organizer.locator("[data-trial=cut] .tried")).to_be_visible(timeout=SLOW)


def takes_the_place(server: Server, visit: Visit, organizer: Page, dead: Page) -> Page:
    """A tablet dies with a mark on it; a spare one scans the code at the rehearsal's desk and has the mark."""
    fill(dead, {"facts": "11"})
    has_reached(dead, "server")
    dead.close()
    with organizer.context.expect_page() as opened:
        organizer.get_by_role("link", name="Its seats and tablets").click()
    seats = opened.value
    seats.locator("[id^=open-]").nth(1).click()
    spare = visit(on_this_machine(server, seats.locator(".handover-address").inner_text()), TABLET)
    spare.locator("#take").click()
    expect(spare.locator("#mark-facts")).to_have_value("11", timeout=SLOW)
    is_online(spare)
    seats.close()
    expect(organizer.locator("[data-trial=dead_tablet] .tried")).to_be_visible(timeout=SLOW)
    return spare


def restarts(server: Server, restarted: list[Server], tablet: Page, organizer: Page) -> None:
    """The server is stopped and started again while the judge marks; the marks are there still."""
    port = str(urlsplit(server.url).port)
    expect(organizer.locator("[data-trial=restart] .untried")).to_be_visible()
    stop_server(server)
    expect(tablet.locator("#wire")).to_have_attribute("data-state", "offline", timeout=SLOW)
    restarted.append(run_server(server.folder, "--port", port))
    is_online(tablet)
    expect(tablet.locator("#mark-law")).to_have_value("20")
    expect(organizer.locator("[data-trial=restart] .tried")).to_be_visible(timeout=SLOW)


def hands_in(tablet: Page, organizer: Page) -> None:
    """Judge 1 submits."""
    fill(tablet)
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    expect(organizer.locator("#seat-1")).not_to_contain_text(re.compile("open|not said"), timeout=SLOW)
