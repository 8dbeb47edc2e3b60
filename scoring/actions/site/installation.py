"""The settings of the whole installation, on the site's own record."""

from __future__ import annotations

import re

import pytz
from sqlalchemy import select

from scoring.actions.site.accounts import end_sessions
from scoring.actions.transaction import Actor, record_site
from scoring.credentials.passwords import problems_of_policy
from scoring.extensions import db
from scoring.rules.refusal import Problem, refuse_any
from scoring.store import Account
from scoring.store.installation import stored_installation

_ADDRESS = re.compile(r"(?:(https?)://)?((?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?)/?", re.ASCII | re.IGNORECASE)
LONGEST_ADDRESS = 120


def set_installation(actor: Actor, zone: str, address: str) -> None:
    """Choose the time zone by its name in the IANA database, and the address in the venue, "" to find it out.

    Raises Refused: zone_unknown, address_malformed.
    """
    typed = address.strip()
    found = _ADDRESS.fullmatch(typed) if len(typed) <= LONGEST_ADDRESS else None
    problems = [] if zone in pytz.common_timezones_set else [Problem("zone_unknown", "zone")]
    if typed and found is None:
        problems.append(Problem("address_malformed", "address"))
    refuse_any(problems)
    kept = f"{(found[1] or 'http').lower()}://{found[2]}" if found else ""
    stored = stored_installation()
    before = {"zone": stored.zone, "address": stored.address}
    stored.zone, stored.address = zone, kept
    record_site(actor, "set_installation", zone=zone, address=kept, before=before)


def set_password_policy(actor: Actor, policy: str, idle_minutes: int, second_factor: bool) -> None:
    """Choose the policy for passwords, after how many minutes a session is idle, and whether a second factor is needed.

    Raises Refused: policy_unknown, idle_out_of_range.
    """
    refuse_any(problems_of_policy(policy, idle_minutes))
    stored = stored_installation()
    before = {"policy": stored.policy, "idle_minutes": stored.idle_minutes, "second_factor": stored.second_factor}
    stored.policy, stored.idle_minutes, stored.second_factor = policy, idle_minutes, second_factor
    chosen = {"policy": policy, "idle_minutes": idle_minutes, "second_factor": second_factor}
    record_site(actor, "set_password_policy", **chosen, before=before)


def record_loss(actor: Actor, kept: str) -> None:
    """Put on record who gave up what the journal knew and the database lacks; `kept` is the old journal's file."""
    _end_all_sessions()
    record_site(actor, "accept_loss", kept=kept)


def record_copy(actor: Actor, folder: str) -> None:
    """Put on record who has everything copied into this folder of the machine; the copy then holds this, too."""
    record_site(actor, "copy_all", copy=folder)


def record_return(actor: Actor, folder: str, lacking: int) -> None:
    """Put on record who went back to the copy in this folder, and how many changes were given up with it."""
    _end_all_sessions()
    record_site(actor, "go_back_to_copy", copy=folder, lacking=lacking)


def _end_all_sessions() -> None:
    """Everybody signs in anew: a copy holds sign-ins that have been ended since it was made."""
    for account in db.session.scalars(select(Account)):
        end_sessions(account)
