"""A judge's draft and submitted sheet: the two events of which a full hall is made, on the shortest way to the verb.

They are heard at python-socketio's server and not through Flask-SocketIO, whose request context costs as much as
the sheet itself. What they need of the context stands in the attendance; whoever is refused is answered within one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError

from scoring import access, wording
from scoring.access.attendance import ATTENDANCE, Speaker
from scoring.actions.find import moved_away
from scoring.actions.running.sheets import Incoming, Stored, hand_in, keep
from scoring.actions.transaction import WRITER, Actor, not_stored, perform_lean
from scoring.board.snapshots.tablet import Sheet, WordedSheet
from scoring.board.views.seat import held_after
from scoring.extensions import socketio
from scoring.live.answers import Answer, SheetRefusal
from scoring.live.payloads import Draft, Submission, read
from scoring.live.rooms import JUDGE
from scoring.pages.subject_here import say_of
from scoring.rules.refusal import Refused
from scoring.transport.watchdog import doing

Verb = Callable[..., Stored]


def listen(app: Flask) -> None:
    """Hear the judges' sheets on the server that the application was just bound to."""
    events = SheetEvents(app)
    for event, handler in (("draft", events.draft), ("submit", events.submit)):
        socketio.server.on(event, handler, namespace=JUDGE)


class SheetEvents:
    """The handlers; each answers what the server holds then, whether the sheet was taken or refused."""

    def __init__(self, app: Flask) -> None:
        """Take sheets in for this application."""
        self._app = app
        self._attendance = ATTENDANCE.of(app)

    def draft(self, sid: str, payload: Any = None) -> Answer:
        """Keep what the judge has typed so far."""
        doing("draft")
        return self._answer(sid, keep, payload, Draft)

    def submit(self, sid: str, payload: Any = None) -> Answer:
        """Store and lock the judge's sheet; answered only after the commit."""
        doing("submit")
        return self._answer(sid, hand_in, payload, Submission)

    def _answer(self, sid: str, verb: Verb, payload: Any, shape: type[Draft | Submission]) -> Answer:
        try:
            speaker = self._attendance.speaker(sid)
        except LookupError:
            return self._unknown()
        try:
            sheet = _incoming(read(shape, payload), speaker)
        except Refused as refused:
            self._note(sid, speaker, refused)
            return self._refusal(speaker, refused)
        try:
            return {"ok": True, "sheet": self._sheet(speaker, self._take_in(sid, speaker, verb, sheet).sheet)}
        except Refused as refused:
            return self._refusal(speaker, refused, sheet)
        except OperationalError as error:
            self._app.logger.error("not stored: %s", error)
            return self._not_stored(speaker)
        except Exception:
            self._app.logger.exception("a sheet could not be taken in")
            return self._not_stored(speaker)

    def _note(self, sid: str, speaker: Speaker, refused: Refused) -> None:
        """No page of ours sends what cannot be read: it stands in the log of access."""
        environ = socketio.server.get_environ(sid, JUDGE) or {}
        with self._app.app_context():
            access.note_of_seat(speaker.seat_id, refused.code, str(environ.get("REMOTE_ADDR", "")))

    def _not_stored(self, speaker: Speaker) -> Answer:
        with self._app.app_context():
            return self._refusal(speaker, not_stored())

    def _unknown(self) -> Answer:
        """The answer to a socket that was not let in to its end yet."""
        with self._app.app_context():
            return wording.refusal(Refused.because("seat_not_yours"))

    def _take_in(self, sid: str, speaker: Speaker, verb: Verb, sheet: Incoming) -> Stored:
        if not self._attendance.has(speaker.seat_id, sid):
            with self._app.app_context():
                raise moved_away(access.check_epoch(speaker.seat_id, speaker.epoch))
        self._attendance.hear(speaker.seat_id)
        return perform_lean(WRITER.of(self._app), verb, sheet)

    def _sheet(self, speaker: Speaker, sheet: Sheet) -> WordedSheet:
        if not sheet["problems"]:
            return {**sheet, "problems": {}}  # as `worded` makes it, which needs a context
        with self._reading(speaker):
            return wording.worded(sheet)

    def _refusal(
        self, speaker: Speaker, refused: Refused, sheet: Incoming | None = None
    ) -> wording.Refusal | SheetRefusal:
        """The refusal, of a sheet with what its sender is told that the server holds of it.

        Whose code was renewed is told nothing of the seat's sheets.
        """
        with self._reading(speaker):
            if sheet is None:
                return wording.refusal(refused)
            try:
                access.check_epoch(speaker.seat_id, speaker.epoch)
            except Refused as locked_out:
                return wording.refusal(locked_out)
            held = held_after(refused.code, sheet.turn_id, speaker.seat_id, sheet.submission)
            return {**wording.refusal(refused), "holds": wording.worded(held) if held else None}

    @contextmanager
    def _reading(self, speaker: Speaker) -> Iterator[None]:
        """The database and the judge's own language."""
        with self._app.app_context(), force_locale(speaker.language):
            say_of(seat_id=speaker.seat_id)
            yield


def _incoming(said: Draft | Submission, speaker: Speaker) -> Incoming:
    """The sheet that a message brings."""
    actor = Actor(f"seat:{speaker.seat_id}", seat_id=speaker.seat_id, holder=speaker.holder, epoch=speaker.epoch)
    sheet = Incoming(actor, said.turn, speaker.seat_id, said.typed, said.base)
    return sheet if isinstance(said, Draft) else replace(sheet, submission=said.submission, reason=said.reason or "")
