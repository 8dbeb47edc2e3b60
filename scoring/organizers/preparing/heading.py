"""What the pages before the day share: the contest that they stand under."""

from __future__ import annotations

from typing import Any

from flask import abort

from scoring.board.reading.facts import format_of
from scoring.board.reading.look import event_of
from scoring.extensions import db
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.store import Contest


def contest_called(contest_id: int) -> Contest:
    """The contest; answers 404 if there is none."""
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        abort(404)
    return contest


def heading(contest_id: int) -> dict[str, Any]:
    """The contest as the desk's layout needs it; answers 404 if there is none, or no such event."""
    contest = contest_called(contest_id)
    event = found(event_of, contest_id, event_meant())
    return {
        "id": contest.id,
        "slug": contest.slug,
        "title": {"zh": contest.title_zh, "en": contest.title_en},
        "date": contest.held_on,
        "venue": contest.venue,
        "subject": format_of(event).subject,
    }
