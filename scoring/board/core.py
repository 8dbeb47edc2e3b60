"""The contest as it stands at one revision: every turn with its panel, every released score with its rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from scoring.board.facts import Newest, format_of, newest_versions, outcome_of, standing_of
from scoring.extensions import db
from scoring.rules import ranking
from scoring.rules.formats.base import Outcome, Score
from scoring.rules.panel import Standing
from scoring.rules.publication import AT_ONCE, publishable
from scoring.store import Appearance, Assignment, Contest, Contestant, Event, Room, Round, Seat, Turn
from scoring.store.contests import MARKING, RELEASED, WAITING


@dataclass(frozen=True)
class Place:
    """How one seat stands to one turn."""

    seat: Seat
    standing: Standing
    state: str  # empty, draft, submitted, recused or abstained


@dataclass(frozen=True)
class TurnState:
    """A turn with its places and, once its result is public, the outcome."""

    turn: Turn
    places: tuple[Place, ...]
    outcome: Outcome | None = None

    @property
    def submitted(self) -> int:
        """How many sheets that count are in."""
        return sum(place.standing is Standing.COUNTED for place in self.places)

    @property
    def panel(self) -> int:
        """How many sheets are expected: all seats but the recused and abstained ones."""
        return sum(place.standing in (Standing.COUNTED, Standing.MISSING) for place in self.places)


@dataclass(frozen=True)
class Placed:
    """A contestant with public scores, the turns that gave them, and the rank they make together."""

    contestant: Contestant
    turns: tuple[TurnState, ...]
    scores: tuple[Score, ...]
    ranked: ranking.Ranked


@dataclass(frozen=True)
class Core:
    """A contest's round in play at one revision."""

    contest: Contest
    event: Event
    revision: int
    turns: tuple[TurnState, ...]
    ranked: tuple[Placed, ...]
    newest: Newest = field(repr=False)

    def state_of(self, turn_id: int) -> TurnState | None:
        """One turn of the round, or None."""
        return next((state for state in self.turns if state.turn.id == turn_id), None)

    def placed(self, turn_id: int) -> Placed | None:
        """Who is ranked with this turn as the only one, as in every format of single performances."""
        return next((placed for placed in self.ranked if [state.turn.id for state in placed.turns] == [turn_id]), None)

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


def core_of(contest_id: int) -> Core:
    """Read the contest and apply the rules to it; raises LookupError if there is no such contest."""
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise LookupError(contest_id)
    event = contest.events[0]
    played = _round_in_play(event)
    turns = _turns(played)
    newest = newest_versions(turn.id for turn in turns)
    public = _public(event, turns)
    states = tuple(_state(turn, newest, turn.id in public) for turn in turns)
    return Core(contest, event, contest.revision, states, _ranked(event, states), newest)


def _public(event: Event, turns: list[Turn]) -> set[int]:
    """The released turns that the way of publication lets be seen, in the order in which they were called.

    Source: domain page 2A, publication: at once, one behind, or after the last one.
    """
    called = sorted((turn for turn in turns if turn.called_at), key=lambda turn: str(turn.called_at))
    performed = sum(turn.state in (MARKING, RELEASED) for turn in called)
    seen = publishable(event.settings.get("publication", AT_ONCE), performed, len(turns))
    return {turn.id for turn in called[:seen] if turn.state == RELEASED}


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
            selectinload(Turn.clocks),
            selectinload(Turn.assignments).joinedload(Assignment.seat),
            selectinload(Turn.room).selectinload(Room.seats),
        )
    )
    return list(db.session.scalars(wanted))


def _state(turn: Turn, newest: Newest, public: bool) -> TurnState:
    places = tuple(_place(turn, seat, newest) for seat in turn.panel)
    return TurnState(turn, places, outcome_of(turn, newest) if public else None)


def _place(turn: Turn, seat: Seat, newest: Newest) -> Place:
    version = newest.get((turn.id, seat.id))
    standing = standing_of(turn, seat, version)
    if standing in (Standing.RECUSED, Standing.ABSTAINED):
        return Place(seat, standing, standing.value)
    return Place(seat, standing, version.state if version else "empty")


def _ranked(event: Event, states: Iterable[TurnState]) -> tuple[Placed, ...]:
    """Every contestant with a public score, in rank order."""
    kind, settings = format_of(event), event.settings
    found: dict[int, list[tuple[TurnState, Contestant, Score]]] = defaultdict(list)
    for state in states:
        for contestant, score in _scores(state):
            found[contestant.id].append((state, contestant, score))
    contenders = [
        kind.contender(settings, str(contestant_id), [score for _, _, score in scored], {})
        for contestant_id, scored in found.items()
    ]
    ranks = ranking.rank(contenders, kind.chain(settings))
    return tuple(sorted((_placed(found[int(ranked.key)], ranked) for ranked in ranks), key=_rank_then_order))


def _scores(state: TurnState) -> Iterator[tuple[Contestant, Score]]:
    """The public scores of a turn with whose they are."""
    for appearance in state.turn.appearances:
        if state.outcome and appearance.part in state.outcome.scores:
            yield appearance.contestant, state.outcome.scores[appearance.part]


def _placed(scored: list[tuple[TurnState, Contestant, Score]], ranked: ranking.Ranked) -> Placed:
    turns, contestants, scores = zip(*scored, strict=True)
    return Placed(contestants[0], turns, scores, ranked)


def _rank_then_order(placed: Placed) -> tuple[int, int]:
    return placed.ranked.rank, placed.turns[0].turn.position
