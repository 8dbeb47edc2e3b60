"""The desk's clocks, calibration and publication, and the pages beside it, each for its roles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.rules.draw import mixed
from scoring.store import TurnClock
from tests.conftest import PASSWORD
from tests.organizers.conftest import Desk, words_of
from tests.passwords import quickly_checked

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def speaks(desk, seconds: int) -> None:
    """No. 01 is called, speaks for so long and stops."""
    desk.venue.call("01")
    sent = {"turn": desk.turn("01")["id"], "clock": "speak", "side": ""}
    desk.after("start_clock", **sent)
    clock = db.session.scalars(select(TurnClock)).one()
    clock.running_since -= timedelta(seconds=seconds)
    db.session.commit()
    desk.after("pause_clock", **sent)


def publishes(desk, mode: str) -> None:
    event = desk.venue.turn("01").round.event
    event.settings = {**event.settings, "publication": mode}
    db.session.commit()


def plays(desk, number: str) -> str:
    """From the call to the approval; answers what the desk says then."""
    desk.venue.call(number)
    desk.venue.all_submit(number, ALL_IN)
    return desk.after("release", turn=desk.turn(number)["id"])


def signed_in(desk, role: str) -> Desk:
    """A browser of an account in this role, at the same contest."""
    perform(add_account, role, quickly_checked(PASSWORD), role)
    browser = desk.venue.app.test_client()
    browser.set_cookie("language", "en")
    assert browser.post("/desk/sign-in", data={"name": role, "password": PASSWORD}).status_code == 302
    return Desk(browser, desk.venue)


def test_the_clock_that_counts_now_stands_in_front_with_its_keys(desk):
    desk.venue.call("01")
    assert "Clocks for no. 01 Bells Preparation 15:00 Start +30 s Statement 6:00 Start" in desk.look()
    page = desk.after("start_clock", turn=desk.turn("01")["id"], clock="speak", side="")
    assert "Statement 6:00 Pause Stop the clock +30 s Reset Preparation 15:00 Start" in page


def test_a_clock_started_twice_is_refused_on_the_desk(desk):
    desk.venue.call("01")
    sent = {"turn": desk.turn("01")["id"], "clock": "speak", "side": ""}
    desk.after("start_clock", **sent)
    assert "This clock runs already." in words_of(desk.refused("start_clock", **sent))


def test_the_proposed_penalty_is_recorded_with_one_press_and_then_proposed_no_more(desk):
    speaks(desk, 372)
    assert "12 s over → 0.5 off Record the penalty" in desk.look()
    page = desk.after("add_overtime", turn=desk.turn("01")["id"], seconds="12", proposed="1")
    assert "Record the penalty" not in page
    assert "No. 01 · 12 s over · −0.5" in page


def test_nothing_is_proposed_within_the_free_seconds(desk):
    speaks(desk, 369)
    assert "Record the penalty" not in desk.look()


def test_calibration_is_offered_after_the_first_contestant_and_once(desk):
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    offer = "Calibration: unlock the sheets of no. 01 once"
    assert offer in desk.look()
    page = desk.after("unlock_panel", turn=desk.turn("01")["id"])
    assert "The sheets of no. 01 are unlocked. Each judge submits again." in page
    assert "Judge 1 given back" in page
    assert offer not in page


@pytest.mark.parametrize(
    ("mode", "when"),
    [("one_behind", "The first three become public together."), ("at_end", "Public after the last contestant.")],
)
def test_where_scores_are_not_public_at_once_the_desk_approves_and_says_when_they_are(desk, mode, when):
    publishes(desk, mode)
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    assert "Approve the score of no. 01" in desk.look()
    page = desk.after("release", turn=desk.turn("01")["id"])
    assert "The score of no. 01 is approved." in page
    assert f"Approved last 01 陈思远 江北区院 approved {when}" in page
    assert "93.00" not in page
    assert "Call no. 02" in page


def test_with_the_last_contestant_every_approved_score_is_public(desk):
    publishes(desk, "at_end")
    for number in ("01", "02"):
        assert "93.00" not in plays(desk, number)
    page = plays(desk, "03")
    assert page.count("approved 93.00 1") == 3
    assert "Approved last" not in page


def test_the_draw_shows_its_tickets_and_how_to_check_them(desk):
    sent = {"seed": "2026'1122", "witness": "监督员赵", "cases": "相邻权纠纷\n不起诉决定释明", "page": "draw"}
    sealed = desk.venue.turn("01").round.event.sealed_seed
    answer = desk.press("draw", **sent)
    assert (answer.status_code, answer.location) == (303, f"{desk.path}/draw")
    page = words_of(desk.browser.get(f"{desk.path}/draw"))
    assert "The order is drawn and on record." in page
    assert "Typed by whoever drew; witness named: 监督员赵 2026'1122" in page
    assert f"""printf '%s\\n%s' {sealed} '2026'"'"'1122' | sha256sum""" in page
    assert "相邻权纠纷" in page
    first = desk.venue.audience()["next"]["number"]
    seed = mixed(sealed, "2026'1122")
    assert f"printf '%s\\n%s\\n%s' {seed} order {first} | sha256sum" in page


def test_a_refused_draw_says_why_beside_its_fields_and_keeps_what_was_typed(desk):
    answer = desk.refused("draw", seed="", witness="", cases="案一", page="draw")
    assert "Please enter what the witness gives for the draw: figures or words." in answer.text
    assert "Please enter who witnessed the draw." in answer.text
    assert "案一</textarea>" in answer.text


def test_once_begun_the_draw_is_closed(desk):
    desk.venue.call("01")
    assert "The contest has begun; the order is not drawn again." in words_of(desk.browser.get(f"{desk.path}/draw"))
    refused = desk.refused("draw", seed="7", witness="赵", page="draw")
    assert "Draw now" not in refused.text


def test_the_waiting_room_shows_who_is_called_and_who_prepares_and_cases_to_staff_only(desk):
    desk.press("draw", seed="7", witness="赵", cases="相邻权纠纷")
    order = [turn["number"] for turn in desk.venue.audience()["order"]]
    desk.venue.call(order[0])
    desk.after("start_clock", turn=desk.turn(order[1])["id"], clock="prepare", side="")
    page = words_of(desk.browser.get(f"{desk.path}/waiting-room"))
    assert f"1 {order[0]}" in page
    assert "called 2" in page
    assert "prepares 1" in page
    assert "相邻权纠纷" not in page
    assert page.endswith("waiting")
    assert "相邻权纠纷" in words_of(desk.browser.get(f"{desk.path}/waiting-room?cases=1"))


def test_a_timekeeper_runs_the_clocks_on_a_screen_of_their_own(desk):
    desk.venue.call("01")
    keeper, turn = signed_in(desk, "timekeeper"), desk.turn("01")["id"]
    answer = keeper.press("start_clock", turn=turn, clock="speak", side="", page="desk")
    assert (answer.status_code, answer.location) == (303, f"{desk.path}/clocks")
    page = words_of(keeper.browser.get(f"{desk.path}/clocks"))
    assert "Statement 6:00 Pause" in page
    assert "陈思远" not in page
    refused = keeper.press("start_clock", turn=turn, clock="speak", side="", page="desk")
    assert refused.status_code == 409
    assert "This clock runs already." in words_of(refused)
    assert "陈思远" not in refused.text


# What each role may open beside the list of contests.
PAGES = ("", "/clocks", "/draw", "/waiting-room", "/ranking.csv", "/ranking.xlsx")
OPEN = {
    "organizer": set(PAGES),
    "chief": set(PAGES),
    "supervisor": set(PAGES),
    "timekeeper": {"/clocks"},
    "coder": set(),
}


@pytest.mark.parametrize("role", OPEN)
def test_each_role_opens_its_own_pages_and_no_other(desk, role):
    visitor = signed_in(desk, role)
    for page in PAGES:
        status = visitor.browser.get(f"{desk.path}{page}").status_code
        assert status == (200 if page in OPEN[role] else 403), page
    assert visitor.browser.get("/desk/").status_code == 200


def test_who_is_not_signed_in_is_led_to_the_sign_in(anyone, venue):
    for page in PAGES:
        answer = anyone.get(f"/desk/{venue.contest_id}{page}")
        assert (answer.status_code, "/desk/sign-in" in answer.location) == (302, True)


@pytest.mark.parametrize("role", ["chief", "supervisor"])
def test_who_only_looks_on_has_no_buttons_to_run_the_contest(desk, role):
    desk.venue.call("01")
    desk.venue.all_submit("01", ALL_IN)
    page = signed_in(desk, role).browser.get(desk.path).text
    assert ('data-verb="release"' in page) is (role == "chief")
    assert 'data-verb="start_clock"' not in page
    assert ('data-verb="unlock_panel"' in page) is (role == "chief")


@pytest.mark.parametrize("page", ["/clocks", "/draw", "/waiting-room"])
def test_a_contest_that_does_not_exist_has_no_such_page(organizer, page):
    assert organizer.get(f"/desk/999{page}").status_code == 404
