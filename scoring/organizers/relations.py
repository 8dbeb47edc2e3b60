"""Who is related to whom, entered once and applied to every turn."""

from __future__ import annotations

from flask import render_template

from scoring.organizers import doors
from scoring.organizers.preparing import heading


@doors.behind("relations")
def relations(contest_id: int) -> str:
    """Show the page."""
    return render_template("organizers/relations.html", contest=heading(contest_id))
