"""The tablet in a real browser: nothing typed is lost, nothing is sent twice, and the judge always sees where it is."""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import socketio
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import PHONE, TABLET, TABLET_UPRIGHT, Visit
from tests.conftest import FULL_MARKS, ROOT, Server, start_server, stop_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
SLOW = 30_000  # milliseconds until something that should appear is missed


class Desk:
    """The organizer as a socket client."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client = socketio.Client()
        auth = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
        self._client.connect(server.url, namespaces=["/desk"], auth=auth, wait_timeout=10)

    def does(self, verb: str, number: str, **more: Any) -> None:
        turn = next(turn["id"] for turn in self._server.facts["turns"] if turn["number"] == number)
        payload = {"turn": turn, "request": secrets.token_hex(8), **more}
        answer = self._client.call(verb, payload, namespace="/desk", timeout=10)
        assert answer == {"ok": True}, answer

    def leave(self) -> None:
        self._client.disconnect()


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    organizer = Desk(server)
    yield organizer
    organizer.leave()


@pytest.fixture
def tablet(server: Server, visit: Visit, desk: Desk) -> Page:
    """Judge 1's tablet with the open sheet of contestant 01, on a server of the test's own."""
    desk.does("call", "01")
    page = visit(server.facts["seats"][0]["enter"], TABLET)
    is_online(page)
    return page


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Iterator[int]]]:
    """One server for tests that only need an open sheet, and the seats that none of them has taken yet."""
    started = start_server(tmp_path_factory.mktemp("hall"))
    organizer = Desk(started)
    organizer.does("call", "01")
    yield started, iter(range(7))
    organizer.leave()
    stop_server(started)


@dataclass
class Judge:
    """A judge of the hall: the tablet with the open sheet of contestant 01, and which seat it is."""

    page: Page
    server: Server
    seat: int


@pytest.fixture
def judge(hall: tuple[Server, Iterator[int]], visit: Visit) -> Judge:
    """A judge at a seat of the test's own."""
    server, free = hall
    seat = next(free)
    page = visit(server.facts["seats"][seat]["enter"], TABLET)
    is_online(page)
    return Judge(page, server, seat)


def is_online(page: Page) -> None:
    expect(page.locator("#wire")).to_have_attribute("data-state", re.compile("online|resumed"), timeout=SLOW)


def has_reached(page: Page, step: str) -> None:
    expect(page.locator("#steps")).to_have_attribute("data-reached", step, timeout=SLOW)


def fill(page: Page, marks: dict[str, str] = FULL_MARKS) -> None:
    for criterion, mark in marks.items():
        page.locator(f"#mark-{criterion}").fill(mark)


