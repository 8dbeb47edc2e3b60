"""Changing one's own password."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions import accounts
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.passwords import check_password
from scoring.rules.refusal import Problem, Refused
from scoring.store import Account


@access.anyone
def own_password() -> str | Response | tuple[str, int]:
    """Ask for the present password and the new one twice; every other browser of the account is signed out."""
    if request.method == "GET":
        return _ask({})
    try:
        _change()
    except Refused as refused:
        status = 429 if refused.code == "too_many_attempts" else 409
        return _ask({_beside(problem): wording.sentence(problem) for problem in refused.problems}), status
    flash(gettext("Your password is changed."), "done")
    return redirect(url_for("organizers.contests"), 303)


def _change() -> None:
    known = access.signed_in()
    account_id, actor = known.id, access.actor()
    access.account_by_password(known.name, request.form.get("present", ""))
    new = request.form.get("new", "")
    check_password(known.name, new)
    if new != request.form.get("again", ""):
        raise Refused.because("passwords_differ", "again")
    perform(accounts.renew_password, actor, account_id, access.in_turn(access.hashed, new))
    access.sign_in_account(db.session.get_one(Account, account_id))


def _beside(problem: Problem) -> str:
    """The field that a problem is told at: what is wrong with signing in is wrong with the present password."""
    if problem.code in ("password_wrong", "too_many_attempts"):
        return "present"
    return "again" if problem.field == "again" else "new"


def _ask(beside: dict[str, str]) -> str:
    return render_template("organizers/own_password.html", beside=beside)
