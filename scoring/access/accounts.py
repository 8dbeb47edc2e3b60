"""The account that acts: by its name and password, or signed in in this browser."""

from __future__ import annotations

from flask import session
from sqlalchemy import select

from scoring.access.browser import remember_browser
from scoring.access.guessing import guessing, note_failure
from scoring.access.password_checks import in_turn, matches
from scoring.actions.transaction import Actor
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.ledger import signature_of
from scoring.store.model import is_storable

NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A"


def account_by_password(name: str, password: str) -> Account:
    """The account with this name and password.

    Raises Refused: password_wrong, too_many_attempts, too_many_sign_ins, password_unchecked, account_closed. An unknown
    name takes as long as a known one.
    """
    found = db.session.scalar(select(Account).where(Account.name == name)) if is_storable(name) else None
    kept = found.password if found else NOBODY
    with guessing("password"):
        fits = in_turn(matches, kept, password)
    if not (found and fits):
        note_failure("password")
        raise Refused.because("password_wrong", "password")
    if found.closed_at is not None:
        raise Refused.because("account_closed", name=found.name)
    return found


def sign_in_account(account: Account) -> None:
    """Let this browser act as the account."""
    remember_browser()
    session["account"], session["account_epoch"] = account.id, account.epoch


def sign_out_account() -> None:
    """Forget the account in this browser; its seats stay."""
    session.pop("account", None)


def account() -> Account | None:
    """The account signed in here, or None; a renewed password or a closed account ends it."""
    known = session.get("account")
    found = db.session.get(Account, known) if known else None
    return found if found and found.closed_at is None and found.epoch == session.get("account_epoch") else None


def signed_in() -> Account:
    """The account of a view that only signed-in accounts reach (see `role`)."""
    known = account()
    assert known is not None
    return known


def check_admitted(known: Account, contest_id: int) -> None:
    """Refused(contest_not_yours) for an account that is let into other contests only."""
    if not known.is_admitted(contest_id):
        raise Refused.because("contest_not_yours")


def actor() -> Actor:
    """How the signed-in account signs what it does."""
    return account_actor(signed_in())


def account_actor(who: Account) -> Actor:
    """How an account signs what it does."""
    return Actor(signature_of(who.name), role=who.role)


def actor_now(account_id: int, contest_id: int) -> Actor:
    """How the account acts in the contest now; Refused(not_signed_in) if it was closed, or contest_not_yours."""
    found = db.session.get(Account, account_id)
    if found is None or found.closed_at is not None:
        raise Refused.because("not_signed_in")
    check_admitted(found, contest_id)
    return account_actor(found)
