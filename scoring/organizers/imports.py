"""Contestants, teams, judges and offices from a spreadsheet."""

from __future__ import annotations

from flask import render_template

from scoring.organizers import doors
from scoring.organizers.preparing import heading


@doors.behind("imports")
def imports(contest_id: int) -> str:
    """Show the page."""
    return render_template("organizers/imports.html", contest=heading(contest_id))
