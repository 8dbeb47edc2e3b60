"""What holds for the whole installation: in which time zone moments are shown, and by which address it is reached."""

from __future__ import annotations

import pytz
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from scoring import access, wording
from scoring.actions.site.installation import set_installation
from scoring.actions.transaction import perform
from scoring.pages import moments
from scoring.rules.duties import SITE_VERBS
from scoring.rules.refusal import Refused
from scoring.store.installation import installation as as_it_is
from scoring.store.model import now
from scoring.venue import addresses

#: Those that are likely here come first in the list.
LIKELY = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei")


@access.role(*SITE_VERBS["set_installation"])
def installation() -> str | Response | tuple[str, int]:
    """Show the settings, or change them."""
    if request.method != "POST":
        return _page({})
    zone, address = request.form.get("zone", ""), request.form.get("address", "")
    try:
        perform(set_installation, access.actor(), zone, address, request=request.form.get("request"))
    except Refused as refused:
        return _page({problem.field: wording.sentence(problem) for problem in refused.problems}), 409
    flash(gettext("The settings are kept. Cards that were printed before still lead to the old address."), "done")
    return redirect(url_for("organizers.installation"), 303)


def _page(problems: dict[str, str]) -> str:
    known = as_it_is()
    typed = request.form if problems else {"zone": known.zone, "address": known.address}
    return render_template(
        "organizers/site/installation.html",
        problems=problems,
        typed=typed,
        zones=[(zone, f"{moments.zone_called(zone)} · {zone} · {moments.offset_of(zone)}") for zone in _zones()],
        now=now(),
        address=addresses.server_address(),
        reached=addresses.others_reach(),
    )


def _zones() -> list[str]:
    return [*LIKELY, *(zone for zone in pytz.common_timezones if zone not in LIKELY)]
