"""The tablets of the seats: a seat has one, and the one that it had before is locked in the same moment."""

from __future__ import annotations

import gevent
from flask import Flask
from flask_socketio import leave_room

from scoring import access
from scoring.access.attendance import Speaker, attendance
from scoring.actions.running import presence
from scoring.actions.signals import moved
from scoring.extensions import socketio
from scoring.live.pushes import Moved
from scoring.live.rooms import JUDGE, seat_room

#: Seconds between two notes of who was heard; a desk that asks has it noted at once.
NOTED_EVERY = 4.0


def join(speaker: Speaker, sid: str) -> None:
    """Let a socket speak for the seat's tablet.

    Raises Refused: seat_moved, if yet another tablet has taken the seat in this moment.
    """
    attendance().join(speaker, sid)
    seat = access.seat_now(speaker.seat_id)
    _turn_out_others(seat.id, seat.holder)
    access.check_held(seat, speaker.holder)


@moved.connect
def lock_former(_sender: object, seat_id: int) -> None:
    """Tell every other tablet of the seat that it is locked, and nothing of the seat from here on."""
    _turn_out_others(seat_id, access.seat_now(seat_id).holder)


def lock_ended() -> None:
    """The same for all seats, whichever process has moved them or renewed their codes."""
    seats = attendance().seats()
    held = access.holders_now(seats) if seats else {}
    # All before the first is told: while it is, somebody may take the next seat.
    out = {seat_id: attendance().turn_out(seat_id, held.get(seat_id, "")) for seat_id in seats}
    for seat_id, sids in out.items():
        _tell_moved(seat_id, sids)


def _turn_out_others(seat_id: int, holder: str) -> None:
    _tell_moved(seat_id, attendance().turn_out(seat_id, holder))


def _tell_moved(seat_id: int, sids: list[str]) -> None:
    moved_on: Moved = {"seat": seat_id, "code": "seat_moved"}
    for sid in sids:
        leave_room(seat_room(seat_id), sid=sid, namespace=JUDGE)
        socketio.emit("moved", moved_on, to=sid, namespace=JUDGE)


def note_heard() -> None:
    """Store which tablets were heard, for every process: whatever a tablet sends is a sign of its life."""
    presence.note(attendance().news())


def keep_noting(app: Flask) -> None:
    """Note for ever who was heard."""
    while True:
        gevent.sleep(NOTED_EVERY)
        try:
            with app.app_context():
                note_heard()
        except Exception:
            app.logger.exception("who was heard could not be noted; the next beat tries again")
