"""The contest as it stands at one revision: every turn with its panel, every released score with its rank."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from scoring.board.facts import Newest, format_of, newest_versions, outcome_of, standing_of
from scoring.extensions import db
from scoring.rules import ranking
from scoring.rules.formats.base import Score
from scoring.rules.panel import Standing
from scoring.store import Appearance, Contest, Event, Room, Round, Seat, Turn
from scoring.store.contests import RELEASED, WAITING


@dataclass(frozen=True)
class Place:
    """How one seat stands to one turn."""

    seat: Seat
    standing: Standing
    state: str  # empty, draft, submitted, recused or abstained


@dataclass(frozen=True)
class TurnState:
    """A turn with its places and, once released, its score and rank."""

    turn: Turn
    places: tuple[Place, ...]
    score: Score | None = None
    ranked: ranking.Ranked | None = None

    @property
    def submitted(self) -> int:
        """How many sheets that count are in."""
        return sum(place.standing is Standing.COUNTED for place in self.places)

    @property
    def panel(self) -> int:
        """How many sheets are expected: all seats but the recused and abstained ones."""
        return sum(place.standing in (Standing.COUNTED, Standing.MISSING) for place in self.places)


@dataclass(frozen=True)
class Core:
    """A contest's round in play at one revision."""

    contest: Contest
    event: Event
    revision: int
    turns: tuple[TurnState, ...]
    newest: Newest = field(repr=False)

    def state_of(self, turn_id: int) -> TurnState | None:
        """One turn of the round, or None."""
        return next((state for state in self.turns if state.turn.id == turn_id), None)

    @property
    def ranked(self) -> list[TurnState]:
        """The released turns in rank order."""
        return sorted((state for state in self.turns if state.ranked), key=_place_in_ranking)

    @property
    def current(self) -> TurnState | None:
        """The turn that is called in the first room that has one."""
        for room in self.event.rooms:
            if room.current_turn_id is not None:
                return self.state_of(room.current_turn_id)
        return None

    @property
    def upcoming(self) -> TurnState | None:
        """The next waiting turn of the running order."""
        return next((state for state in self.turns if state.turn.state == WAITING), None)


def _place_in_ranking(state: TurnState) -> tuple[int, int]:
    assert state.ranked is not None
    return state.ranked.rank, state.turn.position


def core_of(contest_id: int) -> Core:
    """Read the contest and apply the rules to it; raises LookupError if there is no such contest."""
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise LookupError(contest_id)
    event = contest.events[0]
    played = _round_in_play(event)
    turns = _turns(played)
    newest = newest_versions(turn.id for turn in turns)
    states = [_state(turn, newest) for turn in turns]
    return Core(contest, event, contest.revision, tuple(_with_ranks(event, states)), newest)


def _round_in_play(event: Event) -> Round:
    begun = [played for played in event.rounds if any(turn.state != WAITING for turn in played.turns)]
    return begun[-1] if begun else event.rounds[0]


def _turns(played: Round) -> list[Turn]:
    wanted = (
        select(Turn)
        .where(Turn.round_id == played.id)
        .order_by(Turn.position)
        .options(
            selectinload(Turn.appearances).joinedload(Appearance.contestant),
            selectinload(Turn.recusals),
            selectinload(Turn.penalties),
            selectinload(Turn.room).selectinload(Room.seats),
        )
    )
    return list(db.session.scalars(wanted))


def _state(turn: Turn, newest: Newest) -> TurnState:
    places = tuple(_place(turn, seat, newest) for seat in turn.room.seats)
    score = outcome_of(turn, newest).scores[""] if turn.state == RELEASED else None
    return TurnState(turn, places, score)


def _place(turn: Turn, seat: Seat, newest: Newest) -> Place:
    version = newest.get((turn.id, seat.id))
    standing = standing_of(turn, seat, version)
    if standing in (Standing.RECUSED, Standing.ABSTAINED):
        return Place(seat, standing, standing.value)
    return Place(seat, standing, version.state if version else "empty")


def _with_ranks(event: Event, states: list[TurnState]) -> list[TurnState]:
    kind, settings = format_of(event), event.settings
    contenders = [kind.contender(settings, str(state.turn.id), [state.score], {}) for state in states if state.score]
    ranks = {ranked.key: ranked for ranked in ranking.rank(contenders, kind.chain(settings))}
    return [replace(state, ranked=ranks.get(str(state.turn.id))) for state in states]
