"""The order changed by hand: with a reason once lots were drawn, never past somebody who was called, on record."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scoring.actions.running import benches, draws
from scoring.actions.transaction import perform
from scoring.board.conditions.draws import draw_of, moves_of
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.rules.draw import draw_benches
from scoring.rules.refusal import Refused
from scoring.store import Entry, Turn
from tests.actions.hall import open_hall
from tests.conftest import DESK, Venue
from tests.refusals import refusal_of


def order(venue: Venue) -> list[str]:
    db.session.rollback()
    return [turn["number"] for turn in desk(venue.contest_id)["turns"]]


def move(venue: Venue, number: str, place: int, reason: str = "") -> None:
    perform(draws.move_turn, DESK, venue.turn(number).id, place, reason)


def refused(venue: Venue, *args: object) -> str:
    before = order(venue)
    refusal = refusal_of(move, venue, *args)
    assert order(venue) == before
    return refusal.code


def inspectors() -> dict[str, list[int]]:
    turns = db.session.scalars(select(Turn))
    return {turn.number: [one.seat.number for one in turn.assignments] for turn in turns}


def test_before_the_draw_a_turn_is_moved_without_a_reason(venue):
    move(venue, "03", 1)
    assert order(venue) == ["03", "01", "02"]


def test_after_the_draw_a_move_needs_a_reason_and_stands_beside_the_draw(venue):
    perform(draws.draw_turns, DESK, venue.contest_id, "20261122", "监督员赵")
    drawn = order(venue)
    assert refused(venue, drawn[2], 1) == "reason_missing"
    move(venue, drawn[2], 1, "航班延误")
    assert order(venue) == [drawn[2], drawn[0], drawn[1]]
    moved = moves_of(venue.contest_id)
    assert [(one["number"], one["before"], one["place"], one["reason"], one["by"]) for one in moved] == [
        (drawn[2], 3, 1, "航班延误", DESK.label)
    ]
    assert [row["number"] for row in draw_of(venue.contest_id)["order"]] == drawn


def test_another_draw_makes_an_end_of_what_was_moved_before(venue):
    perform(draws.draw_turns, DESK, venue.contest_id, "20261122", "监督员赵")
    move(venue, order(venue)[2], 1, "航班延误")
    perform(draws.draw_turns, DESK, venue.contest_id, "7", "监督员赵", reason="选手名单有误")
    assert moves_of(venue.contest_id) == []


def test_nobody_moves_past_somebody_who_was_called(venue):
    venue.call("02")
    assert refused(venue, "02", 3) == "order_fixed"
    assert refused(venue, "03", 1) == "order_fixed"
    assert refused(venue, "01", 2) == "order_fixed"


@pytest.mark.parametrize(("place", "code"), [(0, "place_out_of_range"), (4, "place_out_of_range"), (2, "place_same")])
def test_a_place_that_is_none_is_refused(venue, place, code):
    assert refused(venue, "02", place) == code


def test_the_clerks_draw_their_benches_and_anybody_can_draw_again(app):
    with app.app_context():
        hall = open_hall(clerks=3)
        perform(benches.plan_benches, DESK, hall.turn("01").id, 2, "20261122", "监督员赵")
        shown = draw_of(hall.contest_id)
        drawn = draw_benches(shown["seed"], ["01", "02", "03"])
        places = [(hall.facts(number)["batch"], hall.facts(number)["bench"]) for number in drawn]
        assert places == [(1, 1), (1, 2), (2, 1)]
        assert (shown["purpose"], [row["number"] for row in shown["order"]]) == ("benches", list(drawn))


def test_benches_drawn_without_a_witness_are_refused(app):
    with app.app_context():
        hall = open_hall()
        with pytest.raises(Refused, match="witness_missing"):
            perform(benches.plan_benches, DESK, hall.turn("01").id, 2, "20261122", " ")


def test_benches_in_the_order_of_entry_are_no_draw(app):
    with app.app_context():
        hall = open_hall()
        assert draw_of(hall.contest_id) is None


def test_a_bench_stays_with_its_place_and_its_inspectors(app):
    with app.app_context():
        hall = open_hall(clerks=3, inspectors=4, benches_in_a_batch=3)
        seats = {
            turn.number: [one.seat.number for one in turn.assignments] for turn in db.session.scalars(select(Turn))
        }
        assert seats == {"01": [1, 2], "02": [3, 4], "03": [1, 2]}
        perform(draws.move_turn, DESK, hall.turn("03").id, 1, "")
        assert [hall.facts(number)["bench"] for number in ("03", "01", "02")] == [1, 2, 3]
        db.session.rollback()
        seats = {
            turn.number: [one.seat.number for one in turn.assignments] for turn in db.session.scalars(select(Turn))
        }
        assert seats == {"03": [1, 2], "01": [3, 4], "02": [1, 2]}
        assert db.session.scalars(select(Entry).where(Entry.verb == "move_turn")).one().details["place"] == 1
