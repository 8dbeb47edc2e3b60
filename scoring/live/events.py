"""The socket events: each finds out who asks, performs one verb and answers. See docs/live-protocol.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

import gevent
from flask import current_app, request, session
from flask_socketio import ConnectionRefusedError, emit, join_room

from scoring import access, wording
from scoring.access.attendance import Speaker, attendance
from scoring.actions.find import moved_away
from scoring.actions.preparing import rehearsed_screens
from scoring.actions.pressing import perform_named
from scoring.actions.registry import heard
from scoring.actions.running import calls, matches, seats
from scoring.actions.transaction import Actor, not_stored, perform
from scoring.board.reading.clocks import server_time, wall_time
from scoring.board.reading.look import event_asked, event_watched
from scoring.board.reading.presence import health as health_view
from scoring.board.views.seat import seat
from scoring.extensions import client_manager, db, socketio
from scoring.live import desks, shows, tablets
from scoring.live.answers import Answer, Done, HealthAnswer, ShownAnswer, SnapshotAnswer, TabletAnswer, TimeAnswer
from scoring.live.payloads import ChiefCall, Look, Nothing, Shown, Vote, read, whole_number
from scoring.live.pushes import Upgraded
from scoring.live.rooms import AUDIENCE, DESK, JUDGE
from scoring.pages import language
from scoring.pages.subject_here import say_of
from scoring.rules.refusal import Refused
from scoring.transport.watchdog import doing

NAMESPACES = (AUDIENCE, JUDGE, DESK)
#: Events that make no snapshot: what pages send all the time.
CHEAP = frozenset({"time", "beat", "shown", "draft", "submit"})
Read = TypeVar("Read")


def admits(handler: Callable[[Mapping[str, Any]], None]) -> Callable[[Any], None]:
    """A connect handler that turns a refusal into Socket.IO's own way of saying no."""

    @wraps(handler)
    def connect(auth: Any = None) -> None:
        try:
            said = auth if isinstance(auth, Mapping) else {}
            doing(handler.__name__)
            handler(said)
            _tell_version(said.get("version"))
        except Refused as refused:
            access.note_refusal(refused)
            raise _not_admitted(refused) from None
        except Exception:
            current_app.logger.exception("a visitor could not be let in")
            raise _not_admitted(not_stored()) from None

    return connect


def _tell_version(theirs: object) -> None:
    """A page that was made before an upgrade learns of it; whoever names no version is no page of ours."""
    ours = current_app.config["PAGE_VERSION"]
    if theirs is not None and theirs != ours:
        upgraded: Upgraded = {"version": ours}
        emit("upgraded", upgraded)


def _not_admitted(refused: Refused) -> ConnectionRefusedError:
    answer = wording.refusal(refused)
    return ConnectionRefusedError(answer["message"], answer)


def answers(shape: type[Read]) -> Callable[[Callable[[Read], Answer]], Callable[[Any], Answer]]:
    """An event handler that is told what was sent as `shape` has it; what is malformed is refused before."""

    def answering(handler: Callable[[Read], Answer]) -> Callable[[Any], Answer]:
        return _answered(lambda payload: handler(read(shape, payload)), handler.__name__)

    return answering


def _answered(handler: Callable[[Any], Answer], name: str) -> Callable[[Any], Answer]:
    """An event handler whose refusals and failures are answers too, so that no sender waits for nothing.

    The watchdog knows it by its `name`.
    """

    def event(payload: Any = None) -> Answer:
        try:
            doing(name)
            return handler(payload)
        except Refused as refused:
            db.session.rollback()
            access.note_refusal(refused)
            return wording.refusal(refused)
        except Exception:
            current_app.logger.exception("an event failed")
            return wording.refusal(not_stored())

    return event


@socketio.on("connect", namespace=AUDIENCE)
@admits
def join_audience(auth: Mapping[str, Any]) -> None:
    """Anybody may watch an event or the overall result, a hidden one with its pass; the greeting is a push, too."""
    place = None if auth.get("event") is None else _whole(auth, "event")
    slug = str(auth.get("contest"))
    contest_id, place, event_id = event_watched(slug, place, access.is_pass(slug, auth.get("pass")))
    overall = auth.get("overall") is True
    session["socket_contest"] = contest_id
    show = shows.of_overall(contest_id) if overall else shows.of_audience(contest_id, place, event_id)
    _show(show, _seen(auth))


