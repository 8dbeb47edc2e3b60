"""The desk in a browser: without a reload, without losing what is typed, without a script, for everybody."""

from __future__ import annotations

import re
import secrets
import sqlite3
from contextlib import closing

import pytest
import socketio
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Visit
from tests.browser.signing_in import at_the_desk, sign_in_as
from tests.browser.tablets import Desk
from tests.conftest import FULL_MARKS, Server
from tests.patience import within

pytestmark = pytest.mark.browser


def submit(server: Server, judges: range, number: str = "01") -> None:
    """These judges submit their sheets for a contestant over the wire."""
    turn = next(turn["id"] for turn in server.facts["turns"] if turn["number"] == number)
    for seat in (server.facts["seats"][judge - 1] for judge in judges):
        with socketio.SimpleClient() as tablet:
            auth = {"key": seat["key"], "tablet": seat["key"]}
            tablet.connect(server.url, namespace="/judge", auth=auth, wait_timeout=within(10))
            sheet = {"turn": turn, "typed": FULL_MARKS, "submission": secrets.token_hex(8)}
            assert tablet.call("submit", sheet)["ok"]


def test_who_signs_out_leaves_nothing_of_the_desk_on_the_screen_in_any_tab(server: Server, visit: Visit) -> None:
    desk = at_the_desk(server, visit)
    beside = desk.context.new_page()
    beside.goto(f"{server.facts['addresses']['desk']}/cards")
    expect(beside.locator("main")).to_contain_text("PIN")
    desk.locator("form.account button").click()
    for page in (desk, beside):
        expect(page).to_have_url(re.compile(r"/desk/sign-in"))


def test_what_a_page_shows_goes_with_its_session_and_is_back_with_what_was_typed(server: Server, visit: Visit) -> None:
    desk = at_the_desk(server, visit)
    pages = [desk.context.new_page() for _ in range(2)]
    addresses = (f"{server.facts['addresses']['desk']}/cards", f"{server.url}/desk/installation")
    for page, address in zip(pages, addresses, strict=True):
        page.clock.install()
        page.route("**/socket.io/**", lambda route: route.abort())
        page.goto(address)
    (cards, typed), pin = pages, server.facts["seats"][0]["pin"]
    pin = f"{pin[:3]} {pin[3:]}"
    typed.locator("#address").fill("http://10.0.0.9:5000")

    def later(time: str) -> None:
        for page in pages:
            page.clock.fast_forward(time)

    def none_is_shown() -> None:
        expect(cards.locator("body")).not_to_contain_text(pin)
        expect(typed.locator("#address")).to_have_count(0)
        expect(typed.locator("#covered")).to_be_visible()

    def all_is_back() -> None:
        expect(cards.locator("main")).to_contain_text(pin)
        expect(typed.locator("#address")).to_have_value("http://10.0.0.9:5000")

    later("05:00")
    all_is_back()
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        database.execute("UPDATE sign_in SET ended_at = begun")
    later("00:11")
    none_is_shown()
    assert violations(typed) == []
    desk.goto(f"{server.url}/desk/sign-in")
    sign_in_as(desk, server)
    expect(desk.locator("form.account")).to_be_visible()
    later("00:11")
    all_is_back()
    desk.context.set_offline(True)
    later("00:11")
    all_is_back()
    later("30:00")
    none_is_shown()
    desk.context.set_offline(False)
    later("00:11")
    all_is_back()


def test_a_press_and_the_news_are_drawn_into_the_page_and_typing_goes_on(server: Server, visit: Visit) -> None:
    page, other = at_the_desk(server, visit), at_the_desk(server, visit)
    page.evaluate("document.body.dataset.page = 'the same'")
    page.locator("#main-button").click()
    expect(page.locator("#outcome")).to_contain_text("No. 01 is called.")
    expect(other.locator(".now-number")).to_have_text("01")
    page.locator("#recuse-summary").click()
    page.locator("#recuse-reason").press_sequentially("was my stu")
    submit(server, range(1, 2))
    expect(page.locator("#desk .seat").first).to_contain_text("submitted")
    expect(page.locator("#recuse-reason")).to_be_focused()
    page.keyboard.type("dent")
    expect(page.locator("#recuse-reason")).to_have_value("was my student")
    expect(page.locator("#recuse-details")).to_have_attribute("open", "")
    expect(page.locator("body")).to_have_attribute("data-page", "the same")


def test_a_contestant_is_called_and_released_with_the_main_button_alone(server: Server, visit: Visit) -> None:
    page = at_the_desk(server, visit)
    main = page.locator("#main-button")
    expect(main).to_have_text("Call no. 01")
    main.click()
    for stage in ("Statement", "Questions", "Marking"):
        expect(main).to_have_text(f"Start the clock: {stage}")
        main.click()
    expect(main).to_have_text("Close the marking of no. 01")
    main.click()
    expect(main).to_have_text("Release the score of no. 01")
    expect(main).to_have_attribute("aria-disabled", "true")
    main.click(force=True)
    expect(page.locator("#announcer")).to_contain_text("Missing: Judge 1, Judge 2")
    page.locator("[id^=reopen-]").click()
    submit(server, range(1, 8))
    expect(main).not_to_have_attribute("aria-disabled", "true")
    expect(main).to_have_text("Release the score of no. 01")
    main.dblclick()
    expect(page.locator("#outcome")).to_contain_text("The score of no. 01 is released.")
    expect(main).to_have_text("Call no. 02")
    expect(page.locator(".now-number")).to_have_text("01")
    expect(page.locator(".order tbody tr").first).to_contain_text("100.00")
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size == [DESK["width"], DESK["height"]]


