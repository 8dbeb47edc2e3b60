"""The first account of an installation: a code from the terminal opens the door once."""

from __future__ import annotations

from sqlalchemy import delete, select

from scoring.actions.contests import add_account
from scoring.actions.installation import set_password_policy
from scoring.actions.transaction import Actor
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account, FirstCode
from scoring.store.installation import FIRST_POLICY, IDLE_MINUTES
from scoring.store.people import ADMINISTRATOR


def has_accounts() -> bool:
    """Whether anybody can sign in already."""
    return db.session.scalar(select(Account.id).limit(1)) is not None


def keep_first_code(hashed: str) -> None:
    """Keep the hash of a new code; those before open nothing any more."""
    db.session.execute(delete(FirstCode))
    db.session.add(FirstCode(hashed=hashed))


def first_code_hash() -> str | None:
    """The hash of the code that opens the door, None where no server has made one."""
    return db.session.scalar(select(FirstCode.hashed).order_by(FirstCode.id.desc()))


def add_first_administrator(name: str, hashed: str, policy: str = FIRST_POLICY, *, second_factor: bool = False) -> None:
    """Add the first account, keep how accounts sign in, and use up the code; whoever comes second is refused.

    Raises Refused first_start_over, and as `add_account` does.
    """
    if has_accounts():
        raise Refused.because("first_start_over")
    add_account(name, hashed, ADMINISTRATOR)
    set_password_policy(Actor(name), policy, IDLE_MINUTES, second_factor)
    db.session.execute(delete(FirstCode))