@socketio.on("shown", namespace=AUDIENCE)
@answers(Shown)
def shown(said: Shown) -> ShownAnswer:
    """A hall screen of a rehearsal says which scenes it shows; noted once each, and only while they can be on air.

    Anybody may join here: only a screen that the desk knows by its code is believed.
    """
    named = [scene for scene in said.scenes if isinstance(scene, str)]
    contest_id = session["socket_contest"]
    if not rehearsed_screens.is_known(contest_id, said.screen):
        return {"ok": True, "known": False, "noted": []}
    noted = perform(rehearsed_screens.note_scenes, contest_id, named)
    return {"ok": True, "known": True, "noted": noted or []}


@socketio.on("connect", namespace=JUDGE)
@admits
def join_judge(auth: Mapping[str, Any]) -> None:
    """A tablet joins its own seat's room and no other; one that comes with a key takes the seat if it is free."""
    opened, holder = access.seat_of_socket(auth)
    place = opened.seat
    speaker = Speaker(place.id, place.epoch, holder, language.of_page(auth.get("language")))
    access.check_free(opened, holder)
    if place.holder != holder:
        actor = access.seat_actor(place.id, holder)
        seats.take_seat(actor, place.id, place.tablet, handed_over=opened.handed_over)
    tablets.join(speaker, request.sid)  # type: ignore[attr-defined]
    _goes_first(JUDGE, f"seat:{place.id}")
    _show(shows.of_seat(speaker.seat_id))


@socketio.on("disconnect", namespace=JUDGE)
def leave_judge(_reason: object = None) -> None:
    """The tablet was there until now."""
    attendance().leave(request.sid)  # type: ignore[attr-defined]


@socketio.on("connect", namespace=DESK)
@admits
def join_desk(auth: Mapping[str, Any]) -> None:
    """A desk joins the event it asks for; a timekeeper's is told of the clocks alone, a page beside it of changes."""
    joined = access.account_of_socket(auth)
    account, beside = joined.account, auth.get("news") is True
    whole = not beside and access.sees_desk(account)
    access.check_hears(account)
    contest_id = _whole(auth, "contest")
    place, event_id = _event(auth, contest_id)
    access.check_admitted(account, contest_id)
    account_id = account.id
    desks.join(request.sid, joined, contest_id)  # type: ignore[attr-defined]
    _goes_first(DESK, f"account:{account_id}")
    show = shows.of_desk if whole else shows.of_news if beside else shows.of_clocks
    _show(show(contest_id, place, event_id), _told_revisions() if auth.get("tell") is True else None)


@socketio.on("disconnect", namespace=DESK)
def leave_desk(_reason: object = None) -> None:
    """A session that the socket has begun itself is over."""
    desks.leave(request.sid)  # type: ignore[attr-defined]


@socketio.on("ballot", namespace=JUDGE)
@answers(Vote)
def ballot(said: Vote) -> Done:
    """Cast the seat's secret vote on a tied match; the same request id again changes nothing."""
    perform(matches.cast_ballot, _actor_now(), said.turn, _seat_now(), said.side, request=said.request)
    return {"ok": True}


@socketio.on("call_chief", namespace=JUDGE)
@answers(ChiefCall)
def call_chief(said: ChiefCall) -> Done:
    """Call the chief judge to the seat; the same request id again changes nothing."""
    perform(calls.call_chief, _actor_now(), _seat_now(), said.message, request=said.request)
    return {"ok": True}


@socketio.on("look", namespace=JUDGE)
@answers(Look)
def look(said: Look) -> TabletAnswer:
    """The tablet's snapshot for one turn of its room, such as one whose sheet is still owed."""
    try:
        return {"ok": True, "tablet": seat(_seat_now(), said.turn)}
    except LookupError:
        raise Refused.because("turn_unknown") from None


@socketio.on("beat", namespace=JUDGE)
@answers(Nothing)
def beat(_said: Nothing) -> Done:
    """The tablet is there, as whatever it sends says, too; noted for the desk's health of seats, beside the record."""
    _seat_now()
    return {"ok": True}


