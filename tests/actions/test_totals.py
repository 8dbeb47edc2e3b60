"""The checker's step: no release before these very totals are confirmed, where the contest asks for it."""

from __future__ import annotations

import pytest

from scoring.actions.pressing import perform_named
from scoring.actions.results import totals
from scoring.actions.running import penalties, releases
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.totals import totals as totals_view
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.rules.refusal import Refused
from tests.conftest import DESK, Venue
from tests.refusals import refusal

CHECKER = Actor("account:核分员", role="checker")
TALLIER = Actor("account:统分员", role="tallier")
CHIEF = Actor("account:主任", role="chief")
ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def figures(venue: Venue) -> str:
    db.session.rollback()
    return totals_view(venue.contest_id)["turns"][0]["figures"]


def confirms(venue: Venue, who: Actor, shown: str = "") -> None:
    perform(totals.check_totals, who, venue.turn("01").id, shown or figures(venue))


def check(venue: Venue, shown: str = "") -> None:
    """Tallier and checker both confirm."""
    for who in (TALLIER, CHECKER):
        confirms(venue, who, shown)


@pytest.fixture
def complete(venue: Venue) -> Venue:
    """The contest asks for checks; all sheets of no. 01 are in."""
    perform(totals.ask_for_checks, DESK, venue.contest_id, True)
    venue.call("01")
    venue.all_submit("01", ALL_IN)
    return venue


def step(venue: Venue) -> tuple[str, bool]:
    db.session.rollback()
    main = desk(venue.contest_id)["main"]
    return main["verb"], main["ready"]


def test_the_checker_sees_every_total_and_the_mean_before_the_release(complete):
    turn = totals_view(complete.contest_id)["turns"][0]
    told = turn["parts"][0]["explanation"]
    assert [line["total"] for line in told["judges"]] == ALL_IN
    # 91 + 92 + 93 + 94 + 95 = 465; 465 / 5 = 93
    assert (told["counted_sum"], told["mean"], told["final"]) == ("465", "93.00", "93.00")


def test_without_the_confirmation_nothing_is_released(complete):
    assert step(complete) == ("check_totals", False)
    assert refusal(releases.release, complete.turn("01").id).code == "totals_unchecked"
    check(complete)
    assert step(complete) == ("release", True)
    complete.release("01")


@pytest.mark.parametrize("who", [TALLIER, CHECKER, CHIEF])
def test_one_confirmation_does_not_open_the_release(complete, who):
    confirms(complete, who)
    assert step(complete) == ("check_totals", False)
    assert refusal(releases.release, complete.turn("01").id).code == "totals_unchecked"


@pytest.mark.parametrize(
    ("second", "code"),
    [(TALLIER, "totals_own"), (Actor("account:方统分", role="tallier"), "totals_same_role")],
)
def test_the_second_confirmation_is_somebody_elses_in_the_other_role(complete, second, code):
    confirms(complete, TALLIER)
    with pytest.raises(Refused, match=code) as caught:
        confirms(complete, second)
    assert caught.value.problems[0].figures == {"number": "01"}
    assert step(complete) == ("check_totals", False)


@pytest.mark.parametrize("first", [TALLIER, CHECKER])
def test_the_chief_judge_can_stand_for_either(complete, first):
    confirms(complete, first)
    confirms(complete, CHIEF)
    assert step(complete) == ("release", True)


def test_a_penalty_after_the_confirmation_asks_for_another_one(complete):
    check(complete)
    perform(penalties.add_overtime, DESK, complete.turn("01").id, 40)
    assert refusal(releases.release, complete.turn("01").id).code == "totals_unchecked"
    assert totals_view(complete.contest_id)["turns"][0]["changed"]
    check(complete)
    complete.release("01")


def test_what_changed_while_the_checker_looked_is_not_confirmed(complete):
    seen = figures(complete)
    perform(penalties.add_overtime, DESK, complete.turn("01").id, 40)
    with pytest.raises(Refused, match="totals_changed"):
        check(complete, seen)


def test_a_confirmation_is_given_once_and_only_taken_back_by_whoever_gave_it(complete):
    turn = complete.turn("01").id
    check(complete)
    with pytest.raises(Refused, match="totals_checked"):
        confirms(complete, CHIEF)
    with pytest.raises(Refused, match="totals_not_yours"):
        perform(totals.undo_check, CHIEF, turn)
    perform(totals.undo_check, CHECKER, turn)
    assert step(complete) == ("check_totals", False)
    (left,) = totals_view(complete.contest_id)["turns"][0]["checks"]
    assert left["actor"] == TALLIER.label
    with pytest.raises(Refused, match="totals_not_yours"):
        perform(totals.undo_check, CHECKER, turn)
    confirms(complete, CHIEF)
    assert step(complete) == ("release", True)


def test_nothing_is_taken_back_where_nobody_confirmed(complete):
    assert refusal(totals.undo_check, complete.turn("01").id).code == "totals_unchecked"


def test_totals_that_are_not_there_yet_are_not_confirmed(venue):
    assert refusal(totals.check_totals, venue.turn("01").id, "0").code == "turn_not_open"
    venue.call("01")
    assert refusal(totals.check_totals, venue.turn("01").id, "0").code == "missing_sheets"
    venue.all_submit("01", ALL_IN)
    venue.release("01")
    assert refusal(totals.check_totals, venue.turn("01").id, "0").code == "turn_released"


def test_the_organizer_who_releases_does_not_confirm(complete):
    sent = {"turn": complete.turn("01").id, "figures": figures(complete)}
    with pytest.raises(Refused, match="role_may_not"):
        perform_named("check_totals", DESK, complete.contest_id, sent, "pressed-once")


def test_a_contest_that_does_not_ask_releases_as_before(venue):
    perform(totals.ask_for_checks, DESK, venue.contest_id, True)
    perform(totals.ask_for_checks, DESK, venue.contest_id, False)
    venue.call("01")
    venue.all_submit("01", ALL_IN)
    venue.release("01")
