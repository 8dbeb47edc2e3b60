"""The camps of an event's entrants, by its rules and its entry list."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.board.reading.facts import format_of
from scoring.rules.camps import FIXED, Entered, MeetingRules, camps
from scoring.rules.formats.common import meeting_of
from scoring.rules.refusal import Refused
from scoring.store import Event


def camps_of(event: Event) -> dict[str, str]:
    """The camp of every entrant by number, {} where anybody may meet anybody. Raises Refused as `camps` does."""
    entrants = [one for one in event.contest.contestants if one.team_id is None]
    return camps(meeting_of(event.settings), [Entered(one.number, one.office, one.department) for one in entrants])


def check_meeting(event: Event, pairings: Sequence[str], knockout: str) -> None:
    """Refuse sides_fixed_knockout where two of one camp could meet in a knockout, and as `camps` does."""
    rules: MeetingRules = meeting_of(event.settings)
    if format_of(event).subject == "match" and rules.by == FIXED and knockout in pairings:
        raise Refused.because("sides_fixed_knockout", "first")
    camps_of(event)


def check_may_meet(event: Event, first: str, second: str) -> None:
    """Refuse same_camp (figures number) where the rules keep two entrants from meeting, and as `camps` does."""
    camp_of = camps_of(event)
    if camp_of and camp_of[first] == camp_of[second]:
        raise Refused.because("same_camp", "opponent", number=second)
