"""Splitting a room (分场) during the day: waiting turns move to a new room with a panel of its own, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.actions.find import contest_of
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, REASON, _l, logged, numbers, of_id, text_if_any, verb, whole
from scoring.actions.running.late_panels import discard_seat, room_in, waiting_in
from scoring.actions.said import stated
from scoring.actions.setting_up.contests import seat_panel
from scoring.actions.setting_up.rooms import LONGEST_NAME, MOST_JUDGES, MOST_ROOMS
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.late import SPLIT_ROOM, is_begun, late_room
from scoring.board.conditions.set_up import least_judges
from scoring.board.reading.facts import format_of, turns_of
from scoring.extensions import db
from scoring.rules.formats.base import Benches
from scoring.rules.numbers import same_number
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Room, Turn
from scoring.store.model import is_storable
from scoring.store.references import tables_pointing_to


@verb(
    (of_id("room"), whole("judges"), text_if_any("name"), numbers("numbers"), REASON),
    done=_l("The room is open. Enter who sits there and print the seat cards."),
    heard=True,
)
@logged("course", _l("opened the room “%(name)s” for no. %(turn)s"), EVERYWHERE)
def split_room(
    actor: Actor,
    contest_id: int,
    room_id: int,
    judges: int,
    reason: str,
    name: str = "",
    numbers: Sequence[str] = (),
) -> None:
    """Open a room beside another and move turns that wait into it: those named, or every second one.

    The new room has so many seats with codes of their own; who sits there is entered as anywhere else. The turns keep
    their places in the order; the old panel owes them nothing any more.
    Raises Refused: contest_unknown, room_unknown_here, reason_missing, no_split_here (documents and benches),
    rooms_out_of_range, judges_out_of_range, split_panel_small, field_too_long, field_not_text, split_unknown (says the
    number), split_nobody.
    """
    contest = contest_of(contest_id)
    room = room_in(contest, room_id)
    reason = stated(reason)
    _check(room, judges, name)
    moving = _named(room, numbers) if numbers else movable(room)[1::2]
    if not moving:
        raise Refused.because("split_nobody", "numbers")
    place = len(room.event.rooms) + 1
    new = Room(
        event=room.event, position=place, name_zh=name or f"第{_figure(place)}赛场", name_en=name or f"Room {place}"
    )
    db.session.add(new)
    db.session.flush()
    seat_panel(new, judges)
    db.session.refresh(room.event, ["rooms"])
    db.session.refresh(new, ["seats"])
    _move(moving, new)
    told: dict[str, Any] = {"event": room.event.position, "room": room.id, "new_room": new.id, "judges": judges}
    told |= {"name": new.name_zh, "number": ", ".join(turn.number for turn in moving)}
    seats = [seat.id for seat in [*room.seats, *new.seats]]
    record(contest, actor, SPLIT_ROOM, seats, **told, reason=reason)
    apply_relations(actor, contest)


def _check(room: Room, judges: int, name: str) -> None:
    kind = format_of(room.event)
    if not kind.called or isinstance(kind, Benches):
        raise Refused.because("no_split_here", "room")
    if len(room.event.rooms) >= MOST_ROOMS:
        raise Refused.because("rooms_out_of_range", "room", most=MOST_ROOMS)
    if not 1 <= judges <= MOST_JUDGES:
        raise Refused.because("judges_out_of_range", "judges", most=MOST_JUDGES)
    if judges < (least := least_judges(room.event)):
        raise Refused.because("split_panel_small", "judges", least=least)
    wrong = [Problem("field_too_long", "name", {"most": str(LONGEST_NAME)})] if len(name) > LONGEST_NAME else []
    refuse_any(wrong if is_storable(name) else [Problem("field_not_text", "name")])


def movable(room: Room) -> list[Turn]:
    """The turns of the room that can move: they wait, and no clock of theirs has run."""
    return [turn for turn in waiting_in(room) if not is_begun(turn)]


def _named(room: Room, numbers: Sequence[str]) -> list[Turn]:
    """The turns called so; a match is known by either of its numbers."""
    found = []
    for number in numbers:
        turn = next((one for one in movable(room) if _is_called(one, number)), None)
        if turn is None:
            raise Refused.because("split_unknown", "numbers", number=number)
        found += [turn] if turn not in found else []
    return found


def _is_called(turn: Turn, number: str) -> bool:
    known = [turn.number, *(entrant.number for entrant in turn.sides.values())]
    return any(same_number(one, number) for one in known)


def _figure(place: int) -> str:
    """The figure of a room's name in Chinese, 1 to 12."""
    return "一二三四五六七八九十"[place - 1] if place <= 10 else f"十{'一二'[place - 11]}"


def _move(turns: Sequence[Turn], room: Room) -> None:
    """Into the room, before its own panel."""
    for turn in turns:
        turn.room = room
        turn.assignments.clear()
    db.session.flush()


@verb((of_id("room"), REASON), done=_l("The room is closed; its turns are back where they came from."), heard=True)
@logged("course", _l("closed the room “%(name)s” again"), EVERYWHERE)
def undo_split(actor: Actor, contest_id: int, room_id: int, reason: str) -> None:
    """Close a room that was split off, before anybody is called in it: its turns go back to the room they came from.

    Raises Refused: contest_unknown, room_unknown_here, reason_missing, room_not_split, room_begun.
    """
    contest = contest_of(contest_id)
    room = room_in(contest, room_id)
    reason = stated(reason)
    origin = late_room(contest_id, room_id)
    if origin is None:
        raise Refused.because("room_not_split", "room")
    turns = [turn for turn in turns_of(room.event) if turn.room_id == room.id]
    used = [seat for seat in room.seats if tables_pointing_to(seat, besides=("assignment", "recusal"))]
    if used or any(turn.begun or turn.clocks for turn in turns):
        raise Refused.because("room_begun", "room")
    home, event = room_in(contest, origin), room.event
    _move(turns, home)
    told: dict[str, Any] = {"event": event.position, "room": home.id, "name": room.name_zh}
    for seat in list(room.seats):
        discard_seat(seat)
    db.session.delete(db.session.get_one(Room, room_id))
    db.session.flush()
    db.session.expire_all()
    number = ", ".join(turn.number for turn in turns)
    seats = [seat.id for seat in home.seats]
    record(contest, actor, "undo_split", seats, **told, number=number, reason=reason)
    apply_relations(actor, contest)
