"""A debate's room is split on the day: matches run side by side before two panels, and the knockout goes on."""

from __future__ import annotations

import pytest

from scoring.actions.running import late_panels, matches, releases, sheets, split_rooms
from scoring.actions.setting_up.match_plans import KNOCKOUT, RoundPlan
from scoring.actions.signals import Change, changed
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.examination import examine
from scoring.board.views.audience import audience
from scoring.board.views.seat import seat as tablet
from scoring.extensions import db
from scoring.store import Contest, Room
from tests.actions.matches import CONTROL_WINS, SEED, WITNESS, Hall, plan, sheet_worth
from tests.conftest import DESK
from tests.refusals import refused


@pytest.fixture
def halved(set_up) -> Hall:
    """A knockout of four teams; its second match was moved to a new room before the first was called."""
    hall: Hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    number = hall.match("1.2").number
    perform(split_rooms.split_room, DESK, hall.contest_id, rooms(hall)[0].id, 3, "赶时间", "第二赛场", [number])
    return hall


def rooms(hall: Hall) -> list[Room]:
    db.session.rollback()
    return list(db.session.get_one(Contest, hall.contest_id).events[0].rooms)


def all_mark(hall: Hall, key: str) -> None:
    """The panel of the match's own room marks it: the prosecution wins."""
    turn_id = hall.match(key).id
    for seat, totals in zip([seat.id for seat in hall.match(key).panel], CONTROL_WINS, strict=True):
        perform(sheets.submit, Actor(f"seat:{seat}"), turn_id, seat, sheet_worth(*totals), f"sheet-of-{key}-by-{seat}")


def test_two_matches_run_side_by_side_and_the_final_is_made_of_both(halved):
    old, new = (room.id for room in rooms(halved))
    assert [halved.match(key).room_id for key in ("1.1", "1.2")] == [old, new]
    for key in ("1.1", "1.2"):
        halved.call(key)
    assert [room.current_turn_id for room in rooms(halved)] == [halved.match(key).id for key in ("1.1", "1.2")]
    foreign = halved.match("1.1").panel[0].id
    with refused("seat_not_in_room"):
        given = (halved.match("1.2").id, foreign, sheet_worth("90", "80"), "from-the-other-room")
        perform(sheets.submit, Actor(f"seat:{foreign}"), *given)
    for key in ("1.2", "1.1"):
        all_mark(halved, key)
        halved.release(key)
    final = halved.match("2.1")
    assert {side.number for side in final.sides.values()} == {
        halved.match(key).sides["control"].number for key in ("1.1", "1.2")
    }
    perform(matches.draw_sides, DESK, final.id, SEED, WITNESS)
    halved.call("2.1")
    all_mark(halved, "2.1")
    told: list[Change] = []
    with changed.connected_to(lambda _sender, change: told.append(change)):
        halved.release("2.1")
        perform(releases.undo_release, DESK, final.id, "按错了", halved.match("2.1").number)
        halved.release("2.1")
    everybody = {seat.id for room in rooms(halved) for seat in room.seats}
    assert all(everybody <= change.seats for change in told), "no tablet of any room has anything left to do"
    assert [tablet(one)["over"] for one in everybody] == [True] * 6
    assert halved.audience()["placings"][0]["place"] == 1
    assert audience(halved.contest_id)["closing"]
    assert examine({}) == {}


def test_a_room_of_a_debate_is_closed_again_before_a_match_is_called_there_and_not_afterwards(halved):
    new = rooms(halved)[1].id
    perform(split_rooms.undo_split, DESK, halved.contest_id, new, "不分了")
    assert [room.id for room in rooms(halved)] == [halved.match("1.2").room_id]
    number = halved.match("1.2").number
    perform(split_rooms.split_room, DESK, halved.contest_id, rooms(halved)[0].id, 3, "还是分", "", [number])
    new = rooms(halved)[1].id
    halved.call("1.2")
    with refused("room_begun"):
        perform(split_rooms.undo_split, DESK, halved.contest_id, new, "不分了")


def test_a_late_judge_is_seated_in_the_new_room_alone(halved):
    new = rooms(halved)[1]
    perform(late_panels.add_seat, DESK, halved.contest_id, new.id, "冯岚", "晚到")
    assert [len(halved.match(key).panel) for key in ("1.1", "1.2")] == [3, 4]
