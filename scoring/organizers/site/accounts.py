"""The page of accounts: the system administrator makes them, the security administrator gives them their rights."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.registry import read_ids, read_whole
from scoring.actions.site import accounts as verbs
from scoring.actions.site.factors import reset_factor
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers.site import site_words
from scoring.organizers.site.role_words import NO_RIGHTS_YET, ROLE_NAMES, ROLE_TASKS
from scoring.rules.duties import ADMINISTRATOR, SECURITY, SITE_VERBS, SYSTEM
from scoring.rules.refusal import Refused
from scoring.store import Account, Contest, SiteEntry
from scoring.store.demonstration import accounts_of_demo
from scoring.store.installation import installation
from scoring.store.people import NO_RIGHTS

#: Without letters and figures that read alike.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
SHOWN_ENTRIES = 12


@dataclass(frozen=True)
class Shown:
    """A new password, shown once: nobody can read it again."""

    name: str
    password: str


@access.role(SYSTEM, SECURITY)
def accounts() -> str:
    """Show the accounts."""
    return _page()


def _page(shown: Shown | None = None, refused: str = "") -> str:
    return render_template(
        "organizers/site/accounts.html",
        accounts=_listed(),
        contests=list(db.session.scalars(select(Contest).order_by(Contest.id.desc()))),
        entries=list(db.session.scalars(select(SiteEntry).order_by(SiteEntry.id.desc()).limit(SHOWN_ENTRIES))),
        role_names=ROLE_NAMES,
        given=[role for role in ROLE_NAMES if role != ADMINISTRATOR or not installation().separated],
        role_tasks=ROLE_TASKS,
        no_rights_yet=NO_RIGHTS_YET,
        separated=installation().separated,
        may={verb for verb, roles in SITE_VERBS.items() if access.may(*roles)},
        sentence=site_words.sentence,
        locked=_locked(),
        of_demo={account.id for account in accounts_of_demo()},
        shown=shown,
        refused=refused,
        sent=request.form,
    )


def _locked() -> set[int]:
    """The accounts that too many wrong passwords have locked."""
    rules = access.policy()
    return {one.id for one in db.session.scalars(select(Account)) if access.is_locked(rules, one.name)}


def _listed() -> list[Account]:
    """Those that wait for their rights first, the closed ones last."""
    waits = (Account.closed_at.is_(None) & (Account.role == NO_RIGHTS)).desc()
    return list(db.session.scalars(select(Account).order_by(waits, Account.closed_at.is_not(None), Account.name)))


@access.role(SYSTEM, SECURITY)
def accounts_step(name: str) -> str | Response | tuple[str, int]:
    """Perform one step of the page; a new password is shown in the answer itself and nowhere else."""
    if name not in STEPS:
        abort(404)
    verb, perform_step = STEPS[name]
    access.check_may(*SITE_VERBS[verb])
    try:
        shown = perform_step()
    except Refused as refused:
        access.note_refusal(refused)
        return _page(refused=" ".join(wording.sentence(problem) for problem in refused.problems)), 409
    if shown:
        return _page(shown)
    return redirect(url_for("organizers.accounts"), 303)


def _do(verb: Callable[..., Any], *args: Any, **named: Any) -> Any:
    return perform(verb, access.actor(), *args, request=request.form.get("request"), **named)


def _create() -> Shown | None:
    """With a password of the administrator's choice, or a random one that is shown once."""
    name, chosen = request.form.get("name", ""), request.form.get("password", "")
    password = chosen or random_password()
    access.check_new_password(name, password)
    role, contests = request.form.get("role", ""), read_ids("contest", request.form.getlist("contest"))
    if _do(verbs.create_account, name, access.kept_as(password), role, contests, given=True) is None:
        flash(gettext("This was done already."), "done")
        return None
    flash(gettext("The account %(name)s is created.", name=name.strip()), "done")
    return None if chosen else Shown(name.strip(), password)


def _renew() -> Shown | None:
    password = random_password()
    name = _do(
        verbs.renew_password, read_whole("account", request.form.get("account")), access.kept_as(password), given=True
    )
    if name is None:
        flash(gettext("This was done already."), "done")
        return None
    return Shown(str(name), password)


def _role() -> None:
    _do(verbs.change_role, read_whole("account", request.form.get("account")), request.form.get("role", ""))
    flash(gettext("The role is changed."), "done")


def _admit() -> None:
    _do(
        verbs.admit,
        read_whole("account", request.form.get("account")),
        read_ids("contest", request.form.getlist("contest")),
    )
    flash(gettext("The contests of this account are changed."), "done")


def _close() -> None:
    _do(verbs.close_account, read_whole("account", request.form.get("account")))
    flash(gettext("The account is closed. What it did stays on record."), "done")


def _reopen() -> None:
    _do(verbs.reopen_account, read_whole("account", request.form.get("account")))
    flash(gettext("The account is open again, with its old password."), "done")


def _unlock() -> None:
    name = _do(verbs.unlock_account, read_whole("account", request.form.get("account")))
    if name is not None:
        access.unlock(access.policy(), str(name))
    flash(gettext("The account is unlocked."), "done")


def _reset_factor() -> None:
    _do(reset_factor, read_whole("account", request.form.get("account")))
    flash(gettext("The second factor is reset. The account sets up another one at its next sign-in."), "done")


#: By the name in the address: the verb of the record, and what is done.
STEPS: dict[str, tuple[str, Callable[[], Shown | None]]] = {
    "create": ("create_account", _create),
    "role": ("change_role", _role),
    "admit": ("admit", _admit),
    "renew": ("renew_password", _renew),
    "close": ("close_account", _close),
    "reopen": ("reopen_account", _reopen),
    "unlock": ("unlock_account", _unlock),
    "reset-factor": ("reset_factor", _reset_factor),
}


def random_password() -> str:
    """A password of twelve signs in three groups: some 58 bits, and easily copied from paper.

    Letters, figures and the signs between are the three kinds that a policy may ask for.
    """
    drawn = ""
    while not (any(sign.isdigit() for sign in drawn) and any(sign.isalpha() for sign in drawn)):
        drawn = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))
    return drawn
