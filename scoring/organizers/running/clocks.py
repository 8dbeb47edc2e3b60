"""The timekeeper's screen: the clocks, large, and nothing else of the contest."""

from __future__ import annotations

from flask import render_template

from scoring.board.snapshots.desk import ClocksDesk
from scoring.board.views.timekeeper import timekeeper
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal
from scoring.organizers.running import clock_card
from scoring.organizers.running.course_words import course_words
from scoring.organizers.running.desk import words
from scoring.pages.asked import number_asked
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found


@doors.behind("clocks")
def clocks(contest_id: int) -> str:
    """Show the contest's clocks."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The clocks as they are now, with what was refused just now; answers 404 if there is no such contest or room."""
    snapshot = found(_snapshot, contest_id)
    return render_template(
        "organizers/running/clocks.html",
        desk=snapshot,
        page="clocks",
        refusal=refusal,
        words=words(),
        course=course_words(snapshot["contest"]["subject"]),
        **clock_card.words_and_figures(),
    )


def _snapshot(contest_id: int) -> ClocksDesk:
    """The clocks of the room that the address names, of the first where there are several."""
    snapshot = timekeeper(contest_id, event_meant(), number_asked("room"))
    if snapshot["room"] is None and len(snapshot["rooms"]) > 1:
        return timekeeper(contest_id, event_meant(), snapshot["rooms"][0]["room"])
    return snapshot
