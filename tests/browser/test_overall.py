"""The overall result in a real browser: it moves with the last event, gives its awards at the end, and fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scoring import create_app
from scoring.actions.preparing import rehearsed_screens, rehearsing
from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.setting_up.overall import set_awards, set_overall
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.store import Rehearsal
from tests.browser.axe import violations
from tests.browser.conftest import HALL, PHONE, Visit
from tests.conftest import CHEN, DESK, LIN, ZHOU, Installation, Server, start_server, stop_server
from tests.events.conftest import SPOKEN, WRITTEN, Meet
from tests.events.test_overall import BEST_OFFICE, MODELS, WEIGHTS
from tests.patience import milliseconds

pytestmark = pytest.mark.browser
SLOW = milliseconds(15)  # milliseconds until something that should appear is missed


@pytest.fixture
def nearly_over(installation: Installation, tmp_path: Path) -> Iterator[tuple[Server, Meet]]:
    """A served contest of three events in which one score is still to come."""
    installation.begin_in(tmp_path)
    app = create_app(INSTANCE=tmp_path, SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'saiping.db'}")
    with app.app_context():
        plan = Plan("shifa", ("业务竞赛", "Contest"), "明州市院", "legal_explanation", 3, [CHEN, LIN, ZHOU])
        meet = Meet(app, perform(set_up, DESK, plan) or 0)
        for title in (WRITTEN, SPOKEN):
            perform(add_event, DESK, meet.contest_id, EventPlan("legal_explanation", 3, title=title))
        perform(set_overall, DESK, meet.contest_id, WEIGHTS)
        perform(set_awards, DESK, meet.contest_id, "overall", MODELS)
        perform(set_awards, DESK, meet.contest_id, "offices", BEST_OFFICE)
        for place in (1, 2):
            meet.plays(place, {"01": "90", "02": "80", "03": "85"})
        meet.plays(3, {"01": "85", "02": "90"})
        db.session.remove()
        server = start_server(tmp_path)
        yield server, meet
        stop_server(server)


def is_sound(page: Page) -> None:
    """No violation of the accessibility rules, and nothing wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_last_score_completes_the_ranking_everywhere_and_brings_the_awards(
    nearly_over: tuple[Server, Meet], visit: Visit
) -> None:
    server, meet = nearly_over
    phone = visit(f"{server.url}/c/shifa/overall", PHONE)
    offices = visit(f"{server.url}/c/shifa/offices", PHONE, "en-US")
    hall = visit(f"{server.url}/c/shifa/overall/screen", HALL, "en-US")
    expect(phone.locator(".rows > .row")).to_have_count(2)
    expect(phone.locator(".open > li")).to_contain_text("周子涵")
    expect(offices.locator(".award:visible")).to_have_count(0)
    meet.plays(3, {"03": "95"})
    for page in (phone, hall):
        expect(page.locator(".rows").first.locator("> .row")).to_have_count(3, timeout=SLOW)
    expect(phone.locator(".rows > .row").first).to_contain_text("业务标兵", timeout=SLOW)
    expect(phone.locator(".open")).to_be_hidden()
    expect(hall.locator(".offices .row").first).to_contain_text("Organisation award", timeout=SLOW)
    expect(offices.locator(".award:visible")).to_have_count(1, timeout=SLOW)
    phone.locator(".rows summary").first.click()
    expect(phone.locator("details[open] .reckoning").first).to_contain_text("× 40% =")
    for page in (phone, offices, hall):
        is_sound(page)
    an_overall_hall_moves_into_the_rehearsal(server, visit)


def an_overall_hall_moves_into_the_rehearsal(server: Server, visit: Visit) -> None:
    """The overall hall of another contest goes along when that is rehearsed, and says that it was seen there."""
    plan = Plan("caipai", ("综合赛", "Events"), "明州市院", "legal_explanation", 3, [CHEN, LIN, ZHOU])
    contest = perform(set_up, DESK, plan) or 0
    perform(add_event, DESK, contest, EventPlan("legal_explanation", 3, title=WRITTEN))
    hall = visit(f"{server.url}/c/caipai/overall/screen", HALL, "en-US")
    copy = perform(rehearsing.begin_rehearsal, DESK, contest)
    expect(hall.locator(".practice-rehearsal")).to_be_visible(timeout=SLOW)
    expect(hall.locator("#hall-code b")).to_have_text(re.compile(r"\w{3} \w{3}"))
    perform(rehearsed_screens.know_screen, DESK, contest, hall.locator("#hall-code b").inner_text())
    expect(hall.locator("#hall-code")).to_be_hidden(timeout=SLOW)
    db.session.rollback()
    assert db.session.get_one(Rehearsal, copy).scenes == ["overall"]
