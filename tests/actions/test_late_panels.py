"""Judges who come late, a seat that is added, and a room that is split in two while the contest runs."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from scoring.actions.running import late_panels, not_performing, releases, sheets, split_rooms
from scoring.actions.setting_up import panels
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.examination import examine
from scoring.board.views.desk import desk
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Entry, Room, Seat, Turn
from scoring.store.codes import seat_by_pin, seat_pin
from tests.actions.hall import open_hall
from tests.actions.test_relations import sits
from tests.conftest import DESK, marks_worth
from tests.refusals import refusal

ALL_IN = ["90", "91", "92", "93", "94", "95", "96"]
WHY = "增补一名评委"


def adds(venue, name: str = "韩冰", reason: str = WHY, **more: Any) -> None:
    perform(late_panels.add_seat, DESK, venue.contest_id, venue.seat(1).room_id, name, reason, **more)
    db.session.rollback()


def panel(venue, number: str) -> list[int]:
    db.session.rollback()
    return [seat.number for seat in venue.turn(number).panel]


def recorded(verb: str) -> dict[str, Any]:
    db.session.rollback()
    return db.session.scalars(select(Entry).where(Entry.verb == verb)).one().details


def test_an_added_seat_marks_from_the_next_call_on_and_owes_nothing_before(venue):
    venue.call("01")
    adds(venue, office="省院")
    assert (panel(venue, "01"), panel(venue, "02")) == ([1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7, 8])
    venue.all_submit("01", ALL_IN)
    venue.release("01")
    venue.call("02")
    venue.all_submit("02", ALL_IN)
    assert refusal(releases.release, venue.turn("02").id).code == "missing_sheets"
    venue.submits(8, "02", marks_worth("90"))
    venue.release("02")
    assert recorded("add_seat")["since"] == "02"


def test_an_added_seat_has_a_code_of_its_own(venue):
    venue.call("01")
    adds(venue)
    assert seat_by_pin(seat_pin(venue.seat(8))) == venue.seat(8)


def test_a_turn_for_which_a_reserve_stands_in_gets_the_added_seat_too(venue):
    perform(panels.add_reserve, DESK, venue.contest_id, venue.seat(1).room_id, {"name": "白露"})
    args = venue.turn("02").id, venue.seat(3).id, venue.seat(8).id, "abstained", "公务", False
    perform(panels.seat_reserve, DESK, *args)
    venue.call("01")
    adds(venue)
    assert panel(venue, "02") == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_the_relations_of_an_added_judge_hold(venue):
    venue.call("01")
    adds(venue, office="慈溪县院")
    assert [one.seat.number for one in venue.turn("02").recused.values()] == [8]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "field_missing"),
        ({"name": "长" * 61}, "field_too_long"),
        ({"reason": " "}, "reason_missing"),
    ],
)
def test_a_seat_without_a_name_or_a_reason_is_refused(venue, given, code):
    sent = {"name": "韩冰", "reason": WHY} | given
    assert refusal(late_panels.add_seat, venue.contest_id, venue.seat(1).room_id, **sent).code == code


def test_a_panel_is_not_made_larger_than_any_that_was_seen(venue):
    for number in range(8, 22):
        adds(venue, f"评委{number}")
    assert refusal(late_panels.add_seat, venue.contest_id, venue.seat(1).room_id, "多余", WHY).code == "panel_full"
    assert refusal(late_panels.add_seat, venue.contest_id, 99, "韩冰", WHY).code == "room_unknown_here"


def test_inspectors_are_not_added_one_by_one(app):
    with app.app_context():
        hall = open_hall()
        assert refusal(late_panels.add_seat, hall.contest_id, hall.seat(1).room_id, "韩冰", WHY).code == "seat_by_pairs"


def test_an_added_seat_is_taken_away_again_before_it_belongs_to_a_called_turn(venue):
    venue.call("01")
    adds(venue, office="慈溪县院")
    perform(late_panels.remove_seat, DESK, venue.contest_id, venue.seat(8).id, "来不了")
    assert panel(venue, "02") == [1, 2, 3, 4, 5, 6, 7]
    assert recorded("remove_seat")["reason"] == "来不了"
    adds(venue)
    venue.all_submit("01", ALL_IN)
    venue.call("02")
    assert refusal(late_panels.remove_seat, venue.contest_id, venue.seat(8).id, "x").code == "seat_in_use_late"
    assert refusal(late_panels.remove_seat, venue.contest_id, venue.seat(3).id, "x").code == "seat_not_late"


def test_a_judge_who_comes_late_owes_nothing_of_what_was_called_and_marks_the_rest(venue):
    venue.call("01")
    for judge in (1, 2, 3, 4, 5, 6):
        venue.submits(judge, "01", marks_worth("90"))
    perform(late_panels.excuse_earlier, DESK, venue.contest_id, venue.seat(7).id, "航班延误")
    venue.release("01")
    assert recorded("excuse_earlier")["number"] == "01"
    assert panel(venue, "02") == [1, 2, 3, 4, 5, 6, 7]
    assert venue.turn("02").recused == {}
    assert refusal(late_panels.excuse_earlier, venue.contest_id, venue.seat(7).id, "x").code == "nothing_owed"


def test_a_sheet_that_is_in_stays_when_its_judge_is_excused(venue):
    venue.call("01")
    venue.submits(7, "01", marks_worth("90"))
    assert refusal(late_panels.excuse_earlier, venue.contest_id, venue.seat(7).id, "x").code == "nothing_owed"


# a room in two


def splits(venue, judges: int = 5, **more: Any) -> None:
    perform(split_rooms.split_room, DESK, venue.contest_id, venue.seat(1).room_id, judges, "一个赛场来不及", **more)
    db.session.rollback()


def rooms() -> dict[str, list[str]]:
    db.session.rollback()
    turns = list(db.session.scalars(select(Turn).order_by(Turn.position)))
    return {
        room.name_zh: [turn.number for turn in turns if turn.room_id == room.id]
        for room in db.session.scalars(select(Room).order_by(Room.position))
    }


def test_every_second_of_those_who_wait_moves_to_the_new_room_and_its_own_panel(venue):
    venue.call("01")
    splits(venue)
    assert rooms() == {"第一赛场": ["01", "02"], "第二赛场": ["03"]}
    new = db.session.scalars(select(Room).where(Room.name_zh == "第二赛场")).one()
    assert [seat.number for seat in new.panel] == [1, 2, 3, 4, 5]
    assert venue.turn("03").panel == new.panel
    assert recorded("split_room")["number"] == "03"


def test_both_rooms_run_side_by_side_and_make_one_ranking(venue):
    venue.call("01")
    venue.all_submit("01", ALL_IN)
    venue.release("01")
    here = {judge: venue.seat(judge).id for judge in range(1, 8)}
    splits(venue)
    third = venue.turn("03")
    venue.call("03")
    for place, seat in enumerate(third.panel):
        actor, request = Actor(f"seat:{seat.id}"), f"sheet-of-03-by-{place}"
        perform(sheets.submit, actor, third.id, seat.id, marks_worth(f"9{place}"), request)
    venue.call("02")
    for judge, seat_id in here.items():
        perform(
            sheets.submit, Actor(f"seat:{seat_id}"), venue.turn("02").id, seat_id, marks_worth("90"), f"r-{judge}-of-02"
        )
    venue.release("02")
    venue.release("03")
    assert {row["number"] for row in venue.audience()["rows"]} == {"01", "02", "03"}


def test_named_turns_move_and_the_judges_of_the_new_room_are_recused_by_their_own_relations(venue):
    sits(venue, 3, "韩冰", "慈溪县院")
    venue.call("01")
    splits(venue, numbers=("02",), name="分赛场")
    assert rooms() == {"第一赛场": ["01", "03"], "分赛场": ["02"]}
    assert venue.turn("02").recused == {}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"judges": 0}, "judges_out_of_range"),
        ({"judges": 2}, "split_panel_small"),
        ({"reason": ""}, "reason_missing"),
        ({"numbers": ("01",)}, "split_unknown"),
        ({"name": "名" * 61}, "field_too_long"),
    ],
)
def test_a_split_that_cannot_be_is_refused_and_opens_no_room(venue, given, code):
    venue.call("01")
    sent = {"judges": 5, "reason": "来不及"} | given
    assert refusal(split_rooms.split_room, venue.contest_id, venue.seat(1).room_id, **sent).code == code
    assert rooms() == {"第一赛场": ["01", "02", "03"]}


def test_with_one_left_there_is_nobody_to_move(venue):
    for number in ("01", "02"):
        venue.call(number)
        venue.all_submit(number, ALL_IN)
    given = venue.contest_id, venue.seat(1).room_id, 5, "来不及"
    assert refusal(split_rooms.split_room, *given).code == "split_nobody"


def test_benches_are_not_split(app):
    with app.app_context():
        hall = open_hall()
        given = hall.contest_id, hall.seat(1).room_id, 4, "来不及"
        assert refusal(split_rooms.split_room, *given).code == "no_split_here"


def test_a_split_room_is_closed_again_before_anybody_is_called_there(venue):
    venue.call("01")
    venue.recuse(2, "03")
    splits(venue)
    new = db.session.scalars(select(Room).where(Room.name_zh == "第二赛场")).one()
    perform(split_rooms.undo_split, DESK, venue.contest_id, new.id, "评委来不了")
    assert rooms() == {"第一赛场": ["01", "02", "03"]}
    assert panel(venue, "03") == [1, 2, 3, 4, 5, 6, 7]
    assert [one.seat.number for one in venue.turn("03").recused.values()] == [2]
    assert len(list(db.session.scalars(select(Seat)))) == 7
    assert desk(venue.contest_id)["next"]["number"] == "02"


def is_absent(venue, number: str) -> None:
    given = (venue.turn(number).id, "absent", "三次点名未到", "评委会主任")
    perform(not_performing.record_not_performing, DESK, *given)


def test_whoever_is_absent_before_a_call_keeps_neither_a_split_room_nor_an_added_seat(venue):
    venue.call("01")
    splits(venue)
    is_absent(venue, "03")
    new = db.session.scalars(select(Room).where(Room.name_zh == "第二赛场")).one()
    perform(split_rooms.undo_split, DESK, venue.contest_id, new.id, "评委来不了")
    assert rooms() == {"第一赛场": ["01", "02", "03"]}
    adds(venue)
    is_absent(venue, "02")
    perform(late_panels.remove_seat, DESK, venue.contest_id, venue.seat(8).id, "来不了")
    assert examine({}) == {}


def test_a_room_that_was_there_or_has_begun_is_not_closed(venue):
    venue.call("01")
    given = venue.contest_id, venue.seat(1).room_id, "x"
    assert refusal(split_rooms.undo_split, *given).code == "room_not_split"
    splits(venue)
    new = db.session.scalars(select(Room).where(Room.name_zh == "第二赛场")).one()
    venue.call("03")
    with pytest.raises(Refused, match="room_begun"):
        perform(split_rooms.undo_split, DESK, venue.contest_id, new.id, "x")