def lose_network(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")


def versions(server: Server, seat: int = 0) -> list[tuple[str, str | None]]:
    """State and submission id of every stored version of a seat's sheets, in order."""
    with sqlite3.connect(server.folder / "saiping.db") as database:
        wanted = (
            "SELECT version.state, version.submission FROM sheet_version version"
            " JOIN sheet ON sheet.id = version.sheet_id WHERE sheet.seat_id = ? ORDER BY version.id"
        )
        return list(database.execute(wanted, (server.facts["seats"][seat]["id"],)))


def submissions(server: Server, seat: int = 0) -> list[str | None]:
    return [submission for state, submission in versions(server, seat) if state == "submitted"]


KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("saiping");
  opening.onsuccess = () => {
    const all = opening.result.transaction("sheets").objectStore("sheets").getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
  };
})"""


# As in browsers that were asleep: the requests are taken, and nothing ever comes of them.
SILENT_STORE = """() => {
  const silent = () => ({});
  IDBDatabase.prototype.transaction = () => ({ objectStore: () => ({ put: silent, delete: silent }) });
}"""


def test_marks_can_be_set_by_keyboard_alone(judge: Judge) -> None:
    tablet = judge.page
    press = tablet.keyboard.press
    tablet.locator("#mark-facts").focus()
    for _ in FULL_MARKS:
        tablet.keyboard.type("9")
        press("Enter")
    expect(tablet.locator("#submit")).to_be_focused()
    tablet.locator("#mark-law").focus()
    press("ArrowUp")
    expect(tablet.locator("#mark-law")).to_have_value("9.5")
    press("Tab")
    press("Enter")
    expect(tablet.locator("#mark-law")).to_have_value("9")
    press("Tab")
    press("End")
    expect(tablet.locator("#mark-law")).to_have_value("25")
    press("Tab")
    expect(tablet.locator("[data-entry=law] [data-step=up]")).to_be_focused()
    expect(tablet.locator("#total")).to_have_text("70", timeout=SLOW)
    tablet.locator("#submit").press("Enter")
    expect(tablet.locator("#go-back")).to_be_focused()
    press("Escape")
    expect(tablet.locator("#confirm")).to_be_hidden()
    tablet.locator("#submit").press("Enter")
    expect(tablet.locator("#go-back")).to_be_focused()
    press("Tab")
    press("Enter")
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)


def test_a_bad_mark_stays_in_its_field_with_the_servers_message_beside_it(judge: Judge) -> None:
    tablet = judge.page
    tablet.locator("#mark-law").fill("22.3")
    expect(tablet.locator("#problem-law")).to_contain_text("22.5", timeout=SLOW)
    expect(tablet.locator("#mark-law")).to_have_value("22.3")
    expect(tablet.locator("#mark-law")).to_have_attribute("aria-invalid", "true")
    tablet.locator("#submit").click()
    expect(tablet.locator("#problem-bearing")).not_to_be_empty()
    expect(tablet.locator("#mark-facts")).to_be_focused()
    expect(tablet.locator("#confirm")).to_be_hidden()
    tablet.locator("#mark-law").fill("22.5")
    expect(tablet.locator("#problem-law")).to_be_empty(timeout=SLOW)


def test_what_was_typed_a_moment_before_a_reload_is_there_again(judge: Judge) -> None:
    tablet = judge.page
    tablet.locator("#mark-facts").fill("7.5")
    tablet.reload()
    expect(tablet.locator("#mark-facts")).to_have_value("7.5")
    has_reached(tablet, "server")


def test_a_store_that_never_answers_does_not_keep_the_marks_from_the_server(tablet: Page) -> None:
    tablet.evaluate(SILENT_STORE)
    fill(tablet, {"law": "20.5"})
    has_reached(tablet, "server")


def test_a_double_click_submits_once(judge: Judge) -> None:
    tablet = judge.page
    fill(tablet)
    tablet.locator("#submit").dblclick()
    expect(tablet.locator("#confirm")).to_be_visible()
    tablet.locator("#lock").dblclick()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    assert len(submissions(judge.server, judge.seat)) == 1


def test_answers_that_are_lost_on_the_way_are_asked_for_again(judge: Judge) -> None:
    tablet = judge.page
    deaf = {"now": False}

    def through(page: WebSocketRoute) -> None:
        server_side = page.connect_to_server()
        page.on_message(server_side.send)
        server_side.on_message(lambda said: None if deaf["now"] and is_answer(said) else page.send(said))

    tablet.context.route_web_socket(re.compile("socket.io"), through)
    tablet.reload()
    is_online(tablet)
    deaf["now"] = True
    fill(tablet)
    has_reached(tablet, "server")
    tablet.locator("#mark-law").fill("24")
    expect(tablet.locator("#total")).to_have_text("99", timeout=SLOW)
    expect(tablet.locator("#conflict")).to_be_hidden()
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    assert len(submissions(judge.server, judge.seat)) == 1


def is_answer(said: str | bytes) -> bool:
    """Whether a packet is the answer to one of the tablet's events."""
    return isinstance(said, str) and said.startswith("43/judge")


