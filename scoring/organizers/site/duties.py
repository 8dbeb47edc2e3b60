"""The page on which the duties of the installation are separated, or one person is let hold them together."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions import separation as verbs
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers.site.role_words import ROLE_NAMES, ROLE_TASKS
from scoring.organizers.steps import whole
from scoring.rules.duties import OFFICERS, SECURITY
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.installation import installation


@access.role(SECURITY)
def duties() -> str:
    """Show who holds which office."""
    return _page({})


@access.role(SECURITY)
def duties_step(name: str) -> Response | tuple[str, int]:
    """Separate the duties, or join them."""
    if name not in STEPS:
        abort(404)
    try:
        STEPS[name]()
    except Refused as refused:
        access.note_refusal(refused)
        return _page({problem.field: wording.sentence(problem) for problem in refused.problems}), 409
    still = access.this_sign_in(fresh=True)
    return redirect(url_for("organizers.duties" if still else "organizers.sign_in"), 303)


def _page(problems: dict[str, str]) -> str:
    open_ones = select(Account).where(Account.closed_at.is_(None)).order_by(Account.name)
    accounts = list(db.session.scalars(open_ones))
    return render_template(
        "organizers/duties.html",
        separated=installation().separated,
        officers={office: [one for one in accounts if one.role == office] for office in OFFICERS},
        accounts=accounts,
        role_names=ROLE_NAMES,
        role_tasks=ROLE_TASKS,
        problems=problems,
        typed=request.form,
    )


def _separate() -> None:
    chosen = {office: whole(request.form, office) for office in OFFICERS if request.form.get(office)}
    perform(verbs.separate_duties, access.actor(), chosen, request=request.form.get("request"))
    flash(gettext("The duties are separated. Each of the three officers signs in with the own account."), "done")


def _join() -> None:
    reason = request.form.get("reason", "")
    perform(verbs.join_duties, access.actor(), reason, request=request.form.get("request"))
    flash(gettext("The separation is switched off. Every page of the record says so from now on."), "done")


STEPS = {"separate": _separate, "join": _join}
