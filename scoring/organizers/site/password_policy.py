"""How accounts sign in here: the policy for passwords, when a session is idle, and who needs a second factor."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.registry import read_whole
from scoring.actions.site.installation import set_password_policy
from scoring.actions.transaction import perform
from scoring.credentials.passwords import IDLE_LEAST, IDLE_MOST, POLICIES
from scoring.rules.duties import SITE_VERBS
from scoring.rules.refusal import Refused
from scoring.store.installation import installation


@access.role(*SITE_VERBS["set_password_policy"])
def password_policy() -> str | Response | tuple[str, int]:
    """Show the policy, or choose another."""
    if request.method != "POST":
        return _page({})
    try:
        chosen = (
            request.form.get("policy", ""),
            read_whole("idle", request.form.get("idle")),
            "second_factor" in request.form,
        )
        perform(set_password_policy, access.actor(), *chosen, request=request.form.get("request"))
    except Refused as refused:
        return _page({problem.field: wording.sentence(problem) for problem in refused.problems}), 409
    flash(gettext("The password policy is kept. It holds from each account's next sign-in."), "done")
    return redirect(url_for("organizers.password_policy"), 303)


def _page(problems: dict[str, str]) -> str:
    known = installation()
    typed = {"policy": known.policy, "idle": str(known.idle_minutes), "second_factor": known.second_factor}
    if request.method == "POST":
        typed = {**request.form.to_dict(), "second_factor": "second_factor" in request.form}
    shown = {"policies": POLICIES, "least": IDLE_LEAST, "most": IDLE_MOST}
    return render_template("organizers/site/password_policy.html", typed=typed, problems=problems, **shown)
