"""The organizer's sign-in with name and password, and signing out."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from scoring import access, wording
from scoring.actions.first_start import has_accounts
from scoring.language import local_path
from scoring.organizers.site import contests
from scoring.rules.refusal import Refused


class SignInForm(FlaskForm):
    """An account's name and password."""

    name = StringField(_l("Account name"))
    password = PasswordField(_l("Password"))


def sign_in() -> Response | tuple[str, int]:
    """Ask for name and password, then go on to the page that was wanted; without any account, to the first start."""
    if not has_accounts():
        return redirect(url_for("organizers.first_start"))
    form = SignInForm()
    wanted = request.values.get("next", "")
    if request.method == "GET":
        form.name.data = access.last_name()
        return _ask(form, wanted, "", 200)
    try:
        account = access.account_by_password(form.name.data or "", form.password.data or "")
    except Refused as refused:
        status = 429 if refused.code == "too_many_attempts" else 403
        return _ask(form, wanted, wording.sentence(refused.problems[0]), status)
    access.sign_in_account(account)
    return redirect(local_path(wanted) if wanted else contests.first_page(account))


def sign_out() -> Response:
    """Forget the account in this browser."""
    access.sign_out_account()
    return redirect(url_for("organizers.sign_in"))


def _ask(form: SignInForm, wanted: str, problem: str, status: int) -> tuple[str, int]:
    return render_template("organizers/sign_in.html", form=form, wanted=wanted, problem=problem), status
