"""Old engines and odd machines: a judge marks and the screens follow, by modules, or plainly where none run."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, ViewportSize, expect

from tests.browser.conftest import HALL, TABLET, Visit
from tests.browser.old_chromium import PACKAGES, OldPage, opened, unpack
from tests.browser.reading_room import ReadingRoom
from tests.browser.signing_in import at_the_desk
from tests.browser.tablets import SLOW, Desk, fill, has_reached, is_online, submissions
from tests.browser.targets import too_small
from tests.browser.test_desk import submit as others_submit
from tests.conftest import FULL_MARKS, Server
from tests.documents.making import pdf

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
WITH_KEYBOARD: ViewportSize = {"width": 1280, "height": 340}
# Each was seen missing in a browser that still runs modules: Safari 15 to 16.3, 国产 browsers of Chromium 86 to 110.
TAKEN_AWAY = """
  delete window.structuredClone; delete Array.prototype.at; delete Object.hasOwn; delete crypto.randomUUID;
  delete Array.prototype.findLast; delete AbortSignal.timeout; delete String.prototype.replaceAll;
  delete HTMLElement.prototype.inert; delete window.indexedDB; delete window.IDBKeyRange;
  delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.close;
  delete Document.prototype.startViewTransition; delete navigator.locks; delete navigator.wakeLock;
"""
# A page of the desk, its script, and a field of a form on it with what it is folded under.
BEGUN = (("", "organizers/running/desk.js", "#not-performing-summary", "#not-performing-form [name=reason]"),)


@pytest.fixture(scope="module", params=sorted(PACKAGES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An old Chromium, unpacked."""
    return unpack(request.param, tmp_path_factory.mktemp("engine"))


def test_an_old_browser_marks_submits_and_its_screens_follow_the_release(
    engine: Path, playwright: Playwright, server: Server, desk: Desk
) -> None:
    with opened(playwright, engine, TABLET) as tablet, opened(playwright, engine, HALL) as hall:
        hall.page.goto(server.facts["addresses"]["screen"])
        tablet.page.goto(server.facts["seats"][0]["enter"])
        tablet.taps("#take")
        tablet.sees("#wire[data-state=online]")
        desk.does("call", "01")
        marks(tablet)
        tablet.taps("#submit")
        tablet.taps("#lock")
        tablet.sees("[data-stage=locked]")
        assert len(submissions(server)) == 1
        others_submit(server, range(2, 8))
        tablet.page.goto(server.facts["addresses"]["leaderboard"])
        desk.does("release", "01")
        for screen in (hall, tablet):
            screen.sees("html[data-started] .score", "100.00")


def test_an_old_browser_draws_a_document(engine: Path, playwright: Playwright, room: ReadingRoom) -> None:
    with opened(playwright, engine, TABLET) as tablet:
        tablet.page.goto(room.lay_out_pdf(pdf("检察建议书")))
        tablet.sees(".document-sheet[data-drawn]")
        older = tablet.page.evaluate("document.querySelector('script[src*=pdfjs-older]') !== null")
        assert older is (engine.name != "109")  # which reads what is kept up to date
        ink = tablet.page.evaluate(
            "() => { const drawn = document.querySelector('.document-sheet canvas');"
            " const { data } = drawn.getContext('2d').getImageData(0, 0, drawn.width, drawn.height);"
            " return data.some((value, at) => at % 4 < 3 && value < 100); }"
        )
        assert ink


def marks(tablet: OldPage) -> None:
    """Mark every criterion with a keyboard open: each field can be tapped, and none lies under a bar."""
    tablet.sees("#sheet")
    tablet.page.set_viewport_size(WITH_KEYBOARD)
    for criterion, mark in FULL_MARKS.items():
        tablet.types(f"#mark-{criterion}", mark)
    tablet.page.set_viewport_size(TABLET)
    tablet.sees("#steps[data-reached=server]")


def submits(tablet: Page) -> None:
    """Submit and lock, as the judge does."""
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    expect(tablet.locator("[data-stage=locked]")).to_be_visible(timeout=SLOW)


def test_a_browser_without_the_younger_features_marks_and_submits(server: Server, desk: Desk, browser: Browser) -> None:
    context = browser.new_context(viewport=TABLET, locale="zh-CN")
    context.add_init_script(TAKEN_AWAY)
    tablet = context.new_page()
    tablet.goto(server.facts["seats"][0]["enter"])
    tablet.locator("#take").click()
    is_online(tablet)
    desk.does("call", "01")
    expect(tablet.locator("#confirm")).to_be_hidden()
    fill(tablet)
    has_reached(tablet, "server")
    submits(tablet)
    assert len(submissions(server)) == 1
    context.close()