def test_refused_figures_are_told_beside_the_field_and_stay_typed(server: Server, visit: Visit, desk: Desk) -> None:
    page = at_the_desk(server, visit)
    page.locator("#main-button").click()
    expect(page.locator(".now-number")).to_have_text("01")
    page.locator("#overtime-summary").click()
    page.locator("#overtime-seconds").fill("abc")
    page.locator("#overtime-button").click()
    expect(page.locator("#overtime-seconds-problem")).to_have_text("Please enter a whole number.")
    expect(page.locator("#overtime-seconds")).to_have_value("abc")
    expect(page.locator("#overtime-seconds")).to_be_focused()
    drawn = page.locator("#desk").get_attribute("data-revision")
    desk.does("recuse", "02", seat=server.facts["seats"][6]["id"], ground="kin", reason="declared")
    expect(page.locator("#desk")).not_to_have_attribute("data-revision", drawn or "")
    expect(page.locator("#overtime-seconds-problem")).to_have_text("Please enter a whole number.")
    expect(page.locator("#overtime-seconds")).to_have_value("abc")
    page.locator("#overtime-seconds").fill("26")
    page.locator("#overtime-button").click()
    expect(page.locator("[aria-labelledby=overtime-heading] .records")).to_contain_text("No. 01 · 26 s over · −1")
    expect(page.locator("#overtime-details")).not_to_have_attribute("open", "")


def test_without_a_connection_nothing_is_lost_and_pressing_again_works(server: Server, visit: Visit) -> None:
    page = at_the_desk(server, visit)
    page.context.set_offline(True)
    page.locator("#main-button").click()
    expect(page.locator("#outcome")).to_contain_text("Not sent: the server did not answer.")
    page.context.set_offline(False)
    page.locator("#main-button").click()
    expect(page.locator(".now-number")).to_have_text("01")
    page.route("**/desk/session", lambda route: route.abort())  # else the page may cover itself before the press
    page.context.clear_cookies()
    page.locator("#undo-button").click()
    expect(page).to_have_url(re.compile("/desk/sign-in"))


def test_the_shortcut_presses_the_main_button_but_not_while_somebody_types(server: Server, visit: Visit) -> None:
    page = at_the_desk(server, visit)
    page.locator("#recuse-summary").click()
    page.locator("#recuse-reason").press("Control+Enter")
    expect(page.locator("#main-button")).to_have_text("Call no. 01")
    page.locator("#recuse-summary").press("Control+Enter")
    expect(page.locator(".now-number")).to_have_text("01")


def test_the_desk_works_without_a_script(server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport=DESK, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(server.facts["addresses"]["desk"])
    sign_in_as(page, server)
    page.locator("#main-button").click()
    expect(page.locator("#outcome")).to_contain_text("No. 01 is called.")
    page.locator("#close-button").click()
    expect(page.locator("#main-reason")).to_contain_text("Missing: Judge 1, Judge 2")
    page.locator("#main-button").click(force=True)
    expect(page.locator("#outcome")).to_contain_text("Not released: no sheet yet from judge 1, 2, 3, 4, 5, 6, 7.")
    page.locator("[id^=reopen-]").click()
    submit(server, range(1, 8))
    page.goto(server.facts["addresses"]["desk"])
    page.locator("#main-button").click()
    expect(page.locator("#outcome")).to_contain_text("The score of no. 01 is released.")
    context.close()


def test_nobody_is_shut_out(server: Server, visit: Visit) -> None:
    for language in ("zh-CN", "en-GB"):
        page = visit(server.facts["addresses"]["desk"], DESK, language)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            assert violations(page) == []
        sign_in_as(page, server)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.goto(server.facts["addresses"]["desk"])
            expect(page.locator("#wire")).to_have_attribute("data-state", "online")
            everything_is_open(page)
            assert violations(page) == []
            page.goto(server.url + "/desk/")
            assert violations(page) == []


def everything_is_open(page: Page) -> None:
    """Call the first contestant and open each form of the desk, one of them refused."""
    if page.locator(".now-number").count() == 0:
        page.locator("#main-button").click()
    expect(page.locator(".now-number")).to_have_text("01")
    page.locator(".order tbody button").first.click()
    expect(page.locator("#leave-open-button")).to_be_visible()
    page.locator("#overtime-summary").click()
    page.locator("#recuse-summary").click()
    page.locator("#recuse-button").click()
    expect(page.locator("#recuse-form [aria-invalid]")).to_have_count(3)
