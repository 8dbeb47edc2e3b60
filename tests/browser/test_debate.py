"""A whole small debate in real browsers: a tie, the secret ballot, the release, the bracket that fills itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import small_debate
from tests.browser.boxes import TABLETS, faults_at
from tests.browser.conftest import DESK, HALL, PHONE, TABLET, TABLET_UPRIGHT, Visit
from tests.browser.signing_in import sign_in_as
from tests.browser.tablets import KEPT, SLOW, lose_network, press
from tests.browser.targets import too_small
from tests.conftest import Server
from tests.processes import printed

FULL = {"opening": "25", "free_debate": "40", "closing": "15", "teamwork": "10", "manner": "10"}


@dataclass
class Debate:
    """The screens of the contest."""

    desk: Page
    tablets: list[Page]
    hall: Page
    bracket: Page


def set_up(server: Server) -> dict[str, Any]:
    return json.loads(printed(small_debate.main, SAIPING_INSTANCE=str(server.folder)))


@pytest.fixture
def debate(server: Server, visit: Visit) -> Debate:
    facts = set_up(server)
    desk = visit(f"{server.url}/desk/sign-in?next=/desk/{facts['id']}", DESK)
    sign_in_as(desk, server)
    faces = ((TABLET, "zh-CN"), (TABLET_UPRIGHT, "en-GB"), (TABLET, "zh-CN"))
    tablets = [visit(f"{server.url}/judge/enter/{key}", *face) for key, face in zip(facts["keys"], faces, strict=True)]
    hall = visit(f"{server.url}/c/{facts['slug']}/screen", HALL)
    return Debate(desk, tablets, hall, visit(f"{server.url}/c/{facts['slug']}/bracket", PHONE))


def marks(tablet: Page, control: int, defence: int) -> None:
    """Fill a team sheet with these totals for the two sides and lock it."""
    for side, total in (("control", control), ("defence", defence)):
        for key, mark in (FULL | {"free_debate": str(total - 60)}).items():
            tablet.locator(f'[name="typed-{side}.{key}"]').fill(mark)
    expect(tablet.locator(".closing [data-total-of=control]")).to_have_text(str(control))
    expect(tablet.locator(".closing [data-total-of=defence]")).to_have_text(str(defence))
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()


def casts_without_network(tablet: Page) -> None:
    """The vote takes two taps, is kept on the tablet, and arrives once although the page was loaded again meanwhile."""
    lose_network(tablet)
    expect(tablet.locator("#cast")).to_be_disabled()
    tablet.locator("#ballot input[value=control]").check()
    tablet.locator("#cast").dblclick()
    expect(tablet.locator("#ballot-status")).to_contain_text("自动重发", timeout=SLOW)
    expect(tablet.locator("#cast")).to_be_disabled()
    assert [kept["kind"] for kept in tablet.evaluate(KEPT)] == ["ballot"]
    tablet.context.set_offline(False)
    tablet.reload()
    expect(tablet.locator("#voted")).to_be_visible(timeout=SLOW)
    assert tablet.evaluate(KEPT) == []


def test_a_tied_match_goes_to_the_secret_ballot_and_the_final_fills_itself(debate: Debate) -> None:
    main = debate.desk.locator("#main-button")
    press(debate.desk, "call")
    for tablet, totals in zip(debate.tablets, [(90, 80), (80, 90), (85, 85)], strict=True):
        marks(tablet, *totals)
    expect(main).to_have_attribute("aria-disabled", "true")
    expect(debate.desk.locator(".match-needs")).to_be_visible()
    expect(debate.hall.locator(".latest-match")).to_be_hidden()
    casts_without_network(debate.tablets[0])
    for tablet, side in zip(debate.tablets[1:], ("defence", "control"), strict=True):
        assert faults_at(tablet, *TABLETS, (960, 600), (640, 400), (320, 480)) == {}
        assert too_small(tablet) == []
        tablet.locator(f"#ballot input[value={side}]").check()
        tablet.locator("#cast").click()
        expect(tablet.locator(".locked-sign")).to_be_visible()
    press(debate.desk, "release")
    won = debate.hall.locator(".latest-match .side[data-is=control]")
    expect(won.locator(".side-result")).to_have_text("胜")
    expect(won.locator(".votes")).to_contain_text("2")
    expect(debate.bracket.locator(".entrant[data-is=won]")).to_have_count(1)

    press(debate.desk, "call")
    for tablet in debate.tablets:
        marks(tablet, 70, 95)
    press(debate.desk, "release")
    final = debate.bracket.locator(".bracket-round").nth(1)
    frame = debate.bracket.locator(".bracket-frame")
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth"), "a phone reads it without moving sideways"
    expect(final.locator(".entrant:visible .number")).to_have_text([re.compile("[A-D]"), re.compile("[A-D]")])
    expect(main).to_have_attribute("aria-disabled", "true")
    debate.desk.locator("#draw-seed").fill("7-31-4")
    debate.desk.locator("#draw-witness").fill("监督员")
    debate.desk.locator("#draw-reason").fill("监督员未到场")
    debate.desk.locator("#draw-button").click()
    press(debate.desk, "call")
    expect(debate.tablets[0].locator(".part-side:visible")).to_have_count(2)

    debate.desk.goto(f"{debate.desk.url}/corrections")
    debate.desk.goto(str(debate.desk.locator("a[href*='/corrections/']").first.evaluate("link => link.href")))
    heads = debate.desk.locator(".paper-entry .part-side")
    expect(heads.nth(0)).to_have_css("background-color", "rgb(142, 27, 27)")
    expect(heads.nth(1)).to_have_css("background-color", "rgb(18, 48, 94)")
