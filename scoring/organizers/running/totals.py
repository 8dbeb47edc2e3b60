"""The checker's screen (核分): the totals of each turn before their release, confirmed or not; never projected."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l

from scoring import access, wording
from scoring.board.conditions.totals import totals as totals_view
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.running.desk import words
from scoring.organizers.site.role_words import ROLE_NAMES
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.wording.subjects import SIDES

FATES = {
    "dropped_high": _l("highest, dropped"),
    "dropped_low": _l("lowest, dropped"),
    "recused": _l("recused"),
    "abstained": _l("abstained"),
    "away": _l("away from the seat"),
}


@doors.behind("totals")
def totals(contest_id: int) -> str:
    """Show the totals to check."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The totals as they are now, with what was refused just now; answers 404 if there is no such contest."""
    snapshot = found(totals_view, contest_id, event_meant())
    return render_template(
        "organizers/running/totals.html",
        desk=snapshot,
        page="totals",
        refusal=refusal,
        may=may,
        named=named,
        fates=FATES,
        role=access.signed_in().role,
        me=access.actor().label,
        roles=ROLE_NAMES,
        sentence=wording.sentence,
        words=words(),
    )


def named(part: dict[str, Any]) -> str:
    """Whose figures these are: the number, with the side where there are sides."""
    side = part["part"].partition(".")[0]
    return f"{SIDES[side]} {part['number']}" if side in SIDES else str(part["number"])
