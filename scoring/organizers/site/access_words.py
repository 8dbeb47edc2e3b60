"""The log of access in plain sentences: what each entry says, and how its kinds are called."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from scoring import wording
from scoring.access import TURNED_AWAY
from scoring.organizers import doors
from scoring.rules.refusal import Problem
from scoring.store import AccessEntry
from scoring.store.access_log import (
    CODES,
    EXPORT,
    LET_IN,
    LOGS,
    MARKS,
    NOT_SIGNED_IN,
    OTHERS,
    PERSONAL,
    PRINT,
    REFUSED,
    SEAT_REFUSED,
    SEAT_TAKEN,
    SIGNED_IN,
    SIGNED_OUT,
)

KINDS = {
    SIGNED_IN: _l("signed in"),
    SIGNED_OUT: _l("signed out"),
    NOT_SIGNED_IN: _l("sign-in refused"),
    SEAT_TAKEN: _l("showed the code of a seat"),
    SEAT_REFUSED: _l("let in at no seat"),
    REFUSED: _l("turned away"),
    LET_IN: _l("let a device try"),
    EXPORT: _l("took a file away"),
    PRINT: _l("printed"),
    MARKS: _l("looked at marks that are not released"),
    CODES: _l("looked at PINs or seat codes"),
    PERSONAL: _l("looked at personal records"),
    LOGS: _l("read a log"),
}
#: What has no door of its own, by its name.
_NAMES = {
    OTHERS: _l("many different ones, counted together"),
    "sessions": _l("Where you are signed in"),
    "access_log": _l("Log of access"),
    "access_csv": _l("Log of access"),
    "site_log": _l("Log of the installation"),
    "ranking_xlsx": _l("The ranking as a workbook"),
    "ranking_csv": _l("The ranking as CSV"),
    "overall_xlsx": _l("The overall result as a workbook"),
    "job_file": _l("a file that was made before"),
    "photo": _l("photo of a defect"),
    "import_preview": _l("Import lists"),
    "paper_sheet": _l("Paper sheets"),
    "correction_sheet": _l("Corrections"),
    "spot_check_line": _l("Spot check"),
    "read_document": _l("Documents"),
    "perform_verb": _l("a press at the desk"),
    "unknown": _l("an address of nothing"),
    "flood": _l("far more messages or requests than a page sends"),
    "door_code_made": _l("door code made"),
    "door_code_used": _l("door code typed in"),
    "door_code_unknown": _l("a door code that is wrong or over"),
    "form_token": _l("a form that was not made for this browser, or long ago"),
    "awaits_code": _l("a code is asked for still"),
    "awaits_password": _l("another password is asked for still"),
    "awaits_set_up": _l("a second factor is asked for still"),
}
_REASONS = {
    "password_wrong": _l("wrong password, or no such account"),
    "too_many_attempts": _l("too many attempts"),
    "account_closed": _l("the account is closed"),
    "account_locked": _l("the account is locked"),
    "code_wrong": _l("wrong code"),
    "code_used": _l("a code that was used before"),
    "code_of_another_time": _l("a code of another time"),
    "pin_unknown": _l("no seat has this PIN"),
    "key_unknown": _l("the code is not valid"),
    "handover_over": _l("the code was used or has run out"),
    "seat_held": _l("another tablet holds the seat"),
    "role_may_not": _l("not for this role"),
    "contest_not_yours": _l("not for this contest"),
    "not_signed_in": _l("not signed in"),
    "session_idle": _l("signed in too long ago"),
    "seat_not_yours": _l("not let in at the seat"),
    "no_desk_here": _l("not from this address"),
    "verb_unknown": _l("a command that no page has"),
    "payload_malformed": _l("a message that no page sends"),
    "request_malformed": _l("a message that no page sends"),
    "field_not_a_flag": _l("a message that no page sends"),
}


def sentence(entry: AccessEntry) -> str:
    """What an entry says, without who, when and where."""
    said = str(KINDS.get(entry.kind, entry.kind))
    about = _about(entry)
    return f"{said}{gettext(': ')}{about}" if about else said


def _about(entry: AccessEntry) -> str:
    name = entry.about
    if name in TURNED_AWAY or (name != OTHERS and entry.kind in (NOT_SIGNED_IN, SEAT_REFUSED)):
        return _refusal(name)
    if name in _NAMES:
        return str(_NAMES[name])
    found = doors.called(name.removesuffix("_step"))
    if name.startswith(("judges.", "audience.")):
        return gettext("a page of a seat") if name.startswith("judges.") else gettext("a public page")
    return found or (gettext("a page of the desk") if name else "")


def _refusal(code: str) -> str:
    """Why somebody was refused, in the sentence that was said where it needs no figures: those are not kept."""
    if code in _REASONS:
        return str(_REASONS[code])
    said = wording.sentence(Problem(code))
    return gettext("refused") if "%(" in said else said
