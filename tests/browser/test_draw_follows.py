"""The page "Draw" of the organizer and that of the supervisor follow one another."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.conftest import Server
from tests.patience import milliseconds


def draw_page(browser: Browser, server: Server, who: str) -> Page:
    """Somebody's page, in a browser of their own."""
    context = browser.new_context(locale="en-GB", base_url=server.url)
    context.set_default_timeout(milliseconds(10))
    page = context.new_page()
    page.goto(f"/desk/sign-in?next=/desk/{server.facts['contest']['id']}/draw")
    account = server.facts["accounts"][who]
    page.locator("[name=name]").fill(account["name"])
    page.locator("[name=password]").fill(account["password"])
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#wire")).to_have_attribute("data-state", "online")
    return page


def test_what_the_supervisor_types_is_at_the_organizers_at_once_and_what_is_drawn_at_the_supervisors(
    browser: Browser, server: Server
) -> None:
    expect.set_options(timeout=milliseconds(10))
    organizer, supervisor = (draw_page(browser, server, who) for who in ("organizer", "supervisor"))
    organizer.locator("[name=cases]").fill("Case one")
    supervisor.locator("#type-seed").fill("4 6 1")
    supervisor.locator("#type-seed-button").click()
    expect(supervisor.locator("#typed-seed")).to_contain_text("4 6 1")
    expect(organizer.locator("#draw-form .seal-typed")).to_contain_text("4 6 1")
    expect(organizer.locator("[name=cases]")).to_have_value("Case one")
    organizer.locator("#draw-button").click()
    expect(supervisor.locator("#live-page")).to_contain_text("The drawn order")
    for page in (organizer, supervisor):
        page.context.close()
