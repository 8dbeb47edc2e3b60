"""The judge's sheet: saving a draft, submitting and locking.

A hall full of judges sends these at once, so they are lean: they read and write the few rows that a sheet needs
(store/held.py, store/intake.py), the turn being kept as long as nothing but sheets changes (store/to_mark.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from scoring.actions.find import check_holder
from scoring.actions.registry import EVERYWHERE, _l, logged
from scoring.actions.transaction import Actor
from scoring.board.reading.facts import all_in
from scoring.board.snapshots.tablet import Sheet
from scoring.board.views.seat import sheet_view
from scoring.extensions import db
from scoring.rules.formats.base import Benches
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Photo
from scoring.store.contests import MARKING, PERFORMING, RELEASED
from scoring.store.held import Held, met, stored_as, submitted_before
from scoring.store.intake import Intake
from scoring.store.model import is_storable
from scoring.store.sheets import DRAFT, SUBMITTED
from scoring.store.to_mark import SeatToMark, TurnToMark, turn_to_mark
from scoring.store.unit_of_work import Change, at_work

LONGEST_FIELD = 96
LONGEST_ENTRY = 2000
LONGEST_REASON = 400
MOST_ENTRIES = 512


@dataclass(frozen=True)
class Incoming:
    """A sheet on its way in: what its judge has typed so far or, with a `submission`'s id, what is handed in.

    `base` is the number of the version that the tablet last saw, 0 for none; None where it does not say. Nothing of it
    was looked at yet but `turn_id` and `base`.
    """

    actor: Actor
    turn_id: int
    seat_id: int
    typed: object
    base: int | None = None
    submission: object = None
    reason: object = ""


@dataclass(frozen=True)
class Stored:
    """What came of it: the sheet as the server holds it now, and the news of it if anything changed."""

    sheet: Sheet
    change: Change | None = None


def save_draft(actor: Actor, turn_id: int, seat_id: int, typed: object, base: int = 0) -> None:
    """Keep what a judge has typed so far, as `keep`."""
    _perform(keep, Incoming(actor, turn_id, seat_id, typed, base))


@logged(
    "sheets",
    _l("submitted the sheet for no. %(turn)s"),
    EVERYWHERE,
    coded=_l("submitted a sheet; whose work it is for is told after the decoding"),
)
def submit(
    actor: Actor,
    turn_id: int,
    seat_id: int,
    typed: object,
    submission: object,
    *,
    base: int | None = None,
    reason: object = "",
) -> None:
    """Check, store and lock a judge's sheet, as `hand_in`."""
    _perform(hand_in, Incoming(actor, turn_id, seat_id, typed, base, submission, reason))


def _perform(verb: Callable[[Intake, Incoming], Stored], sheet: Incoming) -> None:
    """The verb within the session's transaction; it came by a form, whose page may be gone: whoever listens is told."""
    intake = Intake(db.session.connection())
    stored = verb(intake, sheet)
    intake.write()
    if stored.change:
        at_work().changes.append(replace(stored.change, by=None))


def keep(intake: Intake, sheet: Incoming) -> Stored:
    """Keep what a judge has typed so far, good or bad, as the sheet's next version.

    A `base` older than the version in force is refused, so that a tablet left behind cannot undo newer typing. What is
    held already is not stored again, whatever the base: a draft may arrive twice.
    Raises Refused: turn_unknown, seat_not_in_room, seat_moved, seat_code_renewed, not_handed_in, seat_recused,
    turn_not_open, turn_released, sheet_submitted, marking_closed, draft_outdated, sheet_malformed.
    """
    connection = intake.connection_for(sheet.turn_id, sheet.seat_id)
    turn, held = _meet(connection, sheet)
    seat = own_seat(sheet.actor, turn, sheet.seat_id)
    check_takes(turn, seat, held)
    clean = plain(sheet.typed)
    if held and held.typed == clean:
        return Stored(sheet_view(connection, turn, seat, held))
    _check_base(held, sheet.base or 0)
    question = held.question if held else ""
    revision = intake.move(turn.contest_id)
    kept = _add(intake, sheet, turn, held, state=DRAFT, typed=clean, question=question, revision=revision)
    seen = held is None or held.state != DRAFT
    change = Change(turn.contest_id, revision, frozenset([seat.id]), public=False, seen=seen, by=seat.id)
    return Stored(sheet_view(connection, turn, seat, kept), change)


def hand_in(intake: Intake, sheet: Incoming) -> Stored:
    """Check, store and lock a judge's sheet; the same submission id again changes nothing.

    With a `base` an older one is refused as for a draft. Who changes a sheet that was sent back with a question says
    why; the one before stays on record.
    Raises Refused: as `keep`, and every problem of the sheet with its criterion; photo_unknown,
    submission_malformed, change_reason_missing, reason_too_long, field_not_text.
    """
    submission = _checked_id(sheet.submission)
    connection = intake.connection_for(sheet.turn_id, sheet.seat_id, submission)
    turn, held = _meet(connection, sheet)
    if _is_stored(connection, sheet, submission):
        return Stored(sheet_view(connection, turn, own_seat(sheet.actor, turn, sheet.seat_id), held))
    seat = own_seat(sheet.actor, turn, sheet.seat_id)
    check_takes(turn, seat, held)
    clean = plain(sheet.typed)
    if sheet.base is not None and not (held and held.typed == clean):
        _check_base(held, sheet.base)
    marks = turn.kind.read_sheet(turn.settings, turn.parts, clean)
    _check_photos(connection, turn, seat, marks)
    reason = _reason(connection, held, marks, sheet.reason)
    revision = _note(intake, sheet, turn, marks, reason)
    more = {"marks": marks, "submission": submission, "reason": reason, "revision": revision}
    kept = _add(intake, sheet, turn, held, state=SUBMITTED, typed=clean, **more)
    return Stored(sheet_view(connection, turn, seat, kept), _news(intake, sheet, turn, revision))


