"""Who shares a rank that a play-off (加赛), or the panel's secret ballot, can decide. Source: domain page 1, ties."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import format_of, play_off_figure
from scoring.board.reading.ranked import Placed
from scoring.board.snapshots.checking import PlayedOff
from scoring.rules.figures import plain
from scoring.rules.refusal import Refused
from scoring.store import Event, Turn
from scoring.store.contests import RELEASED

STEP = "play_off"


def played_off(core: Core) -> list[PlayedOff]:
    """Everybody who shares a rank that a play-off would decide, or has a figure of one already, in rank order."""
    return [_shown(placed) for placed in _tied(core.event, core.ranked)]


def _tied(event: Event, ranked: Sequence[Placed]) -> list[Placed]:
    """Persons only: of a tied match the play-off is recorded while it is open, and teams have another chain."""
    if STEP not in format_of(event).chain(event.settings):
        return []
    of_persons = [placed for placed in ranked if not placed.turns[-1].turn.sides]
    return [one for one in of_persons if one.ranked.shared or play_off_figure(one.turns[-1].turn) is not None]


def _shown(placed: Placed) -> PlayedOff:
    turn, figure = placed.turns[-1].turn, play_off_figure(placed.turns[-1].turn)
    return {
        "turn": turn.id,
        "number": placed.contestant.number,
        "name": placed.contestant.name,
        "rank": placed.ranked.rank,
        "shared": placed.ranked.shared,
        "figure": None if figure is None else plain(figure),
    }


def check_play_off(turn: Turn) -> None:
    """Refused(play_off_not_public, play_off_no_step, play_off_not_tied) unless a figure can be recorded of the turn."""
    event = turn.round.event
    if turn.state != RELEASED or turn.hidden:
        raise Refused.because("play_off_not_public")
    if STEP not in format_of(event).chain(event.settings):
        raise Refused.because("play_off_no_step")
    if turn.id not in {one.turns[-1].turn.id for one in _tied(event, core_of(event.contest_id, event.position).ranked)}:
        raise Refused.because("play_off_not_tied", number=turn.number)
