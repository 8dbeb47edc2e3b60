"""After the release penalties and bonuses of the list change by a correction alone."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.actions.results.corrections import approve_correction, reject_correction, request_listed
from scoring.actions.running.penalties import withdraw_penalty
from scoring.actions.transaction import Actor, perform
from scoring.store import Correction
from tests.conftest import DESK, Venue
from tests.record.conftest import CHIEF, TALLIER
from tests.record.test_corrections import newest, row
from tests.record.test_listed import ALL, enters
from tests.record.test_listed import newest as newest_penalty
from tests.refusals import refusal_of, refused


@pytest.fixture
def released(venue: Venue) -> Venue:
    """No. 01 has 93.00 less 5 for being late, which is public."""
    venue.call("01")
    venue.all_submit("01", ALL)
    enters(venue, "late")
    venue.release("01")
    return venue


def asks(venue: Venue, kind: str, points: str, who: Actor = TALLIER, part: str = "") -> Correction:
    perform(request_listed, who, venue.contest_id, venue.turn("01").id, part, kind, points, "监督员", "录像复核")
    return newest()


def decides(venue: Venue, decide: Any, correction: Correction) -> None:
    perform(decide, CHIEF, venue.contest_id, correction.id, "情况属实")


def test_before_the_chief_approves_nothing_is_changed_or_seen(released):
    correction = asks(released, "conduct", "4")
    assert correction.changes == {"listed.conduct": ["0", "4"]}
    assert (row(released)["score"], row(released)["corrected"]) == ("88.00", None)
    assert "违反赛场纪律" not in repr(released.audience())
    decides(released, reject_correction, correction)
    assert row(released)["score"] == "88.00"


def test_what_was_found_later_comes_off_and_both_figures_are_told(released):
    decides(released, approve_correction, asks(released, "conduct", "4"))
    # 93 − 5 − 4 = 84
    assert (row(released)["score"], row(released)["corrected"]) == ("84.00", {"old": "88.00", "new": "84.00"})
    names = [line["zh"] for line in row(released)["explanation"]["penalties"]]
    assert names == ["迟到", "违反赛场纪律"]


def test_what_was_wrong_is_taken_away_by_0_and_a_bonus_is_added_under_its_limit(released):
    decides(released, approve_correction, asks(released, "late", "0"))
    assert row(released)["score"] == "93.00"
    decides(released, approve_correction, asks(released, "prize", "3"))
    assert row(released)["score"] == "96.00"


@pytest.mark.parametrize(
    ("kind", "points", "part", "code"),
    [
        ("late", "5", "", "correction_empty"),
        ("conduct", "0", "", "correction_empty"),
        ("conduct", "11", "", "points_out_of_range"),
        ("conduct", "", "", "points_needed"),
        ("late", "4", "", "points_fixed"),
        ("nothing", "4", "", "unknown_ruling"),
        ("conduct", "4", "control", "unknown_part"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(released, kind, points, part, code):
    assert refusal_of(asks, released, kind, points, part=part).code == code


def test_at_the_desk_nothing_of_a_released_score_is_withdrawn(released):
    with refused("turn_released"):
        perform(withdraw_penalty, DESK, newest_penalty().id, "查无此事")


def test_a_second_request_waits_for_the_first_one(released):
    asks(released, "conduct", "4")
    with refused("correction_open"):
        asks(released, "late", "0")


def test_the_page_asks_shows_old_and_new_and_the_chief_approves(released, staff):
    tallier, turn = staff("tallier"), released.turn("01").id
    about = {"turn": turn, "part": "", "kind": "conduct", "points": "4", "asked_by": "监督员", "reason": "录像复核"}
    page = tallier.after("corrections/listed", **about)
    assert "Conduct" in page
    chief = staff("chief")
    chief.press("corrections/approve", correction=newest().id, reason="属实")
    assert row(released)["score"] == "84.00"
