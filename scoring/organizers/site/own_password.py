"""Changing one's own password: of one's own accord, or because it was given by somebody else or has become old."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.site import accounts
from scoring.actions.transaction import perform
from scoring.credentials.passwords import SHORTEST
from scoring.extensions import db
from scoring.organizers.site.sign_in import go_on_after
from scoring.pages.language import wanted_next
from scoring.rules.refusal import Problem, Refused
from scoring.store import Account


def own_password() -> str | Response | tuple[str, int]:
    """Ask for the present password and the new one twice; every other browser of the account is signed out."""
    known = access.own_account(access.PASSWORD)
    if known is None:
        return redirect(url_for("organizers.sign_in", next=request.full_path.rstrip("?")))
    awaited = access.waiting() is not None
    if request.method != "POST":
        return _ask(known, awaited, {})
    try:
        account = _change(known)
    except Refused as refused:
        status = 429 if refused.code == "too_many_attempts" else 409
        return _ask(known, awaited, {_beside(item): wording.sentence(item) for item in refused.problems}), status
    flash(gettext("Your password is changed."), "done")
    return go_on_after(account, wanted_next(), access.PASSWORD)


def _change(known: Account) -> Account:
    account_id, actor = known.id, access.account_actor(known)
    access.account_by_password(known.name, request.form.get("present", ""))
    new = request.form.get("new", "")
    access.check_new_password(known.name, new, known)
    if new == request.form.get("present"):
        raise Refused.because("password_as_before", "new")
    if new != request.form.get("again", ""):
        raise Refused.because("passwords_differ", "again")
    perform(accounts.renew_password, actor, account_id, access.kept_as(new))
    return db.session.get_one(Account, account_id)


def _beside(problem: Problem) -> str:
    """The field that a problem is told at: what is wrong with signing in is wrong with the present password."""
    if problem.code in ("password_wrong", "too_many_attempts", "account_locked"):
        return "present"
    return "again" if problem.field == "again" else "new"


def _ask(known: Account, awaited: bool, beside: dict[str, str]) -> str:
    why = ""
    if awaited:
        why = "given" if known.password_given else "old"
    rules = {"policy": access.policy(), "shortest": SHORTEST}
    wanted = wanted_next()
    return render_template(
        "organizers/site/own_password.html", beside=beside, account=known, why=why, wanted=wanted, **rules
    )