def test_a_sheet_submitted_to_a_dying_server_arrives_at_the_next_one(
    tmp_path_factory: pytest.TempPathFactory, visit: Visit
) -> None:
    folder = tmp_path_factory.mktemp("dying")
    first = start_server(folder)
    Desk(first).does("call", "01")
    page = visit(first.facts["seats"][0]["enter"], TABLET)
    is_online(page)
    fill(page)
    expect(page.locator("#total")).to_have_text("100", timeout=SLOW)
    page.locator("#submit").click()
    first.process.kill()
    first.process.wait(timeout=15)
    page.locator("#lock").click()
    expect(page.locator("#send-now")).to_be_visible(timeout=SLOW)
    has_reached(page, "tablet")
    second = start_server(folder, "--port", first.url.rpartition(":")[2])
    try:
        expect(page.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
        assert len(submissions(second)) == 1
    finally:
        stop_server(second)
        first.process.stdout.close()


def test_a_submission_keeps_its_id_across_a_reload(judge: Judge) -> None:
    tablet = judge.page
    fill(tablet)
    expect(tablet.locator("#total")).to_have_text("100", timeout=SLOW)
    tablet.locator("#submit").click()
    expect(tablet.locator("#confirm")).to_be_visible()
    lose_network(tablet)
    tablet.locator("#lock").click()
    expect(tablet.locator("#send-now")).to_be_visible(timeout=SLOW)
    (kept,) = tablet.evaluate(KEPT)
    assert submissions(judge.server, judge.seat) == []
    tablet.context.set_offline(False)
    tablet.reload()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    assert submissions(judge.server, judge.seat) == [kept["submission"]]
    assert tablet.evaluate(KEPT) == []


def test_two_tabs_show_the_same_marks_and_lock_only_what_was_shown(judge: Judge) -> None:
    tablet = judge.page
    other = tablet.context.new_page()
    other.goto(tablet.url)
    is_online(other)
    fill(tablet)
    expect(other.locator("#mark-bearing")).to_have_value("10", timeout=SLOW)
    tablet.locator("#submit").click()
    expect(tablet.locator("#confirm [data-mark-of=law]")).to_have_text("25")
    other.locator("#mark-law").fill("20")
    expect(tablet.locator("#mark-law")).to_have_value("20", timeout=SLOW)
    tablet.locator("#lock").click()
    expect(tablet.locator("#confirm [data-mark-of=law]")).to_have_text("20")
    assert submissions(judge.server, judge.seat) == []
    tablet.locator("#lock").click()
    for page in (tablet, other):
        expect(page.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)


@pytest.mark.parametrize(("choice", "total"), [("mine", "97"), ("theirs", "95")])
def test_a_tablet_that_comes_back_to_newer_marks_lets_the_judge_choose(
    tablet: Page, server: Server, visit: Visit, choice: str, total: str
) -> None:
    other = visit(server.facts["seats"][0]["enter"], TABLET_UPRIGHT)
    fill(tablet)
    expect(other.locator("#mark-bearing")).to_have_value("10", timeout=SLOW)
    lose_network(tablet)
    tablet.locator("#mark-law").fill("22")
    expect(tablet.locator("#send-now")).to_be_visible(timeout=SLOW)
    other.locator("#mark-law").fill("20")
    has_reached(other, "server")
    tablet.context.set_offline(False)
    row = tablet.locator("[data-compare=law]")
    expect(row).to_be_visible(timeout=SLOW)
    assert (row.locator("[data-mine]").inner_text(), row.locator("[data-held]").inner_text()) == ("22", "20")
    tablet.locator("#submit").click()
    expect(tablet.locator("#confirm")).to_be_hidden()
    tablet.locator(f"[data-choose={choice}]").click()
    for page in (tablet, other):
        expect(page.locator("#total")).to_have_text(total, timeout=SLOW)
    expect(tablet.locator("#conflict")).to_be_hidden()


def test_the_next_call_does_not_take_a_begun_sheet_out_of_the_hand(tablet: Page, desk: Desk) -> None:
    fill(tablet)
    desk.does("call", "02", leave_open=True)
    expect(tablet.locator("#newcomer")).to_contain_text("02", timeout=SLOW)
    expect(tablet.locator(".contestant-number")).to_have_text("01")
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator(".contestant-number")).to_have_text("02", timeout=SLOW)
    expect(tablet.locator("#news")).to_contain_text("01")
    expect(tablet.locator("#mark-facts")).to_have_value("")


def test_an_owed_sheet_is_found_again_and_leads_back_to_the_current_one(tablet: Page, desk: Desk) -> None:
    tablet.locator("#mark-facts").fill("14")
    has_reached(tablet, "server")
    desk.does("call", "02", leave_open=True)
    tablet.locator("#newcomer a").click()
    expect(tablet.locator(".contestant-number")).to_have_text("02")
    tablet.locator("#owed a").click()
    expect(tablet.locator(".contestant-number")).to_have_text("01")
    expect(tablet.locator("#mark-facts")).to_have_value("14")
    fill(tablet)
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator(".contestant-number")).to_have_text("02", timeout=SLOW)
    expect(tablet.locator("#owed")).to_be_hidden()


