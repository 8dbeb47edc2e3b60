"""Separating the duties of the three officers, and letting one person hold several of them again: it takes two."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from scoring.actions.said import stated
from scoring.actions.site.accounts import account_called, end_sessions, rest_rights
from scoring.actions.transaction import Actor, record_site
from scoring.extensions import db
from scoring.rules.duties import ADMINISTRATOR, OFFICERS, ORGANIZER
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Account
from scoring.store.duties import ASK, JOIN, SEPARATE, STAY, first_fingerprints, joining_asked
from scoring.store.installation import is_separated, stored_installation


def separate_duties(actor: Actor, officers: Mapping[str, int]) -> None:
    """Put the three offices into three hands; `officers` are the accounts' ids by office.

    Whoever else is an administrator organizes contests from now on; the rights of accounts whose given password was
    not changed yet rest, for whoever gave it knows it. Raises Refused: role_may_not, duties_separated,
    account_unknown, and for the office as the field, officer_missing, officer_closed, officer_twice, officer_given.
    """
    if is_separated():
        raise Refused.because("duties_separated")
    refuse_any(_problems(officers))
    chosen = {office: account_called(officers[office]) for office in OFFICERS}
    others = [one for one in _administrators() if one not in chosen.values()]
    for office, account in chosen.items():
        _give(account, office)
    for account in others:
        _give(account, ORGANIZER)
    for account in _with_given_passwords():
        rest_rights(account)
    stored_installation().separated = True
    told = {office: account.name for office, account in chosen.items()}
    named = sorted(one.name for one in others)
    record_site(actor, SEPARATE, officers=told, organizers=named, begun=first_fingerprints())


def ask_to_join(actor: Actor, reason: str) -> None:
    """Ask that one person may hold several duties again: the system administrator agrees, or it stays as it is.

    Raises Refused: role_may_not, duties_joined, reason_missing, joining_asked.
    """
    _check_separated()
    if joining_asked() is not None:
        raise Refused.because("joining_asked")
    record_site(actor, ASK, reason=stated(reason))


def agree_to_join(actor: Actor) -> None:
    """Let one person hold several duties again, as somebody else has asked; the record says so from now on.

    Raises Refused: role_may_not, duties_joined, joining_not_asked, joining_asked_by_you.
    """
    _check_separated()
    asked = joining_asked()
    if asked is None:
        raise Refused.because("joining_not_asked")
    if asked.actor == actor.label:
        raise Refused.because("joining_asked_by_you")
    stored_installation().separated = False
    record_site(actor, JOIN, reason=asked.details["reason"], asked_by=asked.actor)


def stay_separated(actor: Actor) -> None:
    """Leave the duties in separate hands although somebody has asked to join them.

    Raises Refused: role_may_not, joining_not_asked.
    """
    if joining_asked() is None:
        raise Refused.because("joining_not_asked")
    record_site(actor, STAY)


def join_at_the_machine(actor: Actor, reason: str) -> None:
    """Let one person hold several duties again, where no officer is left who could agree to it.

    Raises Refused: duties_joined, reason_missing.
    """
    _check_separated()
    stored_installation().separated = False
    record_site(actor, JOIN, reason=stated(reason))


def _check_separated() -> None:
    if not is_separated():
        raise Refused.because("duties_joined")


def _problems(officers: Mapping[str, int]) -> list[Problem]:
    missing = [Problem("officer_missing", office) for office in OFFICERS if office not in officers]
    closed = [
        Problem("officer_closed", office)
        for office, account_id in officers.items()
        if account_called(account_id).closed_at is not None
    ]
    given = [
        Problem("officer_given", office)
        for office, account_id in officers.items()
        if account_called(account_id).password_given
    ]
    return missing + closed + given + [Problem("officer_twice", office) for office in _twice(officers)]


def _twice(officers: Mapping[str, int]) -> Collection[str]:
    """The offices whose account was chosen for an earlier one already."""
    named = [office for office in OFFICERS if office in officers]
    given = [officers[office] for office in named]
    return [office for place, office in enumerate(named) if given[place] in given[:place]]


def _with_given_passwords() -> list[Account]:
    return list(db.session.scalars(select(Account).where(Account.password_given)))


def _administrators() -> list[Account]:
    return list(db.session.scalars(select(Account).where(Account.role == ADMINISTRATOR)))


def _give(account: Account, role: str) -> None:
    if account.role != role:
        end_sessions(account)
    account.role, account.wanted = role, ""
    if role in OFFICERS:
        account.admissions.clear()
