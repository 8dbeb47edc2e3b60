"""The judge's sheet: saving a draft, submitting and locking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import object_session

from scoring.actions.find import own_seat_of, seat_of, seats_of
from scoring.actions.transaction import GENESIS, Actor, record, touch
from scoring.board import format_of, is_before_panel, missing_seats, parts_of, turn_to_mark
from scoring.extensions import db
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Photo, Seat, Sheet, SheetVersion, Turn
from scoring.store.contests import MARKING, PERFORMING, RELEASED
from scoring.store.model import fingerprint, is_storable, now
from scoring.store.sheets import DRAFT, RETURNED, SUBMITTED

LONGEST_FIELD = 96
LONGEST_ENTRY = 2000
LONGEST_REASON = 400
MOST_ENTRIES = 512


def save_draft(actor: Actor, turn_id: int, seat_id: int, typed: object, base: int = 0) -> None:
    """Keep what a judge has typed so far, good or bad, as the sheet's next version.

    `base` is the number of the version that the tablet last saw (0 for none): an older one is refused, so that a
    tablet left behind cannot undo newer typing. What is held already is not stored again, whatever the base: a
    draft may arrive twice.
    Raises Refused: turn_unknown, seat_not_in_room, seat_moved, not_handed_in, seat_recused, turn_not_open,
    turn_released, sheet_submitted, marking_closed, draft_outdated, sheet_malformed.
    """
    turn = _turn(turn_id)
    seat = _may_mark(turn, own_seat_of(actor, turn, seat_id))
    sheet = _sheet(turn, seat)
    clean = _plain(typed)
    if sheet and sheet.newest.typed == clean:
        return
    _check_base(sheet, base)
    seen = sheet is None or sheet.newest.state != DRAFT
    add_version(sheet or _new_sheet(turn, seat), actor, turn, DRAFT, clean, question=_question(sheet))
    touch(turn.contest, [seat.id], public=False, frame=False, seen=seen, by=seat.id)


def submit(
    actor: Actor,
    turn_id: int,
    seat_id: int,
    typed: object,
    submission: str,
    *,
    base: int | None = None,
    reason: object = "",
) -> None:
    """Check, store and lock a judge's sheet; the same submission id again changes nothing.

    With a `base` an older one is refused as for a draft. Who changes a sheet that was sent back with a question says
    why; the one before stays on record.
    Raises Refused: as save_draft, and every problem of the sheet with its criterion; photo_unknown,
    submission_malformed, change_reason_missing, reason_too_long, field_not_text.
    """
    if not isinstance(submission, str) or not 8 <= len(submission) <= 64 or not submission.isascii():
        raise Refused.because("submission_malformed")
    turn = _turn(turn_id)
    if _is_stored(turn, seat_id, submission):
        return
    seat = _may_mark(turn, own_seat_of(actor, turn, seat_id))
    event = turn.round.event
    clean = _plain(typed)
    sheet = _sheet(turn, seat)
    if base is not None and not (sheet and sheet.newest.typed == clean):
        _check_base(sheet, base)
    marks = format_of(event).read_sheet(event.settings, parts_of(turn), clean)
    _check_photos(turn, seat, marks)
    said = _reason(sheet, marks, reason)
    sheet = sheet or _new_sheet(turn, seat)
    add_version(sheet, actor, turn, SUBMITTED, clean, marks=marks, submission=submission, reason=said)
    told = seats_of(turn) if turn.sides and not missing_seats(turn) else [seat.id]  # a tie asks the whole panel
    why = {"reason": said} if said else {}
    about = {"turn": turn.id, "seat": seat.id, "number": turn.number, "marks": marks} | why
    record(turn.contest, actor, "submit", told, frame=False, **about)


def give_back(sheet: Sheet, actor: Actor, turn: Turn, **why: str) -> None:
    """Unlock a submitted sheet for its judge with the marks it has; `why` is its reason, or the chief's question."""
    add_version(sheet, actor, turn, RETURNED, sheet.newest.typed, **why)


def _turn(turn_id: int) -> Turn:
    """The turn, to be marked and not to be changed; Refused(turn_unknown)."""
    turn = turn_to_mark(turn_id)
    if turn is None:
        raise Refused.because("turn_unknown")
    return turn


def _check_base(sheet: Sheet | None, base: int) -> None:
    if sheet and sheet.newest.number != base:
        raise Refused.because("draft_outdated")


def _question(sheet: Sheet | None) -> str:
    """What the judge is still asked about the sheet, "" for nothing."""
    return sheet.newest.question if sheet else ""


