"""What the host may know: who is now and next, by number, and what is public, to be read out."""

from __future__ import annotations

from scoring.board.reading.core import core_of
from scoring.board.snapshots.pages import Prompter
from scoring.board.views.audience import audience_of, now_and_next
from scoring.board.views.unranked import WITHOUT_MARKS
from scoring.store.contests import WAITING

COMING = 4  # how many of those who wait are listed


def prompter(contest_id: int, event: int | None = None, room_id: int | None = None) -> Prompter:
    """The host's snapshot, of one room if it is named: nothing that is not public, figures as on the leaderboard.

    Raises LookupError for an unknown contest, event or room.
    """
    whole = core_of(contest_id, event, seen=True)
    rooms = [room.id for room in whole.event.rooms]
    if room_id is not None and room_id not in rooms:
        raise LookupError(room_id)
    core = whole if room_id is None else whole.in_room(room_id)
    shown = audience_of(whole)
    waiting = [state.turn.number for state in core.turns if state.turn.state == WAITING]
    return {
        "contest": shown["contest"],
        "latest": shown["latest"],
        "match": shown["match"],
        "released": shown["released"],
        "total": shown["total"],
        "unplaced": shown["unplaced"],
        "rooms": shown["rooms"],
        "hall": shown["hall"],
        **now_and_next(core),
        "revision": core.revision,
        "room": room_id,
        "coming": waiting[1 : 1 + COMING],
        "over": bool(core.turns) and shown["released"] == shown["due"],
        "out": [one for one in shown["unranked"] if one["ground"] != WITHOUT_MARKS],
        "podium": [row for row in shown["rows"] if row["rank"] <= 3],
    }
