"""The administrator's page of accounts: who may sign in, as what, for which contests."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions import accounts as verbs
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers.steps import whole, wholes
from scoring.passwords import check_password
from scoring.rules.refusal import Refused
from scoring.store import Account, Contest, SiteEntry
from scoring.store.people import ADMINISTRATOR

ROLE_NAMES = {
    "administrator": _l("administrator"),
    "organizer": _l("organizer"),
    "chief": _l("chief judge"),
    "host": _l("host"),
    "timekeeper": _l("timekeeper"),
    "tallier": _l("tallier"),
    "checker": _l("checker"),
    "coder": _l("coding officer"),
    "supervisor": _l("supervisor"),
    "operator": _l("screen operator"),
}
ROLE_TASKS = {
    "administrator": _l("gives out accounts, and does all that organizers do"),
    "organizer": _l("sets contests up and runs them"),
    "chief": _l("sees all marks, rules on disputes, approves"),
    "host": _l("calls and announces"),
    "timekeeper": _l("runs the clocks"),
    "tallier": _l("confirms totals as the first person, enters paper sheets"),
    "checker": _l("confirms totals as the second person, beside the tallier"),
    "coder": _l("keeps the code table"),
    "supervisor": _l("witnesses draws, tallies and changes"),
    "operator": _l("drives the screens"),
}
#: Without letters and figures that read alike.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
SHOWN_ENTRIES = 12
VERB_NAMES = {
    "create_account": _l("account created"),
    "accept_loss": _l("acknowledged changes given up after a copy was put back"),
    "change_role": _l("role changed"),
    "admit": _l("contests chosen"),
    "renew_password": _l("password renewed"),
    "close_account": _l("account closed"),
    "reopen_account": _l("account opened again"),
    "set_installation": _l("time zone and address changed"),
    "end_session": _l("a session ended from elsewhere"),
}


@dataclass(frozen=True)
class Shown:
    """A new password, shown once: nobody can read it again."""

    name: str
    password: str


@access.role(ADMINISTRATOR)
def accounts() -> str:
    """Show the accounts."""
    return _page()


def _page(shown: Shown | None = None, refused: str = "") -> str:
    return render_template(
        "organizers/accounts.html",
        accounts=list(db.session.scalars(select(Account).order_by(Account.closed_at.is_not(None), Account.name))),
        contests=list(db.session.scalars(select(Contest).order_by(Contest.id.desc()))),
        entries=list(db.session.scalars(select(SiteEntry).order_by(SiteEntry.id.desc()).limit(SHOWN_ENTRIES))),
        role_names=ROLE_NAMES,
        role_tasks=ROLE_TASKS,
        verb_names=VERB_NAMES,
        shown=shown,
        refused=refused,
        sent=request.form,
    )


@access.role(ADMINISTRATOR)
def accounts_step(name: str) -> str | Response | tuple[str, int]:
    """Perform one step of the page; a new password is shown in the answer itself and nowhere else."""
    if name not in STEPS:
        abort(404)
    try:
        shown = STEPS[name]()
    except Refused as refused:
        return _page(refused=" ".join(wording.sentence(problem) for problem in refused.problems)), 409
    if shown:
        return _page(shown)
    return redirect(url_for("organizers.accounts"), 303)


def _do(verb: Callable[..., Any], *args: Any) -> Any:
    return perform(verb, access.actor(), *args, request=request.form.get("request"))


def _create() -> Shown | None:
    """With a password of the administrator's choice, or a random one that is shown once."""
    name, chosen = request.form.get("name", ""), request.form.get("password", "")
    password = chosen or random_password()
    check_password(name, password)
    hashed = access.in_turn(access.hashed, password)
    role, contests = request.form.get("role", ""), wholes(request.form, "contest")
    if _do(verbs.create_account, name, hashed, role, contests) is None:
        flash(gettext("This was done already."), "done")
        return None
    flash(gettext("The account %(name)s is created.", name=name.strip()), "done")
    return None if chosen else Shown(name.strip(), password)


def _renew() -> Shown | None:
    password = random_password()
    name = _do(verbs.renew_password, whole(request.form, "account"), access.in_turn(access.hashed, password))
    if name is None:
        flash(gettext("This was done already."), "done")
        return None
    return Shown(str(name), password)


def _role() -> None:
    _do(verbs.change_role, whole(request.form, "account"), request.form.get("role", ""))
    flash(gettext("The role is changed."), "done")


def _admit() -> None:
    _do(verbs.admit, whole(request.form, "account"), wholes(request.form, "contest"))
    flash(gettext("The contests of this account are changed."), "done")


def _close() -> None:
    _do(verbs.close_account, whole(request.form, "account"))
    flash(gettext("The account is closed. What it did stays on record."), "done")


def _reopen() -> None:
    _do(verbs.reopen_account, whole(request.form, "account"))
    flash(gettext("The account is open again, with its old password."), "done")


STEPS: dict[str, Callable[[], Shown | None]] = {
    "create": _create,
    "role": _role,
    "admit": _admit,
    "renew": _renew,
    "close": _close,
    "reopen": _reopen,
}


def random_password() -> str:
    """A password of twelve signs in three groups: some 59 bits, and easily copied from paper."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))
