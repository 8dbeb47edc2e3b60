"""A card for each seat, to print."""

from __future__ import annotations

from flask import render_template

from scoring.organizers import doors
from scoring.organizers.preparing import heading


@doors.behind("cards")
def cards(contest_id: int) -> str:
    """Show the page."""
    return render_template("organizers/cards.html", contest=heading(contest_id))
