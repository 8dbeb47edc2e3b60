"""Going on after a session has ended: the password is asked for, and the form that was being sent is kept."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.language import local_path
from scoring.rules.refusal import Refused

NAME, PASSWORD = "go-on-name", "go-on-password"
_OWN = (NAME, PASSWORD, "csrf_token")


def go_on() -> Response | tuple[str, int]:
    """Ask for the password; once it is given, offer the kept form to be sent where it was going, as it was typed."""
    to = local_path(request.args.get("to", ""))
    if (
        request.method == "GET" or request.files or not to
    ):  # who reloads the page; a browser cannot be given a file back
        return redirect(url_for("organizers.sign_in", next=to or None), 303)
    if PASSWORD not in request.form:
        return _page(to, 401)
    try:
        account = access.account_by_password(request.form.get(NAME, ""), request.form[PASSWORD])
    except Refused as refused:
        return _page(to, 429 if refused.code == "too_many_attempts" else 403, wording.sentence(refused.problems[0]))
    access.sign_in_account(account)
    return _page(to, 200)


def _page(to: str, status: int, problem: str = "") -> tuple[str, int]:
    kept = [(name, text) for name, text in request.form.items(multi=True) if name not in _OWN]
    name = request.form.get(NAME) or access.last_name()
    page = render_template("organizers/go_on.html", to=to, kept=kept, name=name, problem=problem, status=status)
    return page, status
