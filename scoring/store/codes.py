"""The seats' keys and PINs: derived from the installation's secret, so that the database holds none of them."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app
from sqlalchemy import select

from scoring.extensions import db
from scoring.store.at_door import SeatAtDoor, seat_at_door
from scoring.store.contests import OPEN, Contest, Event, Room
from scoring.store.installation import mark
from scoring.store.panel import Seat
from scoring.store.steady import steady


def _digest(purpose: str, seat: Seat | SeatAtDoor) -> bytes:
    secret, of = str(current_app.config["SEATS_KEY"]).encode(), mark()
    what = f"{purpose}:{seat.id}:{seat.epoch}" + (f":{of}" if of else "")
    return hmac.new(secret, what.encode(), hashlib.sha256).digest()


def seat_key(seat: Seat | SeatAtDoor) -> str:
    """The key in the seat's QR code: its id and 128 bits that nobody can guess."""
    return f"{seat.id}-{_digest('key', seat)[:16].hex()}"


def seat_pin(seat: Seat) -> str:
    """The seat's six-digit PIN."""
    return f"{int.from_bytes(_digest('pin', seat)[:8]) % 1_000_000:06d}"


def seat_by_key(key: str) -> Seat | None:
    """The seat that a key opens, or None; one whose code was revoked opens to nobody."""
    seat = _seat_named(key)
    return seat if seat and hmac.compare_digest(seat_key(seat).encode(), key.encode()) else None


def seat_at_door_by_key(key: str) -> SeatAtDoor | None:
    """The same seat as somebody at the door needs it."""
    seat_id = _id_in(key)
    seat = None if seat_id is None else seat_at_door(seat_id)
    return seat if seat and seat.open and hmac.compare_digest(seat_key(seat).encode(), key.encode()) else None


def handover_key(seat: Seat) -> str:
    """The key in the code that moves the seat to another tablet: of one opening, and good for one tablet."""
    return f"{seat.id}-{_digest(_opening(seat, 'handover'), seat)[:16].hex()}"


def seat_by_handover(key: str) -> Seat | None:
    """The seat that a handover's key moves, or None: also once it was used, was taken back or has run out."""
    seat = _seat_named(key)
    if seat is None or seat.handover_until is None or seat.handover_until <= steady():
        return None
    return seat if hmac.compare_digest(handover_key(seat).encode(), key.encode()) else None


def handover_pin(seat: Seat) -> str:
    """The six digits that do the same where nothing can be scanned; the PIN on the card does not."""
    return f"{int.from_bytes(_digest(_opening(seat, 'handover-pin'), seat)[:8]) % 1_000_000:06d}"


def seat_by_handover_pin(pin: str) -> Seat | None:
    """The seat whose handover is open with these six digits, or None."""
    wanted = select(Seat).where(Seat.handover_until > steady(), Seat.revoked_at.is_(None))
    fits = [
        seat for seat in db.session.scalars(wanted) if hmac.compare_digest(handover_pin(seat).encode(), pin.encode())
    ]
    return fits[0] if len(fits) == 1 else None


def _opening(seat: Seat, purpose: str) -> str:
    """One opening of the seat's handover: whatever follows from it is good for one tablet."""
    return f"{purpose}:{seat.tablet}:{seat.handover_until}"


def _seat_named(key: str) -> Seat | None:
    seat_id = _id_in(key)
    seat = None if seat_id is None else db.session.get(Seat, seat_id)
    return seat if seat and seat.revoked_at is None else None


def _id_in(key: str) -> int | None:
    head, _, _ = key.partition("-")
    return int(head) if key.isascii() and head.isdigit() and len(head) < 10 else None


def has_pin(seat: Seat, pin: str) -> bool:
    """Whether this is the PIN of the seat, and opens it."""
    return hmac.compare_digest(seat_pin(seat).encode(), pin.encode()) and seat.revoked_at is None


def seat_by_pin(pin: str) -> Seat | None:
    """The seat of an open contest that a PIN opens, or None.

    Every seat is compared, so the time taken tells nothing; those of other contests would only be more to hit.
    """
    here = select(Seat).join(Room, Seat.room_id == Room.id).join(Event, Room.event_id == Event.id)
    wanted = here.join(Contest, Event.contest_id == Contest.id).where(Contest.state == OPEN)
    fits = [seat for seat in db.session.scalars(wanted) if has_pin(seat, pin)]
    return fits[-1] if fits else None


def give_code(seat: Seat) -> None:
    """Move a stored seat to an epoch whose PIN no other seat has."""
    others = {seat_pin(other) for other in db.session.scalars(select(Seat)) if other.id != seat.id}
    while seat_pin(seat) in others:
        seat.epoch += 1
