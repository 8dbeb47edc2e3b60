"""The desks' sockets: each acts in a session, and is closed as soon as that does not hold any more."""

from __future__ import annotations

from dataclasses import dataclass

from scoring import access
from scoring.actions.signals import ended
from scoring.actions.site import sessions
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db, socketio
from scoring.live.pushes import SignedOut
from scoring.live.rooms import DESK
from scoring.rules.refusal import Refused
from scoring.services import Service


@dataclass(frozen=True)
class Desk:
    """In which session a socket acts, whether it has begun it itself, and in which contest."""

    sign_in_id: int
    own: bool
    contest_id: int


#: The desks whose sockets are open, by the id of the socket.
OPEN: Service[dict[str, Desk]] = Service("desks", dict)


def join(sid: str, joined: access.Joined, contest_id: int) -> None:
    """Let a socket act in its session; one that came with a password begins a session of its own."""
    own = joined.sign_in is None
    sign_in_id = access.begin_session(joined.account) if joined.sign_in is None else joined.sign_in
    _open()[sid] = Desk(sign_in_id, own, contest_id)


def leave(sid: str) -> None:
    """The socket is closed; its own session ends with it."""
    desk = _open().pop(sid, None)
    if desk is not None and desk.own:
        perform(sessions.sign_out, desk.sign_in_id)


def contest_at(sid: str) -> int:
    """The contest of a desk that looks on. Raises Refused: not_signed_in, contest_not_yours."""
    desk = _desk(sid)
    access.check_session(desk.sign_in_id, desk.contest_id)
    return desk.contest_id


def contest_seen(sid: str) -> int:
    """The same of one whose account sees the whole desk. Raises as `contest_at`, and Refused: role_may_not."""
    desk = _desk(sid)
    access.check_looks_on(desk.sign_in_id, desk.contest_id)
    return desk.contest_id


def acting(sid: str) -> tuple[int, Actor]:
    """The contest of a desk, and how it signs what it does. Raises as `contest_at`, and Refused: session_idle."""
    desk = _desk(sid)
    return desk.contest_id, access.actor_now(desk.sign_in_id, desk.contest_id)


@ended.connect
def close_ended(_sender: object = None, **_change: object) -> None:
    """Close every desk's socket whose session does not hold any more, whoever has ended it."""
    db.session.rollback()
    for sid, desk in list(_open().items()):
        try:
            access.check_session(desk.sign_in_id, desk.contest_id)
        except Refused as refused:
            signed_out: SignedOut = {"code": refused.code}
            socketio.emit("signed_out", signed_out, to=sid, namespace=DESK)
            socketio.server.disconnect(sid, namespace=DESK)


def _desk(sid: str) -> Desk:
    try:
        return _open()[sid]
    except KeyError:
        raise Refused.because("not_signed_in") from None


def _open() -> dict[str, Desk]:
    return OPEN.of()
