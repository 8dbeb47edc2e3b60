"""Going on after a session has ended: the password is asked for, and the form that was being sent is kept.

So is a code, where the account has a second factor.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.access.door_codes import FIELD as DOOR_CODE
from scoring.access.factors import check_code
from scoring.extensions import db
from scoring.organizers.site.sign_in import PAGES, WAITS
from scoring.pages.language import local_path
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.model import now

NAME, PASSWORD, CODE = "go-on-name", "go-on-password", "go-on-code"
_OWN = (NAME, PASSWORD, CODE, DOOR_CODE, "csrf_token")


def go_on() -> Response | tuple[str, int]:
    """Ask for the password; once it is given, offer the kept form to be sent where it was going, as it was typed."""
    to = local_path(request.args.get("to", ""))
    if (
        request.method != "POST" or request.files or not to
    ):  # who reloads the page; a browser cannot be given a file back
        return redirect(url_for("organizers.sign_in", next=to or None), 303)
    if PASSWORD not in request.form and CODE not in request.form:
        return _page(to, 401)
    try:
        awaits = _signed_in()
    except Refused as refused:
        return _refuse(to, refused)
    if awaits in ("", access.CODE):
        return _page(to, 401 if awaits else 200)
    flash(gettext("What you were about to send was not sent: this comes first."), "refused")
    return redirect(url_for(PAGES[awaits]), 303)


def _signed_in() -> str:
    """Sign in with the password, or with the code after it; answers what is awaited still."""
    waiting = access.waiting()
    if CODE in request.form and waiting and waiting[1] == access.CODE:
        check_code(waiting[0], request.form[CODE])
        return access.sign_in_account(db.session.get_one(Account, waiting[0].id), access.CODE)
    access.use_door_code()
    return access.sign_in_account(
        access.account_by_password(request.form.get(NAME, ""), request.form.get(PASSWORD, ""))
    )


def _refuse(to: str, refused: Refused) -> tuple[str, int]:
    said = wording.sentence(refused.problems[0])
    if refused.code == "door_code_unknown":
        return _page(to, 403, door_code=said)
    return _page(to, 429 if refused.code == "too_many_attempts" else 403, said, waits=refused.code in WAITS)


def _page(to: str, status: int, problem: str = "", door_code: str = "", *, waits: bool = False) -> tuple[str, int]:
    waiting = access.waiting()
    asks_code = waiting is not None and waiting[1] == access.CODE
    kept = [(name, text) for name, text in request.form.items(multi=True) if name not in _OWN]
    name = request.form.get(NAME) or access.last_name()
    told = {"waits": waits, "door_code_problem": door_code}
    shown = {"problem": problem, "status": status, "asks_code": asks_code, "now": now()}
    page = render_template("organizers/site/go_on.html", to=to, kept=kept, name=name, **shown, **told)
    return page, status