def _reason(sheet: Sheet | None, marks: Mapping[str, Any], reason: object) -> str:
    """Why the judge submits the sheet like this; demanded where a sheet with a question comes back changed."""
    if not isinstance(reason, str) or not is_storable(reason):
        raise Refused.because("field_not_text", "reason")
    said = reason.strip()
    if len(said) > LONGEST_REASON:
        raise Refused.because("reason_too_long", "reason", most=LONGEST_REASON)
    if sheet is None or not sheet.newest.question:
        return ""
    before = next(version for version in reversed(sheet.versions) if version.state == SUBMITTED)
    if before.marks != marks and not said:
        raise Refused.because("change_reason_missing", "reason")
    return said


def _check_photos(turn: Turn, seat: Seat, marks: Mapping[str, Any]) -> None:
    """Refuse a sheet that refers to photos which this seat has not taken of this file."""
    rules = format_of(turn.round.event).benches
    referred = rules.photos(marks) if rules else {}
    if not referred:
        return
    mine = set(db.session.scalars(select(Photo.id).where(Photo.turn_id == turn.id, Photo.seat_id == seat.id)))
    refuse_any([Problem("photo_unknown", field) for field, photo in referred.items() if photo not in mine])


def _is_stored(turn: Turn, seat_id: int, submission: str) -> bool:
    """Whether this very submission was stored before; somebody else's id is refused."""
    version = db.session.scalar(select(SheetVersion).where(SheetVersion.submission == submission))
    if version is None:
        return False
    if (version.sheet.turn_id, version.sheet.seat_id) != (turn.id, seat_id):
        raise Refused.because("submission_malformed")
    return True


def _may_mark(turn: Turn, seat: Seat) -> Seat:
    if not is_before_panel(turn):
        raise Refused.because("not_handed_in")
    if turn.state == RELEASED:
        raise Refused.because("turn_released", number=turn.alias)
    if turn.state not in (PERFORMING, MARKING):
        raise Refused.because("turn_not_open", number=turn.alias)
    if seat.id in turn.recused:
        raise Refused.because("seat_recused", number=turn.alias)
    sheet = _sheet(turn, seat)
    if sheet and sheet.newest.state == SUBMITTED:
        raise Refused.because("sheet_submitted", number=turn.alias)
    if turn.closed_at is not None:
        raise Refused.because("marking_closed", number=turn.alias)
    return seat


def _plain(typed: object) -> dict[str, str]:
    """What was typed, as bounded text by field; anything else did not come from a sheet."""
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


def _sheet(turn: Turn, seat: Seat) -> Sheet | None:
    return db.session.scalar(select(Sheet).where(Sheet.turn_id == turn.id, Sheet.seat_id == seat.id))


def _new_sheet(turn: Turn, seat: Seat) -> Sheet:
    mine = object_session(turn) is db.session()
    sheet = Sheet(turn=turn, seat=seat) if mine else Sheet(turn_id=turn.id, seat_id=seat.id)
    db.session.add(sheet)
    db.session.flush()
    return sheet


def add_version(sheet: Sheet, actor: Actor, turn: Turn, state: str, typed: dict[str, str], **more: Any) -> None:
    """Add the sheet's next version, chained to the one before; `more` are its marks, submission and reason."""
    before = sheet.versions[-1] if sheet.versions else None
    version = SheetVersion(
        sheet=sheet,
        number=before.number + 1 if before else 1,
        state=state,
        typed=typed,
        settings_version=turn.round.event.settings_version,
        actor=actor.label,
        at=now(),
        previous=before.fingerprint if before else GENESIS,
        **({"reason": ""} | more),
    )
    version.sheet_id = sheet.id
    version.fingerprint = fingerprint(version.previous, version.record())
    db.session.add(version)
    if state == RETURNED:
        turn.closed_at = None  # what goes back to a judge is marked again


def check_markable(turn: Turn, seat_id: int) -> Seat:
    """The seat if its sheet for the turn can still come in; else Refused as `save_draft`."""
    return _may_mark(turn, seat_of(turn, seat_id))


def read_typed(turn: Turn, typed: object) -> tuple[dict[str, str], dict[str, Any]]:
    """A whole sheet as it was typed and as the rules read it; Refused sheet_malformed or its problems by criterion."""
    clean, event = _plain(typed), turn.round.event
    return clean, format_of(event).read_sheet(event.settings, parts_of(turn), clean)


def sheet_of(turn: Turn, seat: Seat) -> Sheet:
    """The seat's sheet for the turn, begun now if there was none."""
    return _sheet(turn, seat) or _new_sheet(turn, seat)
