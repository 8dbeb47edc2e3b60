"""A seat and its one tablet in a real browser: handed over, on a plain network, without a socket, asked and calling."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.attacks.phone import handover_code
from tests.browser.conftest import DESK as DESK_SIZE
from tests.browser.conftest import TABLET_UPRIGHT, Visit
from tests.browser.signing_in import sign_in_as
from tests.browser.tablets import (
    SLOW,
    Desk,
    Judge,
    fill,
    has_reached,
    is_online,
    lose_network,
    on_this_machine,
    submissions,
    versions,
)
from tests.conftest import FULL_MARKS, Server

LOOKS_AROUND = 6_000  # milliseconds between two looks of a tablet without a socket


def signed_in(server: Server, visit: Visit) -> Page:
    """The organizer's browser, reading English."""
    page = visit(f"{server.url}/desk/sign-in", DESK_SIZE, "en-GB")
    sign_in_as(page, server)
    page.wait_for_url(re.compile("/desk/"))
    return page


def submit(tablet: Page) -> None:
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)


def test_a_seat_moves_to_a_spare_tablet_and_the_old_one_locks_says_what_it_had_not_sent_and_sends_no_more(
    tablet: Page, server: Server, visit: Visit
) -> None:
    fill(tablet, {"law": "20"})
    has_reached(tablet, "server")
    lose_network(tablet)
    tablet.locator("#mark-law").fill("22")
    tablet.locator("#chief summary").click()
    tablet.locator("#chief-form button").click()
    expect(tablet.locator("#waiting")).to_contain_text("2", timeout=SLOW)
    organizer = signed_in(server, visit)
    organizer.goto(f"{server.url}/desk/{server.facts['contest']['id']}/handovers")
    organizer.locator(f"#open-{server.facts['seats'][0]['id']}").click()
    expect(organizer.locator(".handover-code svg")).to_be_visible()
    spare = visit(on_this_machine(server, organizer.locator(".handover-address").inner_text()), TABLET_UPRIGHT)
    spare.locator("#take").click()
    is_online(spare)
    expect(spare.locator("#mark-law")).to_have_value("20")
    tablet.context.set_offline(False)
    expect(tablet.locator("[data-stage=moved]")).to_be_visible(timeout=SLOW)
    expect(tablet.locator(".left-behind tbody tr")).to_have_text(re.compile("22\\s*20"), timeout=SLOW)
    assert [state for state, _ in versions(server)] == ["draft"]
    expect(tablet.locator("#left")).to_contain_text("呼叫主任没有发出", timeout=SLOW)
    expect(tablet.locator("#waiting")).to_be_hidden()
    fill(spare, FULL_MARKS | {"law": "21"})
    expect(spare.locator("#total")).to_have_text("96", timeout=SLOW)
    submit(spare)
    tablet.clock.install()
    tablet.reload()
    expect(tablet.locator(".left-behind")).to_contain_text("22", timeout=SLOW)
    expect(tablet.locator("#left")).to_contain_text("呼叫主任没有发出", timeout=SLOW)
    sent_again: list[str] = []
    tablet.on("request", lambda asked: sent_again.append(asked.url) if asked.method == "POST" else None)
    with tablet.expect_request(tablet.url):
        tablet.clock.fast_forward(600_000)
    assert sent_again == []
    assert len(submissions(server)) == 1


def test_the_old_tablet_locks_in_the_moment_in_which_the_new_one_takes_the_seat(
    tablet: Page, server: Server, visit: Visit, desk: Desk
) -> None:
    has_reached(tablet, "")
    desk.asks("open_handover", seat=server.facts["seats"][0]["id"])
    spare = visit(f"{server.url}/judge/handover/{handover_code(server, 0)}", TABLET_UPRIGHT)
    spare.locator("#take").click()
    expect(tablet.locator("[data-stage=moved]")).to_be_visible(timeout=SLOW)
    expect(tablet.locator("#mark-law")).to_have_count(0)
    expect(tablet.locator("#take")).to_have_count(0)


def test_a_plain_network_name_is_enough_and_the_tablets_clock_is_not_believed(
    server: Server, visit: Visit, desk: Desk
) -> None:
    desk.does("call", "01")
    page = visit("about:blank", TABLET_UPRIGHT)
    page.clock.set_fixed_time("2001-09-09T01:46:40Z")
    page.goto(server.facts["seats"][0]["enter"].replace("127.0.0.1", "judges.venue"))
    page.locator("#take").click()
    assert page.evaluate(
        "[isSecureContext, typeof crypto.randomUUID, 'serviceWorker' in navigator, 'locks' in navigator]"
    ) == [
        False,
        "undefined",
        False,
        False,
    ]
    is_online(page)
    fill(page)
    expect(page.locator("#total")).to_have_text("100", timeout=SLOW)
    lose_network(page)
    page.locator("#mark-law").fill("24")
    has_reached(page, "tablet")
    page.context.set_offline(False)
    expect(page.locator("#total")).to_have_text("99", timeout=SLOW)
    submit(page)
    assert len(submissions(server)) == 1
    assert not page.locator("body").get_by_text("2001").count()


