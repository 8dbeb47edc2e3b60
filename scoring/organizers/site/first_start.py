"""The door of an installation without accounts: the code from the terminal, a name and a password."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring import first_start as starting
from scoring.actions.first_start import has_accounts
from scoring.passwords import SHORTEST
from scoring.rules.refusal import Refused


def first_start() -> Response | tuple[str, int]:
    """Ask for the code and make the first administrator; once there is an account, lead to the sign-in."""
    if has_accounts():
        return redirect(url_for("organizers.sign_in"))
    if request.method == "GET":
        return _ask({}, 200)
    sent = [request.form.get(name, "") for name in ("code", "name", "password", "again")]
    try:
        account = starting.make_administrator(*sent)
    except Refused as refused:
        if refused.code == "first_start_over":
            flash(wording.sentence(refused.problems[0]), "refused")
            return redirect(url_for("organizers.sign_in"))
        status = 429 if refused.code == "too_many_attempts" else 403
        return _ask({problem.field: wording.sentence(problem) for problem in refused.problems}, status)
    access.sign_in_account(account)
    flash(
        gettext("Your account is made and you are signed in. Now choose what your first contest begins with."), "done"
    )
    return redirect(url_for("organizers.new_contest"), 303)


def _ask(problems: dict[str, str], status: int) -> tuple[str, int]:
    typed = {name: request.form.get(name, "") for name in ("code", "name")}
    page = render_template("organizers/first_start.html", problems=problems, typed=typed, shortest=SHORTEST)
    return page, status
