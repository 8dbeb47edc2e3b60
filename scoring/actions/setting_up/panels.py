"""Who sits at a panel: the judges' names and offices, the reserves, and a reserve who stands in for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.actions.find import check_has_judges, contest_of, seat_of, unreleased_turn_of
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, SEAT, TURN, WHY, _l, flag, logged, of_id, text_if_any, verb
from scoring.actions.running.recusals import recuse
from scoring.actions.setting_up.judge_groups import take_group
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.conflicts import conflicts_of, people_of
from scoring.board.conditions.standing_in import standing_in
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Assignment, Contest, Room, Seat, Turn
from scoring.store.codes import give_code
from scoring.store.contests import WAITING
from scoring.store.model import is_storable

LONGEST = {"name": 60, "office": 120, "department": 120, "title": 60}


@verb(of_id("seat"), done=_l("The seat is changed. This is on record."))
@logged("panel", _l("changed what is recorded of %(about)s"), ("desk", "seats"))
def describe_seat(actor: Actor, contest_id: int, seat_id: int, about: Mapping[str, str]) -> None:
    """Record who sits at a seat: name, office, department and title.

    Raises Refused: contest_unknown, seat_unknown, no_judges_here, field_too_long, field_not_text.
    """
    contest = contest_of(contest_id)
    seat = seat_in(contest, seat_id)
    check_has_judges(seat.room.event)
    told = checked_about(about)
    before = {name: getattr(seat, name) for name in LONGEST}
    for name, text in told.items():
        setattr(seat, name, text)
    record(contest, actor, "describe_seat", [seat.id], seat=seat.id, before=before, after=told)
    apply_relations(actor, contest)


@verb(of_id("room"), done=_l("The reserve judge has a seat with a code of its own."))
@logged("panel", _l("added a reserve judge"), ("desk", "seats"))
def add_reserve(actor: Actor, contest_id: int, room_id: int, about: Mapping[str, str]) -> int:
    """Add a reserve judge (候补评委) to a room, with a seat and a code of its own; answers the seat's id.

    Raises Refused: contest_unknown, room_unknown_here, no_judges_here, field_missing (the name), field_too_long,
    field_not_text.
    """
    contest = contest_of(contest_id)
    rooms = {room.id: room for event in contest.events for room in event.rooms}
    if room_id not in rooms:
        raise Refused.because("room_unknown_here", "room")
    check_has_judges(rooms[room_id].event)
    told = checked_about(about)
    if not told["name"]:
        raise Refused.because("field_missing", "name")
    seat = Seat(number=next_number(rooms[room_id]), reserve=True, **told)
    rooms[room_id].seats.append(seat)
    db.session.flush()
    give_code(seat)
    record(contest, actor, "add_reserve", [seat.id], seat=seat.id, room=room_id, after=told)
    return seat.id


@verb(
    (TURN, SEAT, of_id("reserve"), text_if_any("ground"), WHY, flag("onward")),
    done=_l("The reserve judge marks no. %(number)s now in this place. This is on record."),
    heard=True,
)
@logged(
    "panel",
    _l("let reserve %(reserve)s mark no. %(turn)s in the place of %(about)s"),
    EVERYWHERE,
    coded=_l("let a reserve judge take a seat"),
)
def seat_reserve(
    actor: Actor, turn_id: int, seat_id: int, reserve_id: int, ground: str = "", reason: str = "", onward: bool = False
) -> None:
    """Let a reserve mark a turn in the place of a judge who is recused or absent, and from then on if `onward`.

    The judge stays on the turn's panel as recused; called turns keep the panels that they were called with. Onward the
    two change places: the reserve belongs to the panel, and the judge is a reserve. Where judges sit in weighed groups,
    a reserve of none belongs to that of the judge from then on. Raises Refused: reserve_of_other_group, turn_unknown,
    turn_released, reserve_by_assignment, seat_not_in_room, not_a_reserve, reserve_elsewhere, reserve_sits_already,
    reserve_in_conflict, and as `recuse` does where the judge is not recused yet.
    Source: domain page 1, recusal: a reserve judge may take the seat.
    """
    turn = unreleased_turn_of(turn_id)
    if format_of(turn.round.event).subject == "document":
        raise Refused.because("reserve_by_assignment")
    seat, reserve = seat_of(turn, seat_id), _reserve(turn, reserve_id)
    joined = take_group(turn.round.event, seat, reserve)
    if seat.id not in turn.recused:
        recuse(actor, turn.id, seat.id, ground, reason)
    if onward:
        _change_places(turn, seat, reserve)
    _pin(turn)
    turn.assignments.append(Assignment(seat=reserve))
    db.session.flush()
    about: dict[str, Any] = {"turn": turn.id, "seat": seat.id, "reserve": reserve.id, "onward": onward}
    record(turn.contest, actor, "seat_reserve", [seat.id, reserve.id], **about, reason=reason.strip(), **joined)
    if onward:
        apply_relations(actor, turn.contest)


@verb(
    (TURN, of_id("reserve")),
    done=_l("The reserve judge does not mark no. %(number)s any more. This is on record."),
    heard=True,
)
@logged(
    "panel",
    _l("let reserve %(reserve)s stand down from no. %(turn)s"),
    EVERYWHERE,
    coded=_l("let a reserve judge stand down"),
)
def stand_down(actor: Actor, turn_id: int, reserve_id: int) -> None:
    """Take a reserve who stands in off a turn again, as long as nothing was entered there.

    Raises Refused: turn_unknown, turn_released, reserve_by_assignment, not_standing_in, sheet_begun.
    """
    turn = unreleased_turn_of(turn_id)
    if format_of(turn.round.event).subject == "document":
        raise Refused.because("reserve_by_assignment")
    if reserve_id not in [seat.id for _, seat, _ in standing_in(turn.contest.id, [turn])]:
        raise Refused.because("not_standing_in")
    standing = next(one for one in turn.assignments if one.seat_id == reserve_id)
    if any(sheet.seat_id == reserve_id for sheet in turn.sheets):
        raise Refused.because("sheet_begun", number=turn.alias, seats=str(standing.seat.number))
    turn.assignments.remove(standing)
    db.session.flush()
    record(turn.contest, actor, "stand_down", [reserve_id], turn=turn.id, reserve=reserve_id)


def keep_panels(room: Room) -> None:
    """Write down the panel of every called turn of the room, so that later changes of the seats leave it alone."""
    for turn in [turn for played in room.event.rounds for turn in played.turns]:
        if turn.room_id == room.id and turn.state != WAITING:
            _pin(turn)
    db.session.flush()


def _pin(turn: Turn) -> None:
    if not turn.assignments:
        turn.assignments.extend(Assignment(seat=seat) for seat in turn.room.panel)


def _change_places(turn: Turn, seat: Seat, reserve: Seat) -> None:
    """From here on the reserve belongs to the panel; turns that wait and have a panel of their own change too."""
    keep_panels(turn.room)
    _pin(turn)
    for other in [other for played in turn.round.event.rounds for other in played.turns]:
        if other is not turn and other.room_id == turn.room_id and other.state == WAITING:
            for one in other.assignments:
                one.seat = reserve if one.seat is seat else one.seat
    seat.reserve, reserve.reserve = True, False
    db.session.flush()


def _reserve(turn: Turn, reserve_id: int) -> Seat:
    """The reserve who may stand in for the turn."""
    reserve = db.session.get(Seat, reserve_id)
    if reserve is None or reserve.room.event.contest_id != turn.contest.id:
        raise Refused.because("not_a_reserve", "reserve")
    if reserve in turn.panel:
        raise Refused.because("reserve_sits_already", "reserve", seats=str(reserve.number))
    if not reserve.reserve:
        raise Refused.because("not_a_reserve", "reserve")
    found = conflicts_of(turn.contest, people_of(turn))
    if any(one.seat is reserve and not one.waiver for one in found):
        raise Refused.because("reserve_in_conflict", "reserve", seats=str(reserve.number))
    if reserve.room_id != turn.room_id:
        _move(reserve, turn.room)
    return reserve


def _move(reserve: Seat, room: Room) -> None:
    """Let a reserve come over from another room; one who has marked there is known by that room's number and stays."""
    turns = [turn for played in reserve.room.event.rounds for turn in played.turns]
    known = {one.seat_id for turn in turns for one in turn.sheets} | {
        one.seat_id for turn in turns for one in turn.assignments
    }
    if reserve.id in known:
        raise Refused.because("reserve_elsewhere", "reserve", seats=str(reserve.number))
    reserve.number, reserve.room = next_number(room), room
    db.session.flush()


def next_number(room: Room) -> int:
    """The number of the room's next seat."""
    return max([seat.number for seat in room.seats], default=0) + 1


def seat_in(contest: Contest, seat_id: int) -> Seat:
    """The seat of this contest, or Refused(seat_unknown)."""
    seat = db.session.get(Seat, seat_id)
    if seat is None or seat.room.event.contest_id != contest.id:
        raise Refused.because("seat_unknown", "seat")
    return seat


def checked_about(about: Mapping[str, str]) -> dict[str, str]:
    """What is told of a judge, without outer white space. Raises Refused: field_too_long, field_not_text."""
    told = {name: about.get(name, "").strip() for name in LONGEST}
    too_long = [name for name, most in LONGEST.items() if len(told[name]) > most]
    unreadable = [name for name, text in told.items() if not is_storable(text)]
    refuse_any([Problem("field_too_long", name, {"most": str(LONGEST[name])}) for name in too_long])
    refuse_any([Problem("field_not_text", name) for name in unreadable])
    return told
