"""The tablet in a real browser: nothing typed is lost, nothing is sent twice, and the judge always sees where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect

from tests.browser.conftest import TABLET, Visit
from tests.browser.tablets import (
    KEPT,
    SILENT_STORE,
    SLOW,
    Desk,
    Judge,
    fill,
    has_reached,
    is_online,
    lose_network,
    saves_in_another_tab,
    submissions,
)
from tests.conftest import FULL_MARKS, Server, ended, start_server, stop_server


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
    press("ArrowDown")
    expect(tablet.locator("#mark-law")).to_have_value("9")
    tablet.keyboard.type("25")
    press("Tab")
    expect(tablet.locator("#mark-reasoning")).to_be_focused()
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
    tablet.clock.install()
    with tablet.expect_websocket() as wire:
        tablet.reload()
    is_online(tablet)
    deaf["now"] = True
    with an_answer_that_is_lost(tablet, wire.value):
        fill(tablet)
    has_reached(tablet, "server")
    with an_answer_that_is_lost(tablet, wire.value):
        tablet.locator("#mark-law").fill("24")
    expect(tablet.locator("#total")).to_have_text("99", timeout=SLOW)
    expect(tablet.locator("#conflict")).to_be_hidden()
    tablet.locator("#submit").click()
    with an_answer_that_is_lost(tablet, wire.value):
        tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    assert len(submissions(judge.server, judge.seat)) == 1


@contextmanager
def an_answer_that_is_lost(tablet: Page, wire: WebSocket) -> Iterator[None]:
    """The server answers with the sheet it now holds; the tablet, which does not hear it, waits as long as it waits."""
    with wire.expect_event("framereceived", lambda said: is_answer(said) and '"sheet"' in str(said)):
        yield
    tablet.clock.fast_forward(8_000)


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
    ended(first)
    page.locator("#lock").click()
    expect(page.locator("#send-now")).to_be_visible(timeout=SLOW)
    has_reached(page, "tablet")
    second = start_server(folder, "--port", first.url.rpartition(":")[2])
    try:
        expect(page.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
        assert len(submissions(second)) == 1
    finally:
        stop_server(second)


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
def test_a_tab_that_comes_back_to_newer_marks_lets_the_judge_choose(
    tablet: Page, server: Server, choice: str, total: str
) -> None:
    fill(tablet)
    expect(tablet.locator("#total")).to_have_text("100", timeout=SLOW)
    lose_network(tablet)
    tablet.locator("#mark-law").fill("22")
    expect(tablet.locator("#send-now")).to_be_visible(timeout=SLOW)
    expect(tablet.locator("#waiting")).to_contain_text("1")
    saves_in_another_tab(Judge(tablet, server, 0), FULL_MARKS | {"law": "20"})
    tablet.context.set_offline(False)
    row = tablet.locator("[data-compare=law]")
    expect(row).to_be_visible(timeout=SLOW)
    assert (row.locator("[data-mine]").inner_text(), row.locator("[data-held]").inner_text()) == ("22", "20")
    tablet.locator("#submit").click()
    expect(tablet.locator("#confirm")).to_be_hidden()
    tablet.locator(f"[data-choose={choice}]").click()
    expect(tablet.locator("#total")).to_have_text(total, timeout=SLOW)
    expect(tablet.locator("#conflict")).to_be_hidden()
    expect(tablet.locator("#waiting")).to_be_hidden()
