"""The second factor of one's own account: its code at the sign-in, setting it up, and other recovery codes."""

from __future__ import annotations

import segno
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.access import factors
from scoring.actions.site import factors as verbs
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers.site.contests import first_page
from scoring.organizers.site.sign_in import go_on_after
from scoring.pages.language import local_path, wanted_next
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.model import now
from scoring.store.people import SHEET

#: So few codes left are spoken of at each sign-in.
FEW_CODES = 3


def second_factor_code() -> Response | tuple[str, int]:
    """Ask for the code of the device, or a recovery code; then the account is signed in."""
    waiting = access.waiting()
    if waiting is None or waiting[1] != access.CODE:
        return redirect(url_for("organizers.sign_in", next=wanted_next() or None))
    account = waiting[0]
    if request.method != "POST":
        return _ask_for_code(account, "", 200)
    try:
        factors.check_code(account, request.form.get("code", ""))
    except Refused as refused:
        return _ask_for_code(account, wording.sentence(refused.problems[0]), _status(refused))
    say_what_is_left(account.id)
    return go_on_after(db.session.get_one(Account, account.id), request.form.get("next", ""), access.CODE)


def say_what_is_left(account_id: int) -> None:
    """Tell the account when few of its recovery codes are left."""
    left = verbs.codes_left(account_id)
    if left <= FEW_CODES:
        page = gettext("Only %(left)s of your recovery codes are left. Make new ones under Second factor.", left=left)
        flash(page, "done")


def _ask_for_code(account: Account, problem: str, status: int) -> tuple[str, int]:
    shown = {"account": account, "sheet": account.factor == SHEET, "now": now(), "problem": problem}
    page = render_template("organizers/site/second_factor_code.html", wanted=wanted_next(), **shown)
    return page, status


def second_factor() -> str | Response | tuple[str, int]:
    """Show what the account has, and let it be set up; at a sign-in that awaits it nothing else is shown."""
    account = access.own_account(access.SET_UP)
    if account is None:
        return redirect(url_for("organizers.sign_in", next=url_for("organizers.second_factor")))
    if request.method != "POST":
        return _page(account, {}, 200)
    step = {"device": _set_up_device, "sheet": _set_up_sheet, "codes": _renew_codes}.get(request.form.get("step", ""))
    if step is None:
        abort(404)
    try:
        if access.waiting() is None:
            access.account_by_password(account.name, request.form.get("password", ""))
        codes = step(account)
    except Refused as refused:
        return _page(account, {refused.problems[0].field: wording.sentence(refused.problems[0])}, _status(refused))
    wanted = local_path(request.form["next"]) if request.form.get("next") else first_page(account)
    return render_template(
        "organizers/site/recovery_codes.html", codes=codes, wanted=wanted, sheet=account.factor == SHEET
    )


def _set_up_device(account: Account) -> list[str]:
    """The recovery codes of a device whose first code was right."""
    factor = _offered()
    step = factors.check_first_code(account.id, factor, request.form.get("code", ""))
    return _set_up(account, factor, step, factors.new_codes(factors.RECOVERY_CODES))


def _set_up_sheet(account: Account) -> list[str]:
    """The codes of an account without a device."""
    return _set_up(account, SHEET, 0, factors.new_codes(factors.SHEET_CODES))


def _set_up(account: Account, factor: str, step: int, codes: list[str]) -> list[str]:
    digests = factors.digests_of_codes(account.id, codes)
    perform(verbs.set_up_factor, access.account_actor(account), account.id, factor, step, digests)
    access.sign_in_account(db.session.get_one(Account, account.id), access.SET_UP)
    return codes


def _renew_codes(account: Account) -> list[str]:
    """Other recovery codes for an account that has a second factor; those before open nothing."""
    if account.factor is None:
        abort(404)
    codes = factors.new_codes(factors.SHEET_CODES if account.factor == SHEET else factors.RECOVERY_CODES)
    digests = factors.digests_of_codes(account.id, codes)
    perform(verbs.renew_codes, access.account_actor(account), account.id, digests)
    return codes


def _offered() -> str:
    """What the device that is being set up is made of: the same as long as this session lasts, and nobody else's."""
    return access.own_secret("factor")[:32]


def _page(account: Account, problems: dict[str, str], status: int) -> tuple[str, int]:
    key = factors.key_of(account.id, _offered())
    code = segno.make(factors.address_of_key(account, _offered()), error="m")
    shown = {
        "account": account,
        "awaited": access.waiting() is not None,
        "key": " ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        "qr": code.svg_data_uri(scale=5, border=2),
        "left": verbs.codes_left(account.id),
        "sheet": account.factor == SHEET,
        "now": now(),
        "problems": problems,
        "wanted": wanted_next(),
    }
    return render_template("organizers/site/second_factor.html", **shown), status


def _status(refused: Refused) -> int:
    return 429 if refused.code == "too_many_attempts" else 403
