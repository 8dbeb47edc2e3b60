"""One turn as it stands: how each seat stands to it and, once its result is public, the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from scoring.board.reading.facts import Newest, format_of, outcome_at, outcome_of, reached, sheet_state, standing_with
from scoring.board.reading.freeze import Until, release_in_force
from scoring.rules.formats.base import Outcome
from scoring.rules.not_performing import VERDICT
from scoring.rules.panel import Standing
from scoring.store import Recusal, Release, Seat, SheetVersion, Turn
from scoring.store.held import Held

MOST_KEPT = 4096  # outcomes; the largest contest seen has 456 entrants
_kept: dict[tuple[int, int, datetime, int], Outcome] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """How one seat stands to one turn."""

    seat: Seat
    standing: Standing
    state: str  # empty, draft, submitted, returned, recused, abstained or away
    reached: str = ""  # "", server, counted or approved
    question: str = ""  # what the judge is asked about a sheet that is sent back
    source: str = ""  # where a sheet that counts came from: paper or correction, "" for the tablet


@dataclass(frozen=True)
class TurnState:
    """A turn with its places and, once its result is public, the outcome."""

    turn: Turn
    places: tuple[Place, ...]
    outcome: Outcome | None = None

    @cached_property
    def submitted(self) -> int:
        """How many sheets that count are in."""
        return sum(place.standing is Standing.COUNTED for place in self.places)

    @cached_property
    def panel(self) -> int:
        """How many sheets are expected: all seats but the recused, abstained and absent ones."""
        return sum(place.standing in (Standing.COUNTED, Standing.MISSING) for place in self.places)


def state_of(turn: Turn, newest: Newest, public: bool, until: Until = None) -> TurnState:
    """The turn with the sheets in force, by the revision of a freeze if it is given; its outcome if that is public."""
    recused = turn.recused
    shown = [seat for seat in turn.panel if not (turn.hidden and seat.id in recused)]  # who left a coded one is nowhere
    places = tuple(_place(turn, seat, recused.get(seat.id), newest.get((turn.id, seat.id)), until) for seat in shown)
    return TurnState(turn, places, _released_outcome(turn, newest, until) if public else None)


def _released_outcome(turn: Turn, newest: Newest, until: Until) -> Outcome:
    """The outcome of a released turn, worked out once for each release: nothing about it changes afterwards."""
    release = release_in_force(turn, until)
    if release is None or release.id is None:
        return outcome_of(turn, newest)
    name = (turn.id, release.id, release.at, turn.round.event.settings_version)
    if name not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[name] = _announced(turn, release, newest)
    return _kept[name]


def _announced(turn: Turn, release: Release, newest: Newest) -> Outcome:
    """What was released with it, whatever was decided, corrected or taken back since."""
    if release is release_in_force(turn):
        return outcome_of(turn, newest)
    if VERDICT in release.verdict:
        event = turn.round.event
        return format_of(event).not_held(event.settings, release.verdict[VERDICT])
    return outcome_at(turn, release.revision)


def _place(turn: Turn, seat: Seat, recusal: Recusal | None, version: SheetVersion | Held | None, until: Until) -> Place:
    standing = standing_with(recusal, version)
    if standing in (Standing.RECUSED, Standing.ABSTAINED, Standing.AWAY):
        return Place(seat, standing, standing.value)
    if version is None:
        return Place(seat, standing, sheet_state(version))
    shown = until is None or version.revision <= until
    source = version.source if shown and standing is Standing.COUNTED else ""
    how_far = reached(turn.state, standing, version, held=not turn.not_held)
    return Place(seat, standing, sheet_state(version), how_far, version.question, source)
