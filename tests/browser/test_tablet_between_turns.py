"""The tablet in a real browser between turns: late sheets, wrong calls, recusals, fingers, and everybody's access."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, TABLET
from tests.browser.tablets import (
    SLOW,
    Desk,
    fill,
    has_reached,
    is_online,
    lose_network,
    versions,
)
from tests.conftest import Server


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


def does_not_hear_that_the_call_is_taken_back(tablet: Page, desk: Desk) -> None:
    """A sheet is begun, and goes on without a network while its turn is no longer called."""
    tablet.locator("#mark-facts").fill("10")
    has_reached(tablet, "server")
    lose_network(tablet)
    tablet.locator("#mark-law").fill("20")
    expect(tablet.locator("#send-now")).to_be_visible(timeout=SLOW)
    desk.does("undo_call", "01")


def test_a_call_that_is_taken_back_keeps_what_was_typed_for_the_next_time(tablet: Page, desk: Desk) -> None:
    does_not_hear_that_the_call_is_taken_back(tablet, desk)
    tablet.context.set_offline(False)
    expect(tablet.locator("[data-stage=waiting] .left-behind")).to_contain_text("20", timeout=SLOW)
    desk.does("call", "01")
    expect(tablet.locator("#mark-law")).to_have_value("20", timeout=SLOW)
    expect(tablet.locator("#total")).to_have_text("30", timeout=SLOW)


def test_a_turn_called_again_is_shown_although_the_refusal_came_before_its_page(tablet: Page, desk: Desk) -> None:
    asked: list[Route] = []

    def hold_the_first(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    does_not_hear_that_the_call_is_taken_back(tablet, desk)
    tablet.route(tablet.url, hold_the_first)
    tablet.context.set_offline(False)
    expect(tablet.locator("#status")).to_contain_text("不在评分中", timeout=SLOW)  # its page is not here yet
    tablet.locator("#mark-law").fill("21")
    expect(tablet.locator("#status")).to_contain_text("不在评分中", timeout=SLOW)
    with tablet.expect_event("requestfinished", lambda had: had == asked[-1].request != asked[0].request):
        asked[0].continue_()
    expect(tablet.locator("[data-stage=waiting]")).to_be_visible(timeout=SLOW)
    desk.does("call", "01")
    expect(tablet.locator("#mark-law")).to_have_value("21", timeout=SLOW)


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


#: The page does not scroll any more.
STANDS_STILL = """() => new Promise(done => {
  const before = scrollY;
  setTimeout(() => requestAnimationFrame(() => done(scrollY === before)), 100);
})"""


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_every_face_of_the_tablet_is_accessible(server: Server, browser: Any, desk: Desk, language: str) -> None:
    context = browser.new_context(viewport=TABLET, locale=language, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.facts["addresses"]["judge"])
    assert violations(page) == []
    page.goto(server.facts["seats"][0]["enter"])
    page.locator("#take").click()
    is_online(page)
    assert violations(page) == []
    desk.does("call", "01")
    page.locator("#mark-law").fill("99")
    expect(page.locator("#problem-law")).not_to_be_empty(timeout=SLOW)
    page.locator("#submit").click()
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    expect(page.locator("html[data-frame=stack][data-narrow]")).to_be_attached()
    assert violations(page) == []
    fill(page)
    page.locator("#submit").click()
    expect(page.locator("#confirm")).to_be_visible(timeout=SLOW)
    assert violations(page) == []
    page.locator("#go-back").click()
    desk.does("call", "02", leave_open=True)
    expect(page.locator("#newcomer")).to_be_visible(timeout=SLOW)
    page.evaluate("scrollTo(0, 0)")  # or a field that lies half under the bars would count as a small one
    page.wait_for_function(STANDS_STILL)
    assert violations(page) == []
    page.locator("#submit").click()
    page.locator("#lock").click()
    expect(page.locator(".contestant-number")).to_have_text("02", timeout=SLOW)
    desk.does("recuse", "02", seat=server.facts["seats"][0]["id"], ground="kin", reason="declared")
    expect(page.locator("[data-stage=recused]")).to_be_visible(timeout=SLOW)
    assert violations(page) == []
    page.goto(f"{server.url}/judge/{server.facts['seats'][0]['id']}/turn/{server.facts['turns'][0]['id']}")
    expect(page.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)
    assert violations(page) == []
    context.close()
