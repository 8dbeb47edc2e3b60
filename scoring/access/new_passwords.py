"""A new password, before it is kept: held against the policy, the names around the account and the ones it had."""

from __future__ import annotations

from sqlalchemy import select

from scoring.access.password_checks import hashed, in_turn, matches
from scoring.credentials.passwords import ASVS, POLICIES, Policy, check_password
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account, Contest, FormerPassword
from scoring.store.demonstration import demonstration
from scoring.store.installation import installation


def policy() -> Policy:
    """The policy of this installation."""
    return POLICIES.get(installation().policy, ASVS)


def check_new_password(name: str, password: str, account: Account | None = None, rules: Policy | None = None) -> None:
    """Refuse a password for the account of this name; `rules` are those of the installation unless given.

    Raises Refused as `check_password`, password_in_demo, password_used_before, and as `in_turn`.
    """
    rules = rules or policy()
    if (kept := demonstration()) is not None and in_turn(matches, kept.password, password):
        raise Refused.because("password_in_demo", "password")
    in_turn(check_password, name, password, rules, _own_names())
    if (
        account is not None
        and rules.remembered
        and any(in_turn(matches, one, password) for one in _had(account, rules))
    ):
        raise Refused.because("password_used_before", "password", count=rules.remembered)


def kept_as(password: str) -> str:
    """The hash under which it is kept, made in its turn. Raises Refused as `in_turn`."""
    return in_turn(hashed, password)


def _own_names() -> list[str]:
    """What the contests and their offices are called, and where they are found."""
    rows = db.session.execute(select(Contest.title_zh, Contest.title_en, Contest.office, Contest.slug))
    return sorted({name for row in rows for name in row if name})


def _had(account: Account, rules: Policy) -> list[str]:
    """The hashes of the present password and of those before it that are not taken again."""
    wanted = select(FormerPassword.hashed).where(FormerPassword.account_id == account.id)
    former = db.session.scalars(wanted.order_by(FormerPassword.id.desc()).limit(rules.remembered - 1))
    return [account.password, *former]