def test_a_call_that_is_taken_back_keeps_what_was_typed_for_the_next_time(tablet: Page, desk: Desk) -> None:
    tablet.locator("#mark-facts").fill("10")
    has_reached(tablet, "server")
    lose_network(tablet)
    tablet.locator("#mark-law").fill("20")
    expect(tablet.locator("#send-now")).to_be_visible(timeout=SLOW)
    desk.does("undo_call", "01")
    tablet.context.set_offline(False)
    expect(tablet.locator("[data-stage=waiting] .left-behind")).to_contain_text("20", timeout=SLOW)
    desk.does("call", "01")
    expect(tablet.locator("#mark-law")).to_have_value("20", timeout=SLOW)
    expect(tablet.locator("#total")).to_have_text("30", timeout=SLOW)


def test_marks_typed_while_the_judge_was_recused_are_shown_until_they_are_read(
    tablet: Page, desk: Desk, server: Server
) -> None:
    lose_network(tablet)
    tablet.locator("#mark-law").fill("19.5")
    expect(tablet.locator("#send-now")).to_be_visible(timeout=SLOW)
    desk.does("recuse", "01", seat=server.facts["seats"][0]["id"], ground="kin", reason="declared")
    tablet.context.set_offline(False)
    left = tablet.locator("[data-stage=recused] .left-behind")
    expect(left).to_contain_text("19.5", timeout=SLOW)
    tablet.reload()
    expect(left).to_contain_text("19.5", timeout=SLOW)
    left.get_by_role("button").click()
    expect(left).to_have_count(0)
    tablet.reload()
    is_online(tablet)
    expect(left).to_have_count(0)
    assert versions(server) == []


def test_a_finger_that_scrolls_over_a_slider_changes_no_mark(server: Server, browser: Any, desk: Desk) -> None:
    desk.does("call", "01")
    page = browser.new_context(viewport=TABLET, has_touch=True).new_page()
    page.goto(server.facts["seats"][0]["enter"])
    is_online(page)
    page.locator("#mark-law").fill("20")
    has_reached(page, "server")
    slider = page.locator("[data-entry=law] [data-slide]")
    swipe_up(page, slider)
    assert page.evaluate("scrollY") > 50
    expect(page.locator("#mark-law")).to_have_value("20")
    expect(slider).to_have_js_property("value", "20")
    slider.scroll_into_view_if_needed()
    slider.tap()
    expect(page.locator("#mark-law")).to_have_value("12.5")
    page.context.close()


def swipe_up(page: Page, on: Locator) -> None:
    """One finger, put down near the left end and moved 200 pixels up."""
    box = on.bounding_box()
    assert box
    x, y = box["x"] + 40, box["y"] + box["height"] / 2
    wire = page.context.new_cdp_session(page)
    wire.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for way in range(10, 210, 10):
        wire.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - way}]})
    wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_every_face_of_the_tablet_is_accessible(server: Server, browser: Any, desk: Desk, language: str) -> None:
    context = browser.new_context(viewport=TABLET, locale=language, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.facts["addresses"]["judge"])
    has_no_violations(page)
    page.goto(server.facts["seats"][0]["enter"])
    is_online(page)
    has_no_violations(page)
    desk.does("call", "01")
    page.locator("#mark-law").fill("99")
    expect(page.locator("#problem-law")).not_to_be_empty(timeout=SLOW)
    page.locator("#submit").click()
    has_no_violations(page)
    page.set_viewport_size(PHONE)
    has_no_violations(page)
    fill(page)
    page.locator("#submit").click()
    expect(page.locator("#confirm")).to_be_visible(timeout=SLOW)
    has_no_violations(page)
    page.locator("#go-back").click()
    desk.does("call", "02", leave_open=True)
    expect(page.locator("#newcomer")).to_be_visible(timeout=SLOW)
    has_no_violations(page)
    page.locator("#submit").click()
    page.locator("#lock").click()
    expect(page.locator(".contestant-number")).to_have_text("02", timeout=SLOW)
    desk.does("recuse", "02", seat=server.facts["seats"][0]["id"], ground="kin", reason="declared")
    expect(page.locator("[data-stage=recused]")).to_be_visible(timeout=SLOW)
    has_no_violations(page)
    page.goto(f"{server.url}/judge/{server.facts['seats'][0]['id']}/turn/{server.facts['turns'][0]['id']}")
    expect(page.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    has_no_violations(page)
    context.close()


def has_no_violations(page: Page) -> None:
    page.evaluate(AXE())
    found = page.evaluate("axe.run(document)")["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
