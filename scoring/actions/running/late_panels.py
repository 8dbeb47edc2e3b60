"""Judges who come late: a seat added to a panel that has begun, and turns that a late judge does not owe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.actions.find import check_has_judges, contest_of
from scoring.actions.preparing.relations import apply_relations
from scoring.actions.registry import EVERYWHERE, PERSON, REASON, SEAT, _l, logged, of_id, text_if_any, verb
from scoring.actions.said import stated
from scoring.actions.setting_up.judge_groups import group_of, join_group
from scoring.actions.setting_up.panels import LONGEST, checked_about, keep_panels, next_number, seat_in
from scoring.actions.setting_up.rooms import MOST_JUDGES
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.late import ADD_SEAT, late_entries
from scoring.board.reading.facts import format_of, turns_of
from scoring.extensions import db
from scoring.rules.formats.base import Benches
from scoring.rules.refusal import Refused
from scoring.store import Assignment, Contest, Recusal, Room, Seat, Turn
from scoring.store.codes import give_code
from scoring.store.contests import RELEASED, WAITING
from scoring.store.references import tables_pointing_to
from scoring.store.sheets import SUBMITTED


@verb(
    (of_id("room"), *PERSON, text_if_any("title"), text_if_any("group"), REASON),
    done=_l("The seat is added, with a code of its own. It marks from the next call on."),
    heard=True,
)
def add_seat(
    actor: Actor,
    contest_id: int,
    room_id: int,
    name: str,
    reason: str,
    office: str = "",
    department: str = "",
    title: str = "",
    group: str = "",
) -> None:
    """Add a judge's seat to the panel of a room, with a code of its own; it marks from the next call on.

    Turns that were called before keep the panels that they were called with, so the new judge owes nothing there.
    Where judges sit in weighed groups, `group` is the key of its own. Raises Refused: contest_unknown,
    room_unknown_here, reason_missing, the problems of the fields, panel_full, group_needed, seat_of_other_group,
    seat_by_pairs at benches.
    """
    contest = contest_of(contest_id)
    room = room_in(contest, room_id)
    reason = stated(reason)
    about = checked_about({"name": name, "office": office, "department": department, "title": title})
    if not about["name"]:
        raise Refused.because("field_missing", "name")
    seat = seat_late(room, about, group=group)
    record_seat(actor, seat, reason)
    apply_relations(actor, contest)


@logged("panel", _l("added the seat %(about)s to a panel, from the next call on"), ("desk", "seats"), name="add_seat")
def record_seat(actor: Actor, seat: Seat, reason: str) -> None:
    """Put on record that a seat was added, and from which turn on it marks."""
    room = seat.room
    about = {name: getattr(seat, name) for name in LONGEST}
    told: dict[str, Any] = {"event": room.event.position, "room": room.id, "seat": seat.id, "after": about}
    told |= {"group": found.key} if (found := group_of(room.event, seat)) else {}
    told |= {"number": str(seat.number), "since": next_to_call(room)}
    panel = [one.id for one in room.seats]
    record(room.event.contest, actor, ADD_SEAT, panel, **told, reason=reason.strip())


def seat_late(room: Room, about: Mapping[str, str], number: int | None = None, group: str = "") -> Seat:
    """A new seat of the panel, which marks every turn of the room that waits.

    Raises Refused: panel_full, seat_by_pairs, group_needed, seat_of_other_group.
    """
    check_has_judges(room.event)
    if isinstance(format_of(room.event), Benches):
        raise Refused.because("seat_by_pairs", "room")
    if len(room.panel) >= MOST_JUDGES:
        raise Refused.because("panel_full", "room", most=MOST_JUDGES)
    keep_panels(room)
    seat = Seat(number=number or next_number(room), **about)
    room.seats.append(seat)
    db.session.flush()
    join_group(room.event, seat, group)
    give_code(seat)
    for turn in waiting_in(room):
        if turn.assignments and not format_of(room.event).coded:
            turn.assignments.append(Assignment(seat=seat))  # one for which a reserve stands in has a panel of its own
    db.session.flush()
    return seat


@verb((SEAT, REASON), done=_l("The seat is taken away again. This is on record."), heard=True)
@logged("panel", _l("took the added seat %(turn)s away again"), ("desk", "seats"))
def remove_seat(actor: Actor, contest_id: int, seat_id: int, reason: str) -> None:
    """Take a seat away again that was added late, as long as it belongs to no called turn and marked nothing.

    Raises Refused: contest_unknown, seat_unknown, reason_missing, seat_not_late, seat_in_use_late.
    """
    contest = contest_of(contest_id)
    seat = seat_in(contest, seat_id)
    reason = stated(reason)
    added = [one["details"]["seat"] for one in late_entries(contest_id) if one["verb"] == ADD_SEAT]
    if seat.id not in added:
        raise Refused.because("seat_not_late", seats=str(seat.number))
    called = [turn for turn in turns_of(seat.room.event) if turn.begun and seat in turn.panel]
    if called or tables_pointing_to(seat, besides=("assignment", "recusal")):
        raise Refused.because("seat_in_use_late", seats=str(seat.number))
    told: dict[str, Any] = {
        "event": seat.room.event.position,
        "room": seat.room_id,
        "number": str(seat.number),
        "name": seat.name,
    }
    panel = [one.id for one in seat.room.seats]
    discard_seat(seat)
    record(contest, actor, "remove_seat", panel, **told, reason=reason)


def discard_seat(seat: Seat) -> None:
    """Delete a seat that never marked, with its places in turns that wait."""
    room = seat.room
    for turn in turns_of(room.event):
        places: list[Assignment | Recusal] = [*turn.assignments, *turn.recusals]
        for one in places:
            if one.seat is seat:
                db.session.delete(one)
    db.session.flush()
    db.session.delete(seat)
    db.session.flush()
    db.session.expire_all()


@verb(
    (SEAT, REASON),
    done=_l("This seat owes nothing of what was called before, and marks from the next call on."),
    heard=True,
)
@logged("panel", _l("recorded that %(about)s came late and does not mark no. %(turn)s"), EVERYWHERE)
def excuse_earlier(actor: Actor, contest_id: int, seat_id: int, reason: str) -> None:
    """A judge who comes late does not mark the turns that were called before: each is recorded as not marked.

    Released turns and sheets that are in stay as they are; from the next call on the judge marks.
    Raises Refused: contest_unknown, seat_unknown, reason_missing, nothing_owed.
    """
    contest = contest_of(contest_id)
    seat = seat_in(contest, seat_id)
    reason = stated(reason)
    owed = [turn for turn in turns_of(seat.room.event) if owes(seat, turn)]
    if not owed:
        raise Refused.because("nothing_owed", seats=str(seat.number))
    for turn in owed:
        db.session.add(Recusal(turn=turn, seat=seat, ground="away", reason=reason, actor=actor.label))
    told: dict[str, Any] = {
        "seat": seat.id,
        "number": ", ".join(turn.alias for turn in owed),
        "turns": [turn.id for turn in owed],
    }
    record(contest, actor, "excuse_earlier", [one.id for one in seat.room.seats], **told, reason=reason)


def owes(seat: Seat, turn: Turn) -> bool:
    """Whether the turn was called, is not released, and waits for a sheet of the seat; never said of a coded one."""
    if turn.hidden or turn.state in (WAITING, RELEASED) or seat not in turn.panel or seat.id in turn.recused:
        return False
    return not any(sheet.seat_id == seat.id and sheet.newest.state == SUBMITTED for sheet in turn.sheets)


def room_in(contest: Contest, room_id: int) -> Room:
    """The room of this contest, or Refused(room_unknown_here)."""
    rooms = {room.id: room for event in contest.events for room in event.rooms}
    if room_id not in rooms:
        raise Refused.because("room_unknown_here", "room")
    return rooms[room_id]


def waiting_in(room: Room) -> list[Turn]:
    """The turns of the room that wait, in order."""
    turns = [turn for turn in turns_of(room.event) if turn.room_id == room.id and turn.state == WAITING]
    return sorted(turns, key=lambda turn: (turn.round.position, turn.position))


def next_to_call(room: Room) -> str:
    """The number of the next turn of the room, "" where nobody waits or work is coded."""
    waiting = [] if format_of(room.event).coded else waiting_in(room)
    return waiting[0].number if waiting else ""
