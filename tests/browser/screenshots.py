"""Takes the README's screenshots: a real server, half a contest played through sockets, and Chromium."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from scoring.serving import autoplay
from tests.attacks.phone import handover_code
from tests.browser.conftest import CHROMIUM, DESK, HALL, QUIET, TABLET
from tests.browser.signing_in import sign_in
from tests.browser.tablets import Desk as Handing
from tests.conftest import ROOT, Server, start_server, stop_server

IMAGES = ROOT / "docs" / "images"
PLAYED = 9  # contestants whose scores are released when the pictures are taken
MARKS = {"facts": "13.5", "law": "22", "reasoning": "21.5", "plain_language": "13"}


def main() -> None:
    """Play and photograph."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = start_server(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            autoplay.play(server.facts, pace=0.4, turns=PLAYED)
            photograph(browser, server)
        finally:
            browser.close()
            stop_server(server)


def photograph(browser: Browser, server: Server) -> None:
    """The tablet while its judge marks, the hall screen, and the desk that waits for the last sheets."""
    facts = server.facts
    caller = autoplay.DeskPlayer(facts, 0)
    judges = [autoplay.JudgePlayer(facts, seat, 0.1) for seat in facts["seats"][:4]]
    caller.do({"verb": "call", "turn": facts["turns"][PLAYED]["id"]})
    tablet = take_over(browser, server, facts["seats"][4])
    for criterion, mark in MARKS.items():
        tablet.locator(f"#mark-{criterion}").fill(mark)
    tablet.locator("#mark-response").click()
    desk = signed_in(visit(browser, facts["addresses"]["desk"], DESK), facts["organizer"])
    give_address(desk, server)
    hall = visit(browser, facts["addresses"]["screen"], HALL)
    expect(desk.locator(".seat-submitted")).to_have_count(4)
    expect(desk.locator(".seat-draft")).to_have_count(1)
    for name, page in {"tablet": tablet, "desk": desk, "hall": hall}.items():
        keep(page, name)
    for judge in judges:
        judge.leave()
    caller.leave()


def give_address(desk: Page, server: Server) -> None:
    """The address of a venue, which the hall's code names; the pictures' server answers on this machine alone."""
    desk.goto(f"{server.url}/desk/installation")
    desk.locator("[name=address]").fill("http://192.168.1.20:5000")
    desk.locator("main form button[type=submit]").click()
    desk.goto(server.facts["addresses"]["desk"])


def take_over(browser: Browser, server: Server, seat: dict[str, Any]) -> Page:
    """A tablet takes the seat from whoever played it before, as the desk allows."""
    desk = Handing(server)
    desk.does("open_handover", server.facts["turns"][PLAYED]["number"], seat=seat["id"])
    desk.leave()
    code = handover_code(server, server.facts["seats"].index(seat))
    tablet = visit(browser, f"{server.url}/judge/handover/{code}", TABLET)
    tablet.locator("#take").click()
    expect(tablet.locator("[data-stage]")).to_be_visible()
    tablet.reload()
    return tablet


def visit(browser: Browser, url: str, size: ViewportSize) -> Page:
    """Open a page as a visitor of its own, in Chinese and without animation."""
    page = browser.new_context(viewport=size, locale="zh-CN", reduced_motion="reduce").new_page()
    page.goto(url)
    return page


def signed_in(desk: Page, organizer: dict[str, Any]) -> Page:
    """Sign in at the desk."""
    sign_in(desk, organizer["name"], organizer["password"])
    return desk


def keep(page: Page, name: str) -> None:
    """Store the picture small."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    file = IMAGES / f"{name}.jpg"
    page.screenshot(path=file, type="jpeg", quality=72)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
