"""The benches from the common start to the hand-in under a code, and everything that is refused on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scoring.actions.running import benches, not_performing, penalties, sheets, turns
from scoring.actions.setting_up.entering import give_places
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.not_performing import decisions_on
from scoring.board.views.audience import audience
from scoring.board.views.benches import benches as benches_view
from scoring.board.views.seat import seat as seat_view
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, Contestant, Entry, Turn
from scoring.store.model import now
from tests.actions.hall import DESK, TIMEKEEPER, Hall, checklist, open_hall
from tests.refusals import refused


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    """Two clerks in one batch and two inspectors."""
    with app.app_context():
        yield open_hall()


def pass_minutes(minutes: int) -> None:
    """Let so much time pass since the start."""
    for turn in db.session.scalars(select(Turn).where(Turn.called_steady.is_not(None))):
        turn.called_steady -= timedelta(minutes=minutes)
    db.session.commit()


def test_nothing_starts_while_somebody_who_was_entered_since_has_no_bench(hall: Hall) -> None:
    contest = db.session.scalars(select(Contest)).one()
    entered = Contestant(contest=contest, number="07", name="吴桐")
    db.session.add(entered)
    give_places(contest, [entered])
    db.session.commit()
    benched = next(turn.number for turn in db.session.scalars(select(Turn)) if turn.facts.get("bench"))
    with refused("benches_not_planned"):
        hall.start(benched)
    perform(benches.plan_benches, DESK, hall.turn("01").id, 10)
    hall.start("01")
    assert benches_view(hall.contest_id)["batches"][0]["at_work"] == 3


def test_all_benches_of_a_batch_start_at_one_moment_and_those_of_the_next_wait(app: Flask) -> None:
    with app.app_context():
        hall = open_hall(clerks=3, benches_in_a_batch=2)
        hall.start("02")
        assert hall.turn("01").called_steady == hall.turn("02").called_steady is not None
        assert hall.turn("03").called_steady is None
        assert [hall.turn(number).state for number in ("01", "02", "03")] == ["performing", "performing", "waiting"]


def test_inspectors_in_pairs_go_round_the_benches(app: Flask) -> None:
    with app.app_context():
        hall = open_hall(clerks=3, inspectors=4)
        panels = {number: [seat.number for seat in hall.turn(number).panel] for number in ("01", "02", "03")}
        assert panels == {"01": [1, 2], "02": [3, 4], "03": [1, 2]}


@pytest.mark.parametrize(
    ("seats", "number", "code"), [(3, 10, "inspectors_not_in_pairs"), (2, 0, "benches_out_of_range")]
)
def test_a_plan_that_does_not_add_up_is_refused(app: Flask, seats: int, number: int, code: str) -> None:
    with app.app_context(), pytest.raises(Refused) as refused:
        open_hall(inspectors=seats, benches_in_a_batch=number)
    assert refused.value.code == code


def test_a_batch_starts_once(hall: Hall) -> None:
    hall.start("01")
    began = hall.turn("01").called_steady
    with pytest.raises(Refused, match="batch_started"):
        perform(benches.start_benches, TIMEKEEPER, hall.turn("02").id)
    assert hall.turn("02").called_steady == began


def test_each_bench_has_its_own_stop_and_a_second_press_changes_nothing(hall: Hall) -> None:
    hall.start("01", minutes_ago=41)
    hall.stop("01")
    with pytest.raises(Refused, match="bench_stopped"):
        hall.stop("01")
    assert hall.facts("01")["seconds"] == 41 * 60
    assert "seconds" not in hall.facts("02")


def test_a_stop_before_the_start_is_refused(hall: Hall) -> None:
    with pytest.raises(Refused, match="bench_not_started"):
        hall.stop("01")


def test_the_hard_stop_ends_every_running_bench_by_itself_and_the_screen_says_so(hall: Hall) -> None:
    hall.start("01", minutes_ago=90)
    batch = benches_view(hall.contest_id)["batches"][0]
    assert [(bench["stage"], bench["seconds"]) for bench in batch["benches"]] == [("over", 65 * 60)] * 2
    assert batch["at_work"] == 0
    with pytest.raises(Refused, match="bench_stopped_by_limit"):
        hall.stop("01")
    assert "seconds" not in hall.facts("01")


def test_a_bench_that_nobody_stopped_is_handed_in_with_the_moment_of_the_hard_stop(hall: Hall) -> None:
    hall.start("01", minutes_ago=66)
    assert hall.hand_in("01")
    assert hall.facts("01")["seconds"] == 65 * 60
    entry = db.session.scalars(select(Entry).where(Entry.verb == "hand_in")).one()
    stopped = datetime.fromisoformat(entry.details["stopped_at"])
    assert timedelta(seconds=55) < now() - stopped < timedelta(seconds=75)


def test_a_stop_pressed_by_mistake_is_taken_back_with_a_reason(hall: Hall) -> None:
    hall.start("01", minutes_ago=10)
    hall.stop("01")
    perform(benches.undo_stop, TIMEKEEPER, hall.turn("01").id, "按错工位")
    assert "seconds" not in hall.facts("01")


@pytest.mark.parametrize(
    ("minutes", "stopped", "handed_in", "code"),
    [(10, False, False, "bench_running"), (10, True, True, "handed_in_already"), (66, True, False, "past_hard_stop")],
)
def test_a_stop_is_not_taken_back_where_there_is_none_or_it_is_too_late(
    hall: Hall, minutes: int, stopped: bool, handed_in: bool, code: str
) -> None:
    hall.start("01", minutes_ago=10)
    if stopped:
        hall.stop("01")
    if handed_in:
        hall.hand_in("01")
    pass_minutes(minutes - 10)
    with pytest.raises(Refused, match=code):
        perform(benches.undo_stop, TIMEKEEPER, hall.turn("01").id, "按错工位")


def test_a_file_is_handed_in_once_and_not_from_a_bench_at_work(hall: Hall) -> None:
    hall.start("01", minutes_ago=10)
    with pytest.raises(Refused, match="bench_running"):
        hall.hand_in("01")
    hall.stop("01")
    code = hall.hand_in("01")
    with pytest.raises(Refused, match="handed_in_already"):
        hall.hand_in("01")
    assert hall.turn("01").code == code


def test_inspectors_see_the_code_and_neither_name_nor_number(hall: Hall) -> None:
    hall.start("01", minutes_ago=10)
    hall.stop("01")
    code = hall.hand_in("01")
    view = seat_view(hall.seat(1).id, hall.turn("01").id)
    assert view["turn"]["number"] == code
    assert seat_view(hall.seat(1).id)["owed"] == [{"turn": hall.turn("01").id, "number": code}]
    assert "陈思远" not in str(view)


def test_a_defect_on_a_bench_not_yet_handed_in_is_refused_and_nothing_is_kept(hall: Hall) -> None:
    hall.start("01", minutes_ago=10)
    seat_id, turn_id = hall.seat(1).id, hall.turn("01").id
    for verb, proof in ((sheets.save_draft, 0), (sheets.submit, "sheet-of-nobody")):
        with pytest.raises(Refused, match="not_handed_in"):
            perform(verb, Actor(f"seat:{seat_id}"), turn_id, seat_id, checklist(order__misplaced="1"), proof)
    db.session.rollback()
    assert not hall.turn("01").sheets
    with pytest.raises(LookupError):
        seat_view(seat_id, turn_id)


def test_an_inspector_of_another_bench_marks_nothing(app: Flask) -> None:
    with app.app_context():
        hall = open_hall(inspectors=4)
        hall.start("01", minutes_ago=10)
        hall.stop("01")
        hall.hand_in("01")
        with pytest.raises(Refused, match="seat_not_in_room"):
            hall.submits(3, "01", checklist())


@pytest.mark.parametrize("verb", [turns.call, turns.undo_call])
def test_a_bench_is_not_called_by_itself(hall: Hall, verb: Callable[..., Any]) -> None:
    with pytest.raises(Refused, match="not_called"):
        perform(verb, DESK, hall.turn("01").id)


def test_overtime_follows_from_the_time_and_is_not_entered_by_hand(hall: Hall) -> None:
    hall.start("01", minutes_ago=10)
    with pytest.raises(Refused, match="overtime_from_time"):
        perform(penalties.add_overtime, DESK, hall.turn("01").id, 60)


def test_a_contest_without_benches_has_none_to_start(venue) -> None:
    with pytest.raises(Refused, match="no_benches"):
        perform(benches.start_benches, DESK, venue.turn("01").id)


def test_a_bench_at_which_nobody_works_any_more_is_neither_stopped_nor_handed_in(hall: Hall) -> None:
    hall.start("01", minutes_ago=5)
    hall.stop("02")
    for number in ("01", "02"):
        perform(not_performing.record_not_performing, DESK, hall.turn(number).id, "withdrawn", "身体不适", "评委会主任")
    for refuses, number in ((hall.stop, "01"), (hall.hand_in, "02")):
        with refused("turn_not_held"):
            refuses(number)
    decision = decisions_on(hall.turn("02"))[0]["id"]
    perform(not_performing.withdraw_not_performing, DESK, decision, "误报")
    assert hall.hand_in("02")


def test_whoever_is_absent_is_not_counted_among_those_who_start_work_and_hand_in(app: Flask) -> None:
    """The button said that five benches start where four did, and the last batch never had all its files in."""
    with app.app_context():
        hall = open_hall(clerks=3, benches_in_a_batch=3)
        perform(not_performing.record_not_performing, DESK, hall.turn("02").id, "absent", "未到场", "评委会主任")
        hall.start("01")
        racing = audience(hall.contest_id)["racing"]
        assert (racing["at_work"], racing["of"], len(racing["benches"])) == (2, 2, 3)
        for number in ("01", "03"):
            hall.stop(number)
            hall.hand_in(number)
        (batch,) = benches_view(hall.contest_id)["batches"]
        assert (batch["handed_in"], batch["of"]) == (2, 2)