@socketio.on("health", namespace=DESK)
@answers(Nothing)
def health(_said: Nothing) -> HealthAnswer:
    """How each seat's tablet is, and whether new devices must wait, for a desk that asks now and again.

    Both age without any change of the contest.
    """
    contest_id = desks.contest_seen(request.sid)  # type: ignore[attr-defined]
    tablets.note_heard()
    return {"ok": True, "seats": health_view(contest_id), "devices_wait": bool(access.kept_out())}


def _events_of_all(namespace: str) -> None:
    @socketio.on("time", namespace=namespace)
    def tell_time(_payload: Any = None) -> TimeAnswer:
        if namespace == JUDGE:
            attendance().hear_socket(request.sid)  # type: ignore[attr-defined]
        return {"ok": True, "at": server_time(), "wall": wall_time()}

    @socketio.on("sync", namespace=namespace)
    def sync(_payload: Any = None) -> SnapshotAnswer | wording.Refusal:
        doing(f"sync in {namespace}")
        try:
            if namespace == JUDGE:
                _seat_now()
            elif namespace == DESK:
                desks.contest_at(request.sid)  # type: ignore[attr-defined]
        except Refused as refused:
            return wording.refusal(refused)
        show = shows.of_room(session["room"])
        assert show is not None
        return {"ok": True, "snapshot": show.present()}


for _namespace in NAMESPACES:
    _events_of_all(_namespace)


def _desk_event(name: str) -> None:
    def event(payload: Any) -> Done:
        if not isinstance(payload, Mapping):
            raise Refused.because("payload_malformed")
        contest_id, actor = desks.acting(request.sid)  # type: ignore[attr-defined]
        say_of(contest_id=contest_id)
        perform_named(name, actor, contest_id, payload, payload.get("request"))
        return {"ok": True}

    socketio.on(name, namespace=DESK)(_answered(event, name))


for _name in heard():
    _desk_event(_name)


def _seen(auth: Mapping[str, Any]) -> shows.Seen | None:
    """What the page shows already that a watcher comes from; None for one that wants to be sent all."""
    revision, run = auth.get("has"), auth.get("run")
    if type(revision) is not int or not isinstance(run, str):
        return None
    join_room(shows.FETCHING)
    return shows.Seen(run, revision)


def _told_revisions() -> shows.Seen:
    """Of a page that the server draws: it is told how new the picture is, and asks for itself."""
    join_room(shows.FETCHING)
    return shows.NOTHING


def _show(show: shows.Show, seen: shows.Seen | None = None) -> None:
    """Let the newcomer into the room and send it the whole picture, but not before the word that it is let in."""
    app, sid = current_app._get_current_object(), request.sid  # type: ignore[attr-defined]
    session["room"] = show.room
    join_room(show.room)

    def greet() -> None:
        doing(f"greeting in {show.namespace}")
        with app.app_context():
            shows.greet(sid, show.namespace, show.room, seen)

    gevent.spawn(greet)


def _goes_first(namespace: str, known_as: str) -> None:
    client_manager().trust(request.sid, namespace, known_as)  # type: ignore[attr-defined]


def _seat_now() -> int:
    """The seat that this socket's tablet holds, by id; Refused(seat_not_yours, seat_moved) if it does not any more."""
    speaker = _speaker()
    place = access.seat_by_epoch(speaker.seat_id, speaker.epoch)
    if not attendance().has(speaker.seat_id, request.sid):  # type: ignore[attr-defined]
        raise moved_away(place)
    access.check_held(place, speaker.holder)
    return speaker.seat_id


def _speaker() -> Speaker:
    """For whom this socket was let in; Refused(seat_not_yours) before it is."""
    try:
        return attendance().speaker(request.sid)  # type: ignore[attr-defined]
    except LookupError:
        raise Refused.because("seat_not_yours") from None


def _event(auth: Mapping[str, Any], contest_id: int) -> tuple[int, int]:
    """The place and the id of the event that a socket asks for, the first where it names none.

    Raises Refused: contest_unknown, event_unknown, payload_malformed.
    """
    place = None if auth.get("event") is None else _whole(auth, "event")
    event = event_asked(contest_id, place)
    return event.position, event.id


def _actor_now() -> Actor:
    """How this socket's tablet signs what it does; the change itself asks again whether it holds the seat."""
    return access.seat_actor(_speaker().seat_id, _speaker().holder)


def _whole(payload: Mapping[str, Any], field: str) -> int:
    return whole_number(payload.get(field))
