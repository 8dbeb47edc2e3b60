"""The door of an installation without accounts: the code from the terminal, a name and a password."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.access import first_start as starting
from scoring.actions.site.first_start import Rules, has_accounts
from scoring.credentials.passwords import POLICIES, SHORTEST
from scoring.rules.refusal import Refused
from scoring.store.installation import FIRST_POLICY

#: What of the form says that the duties are to be separated.
SEPARATE, TOGETHER = "separate", "together"
TO_BEGIN = _l("Your account is made and you are signed in. Now choose what your first contest begins with.")
TO_SEPARATE = _l(
    "Your account is made and you are signed in. Now make an account for each of the other officers; then put the "
    "three offices into three hands on the page “Separation of duties”. Until then every page of the record says that "
    "they are not separated."
)


def first_start() -> Response | tuple[str, int]:
    """Ask for the code and make the first administrator; once there is an account, lead to the sign-in."""
    if has_accounts():
        return redirect(url_for("organizers.sign_in"))
    if request.method != "POST":
        return _ask({}, 200)
    code, name, password, again = (request.form.get(name, "") for name in ("code", "name", "password", "again"))
    try:
        access.use_door_code()
        account = starting.make_administrator(code, name, password, again, _rules())
    except Refused as refused:
        if refused.code == "first_start_over":
            flash(wording.sentence(refused.problems[0]), "refused")
            return redirect(url_for("organizers.sign_in"))
        status = 429 if refused.code == "too_many_attempts" else 403
        return _ask({problem.field: wording.sentence(problem) for problem in refused.problems}, status)
    separate = _rules().separate
    following = url_for("organizers.accounts" if separate else "organizers.new_contest")
    if access.sign_in_account(account):
        return redirect(url_for("organizers.second_factor", next=following), 303)
    flash(str(TO_SEPARATE if separate else TO_BEGIN), "done")
    return redirect(following, 303)


def _rules() -> Rules:
    separate = request.form.get("duties") == SEPARATE
    return Rules(request.form.get("policy", FIRST_POLICY), "second_factor" in request.form, separate)


def _ask(problems: dict[str, str], status: int) -> tuple[str, int]:
    typed = {name: request.form.get(name, "") for name in ("code", "name")}
    typed["policy"] = request.form.get("policy", FIRST_POLICY)
    typed["duties"] = request.form.get("duties", "")
    factor = request.method != "POST" or "second_factor" in request.form
    shown = {"typed": typed, "second_factor": factor, "policies": POLICIES, "shortest": SHORTEST}
    shown["waits"] = status == 429
    page = render_template("organizers/site/first_start.html", problems=problems, **shown)
    return page, status