def test_where_no_module_arrives_or_no_script_runs_the_page_asks_again_and_the_plain_form_takes_the_marks(
    server: Server, desk: Desk, browser: Browser
) -> None:
    without_modules = browser.new_context(viewport=TABLET, locale="zh-CN")
    without_modules.route("**/live.js", lambda route: route.abort())
    without_scripts = browser.new_context(viewport=TABLET, locale="zh-CN", java_script_enabled=False)
    tablets = []
    for seat, context in enumerate((without_modules, without_scripts)):
        tablet = context.new_page()
        tablet.goto(server.facts["seats"][seat]["enter"])
        tablet.locator("#take").click()
        expect(tablet.locator("[data-stage=waiting]")).to_be_visible()
        tablets.append(tablet)
    desk.does("call", "01")
    for tablet in tablets:
        expect(tablet.locator("#sheet")).to_be_visible(timeout=SLOW)  # nobody has touched it
    plain, bare = tablets
    assert bare.locator("meta[http-equiv=refresh]").count() == 0, "an open sheet is never loaded anew under the hand"
    expect(plain.locator("#wire")).to_be_hidden()
    fill(plain)
    submits(plain)
    assert len(submissions(server)) == 1
    without_modules.close()
    without_scripts.close()


def test_with_a_keyboard_open_the_seats_code_can_be_typed_and_sent(session_server: Server, visit: Visit) -> None:
    page = visit(session_server.facts["addresses"]["judge"], {"width": 1280, "height": 340})
    page.locator("#pin").click()
    page.locator("#pin").fill("000000")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".problem")).to_be_visible()
    assert too_small(page) == []


def of_an_earlier_release(route: Route) -> None:
    """The page as an earlier release made it: its files had another version."""
    answer = route.fetch()
    body = answer.text()
    version = body.split('<meta name="version" content="')[1].split('"')[0]
    route.fulfill(response=answer, body=body.replace(f'content="{version}"', 'content="earlier"'))


def test_a_page_left_open_over_an_upgrade_says_so_and_comes_back_with_what_was_typed(
    server: Server, desk: Desk, visit: Visit
) -> None:
    desk.does("call", "01")
    tablet = visit(server.facts["seats"][0]["enter"], TABLET)
    tablet.route(tablet.url, of_an_earlier_release, times=1)
    tablet.reload()
    expect(tablet.locator("#renewal")).to_be_visible()
    tablet.evaluate("document.body.dataset.page = 'earlier'")
    tablet.locator("#mark-facts").fill("12.5")
    expect(tablet.locator("body[data-page=earlier]")).to_have_count(0, timeout=SLOW)
    is_online(tablet)
    expect(tablet.locator("#mark-facts")).to_have_value("12.5")
    expect(tablet.locator("#renewal")).to_be_hidden()
    a_page_without_a_socket_comes_back_too(left_open(visit(server.url, TABLET)))
    step = at_the_desk(server, visit)
    step.goto(f"{server.facts['addresses']['desk']}/set-up/identity")
    left_open(step)
    one_that_was_typed_into_offers_a_press(step)


def left_open(page: Page) -> Page:
    """The page as it was made before an upgrade, with a clock of its own."""
    page.clock.install()
    page.route(page.url, of_an_earlier_release, times=1)
    page.reload()
    page.evaluate("document.body.dataset.page = 'earlier'")
    return page


def a_page_without_a_socket_comes_back_too(page: Page) -> None:
    """It asks which version the server has, and nobody touches it."""
    page.clock.run_for(16_000)
    expect(page.locator("#renewal")).to_be_visible()
    page.clock.run_for(14_000)
    expect(page.locator("body[data-page=earlier]")).to_have_count(0, timeout=SLOW)


def one_that_was_typed_into_offers_a_press(page: Page) -> None:
    """What was typed stays until somebody presses, however long that is."""
    page.locator("[name=title_zh]").fill("尚未保存")
    page.clock.run_for(60_000)
    expect(page.locator("#renew")).to_be_visible()
    expect(page.locator("body[data-page=earlier] [name=title_zh]")).to_have_value("尚未保存")
    page.locator("#renew").click()
    expect(page.locator("body[data-page=earlier]")).to_have_count(0, timeout=SLOW)


@pytest.mark.parametrize(("page", "script", "unfold", "field"), BEGUN, ids=("desk",))
def test_what_is_typed_before_a_slow_pages_script_has_come_is_not_drawn_over(
    server: Server, desk: Desk, visit: Visit, page: str, script: str, unfold: str, field: str
) -> None:
    desk.does("call", "01")
    others_submit(server, range(1, 8))
    desk.does("release", "01")
    shown = at_the_desk(server, visit, page=page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    shown.route(f"**/{script}", hold)
    shown.goto(shown.url, wait_until="commit")
    shown.locator(unfold).first.click()
    typed = shown.locator(field).first
    typed.fill("三次点名未到")
    assert len(held) == 1
    shown.evaluate("document.querySelector('#desk, #live-page').dataset.drawn = 'before'")
    desk.does("call", "02")
    held[0].continue_()
    expect(shown.locator("[data-drawn=before]")).to_have_count(0, timeout=SLOW)
    expect(typed).to_have_value("三次点名未到")
