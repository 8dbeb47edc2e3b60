"""Finding what a verb is about, or saying that it is not there; and putting turns in an order."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.actions.transaction import Actor
from scoring.board.conditions.releasing import check_open, check_running, check_unreleased
from scoring.board.reading.facts import format_of
from scoring.board.reading.look import event_asked
from scoring.extensions import db
from scoring.pages.moments import clock_time
from scoring.rules.refusal import Refused
from scoring.store import Contest, Event, Seat, Turn
from scoring.store.to_mark import SeatToMark


def turn_of(turn_id: int) -> Turn:
    """The turn, or Refused(turn_unknown)."""
    turn = db.session.get(Turn, turn_id)
    if turn is None:
        raise Refused.because("turn_unknown")
    return turn


def turn_in(contest_id: int, turn_id: int) -> Turn:
    """The turn of this contest, or Refused(turn_unknown)."""
    turn = turn_of(turn_id)
    if turn.contest.id != contest_id:
        raise Refused.because("turn_unknown")
    return turn


def turn_of_open_contest(turn_id: int) -> Turn:
    """The turn of a contest that is set up and open, or Refused(turn_unknown, contest_not_open, rehearsal_on)."""
    turn = turn_of(turn_id)
    check_running(turn.contest)
    return turn


def unreleased_turn_of(turn_id: int) -> Turn:
    """The turn while nobody has been told its score, or Refused(turn_unknown, turn_released)."""
    turn = turn_of(turn_id)
    check_unreleased(turn)
    return turn


def turn_to_release(turn_id: int) -> Turn:
    """The turn as its totals are checked and its score released.

    Raises Refused: turn_unknown, turn_released, turn_not_open, not_decoded.
    """
    turn = turn_of(turn_id)
    check_open(turn)
    if turn.hidden:
        raise Refused.because("not_decoded")
    return turn


def contest_of(contest_id: int) -> Contest:
    """The contest, or Refused(contest_unknown)."""
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise Refused.because("contest_unknown")
    return contest


def event_of_points(contest_id: int, place: int | None) -> Event:
    """The event at this place, whose points the desk enters; the only such one where no place is told.

    Raises Refused: event_unknown, no_points_here.
    """
    events = [event for event in contest_of(contest_id).events if format_of(event).entered]
    if place is None and len(events) == 1:
        return events[0]
    found = event_asked(contest_id, place)
    if not format_of(found).entered:
        raise Refused.because("no_points_here", "event")
    return found


def check_has_judges(event: Event) -> None:
    """Refused(no_judges_here) where the desk enters the points and nobody sits on a panel."""
    if format_of(event).entered:
        raise Refused.because("no_judges_here")


def seat_of(turn: Turn, seat_id: int) -> Seat:
    """The seat on the panel of the turn, or Refused(seat_not_in_room)."""
    seat = next((seat for seat in turn.panel if seat.id == seat_id), None)
    if seat is None:
        raise Refused.because("seat_not_in_room")
    return seat


def own_seat_of(actor: Actor, turn: Turn, seat_id: int) -> Seat:
    """The seat on the panel of the turn that the actor marks for; Refused(seat_not_in_room, seat_moved)."""
    seat = seat_of(turn, seat_id)
    check_holder(actor, seat)
    return seat


def check_holder(actor: Actor, seat: Seat | SeatToMark) -> None:
    """Refused(seat_moved) if a tablet acts that does not hold the seat any more, or as `check_code`.

    It is asked within the change's own transaction: however two tablets race, only the one that holds the seat writes.
    """
    if actor.epoch is not None:
        check_code(actor.epoch, seat)
    if actor.holder and actor.holder != seat.holder:
        raise moved_away(seat)


def check_code(epoch: int | None, seat: Seat | SeatToMark) -> None:
    """Refused(seat_code_renewed, seat_not_yours) unless the code of this epoch, None for no code, is still good."""
    if epoch is not None and epoch < seat.epoch:
        raise Refused.because("seat_code_renewed")
    if epoch != seat.epoch:
        raise Refused.because("seat_not_yours")


def moved_away(seat: Seat | SeatToMark) -> Refused:
    """The refusal for a tablet that another one has taken the seat from, with the time where the server stands."""
    at = clock_time(seat.taken_at) if seat.taken_at else ""
    return Refused.because("seat_moved", seats=str(seat.number), at=at)


def seats_of(turn: Turn) -> list[int]:
    """The ids of all seats whose tablets show this turn."""
    return [seat.id for seat in turn.panel]


def put_in_order(turns: Sequence[Turn]) -> None:
    """Give the turns of a round the positions 1, 2, …, in this order.

    Those that move go first out of the way, because no two turns may hold a position even for a moment.
    """
    moved = [(place, turn) for place, turn in enumerate(turns, 1) if turn.position != place]
    for sign in (-1, 1):
        for place, turn in moved:
            turn.position = sign * place
        db.session.flush()
