"""A photo that an inspector took of a defect, for whoever settles the differences."""

from __future__ import annotations

from flask import Response, abort

from scoring.board.reading.facts import missing_seats
from scoring.extensions import db
from scoring.organizers import doors
from scoring.pages.given_out import given_out
from scoring.store import Photo


@doors.behind("differences")
def photo(contest_id: int, photo_id: int) -> Response:
    """The photo, once both inspectors have submitted: until then nobody sees what one of them found."""
    found = db.session.get(Photo, photo_id)
    if found is None or found.turn.contest.id != contest_id or missing_seats(found.turn):
        abort(404)
    return given_out(found.sha256, found.kind)
