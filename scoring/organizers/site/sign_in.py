"""The organizer's sign-in with name and password, what else it asks for, and signing out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from scoring import access, wording
from scoring.actions.site.first_start import has_accounts
from scoring.extensions import db
from scoring.organizers.site import contests
from scoring.pages import moments
from scoring.pages.language import local_path, wanted_next
from scoring.rules.refusal import Refused
from scoring.store import Account, SignIn
from scoring.store.steady import on_the_wall


class SignInForm(FlaskForm):
    """An account's name and password."""

    name = StringField(_l("Account name"))
    password = PasswordField(_l("Password"))


def sign_in() -> Response | tuple[str, int]:
    """Ask for name and password, then go on to the page that was wanted; without any account, to the first start."""
    if not has_accounts():
        return redirect(url_for("organizers.first_start"))
    form = SignInForm()
    wanted = wanted_next()
    if request.method != "POST":
        form.name.data = access.last_name()
        return _ask(form, wanted, "", 200)
    try:
        access.use_door_code()
        account = access.account_by_password(form.name.data or "", form.password.data or "")
    except Refused as refused:
        return _refuse(form, wanted, refused)
    return go_on_after(account, wanted)


#: The page that asks for what a sign-in awaits.
PAGES = {
    access.CODE: "organizers.second_factor_code",
    access.PASSWORD: "organizers.own_password",
    access.SET_UP: "organizers.second_factor",
}


#: Refusals that a door code helps with.
WAITS = frozenset({"too_many_attempts", "account_locked"})


def go_on_after(account: Account, wanted: str, done: str = "") -> Response:
    """Sign the account in, after this was `done`, and lead on: to what is awaited still, else to the page `wanted`."""
    last = _last_sign_in(account)
    if awaits := access.sign_in_account(account, done):
        return redirect(url_for(PAGES[awaits], next=wanted or None))
    if last:
        flash(last, "done")
    return redirect(local_path(wanted) if wanted else contests.first_page(account))


def _last_sign_in(account: Account) -> str:
    """When the account was signed in last and from where, where the policy tells that."""
    if not access.policy().tells_last:
        return ""
    mine = select(SignIn).where(SignIn.account_id == account.id, SignIn.awaits == "").order_by(SignIn.id.desc())
    last = db.session.scalars(mine.limit(1)).first()
    if last is None:
        return gettext("This is the first sign-in with this account.")
    when = moments.moment(on_the_wall(last.begun))
    return gettext(
        "The last sign-in with this account was on %(when)s from %(address)s.", when=when, address=last.address
    )


def sign_out() -> Response:
    """Forget the account in this browser."""
    access.sign_out_account()
    return redirect(url_for("organizers.sign_in"))


def _refuse(form: SignInForm, wanted: str, refused: Refused) -> tuple[str, int]:
    """Ask again: for a door code too, where the device must wait or has shown a wrong one."""
    said = wording.sentence(refused.problems[0])
    if refused.code == "door_code_unknown":
        return _ask(form, wanted, "", 403, said)
    status = 429 if refused.code == "too_many_attempts" else 403
    return _ask(form, wanted, said, status, waits=refused.code in WAITS)


def _ask(
    form: SignInForm, wanted: str, problem: str, status: int, door_code: str = "", *, waits: bool = False
) -> tuple[str, int]:
    told = {"problem": problem, "waits": waits, "door_code_problem": door_code}
    return render_template("organizers/site/sign_in.html", form=form, wanted=wanted, **told), status
