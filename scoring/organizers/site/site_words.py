"""The record of the installation in plain sentences: what was done to its accounts and settings."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from scoring.board.reading.duties import duties
from scoring.exports import words
from scoring.organizers.site.role_words import ROLE_NAMES
from scoring.rules.duties import OFFICERS
from scoring.store import SiteEntry
from scoring.store.ledger import name_behind

VERBS = {
    "create_account": _l("account created: %(account)s"),
    "accept_loss": _l("acknowledged changes given up after a copy was put back"),
    "copy_all": _l("a copy of all data asked for"),
    "go_back_to_copy": _l("all data put back from a copy"),
    "change_role": _l("role changed: %(account)s"),
    "admit": _l("contests chosen: %(account)s"),
    "renew_password": _l("password renewed: %(account)s"),
    "change_password": _l("own password changed: %(account)s"),
    "close_account": _l("account closed: %(account)s"),
    "reopen_account": _l("account opened again: %(account)s"),
    "set_installation": _l("time zone and address changed"),
    "set_password_policy": _l("password policy changed"),
    "unlock_account": _l("account unlocked: %(account)s"),
    "set_up_factor": _l("second factor set up: %(account)s"),
    "renew_codes": _l("recovery codes renewed: %(account)s"),
    "reset_factor": _l("second factor reset: %(account)s"),
    "make_door_code": _l("door code made for a device"),
    "end_session": _l("a session ended from elsewhere"),
    "separate_duties": _l("duties separated"),
    "choose_duties": _l("chosen at the first start whether duties are separated"),
    "ask_to_join": _l("asked to switch off the separation of duties"),
    "join_duties": _l("separation of duties switched off"),
    "stay_separated": _l("separation of duties left as it is"),
}


def duties_said(contest_id: int | None) -> str:
    """What a page of the record says of the separation of duties, "" where they were separated all along."""
    return words.duties(duties(contest_id))


def duties_in_public(contest_id: int) -> str:
    """The same for a page that everybody may open."""
    return words.duties_in_public(duties(contest_id))


def sentence(entry: SiteEntry) -> str:
    """What an entry of the site's record says."""
    details = entry.details
    said = str(VERBS.get(entry.verb, entry.verb)) % {"account": details.get("account", "")}
    return " · ".join([said, *_about(details)])


def _about(details: dict[str, Any]) -> list[str]:
    officers = details.get("officers", {})
    given = [_colon(ROLE_NAMES[office], officers[office]) for office in OFFICERS if office in officers]
    role = [str(ROLE_NAMES.get(details["role"], details["role"]))] if details.get("role") else []
    chosen = [_l("three officers") if details["separate"] else _l("one administrator")] if "separate" in details else []
    asked = [_colon(_l("asked by"), name_behind(details["asked_by"]))] if details.get("asked_by") else []
    lacking = [_colon(_l("changes given up"), str(details["lacking"]))] if details.get("lacking") else []
    copied = [*([details["copy"]] if "copy" in details else []), *lacking]
    return [*role, *given, *map(str, chosen), *asked, *copied, *([details["reason"]] if details.get("reason") else [])]


def _colon(name: object, value: str) -> str:
    return f"{name}{gettext(': ')}{value}"
