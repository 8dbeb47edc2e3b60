"""The clock on the server's wall is an hour ahead, or is put back: what came first and what lasted stays true."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from scoring.actions.running import clocks, presence, releases, screens, seats
from scoring.actions.setting_up import event_settings
from scoring.actions.transaction import perform
from scoring.board.reading import states
from scoring.board.reading.examination import examine
from scoring.board.reading.presence import health
from scoring.board.views.desk import desk
from scoring.extensions import db, limiter
from scoring.rules.refusal import Refused
from scoring.store import Contest, Turn
from tests.actions.test_publication import Six, six
from tests.conftest import DESK, Venue, marks_worth
from tests.record.conftest import OPERATOR
from tests.record.test_corrections import approves, asks

__all__ = ["six"]
HOUR = 3600
Put = Callable[[float], None]


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Puts the clock on the wall so many seconds off the right time."""
    right = time.time

    def put(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: right() + seconds)

    return put


def play(venue: Venue, number: str, total: str = "90") -> None:
    venue.call(number)
    venue.all_submit(number, [total] * 7)
    venue.release(number)


def public(venue: Venue) -> list[str]:
    states._kept.clear()  # as after a restart: nothing may depend on what a process remembers
    return sorted(row["number"] for row in venue.audience()["rows"])


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_a_frozen_score_stays_frozen_whatever_the_wall_says(venue: Venue, wall: Put, seconds: int) -> None:
    wall(seconds)
    play(venue, "01")
    perform(screens.freeze, OPERATOR, venue.contest_id)
    wall(0)
    play(venue, "02")
    assert public(venue) == ["01"]
    perform(screens.unfreeze, OPERATOR, venue.contest_id)
    assert public(venue) == ["01", "02"]


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_a_correction_after_the_freeze_is_held_back_whatever_the_wall_says(
    venue: Venue, wall: Put, seconds: int
) -> None:
    wall(seconds)
    play(venue, "01")
    perform(screens.freeze, OPERATOR, venue.contest_id)
    wall(0)
    approves(venue, asks(venue, marks_worth("100")))
    states._kept.clear()
    (row,) = venue.audience()["rows"]
    assert (row["score"], row["corrected"]) == ("90.00", None)
    assert [line["total"] for line in row["explanation"]["judges"]] == ["90"] * 7


@pytest.mark.parametrize("six", ["one_behind"], indirect=True)
@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_one_behind_publishes_in_the_order_of_the_calls_and_nothing_public_goes(
    six: Six, wall: Put, seconds: int
) -> None:
    wall(seconds)
    for number in ("01", "02", "03", "04"):
        six.plays(number)
    assert public(six) == ["01", "02", "03"]
    wall(0)
    six.plays("05")
    assert public(six) == ["01", "02", "03", "04"]
    six.plays("06")
    assert public(six) == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_new_rules_after_a_release_are_no_doubt_about_it_at_the_next_start(
    venue: Venue, wall: Put, seconds: int
) -> None:
    wall(seconds)
    venue.call("01")
    venue.all_submit("01", ["70", "80", "90", "91", "92", "93", "94"])
    venue.release("01")
    wall(0)
    (event,) = db.session.get_one(Contest, venue.contest_id).events
    rules = event.settings | {"panel": event.settings["panel"] | {"trim": False}}
    perform(
        event_settings.renew_settings, DESK, venue.contest_id, rules, event.full_marks, "取消去掉最高、最低分", "shifa"
    )
    assert examine({}) == {}


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_a_running_clock_and_its_overtime_are_right(venue: Venue, wall: Put, seconds: int) -> None:
    wall(seconds)
    venue.call("01")
    perform(clocks.start_clock, DESK, venue.turn("01").id, "speak")
    wall(0)
    perform(clocks.pause_clock, DESK, venue.turn("01").id, "speak")
    shown = desk(venue.contest_id)["current"]["clocks"]
    speak = next(clock for clock in shown["all"] if clock["key"] == "speak")
    assert 0 <= speak["spent_ms"] < 5000
    assert shown["overtime"] is None


def test_a_wrong_press_is_taken_back_within_ten_minutes_of_true_time(venue: Venue, wall: Put) -> None:
    play(venue, "01")
    wall(HOUR)
    perform(releases.undo_release, DESK, venue.turn("01").id, "按错", "01")
    venue.release("01")
    wall(-HOUR)
    db.session.query(Turn).filter_by(id=venue.turn("01").id).one().releases[-1].steady -= releases.UNDO_WITHIN * 1.1
    db.session.commit()
    with pytest.raises(Refused, match="undo_too_late"):
        perform(releases.undo_release, DESK, venue.turn("01").id, "按错", "01")


def test_the_leave_to_move_a_seat_outlives_a_clock_that_is_put_right(venue: Venue, wall: Put, organizer: Any) -> None:
    perform(seats.open_handover, DESK, venue.seat(3).id)
    wall(HOUR)
    page = organizer.get(f"/desk/{venue.contest_id}/handovers").text
    assert "Scan this code with the spare tablet" in page


def test_a_tablet_is_heard_and_late_by_true_time(venue: Venue, wall: Put) -> None:
    presence.note({venue.seat(1).id: 0.0})
    for seconds in (HOUR, -HOUR):
        wall(seconds)
        first = next(one for one in health(venue.contest_id) if one["seat"] == venue.seat(1).id)
        assert first["state"] == "online"


def test_a_guesser_waits_a_minute_and_not_an_hour_more_or_less(venue: Venue, wall: Put, anyone: FlaskClient) -> None:
    def guesses() -> str:
        return anyone.post("/judge/", data={"pin": "000000"}).text

    said = [guesses() for _ in range(11)][-1]
    assert "try again in 1 min" in said
    wall(HOUR)
    assert guesses() == said
    limiter.reset()  # a minute has gone by
    wall(-HOUR)
    assert guesses() != said


def test_nobody_is_signed_out_by_a_clock_that_is_put_right(venue: Venue, wall: Put, organizer: Any) -> None:
    for seconds in (48 * HOUR, -48 * HOUR):
        wall(seconds)
        assert organizer.get(f"/desk/{venue.contest_id}").status_code == 200
