"""Who sits where, and who stands in."""

from __future__ import annotations

from flask import render_template

from scoring.organizers import doors
from scoring.organizers.preparing import heading


@doors.behind("seats")
def seats(contest_id: int) -> str:
    """Show the page."""
    return render_template("organizers/seats.html", contest=heading(contest_id))
