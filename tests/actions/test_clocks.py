"""Clocks: one runs at a time, what is spent stays, and everything else is refused with nothing changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from scoring.actions.running import clocks, turns
from scoring.actions.setting_up.contests import Plan, set_up
from scoring.actions.transaction import perform
from scoring.board.snapshots.desk import OvertimeProposed
from scoring.board.snapshots.shared import Clock
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.board.views.seat import seat
from scoring.extensions import db
from scoring.store import Appearance, Contestant, Entry, Turn, TurnClock
from tests.conftest import CHEN, DESK, LIN
from tests.refusals import refusal

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]


def passes(turn: int, key: str, *, side: str = "", **time: int) -> None:
    """Let time pass on a running clock, by moving its stored start back."""
    found = select(TurnClock).where(TurnClock.turn_id == turn, TurnClock.key == key, TurnClock.side == side)
    clock = db.session.scalars(found).one()
    clock.running_since -= timedelta(**time)
    db.session.commit()


def clock_of(venue, key: str) -> Clock:
    """A clock of the called turn as the desk shows it."""
    db.session.rollback()
    shown = desk(venue.contest_id)["current"]["clocks"]["all"]
    return next(clock for clock in shown if clock["key"] == key)


def proposed(venue) -> OvertimeProposed | None:
    db.session.rollback()
    return desk(venue.contest_id)["current"]["clocks"]["overtime"]


@pytest.fixture
def first(venue) -> int:
    """No. 01, called."""
    venue.call("01")
    return venue.turn("01").id


def test_before_its_start_a_clock_shows_its_full_time(venue, first):
    clock = clock_of(venue, "speak")
    assert (clock["seconds"], clock["spent_ms"], clock["running_since"], clock["begun"]) == (360, 0, None, False)
    assert audience(venue.contest_id)["now"]["clock"] is None


def test_a_started_clock_runs_and_everybody_sees_the_same_one(venue, first):
    perform(clocks.start_clock, DESK, first, "speak")
    clock = clock_of(venue, "speak")
    assert clock["running_since"] is not None
    assert audience(venue.contest_id)["now"]["clock"] == clock
    assert seat(venue.seat(1).id)["turn"]["clock"] == clock


def test_a_clock_started_twice_is_refused_and_runs_on(venue, first):
    perform(clocks.start_clock, DESK, first, "speak")
    before = clock_of(venue, "speak")
    assert refusal(clocks.start_clock, first, "speak").code == "clock_runs_already"
    assert clock_of(venue, "speak") == before


def test_a_paused_clock_keeps_what_is_spent_and_goes_on_from_there(venue, first):
    perform(clocks.start_clock, DESK, first, "speak")
    passes(first, "speak", seconds=100)
    perform(clocks.pause_clock, DESK, first, "speak")
    spent = clock_of(venue, "speak")["spent_ms"]
    assert 100_000 <= spent < 110_000
    perform(clocks.start_clock, DESK, first, "speak")
    passes(first, "speak", seconds=50)
    perform(clocks.pause_clock, DESK, first, "speak")
    assert spent + 50_000 <= clock_of(venue, "speak")["spent_ms"] < spent + 60_000


def test_the_next_stage_stops_the_one_before(venue, first):
    perform(clocks.start_clock, DESK, first, "speak")
    passes(first, "speak", seconds=360)
    perform(clocks.start_clock, DESK, first, "questions")
    assert clock_of(venue, "speak")["running_since"] is None
    assert clock_of(venue, "speak")["spent_ms"] >= 360_000
    assert clock_of(venue, "questions")["running_since"] is not None


def test_a_clock_that_stands_cannot_be_paused(first):
    assert refusal(clocks.pause_clock, first, "speak").code == "clock_stands"


def test_added_time_counts_and_can_be_taken_away_again(venue, first):
    perform(clocks.add_time, DESK, first, "speak", 30)
    assert clock_of(venue, "speak")["seconds"] == 390
    perform(clocks.add_time, DESK, first, "speak", -30)
    assert clock_of(venue, "speak")["seconds"] == 360


@pytest.mark.parametrize("seconds", [-360, 3601])
def test_a_clock_keeps_some_time_and_gets_at_most_an_hour_more(first, seconds):
    assert refusal(clocks.add_time, first, "speak", seconds).code == "extra_out_of_range"


def test_a_reset_puts_the_full_time_back_and_the_record_keeps_what_was_spent(venue, first):
    perform(clocks.start_clock, DESK, first, "speak")
    perform(clocks.add_time, DESK, first, "speak", 30)
    passes(first, "speak", seconds=70)
    perform(clocks.reset_clock, DESK, first, "speak")
    clock = clock_of(venue, "speak")
    assert (clock["seconds"], clock["spent_ms"], clock["running_since"]) == (360, 0, None)
    entry = db.session.scalars(select(Entry).where(Entry.verb == "reset_clock")).one()
    assert entry.details["spent_ms"] >= 70_000


@pytest.mark.parametrize(("key", "side"), [("break", ""), ("speak", "control")])
def test_a_clock_that_the_turn_does_not_have_is_unknown(first, key, side):
    for verb in (clocks.start_clock, clocks.pause_clock, clocks.reset_clock, clocks.switch_clock):
        assert refusal(verb, first, key, side=side).code == "clock_unknown"
    assert refusal(clocks.add_time, first, key, 30, side=side).code == "clock_unknown"


def test_a_turn_that_does_not_exist_has_no_clocks(venue):
    assert refusal(clocks.start_clock, 999, "speak").code == "turn_unknown"


def test_while_a_turn_waits_only_its_preparation_runs(venue, first):
    second = venue.turn("02").id
    perform(clocks.start_clock, DESK, first, "speak")
    perform(clocks.start_clock, DESK, second, "prepare")
    assert clock_of(venue, "speak")["running_since"] is not None
    preparing = desk(venue.contest_id)["preparing"]
    assert (preparing["number"], preparing["clock"]["key"]) == ("02", "prepare")
    assert preparing["clock"]["running_since"] is not None
    assert refusal(clocks.start_clock, second, "speak").code == "clock_not_yet"
    assert refusal(clocks.add_time, second, "questions", 30).code == "clock_not_yet"


def test_a_released_turn_has_no_clock_to_run(venue, first):
    venue.all_submit("01", ALL_IN)
    venue.release("01")
    for verb in (clocks.start_clock, clocks.pause_clock, clocks.reset_clock):
        assert refusal(verb, first, "speak").code == "turn_released"


@pytest.mark.parametrize(("over", "points"), [(10, None), (12, "0.5"), (26, "1"), (300, "3")])
def test_overtime_is_proposed_once_the_clock_stands(venue, first, over, points):
    """10 s are free, then 0.5 for each started 15 s, at most 3."""
    perform(clocks.start_clock, DESK, first, "speak")
    passes(first, "speak", seconds=360 + over)
    assert proposed(venue) is None
    perform(clocks.pause_clock, DESK, first, "speak")
    rule = proposed(venue)
    assert (rule["points"] if rule else None) == points
    assert points is None or rule["seconds"] == over


def test_added_time_is_no_overtime(venue, first):
    perform(clocks.start_clock, DESK, first, "speak")
    perform(clocks.add_time, DESK, first, "speak", 30)
    passes(first, "speak", seconds=390)
    perform(clocks.pause_clock, DESK, first, "speak")
    assert proposed(venue) is None


def test_a_call_taken_back_keeps_the_clock_for_the_next_call(venue, first):
    perform(clocks.start_clock, DESK, first, "prepare")
    perform(turns.undo_call, DESK, first)
    perform(clocks.pause_clock, DESK, first, "prepare")
    venue.call("01")
    assert clock_of(venue, "prepare")["begun"]


@pytest.fixture
def match(venue) -> int:
    """A called match of two sides."""
    contest = perform(set_up, DESK, Plan("match", ("辩论", "Debate"), "", "debate", 3, [CHEN, LIN]))
    turn, other = db.session.scalars(select(Turn).join(Turn.round).where(Turn.room.has(event_id=2))).all()
    rival = db.session.scalars(select(Contestant).where(Contestant.contest_id == contest, Contestant.number == "02"))
    turn.appearances[0].part = "control"
    db.session.delete(other.appearances[0])
    db.session.flush()
    db.session.delete(other)
    db.session.add(Appearance(turn=turn, part="defence", contestant=rival.one()))
    db.session.commit()
    perform(turns.call, DESK, turn.id)
    return turn.id


def running_side(turn: int) -> list[str]:
    db.session.rollback()
    clocks_now = db.session.scalars(select(TurnClock).where(TurnClock.turn_id == turn))
    return [clock.side for clock in clocks_now if clock.running_since]


def test_when_one_side_sits_down_the_other_sides_clock_starts(match):
    perform(clocks.start_clock, DESK, match, "free_debate", side="control")
    perform(clocks.switch_clock, DESK, match, "free_debate", side="control")
    assert running_side(match) == ["defence"]


def test_a_side_goes_on_alone_once_the_others_time_is_spent(match):
    perform(clocks.start_clock, DESK, match, "free_debate", side="defence")
    passes(match, "free_debate", side="defence", seconds=240)
    perform(clocks.switch_clock, DESK, match, "free_debate", side="defence")
    assert running_side(match) == ["control"]
    perform(clocks.switch_clock, DESK, match, "free_debate", side="control")
    assert running_side(match) == ["control"]
    passes(match, "free_debate", side="control", seconds=240)
    assert refusal(clocks.switch_clock, match, "free_debate", side="control").code == "clock_spent"


def test_only_a_running_dual_clock_is_switched(match, first):
    assert refusal(clocks.switch_clock, match, "free_debate", side="control").code == "clock_stands"
    perform(clocks.start_clock, DESK, first, "speak")
    assert refusal(clocks.switch_clock, first, "speak", side="").code == "clock_not_dual"
