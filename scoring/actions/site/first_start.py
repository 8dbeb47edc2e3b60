"""The first account of an installation: a code from the terminal opens the door once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from scoring.actions.setting_up.contests import add_account
from scoring.actions.site.installation import set_password_policy
from scoring.actions.transaction import Actor, record_site
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account, FirstCode
from scoring.store.installation import FIRST_POLICY, IDLE_MINUTES
from scoring.store.people import ADMINISTRATOR


@dataclass(frozen=True)
class Rules:
    """What whoever makes the first account chooses: how accounts sign in (passwords.py), and about the duties.

    `separate` says that the three offices are to come into three hands, which takes two more accounts; else one
    administrator holds them all.
    """

    policy: str = FIRST_POLICY
    second_factor: bool = False
    separate: bool = False


#: Where nobody is asked.
FIRST_RULES = Rules()


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


def add_first_administrator(name: str, hashed: str, chosen: Rules = FIRST_RULES, by: str = "", role: str = "") -> None:
    """Add the first account, keep what was chosen with it, and use up the code; whoever comes second is refused.

    `by` is who does so at the machine itself, the account's password being given then, and `role` another one than the
    administrator's. Raises Refused first_start_over, and as `add_account` and `set_password_policy` do.
    """
    if has_accounts():
        raise Refused.because("first_start_over")
    add_account(name, hashed, role or ADMINISTRATOR, by, given=bool(by))
    signed = Actor(by or name)
    set_password_policy(signed, chosen.policy, IDLE_MINUTES, chosen.second_factor)
    record_site(signed, "choose_duties", separate=chosen.separate)
    db.session.execute(delete(FirstCode))
