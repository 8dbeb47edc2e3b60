"""The codes of the seats: renewed when a card was lost, revoked when nobody shall come in by it."""

from __future__ import annotations

from scoring.actions.find import check_has_judges, contest_of
from scoring.actions.registry import _l, logged, of_id, typed, verb
from scoring.actions.signals import moved
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.conflicts import seats_of_panels
from scoring.extensions import db
from scoring.rules.folding import written_plainly
from scoring.rules.refusal import Refused
from scoring.store import Contest, Seat
from scoring.store.codes import give_code
from scoring.store.model import now


@verb(of_id("seat"), done=_l("The seat has a new code. The old card and its tablet open nothing any more."))
@logged("panel", _l("renewed the code of %(about)s"), ("desk", "seats"))
def renew_code(actor: Actor, contest_id: int, seat_id: int) -> None:
    """Give a seat a new code; the old card and the tablet that came in by it open nothing any more.

    Raises Refused: contest_unknown, seat_unknown.
    """
    contest = contest_of(contest_id)
    seat = _seat(contest_id, seat_id)
    _renew(seat)
    record(contest, actor, "renew_code", [seat.id], seat=seat.id)


@verb(typed("typed"), done=_l("All seats have new codes. Please print all cards again."))
@logged("panel", _l("renewed the codes of all seats"), ("desk", "seats"))
def renew_all_codes(actor: Actor, contest_id: int, typed: str) -> None:
    """Give every seat of the contest a new code: all cards must be printed again, all tablets sign in again.

    `typed` is the contest's address, typed to confirm it. Raises Refused: contest_unknown, typed_wrong.
    """
    contest = contest_of(contest_id)
    if written_plainly(typed).strip() != contest.slug:
        raise Refused.because("typed_wrong", "typed", expected=contest.slug)
    seats = seats_of_panels(contest)
    for seat in seats:
        _renew(seat)
    record(contest, actor, "renew_all_codes", [seat.id for seat in seats], renewed=len(seats))


@verb(of_id("seat"), done=_l("No code opens this seat until it gets a new one."))
@logged("panel", _l("revoked the code of %(about)s"), ("desk", "seats"))
def revoke_code(actor: Actor, contest_id: int, seat_id: int) -> None:
    """Let no code open a seat until it gets a new one. Raises Refused: contest_unknown, seat_unknown, code_revoked."""
    contest = contest_of(contest_id)
    seat = _seat(contest_id, seat_id)
    if seat.revoked_at is not None:
        raise Refused.because("code_revoked", seats=str(seat.number))
    _renew(seat)
    seat.revoked_at = now()
    record(contest, actor, "revoke_code", [seat.id], seat=seat.id)


def revoke_codes(contest: Contest) -> list[int]:
    """Revoke the codes of all seats of the contest that still have one; answers which."""
    seats = [seat for seat in seats_of_panels(contest) if seat.revoked_at is None]
    for seat in seats:
        _renew(seat)
        seat.revoked_at = now()
    return [seat.id for seat in seats]


def turn_out_former_tablets(contest_id: int) -> None:
    """Tell every tablet that came in by an old code that it is locked; to be done once the change is stored."""
    for seat_id in [seat.id for seat in seats_of_panels(contest_of(contest_id))]:
        moved.send(None, seat_id=seat_id)


def _renew(seat: Seat) -> None:
    seat.epoch, seat.revoked_at, seat.holder = seat.epoch + 1, None, ""
    db.session.flush()
    give_code(seat)


def _seat(contest_id: int, seat_id: int) -> Seat:
    seat = db.session.get(Seat, seat_id)
    if seat is None or seat.room.event.contest_id != contest_id:
        raise Refused.because("seat_unknown", "seat")
    check_has_judges(seat.room.event)
    return seat
