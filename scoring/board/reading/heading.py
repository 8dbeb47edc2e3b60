"""What every screen of an event begins with: the contest's name, day and venue, and what its format judges."""

from __future__ import annotations

from scoring.board.reading.core import Core
from scoring.board.reading.facts import format_of
from scoring.board.snapshots.audience import ContestOfEvent
from scoring.store.rehearsals import slug_led_to


def contest_of(core: Core) -> ContestOfEvent:
    """The contest's name in both languages, and what the event's format judges."""
    return {
        "id": core.contest.id,
        "slug": core.contest.slug,
        "title": {"zh": core.contest.title_zh, "en": core.contest.title_en},
        "date": core.contest.held_on,
        "venue": core.contest.venue,
        "format": core.event.format,
        "subject": format_of(core.event).subject,
        "moved": slug_led_to(core.contest),
    }
