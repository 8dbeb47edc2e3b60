"""What another process does to the installation of a running server, as a command does."""

from __future__ import annotations

from sqlalchemy import select

from scoring import create_app
from scoring.actions.running import turns
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.store import Contest


def call_first(slug: str) -> None:
    """Call the contest's first contestant."""
    with create_app().app_context():
        contest = db.session.scalars(select(Contest).where(Contest.slug == slug)).one()
        perform(turns.call, Actor("a command", role="organizer"), contest.events[0].rounds[0].turns[0].id)
