"""The timekeeper's screen: the clocks, large, and nothing else of the contest."""

from __future__ import annotations

import secrets

from flask import abort, render_template

from scoring import board
from scoring.event_meant import event_meant
from scoring.organizers import clock_card, doors
from scoring.organizers.desk import WORDS
from scoring.organizers.refusal import Refusal


@doors.behind("clocks")
def clocks(contest_id: int) -> str:
    """Show the contest's clocks."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The clocks as they are now, with what was refused just now; answers 404 if there is no such contest."""
    try:
        snapshot = board.timekeeper(contest_id, event_meant())
    except LookupError:
        abort(404)
    return render_template(
        "organizers/clocks.html",
        desk=snapshot,
        page="clocks",
        refusal=refusal,
        new_request=lambda: secrets.token_hex(16),
        words={name: str(words) for name, words in WORDS.items()},
        **clock_card.words_and_figures(),
    )
