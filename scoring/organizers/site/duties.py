"""The page on which duties are separated, and on which two officers let one person hold them together again."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.registry import read_whole
from scoring.actions.site import separation as verbs
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers.site.role_words import ROLE_NAMES, ROLE_TASKS
from scoring.pages import moments
from scoring.rules.duties import OFFICERS, SECURITY, SITE_VERBS, SYSTEM
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.duties import joining_asked
from scoring.store.installation import installation
from scoring.store.ledger import name_behind


@access.role(SYSTEM, SECURITY)
def duties() -> str:
    """Show who holds which office."""
    return _page({})


@access.role(SYSTEM, SECURITY)
def duties_step(name: str) -> Response | tuple[str, int]:
    """Separate the duties, ask to join them, or answer who has asked."""
    if name not in STEPS:
        abort(404)
    verb, perform_step = STEPS[name]
    access.check_may(*SITE_VERBS[verb])
    try:
        perform_step()
    except Refused as refused:
        access.note_refusal(refused)
        return _page({problem.field: wording.sentence(problem) for problem in refused.problems}), 409
    still = access.this_sign_in(fresh=True)
    return redirect(url_for("organizers.duties" if still else "organizers.sign_in"), 303)


def _page(problems: dict[str, str]) -> str:
    open_ones = select(Account).where(Account.closed_at.is_(None)).order_by(Account.name)
    accounts = list(db.session.scalars(open_ones))
    return render_template(
        "organizers/site/duties.html",
        separated=installation().separated,
        asked=_asked(),
        may={verb for verb, roles in SITE_VERBS.items() if access.may(*roles)},
        officers={office: [one for one in accounts if one.role == office] for office in OFFICERS},
        accounts=accounts,
        role_names=ROLE_NAMES,
        role_tasks=ROLE_TASKS,
        problems=problems,
        typed=request.form,
    )


def _asked() -> dict[str, str] | None:
    """Who asks to join the duties, when and why; None where nobody does."""
    entry = joining_asked()
    if entry is None:
        return None
    return {"by": name_behind(entry.actor), "at": moments.moment(entry.at), "reason": entry.details["reason"]}


def _separate() -> None:
    chosen = {office: read_whole(office, request.form.get(office)) for office in OFFICERS if request.form.get(office)}
    perform(verbs.separate_duties, access.actor(), chosen, request=request.form.get("request"))
    flash(gettext("The duties are separated. Each of the three officers signs in with the own account."), "done")


def _ask() -> None:
    reason = request.form.get("reason", "")
    perform(verbs.ask_to_join, access.actor(), reason, request=request.form.get("request"))
    flash(gettext("Asked. It is switched off when the system administrator agrees on this page."), "done")


def _join() -> None:
    perform(verbs.agree_to_join, access.actor(), request=request.form.get("request"))
    flash(gettext("The separation is switched off. Every page of the record says so from now on."), "done")


def _stay() -> None:
    perform(verbs.stay_separated, access.actor(), request=request.form.get("request"))
    flash(gettext("The duties stay separated."), "done")


#: By the name in the address: the verb of the record, and what is done.
STEPS = {
    "separate": ("separate_duties", _separate),
    "ask": ("ask_to_join", _ask),
    "join": ("join_duties", _join),
    "stay": ("stay_separated", _stay),
}