def test_without_any_socket_the_form_takes_the_sheet_and_the_page_follows_the_contest(
    server: Server, visit: Visit, desk: Desk
) -> None:
    desk.does("call", "01")
    page = visit("about:blank", TABLET_UPRIGHT)
    page.clock.install()
    page.route("**/socket.io/**", lambda route: route.abort())
    page.route_web_socket(re.compile("socket.io"), lambda socket: socket.close())
    page.goto(server.facts["seats"][0]["enter"])
    page.locator("#take").click()
    fill(page)
    has_reached(page, "server")
    expect(page.locator("#wire")).to_have_attribute("data-state", "offline")
    submit(page)
    assert len(submissions(server)) == 1
    page.context.clear_cookies()
    page.clock.fast_forward(LOOKS_AROUND)
    expect(page.locator(".counted")).to_contain_text("01", timeout=SLOW)
    page.locator("#pin").fill(server.facts["seats"][0]["pin"])
    page.locator("#pin").press("Enter")
    expect(page.locator("#pin-problem")).to_contain_text("开放交接", timeout=SLOW)
    desk.asks("open_handover", seat=server.facts["seats"][0]["id"])
    page.goto(f"{server.url}/judge/handover/{handover_code(server, 0)}")
    page.locator("#take").click()
    expect(page.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    desk.does("call", "02", leave_open=True)
    page.clock.fast_forward(LOOKS_AROUND)
    expect(page.locator(".contestant-number")).to_have_text("02", timeout=SLOW)


def test_a_judge_is_asked_about_a_sheet_and_calls_the_chief(
    tablet: Page, server: Server, visit: Visit, desk: Desk
) -> None:
    fill(tablet)
    expect(tablet.locator("#total")).to_have_text("100", timeout=SLOW)
    submit(tablet)
    has_reached(tablet, "counted")
    desk.does("send_back", "01", seat=server.facts["seats"][0]["id"], question="法律适用为何满分？")
    expect(tablet.locator("#question blockquote")).to_have_text("法律适用为何满分？", timeout=SLOW)
    has_reached(tablet, "server")
    tablet.locator("#mark-law").fill("24")
    tablet.locator("#submit").click()
    expect(tablet.locator("#problem-reason")).not_to_be_empty()
    expect(tablet.locator("#confirm")).to_be_hidden()
    tablet.locator("#reason").fill("听漏了一点")
    submit(tablet)
    desk.does("send_back", "01", seat=server.facts["seats"][0]["id"], question="再确认一次？")
    expect(tablet.locator("#question")).to_be_visible(timeout=SLOW)
    tablet.locator("#mark-facts").fill("3")
    tablet.locator("#keep").click()
    expect(tablet.locator("#confirm [data-mark-of=facts]")).to_have_text("15")
    tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    assert [state for state, _ in versions(server) if state != "draft"] == ["submitted", "returned"] * 2 + ["submitted"]

    organizer = signed_in(server, visit)
    organizer.goto(f"{server.url}/desk/{server.facts['contest']['id']}")
    tablet.locator("#chief summary").click()
    tablet.locator("#chief-message").fill("话筒没声")
    tablet.locator("#chief-form button").click()
    expect(tablet.locator("#chief[data-waits]")).to_be_visible(timeout=SLOW)
    expect(organizer.locator(".call")).to_contain_text("话筒没声", timeout=SLOW)
    organizer.locator(".call button").click()
    expect(organizer.locator(".call")).to_have_count(0, timeout=SLOW)
    expect(tablet.locator("#news")).not_to_be_empty(timeout=SLOW)
    expect(tablet.locator("#chief[data-waits]")).to_have_count(0)


def test_a_pause_between_two_tries_grows_and_is_never_quite_the_same(judge: Judge) -> None:
    judge.page.evaluate(COUNT_POSTS)
    lose_network(judge.page)
    judge.page.locator("#mark-law").fill("9")
    expect(judge.page.locator("#status")).to_contain_text("3", timeout=SLOW)
    times = judge.page.evaluate("window.tried")
    assert times[2] - times[1] > times[1] - times[0]


COUNT_POSTS = """() => {
  window.tried = [];
  const plain = window.fetch;
  window.fetch = (address, options) => {
    if (options?.method === "POST") window.tried.push(performance.now());
    return plain(address, options);
  };
}"""
