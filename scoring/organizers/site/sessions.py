"""Where one's own account is signed in, with a button to end each session; and whether this session still holds."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from scoring import access
from scoring.actions.registry import read_whole
from scoring.actions.site import sessions as verbs
from scoring.actions.transaction import perform
from scoring.extensions import db
from scoring.organizers.site.device_words import device_in_words
from scoring.pages.asked import number_asked
from scoring.store import SignIn
from scoring.store.installation import installation
from scoring.store.sessions import ABSOLUTE
from scoring.store.steady import on_the_wall, steady

#: The header with the seconds for which a page may stay as it is.
GOOD_FOR = "Saiping-Good-For"


@access.anyone
def sessions() -> str | Response:
    """Show where the account is signed in, or end one of its sessions."""
    if request.method == "POST":
        ended = read_whole("session", request.form.get("session"))
        perform(verbs.end_session, access.actor(), access.signed_in().id, ended, request=request.form.get("request"))
        flash(gettext("That session is ended, with every page that it had open."), "done")
        return redirect(url_for("organizers.sessions"), 303)
    known = access.this_sign_in()
    here = known.id if known else None
    listed = [
        {
            "id": one.id,
            "here": one.id == here,
            "device": device_in_words(one.device),
            "address": one.address,
            "begun": on_the_wall(one.begun),
            "acted": on_the_wall(one.acted),
        }
        for one in _open()
    ]
    idle = installation().idle_minutes
    return render_template("organizers/site/sessions.html", sessions=listed, idle_minutes=idle)


def session() -> Response:
    """For an open page: for how long what it shows may stay (`GOOD_FOR`), 401 where the session of its account is over.

    Nobody did anything by asking. The page says which account it shows, and whether it goes on in an idle session.
    """
    known, asked = access.this_sign_in(), request.args
    mine = known is not None and number_asked("account") in (known.account_id, None)
    seconds = access.good_for(goes_on="goes_on" in asked) if mine else 0
    return Response(status=204 if seconds else 401, headers={GOOD_FOR: str(seconds)})


def _open() -> list[SignIn]:
    account = access.signed_in()
    own = (
        SignIn.account_id == account.id,
        SignIn.epoch == account.epoch,
        SignIn.ended_at.is_(None),
        SignIn.awaits == "",
    )
    wanted = select(SignIn).where(*own, SignIn.begun > steady() - ABSOLUTE).order_by(SignIn.acted.desc())
    return list(db.session.scalars(wanted))