def _meet(connection: Connection, sheet: Incoming) -> tuple[TurnToMark, Held | None]:
    """The turn as it stands in this transaction, and the sheet's version in force; Refused(turn_unknown)."""
    found = met(connection, sheet.turn_id, sheet.seat_id)
    if found is None:
        raise Refused.because("turn_unknown")
    return turn_to_mark(connection, sheet.turn_id, found.frame), found.held


def _add(intake: Intake, sheet: Incoming, turn: TurnToMark, held: Held | None, **version: Any) -> Held:
    by = {"settings_version": turn.settings_version, "actor": sheet.actor.label}
    return intake.add_version(turn.id, sheet.seat_id, held, **by, **version)


def _note(intake: Intake, sheet: Incoming, turn: TurnToMark, marks: Mapping[str, Any], reason: str) -> int:
    """Add the entry of a sheet that was handed in; answers its revision."""
    why = {"reason": reason} if reason else {}
    about = {"turn": turn.id, "seat": sheet.seat_id, "number": turn.number, "marks": marks} | why
    return intake.move_in_public(turn.contest_id, "submit", sheet.actor.label, about)


def _news(intake: Intake, sheet: Incoming, turn: TurnToMark, revision: int) -> Change:
    # A tie asks the whole panel.
    told = turn.seats if turn.sided and all_in(intake.connection, turn) else [sheet.seat_id]
    return Change(turn.contest_id, revision, frozenset(told), by=sheet.actor.seat_id)


def own_seat(actor: Actor, turn: TurnToMark, seat_id: int) -> SeatToMark:
    """The seat on the turn's panel that the actor marks for; Refused(seat_not_in_room, seat_moved, …code_renewed)."""
    seat = turn.seats.get(seat_id)
    if seat is None:
        raise Refused.because("seat_not_in_room")
    check_holder(actor, seat)
    return seat


def check_takes(turn: TurnToMark, seat: SeatToMark, held: Held | None) -> None:
    """Refuse a sheet that cannot come in any more, or not yet; see `keep`."""
    if not turn.handed_in:
        raise Refused.because("not_handed_in")
    if turn.state == RELEASED:
        raise Refused.because("turn_not_held" if turn.not_held else "turn_released", number=turn.alias)
    if turn.state not in (PERFORMING, MARKING):
        raise Refused.because("turn_not_open", number=turn.alias)
    if seat.id in turn.recused:
        raise Refused.because("seat_recused", number=turn.alias)
    if held and held.state == SUBMITTED:
        raise Refused.because("sheet_submitted", number=turn.alias)
    if turn.closed:
        raise Refused.because("marking_closed", number=turn.alias)


def plain(typed: object) -> dict[str, str]:
    """What was typed, as bounded text by field; anything else did not come from a sheet: Refused(sheet_malformed)."""
    if not isinstance(typed, Mapping) or len(typed) > MOST_ENTRIES:
        raise Refused.because("sheet_malformed")
    clean: dict[str, str] = {}
    for field, entry in typed.items():
        if not (_is_text(field, LONGEST_FIELD) and _is_text(entry, LONGEST_ENTRY)):
            raise Refused.because("sheet_malformed")
        clean[field] = entry.strip()
    return clean


def _is_text(raw: object, longest: int) -> bool:
    return isinstance(raw, str) and len(raw) <= longest and is_storable(raw)


def _checked_id(submission: object) -> str:
    if not isinstance(submission, str) or not 8 <= len(submission) <= 64 or not submission.isascii():
        raise Refused.because("submission_malformed")
    return submission


def _is_stored(connection: Connection, sheet: Incoming, submission: str) -> bool:
    """Whether this very submission was stored before; somebody else's id is refused."""
    whose = stored_as(connection, submission)
    if whose is not None and whose != (sheet.turn_id, sheet.seat_id):
        raise Refused.because("submission_malformed")
    return whose is not None


def _check_base(held: Held | None, base: int) -> None:
    if held and held.number != base:
        raise Refused.because("draft_outdated")


def _reason(connection: Connection, held: Held | None, marks: Mapping[str, Any], reason: object) -> str:
    """Why the judge submits the sheet like this; demanded where a sheet with a question comes back changed."""
    if not isinstance(reason, str) or not is_storable(reason):
        raise Refused.because("field_not_text", "reason")
    said = reason.strip()
    if len(said) > LONGEST_REASON:
        raise Refused.because("reason_too_long", "reason", most=LONGEST_REASON)
    if held is None or not held.question:
        return ""
    if submitted_before(connection, held)[1] != marks and not said:
        raise Refused.because("change_reason_missing", "reason")
    return said


def _check_photos(connection: Connection, turn: TurnToMark, seat: SeatToMark, marks: Mapping[str, Any]) -> None:
    """Refuse a sheet that refers to photos which this seat has not taken of this file."""
    referred = turn.kind.photos(marks) if isinstance(turn.kind, Benches) else {}
    if not referred:
        return
    taken = select(Photo.id).where(Photo.turn_id == turn.id, Photo.seat_id == seat.id)
    mine = set(connection.execute(taken).scalars())
    refuse_any([Problem("photo_unknown", field) for field, photo in referred.items() if photo not in mine])
