"""A release by a wrong press: taken back within minutes while nothing rests on it; everything else is a correction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scoring.actions.pressing import perform_named
from scoring.actions.running import matches, releases, turns
from scoring.actions.transaction import perform
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import HallScreen, Release
from scoring.store.model import now
from tests.actions.matches import CONTROL_WINS, plan
from tests.conftest import DESK, Venue
from tests.refusals import refusal_of

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def plays(venue: Venue, number: str) -> None:
    venue.call(number)
    venue.all_submit(number, ALL_IN)
    venue.release(number)


def undo(venue: Any, turn_id: int, reason: str = "按错", confirmation: str = "01") -> None:
    perform(releases.undo_release, DESK, turn_id, reason, confirmation)


def refused(venue: Venue, *args: str, number: str = "01") -> str:
    return refusal_of(undo, venue, venue.turn(number).id, *args).code


def test_the_score_leaves_the_board_and_the_release_stays_on_record(venue):
    plays(venue, "01")
    shown = venue.audience()
    assert shown["released"] == 1
    undo(venue, venue.turn("01").id)
    after = venue.audience()
    assert (after["rows"], after["latest"], after["released"]) == ([], None, 0)
    assert after["revision"] > shown["revision"]
    release = db.session.query(Release).one()
    assert release.withdrawn_at is not None
    assert release.announced
    assert desk(venue.contest_id)["current"]["state"] == "performing"


@pytest.mark.parametrize("typed", ["1", "０１", " 01 "])
def test_the_number_that_confirms_it_is_one_however_it_is_typed(venue, typed):
    plays(venue, "01")
    undo(venue, venue.turn("01").id, confirmation=typed)
    assert venue.audience()["released"] == 0


def test_it_is_released_again_with_a_release_of_its_own(venue):
    plays(venue, "01")
    undo(venue, venue.turn("01").id)
    venue.release("01")
    assert [row["score"] for row in venue.audience()["rows"]] == ["93.00"]
    assert [release.withdrawn_at is None for release in db.session.query(Release)] == [False, True]


def test_when_the_next_was_called_meanwhile_the_turn_is_left_open(venue):
    plays(venue, "01")
    venue.call("02")
    undo(venue, venue.turn("01").id)
    assert venue.turn("01").state == "marking"
    venue.release("01")


def test_it_needs_a_reason_and_the_number_typed(venue):
    assert refused(venue) == "turn_not_released"
    plays(venue, "01")
    assert refused(venue, " ") == "reason_missing"
    assert refused(venue, "按错", "02") == "confirmation_wrong"


def test_after_ten_minutes_it_is_a_correction(venue):
    plays(venue, "01")
    db.session.query(Release).one().steady -= timedelta(minutes=11)
    db.session.commit()
    assert refused(venue) == "undo_too_late"


def test_once_a_later_score_is_released_it_is_a_correction(venue):
    plays(venue, "01")
    assert desk(venue.contest_id)["undo_release"] == venue.turn("01").id
    plays(venue, "02")
    assert refused(venue) == "undo_not_newest"
    assert desk(venue.contest_id)["undo_release"] == venue.turn("02").id


def test_while_the_board_stands_still_nothing_is_taken_back(venue):
    plays(venue, "01")
    db.session.add(
        HallScreen(contest_id=venue.contest_id, next_message="", message="", frozen_at=now(), frozen_revision=1)
    )
    db.session.commit()
    assert refused(venue) == "undo_frozen"


def test_a_result_is_taken_back_with_the_match_that_filled_itself_until_that_is_called(set_up):
    hall = set_up(plan())
    hall.play("1.1", *CONTROL_WINS)
    turn = hall.match("1.1")
    undo(hall, turn.id, "按错", turn.number)
    hall.release("1.1")
    hall.play("1.2", *CONTROL_WINS)
    turn = hall.match("1.2")
    undo(hall, turn.id, "按错", turn.number)
    assert [other.pairing["key"] for other in hall.turns] == ["1.1", "1.2"]
    hall.release("1.2")
    perform(matches.draw_sides, DESK, hall.match("2.1").id, "7", "监督员 周")
    hall.call("2.1")
    assert desk(hall.contest_id)["undo_release"] is None
    turn = hall.match("1.2")
    with pytest.raises(Refused, match="made_called"):
        undo(hall, turn.id, "按错", turn.number)
    perform(turns.undo_call, DESK, hall.match("2.1").id)
    undo(hall, turn.id, "按错", turn.number)
    assert [other.pairing["key"] for other in hall.turns] == ["1.1", "1.2"]


def test_only_organizer_and_chief_take_a_release_back(venue):
    plays(venue, "01")
    sent = {"turn": venue.turn("01").id, "reason": "按错", "confirmation": "01"}
    for role in ("timekeeper", "supervisor", "checker", "coder"):
        with pytest.raises(Refused, match="role_may_not"):
            perform_named("undo_release", type(DESK)("account:x", role=role), venue.contest_id, sent, "pressed-once")
    perform_named("undo_release", type(DESK)("account:x", role="chief"), venue.contest_id, sent, "pressed-once")
    assert venue.audience()["rows"] == []
