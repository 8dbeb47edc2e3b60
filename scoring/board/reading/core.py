"""The contest as it stands at one revision: every turn with its panel, every released score with its rank."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session, selectinload

from scoring.board.reading.doubts import check_trusted
from scoring.board.reading.facts import Newest, format_of, newest_versions
from scoring.board.reading.following import bring_to_the_present, rows_behind
from scoring.board.reading.frames import Frame, Stamp, frame_of
from scoring.board.reading.freeze import Until, called_in_order, frozen_since, was_called, was_performed, was_released
from scoring.board.reading.knockout import ranked_at_the_end
from scoring.board.reading.look import event_of
from scoring.board.reading.matches import KNOCKOUT, known_matches, publication_of
from scoring.board.reading.not_performing import never_performed
from scoring.board.reading.ranked import Known, Placed, rankings
from scoring.board.reading.stages import known_turns
from scoring.board.reading.states import TurnState, state_of
from scoring.board.reading.unplaced import NOBODY_LEFT, Unplaced, unplaced_of
from scoring.extensions import db
from scoring.loop.stepping_aside import give_way, giving_way
from scoring.rules.not_performing import VERDICT
from scoring.rules.publication import AT_ONCE, publishable
from scoring.store import Appearance, Assignment, Contest, Event, Room, Round, Turn
from scoring.store.contests import MARKING, PERFORMING, WAITING
from scoring.store.held import all_in_force, in_force, numbers_of, open_numbers
from scoring.store.model import session_of
from scoring.store.rows import Rows
from scoring.store.unit_of_work import is_writing

OPEN_STATES = (PERFORMING, MARKING)  # of turns that sheets may come in for
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Core:
    """The round in play of one event of a contest, at one revision.

    `ranked` is the ranking of the round, or of the round before a knockout; `speakers` that of a match's speakers
    beside the one of the sides. `until` is the revision of the freeze where that holds releases back. `room` is the one
    whose turns these are, None for all rooms. `unplaced` are those who were entered and have no turn.
    """

    contest: Contest
    event: Event
    revision: int
    public_revision: int
    turns: tuple[TurnState, ...]
    ranked: tuple[Placed, ...]
    newest: Newest = field(repr=False)
    speakers: tuple[Placed, ...] = ()
    played: Round | None = None
    until: Until = None
    room: int | None = None
    unplaced: Unplaced = NOBODY_LEFT
    kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    rows: Rows | None = field(default=None, repr=False, compare=False)
    known: tuple[Known, Known] = field(default_factory=lambda: (Known(), Known()), repr=False, compare=False)
    lasting: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    whole: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def for_this_revision(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What `make` makes of the core with its sheets, made once: whatever changes next, another core follows."""
        if name not in self.whole:
            self.whole[name] = make()
        kept: Kept = self.whole[name]
        return kept

    def once(self, name: Any, make: Callable[[], Kept]) -> Kept:
        """What `make` makes of the core without its sheets, made once and then kept until anything else changes."""
        if name not in self.kept:
            self.kept[name] = make()
        kept: Kept = self.kept[name]
        return kept

    def as_long_as(self, same: object, name: Any, make: Callable[[], Kept], beside: Any = None) -> Kept:
        """What `make` makes, made anew only once a turn's state, or somebody's place, is not the `same` any more.

        It must depend on that, and on what is given `beside`, alone; other changes of the event leave it as it is.
        """
        found = self.lasting.get(name)
        if found is None or found[0] is not same or found[1] != beside:
            found = self.lasting[name] = (same, beside, make())
        kept: Kept = found[2]
        return kept

    def of_each(self, make: Callable[[TurnState], Kept]) -> list[Kept]:
        """What `make` makes of each turn with its sheets, made anew only for those of which a sheet has changed."""
        nothing: tuple[tuple[TurnState | None, ...], list[Any]] = ((None,) * len(self.turns), [None] * len(self.turns))
        states, before = self.kept.get(("each", self.room), nothing)
        made = [
            kept if state is old else make(state) for state, old, kept in zip(self.turns, states, before, strict=True)
        ]
        self.kept["each", self.room] = self.turns, made
        return made

    def those(self, name: str, which: Callable[[Turn], bool]) -> list[TurnState]:
        """The turns of which `which` is true, which must not depend on sheets; looked for once under this name."""
        places = self.once(
            ("those", name, self.room),
            lambda: [place for place, state in enumerate(self.turns) if which(state.turn)],
        )
        return [self.turns[place] for place in places]

    def in_room(self, room_id: int) -> Core:
        """The same with the turns of one room only."""
        here = tuple(self.those(f"room {room_id}", lambda turn: turn.room_id == room_id))
        return replace(self, turns=here, room=room_id)

    def state_of(self, turn_id: int) -> TurnState | None:
        """One turn of the round, or None."""
        place = self._places.get(turn_id)
        return None if place is None else self.turns[place]

    def with_states(self, newer: Mapping[int, TurnState]) -> tuple[TurnState, ...]:
        """All turns, with these in the place of the same ones before."""
        turns = list(self.turns)
        for turn_id, state in newer.items():
            turns[self._places[turn_id]] = state
        return tuple(turns)

    @property
    def _places(self) -> dict[int, int]:
        name = ("places", self.room)
        return self.once(name, lambda: {state.turn.id: place for place, state in enumerate(self.turns)})

    def placed(self, turn_id: int) -> Placed | None:
        """Who is ranked with this turn as the only one, as in every format of single performances."""
        alone = self.once("placed", lambda: {one.turns[0].turn.id: one for one in self.ranked if len(one.turns) == 1})
        return alone.get(turn_id)

    @property
    def current(self) -> TurnState | None:
        """The turn that is called in the first room that has one."""
        for room in self.event.rooms:
            state = self.state_of(room.current_turn_id) if room.current_turn_id is not None else None
            if state is not None:
                return state
        return None

    @property
    def upcoming(self) -> TurnState | None:
        """The next waiting turn of the running order; none where nobody is called to a test."""
        if format_of(self.event).entered:
            return None
        return next(iter(self.those("waiting", lambda turn: turn.state == WAITING)), None)


def core_of(contest_id: int, position: int | None = None, seen: bool = False) -> Core:
    """One event of the contest with the rules applied: the one at this place, the first where none is named.

    With `seen` it is what the audience may see: while its board stands still, nothing that was released since.
    It is as new as the database; what only something else than a sheet can change is worked out once for each change.
    Raises LookupError if there is no such contest or event; with `seen` Refused(contest_in_doubt).
    """
    if seen:
        check_trusted(contest_id)
    if is_writing():
        return _read(event_of(contest_id, position), seen)
    frame, stamp = _frame(contest_id, position, seen)
    core: Core = frame.made
    if (core.revision, core.public_revision) != (stamp.revision, stamp.public_revision):
        core = frame.made = _with_new_sheets(core, stamp)
    return core


Once = Callable[[Any, Callable[[], Any]], Any]


def kept_of(contest_id: int, position: int) -> tuple[Session, Once]:
    """Where the records of an event live that are kept until something else than a sheet changes; see Core.once.

    What is kept there of sheets is not the newest: ask for it. Raises LookupError.
    """
    if is_writing():
        return db.session(), lambda _name, make: make()
    frame = _frame(contest_id, position, seen=False)[0]
    return frame.session, frame.made.once


def _frame(contest_id: int, position: int | None, seen: bool) -> tuple[Frame, Stamp]:
    """What is kept of the event; what the audience sees is the same as long as its board does not stand still."""
    frame, stamp = frame_of(contest_id, position, "whole", lambda event: _read(event, seen=False), _followed)
    if seen and frozen_since(frame.made.contest) is not None:
        return frame_of(contest_id, position, "seen", lambda event: _read(event, seen=True), _followed)
    return frame, stamp


def _read(event: Event, seen: bool) -> Core:
    contest = event.contest
    until = frozen_since(contest) if seen else None
    rows = None if is_writing() else rows_behind(session_of(event), event)
    played = _round_in_play(event, until)
    unplaced = unplaced_of(event, until)
    states, newest = _states(event, played, until, len(unplaced.waiting))
    ranking_round = _ranking_round(event, played)
    ranking_states = states if ranking_round is played else _states(event, ranking_round, until)[0]
    known = Known(), Known()
    ranked, speakers = rankings(event, ranking_states, until, known, giving_way)
    ranked = ranked_at_the_end(event, played, states, ranked, until)
    revisions = contest.revision, contest.public_revision
    made = contest, event, *revisions, states, ranked, newest, speakers, played, until
    return Core(*made, unplaced=unplaced, rows=rows, known=known)


def _followed(core: Core) -> Core | None:
    """The same after changes of single turns; None where more has changed than that.

    What of matches is seen while the board stands still is read anew: it hangs on the plan as it was then.
    """
    event, played, until = core.event, core.played, core.until
    if core.rows is None or played is None or (until is not None and played.plan):
        return None
    session = session_of(event)
    found = bring_to_the_present(session, event, core.rows, lambda ids: _read_again(session, ids))
    if found is None or _round_in_play(event, until) is not played or _ranking_round(event, played) is not played:
        return None
    rows, others = found
    others |= set(_take_new_sheets(core)) | set(_take_sheets_of(core, others))
    public = _public(played, [state.turn for state in core.turns], until, len(core.unplaced.waiting))

    def again(state: TurnState) -> TurnState:
        """The turn's state, the very same where nothing of it has changed."""
        give_way()
        shown = state.turn.id in public
        same = state.turn.id not in others and shown == (state.outcome is not None)
        return state if same else state_of(state.turn, core.newest, shown, until)

    states = tuple(again(state) for state in core.turns)
    ranked, speakers = rankings(event, states, until, core.known, giving_way)
    ranked = ranked_at_the_end(event, played, states, ranked, until)
    return replace(
        core,
        revision=core.contest.revision,
        public_revision=core.contest.public_revision,
        turns=states,
        ranked=ranked,
        speakers=speakers,
        rows=rows,
        kept={},
    )


def _with_new_sheets(core: Core, stamp: Stamp) -> Core:
    """The same after nothing but sheets has changed: only turns that are open can have got one."""
    newer: dict[int, TurnState] = {}
    for turn_id in set(_take_new_sheets(core)):
        state = core.state_of(turn_id)
        if state is not None:
            newer[turn_id] = state_of(state.turn, core.newest, public=False, until=core.until)
    turns = core.with_states(newer)
    return replace(core, revision=stamp.revision, public_revision=stamp.public_revision, turns=turns)


def _take_new_sheets(core: Core) -> Iterator[int]:
    """Read the versions that have come in since; the turns that they are for."""
    assert core.played is not None
    connection = session_of(core.event).connection()
    return _take(core, connection, open_numbers(connection, core.played.id))


def _take_sheets_of(core: Core, turn_ids: Iterable[int]) -> Iterator[int]:
    """The same for these turns, open or not."""
    connection = session_of(core.event).connection()
    here = [turn_id for turn_id in turn_ids if core.state_of(turn_id) is not None]
    return _take(core, connection, (one for turn_id in here for one in numbers_of(connection, turn_id)))


def _take(core: Core, connection: Connection, numbers: Iterable[tuple[tuple[int, int], int, int]]) -> Iterator[int]:
    for place, sheet_id, number in numbers:
        known = core.newest.get(place)
        if known is None or known.number != number:
            core.newest[place] = in_force(connection, sheet_id)
            yield place[0]


def _states(event: Event, played: Round, until: Until, waiting: int = 0) -> tuple[tuple[TurnState, ...], Newest]:
    turns = turns_of_round(played)
    if until is not None:
        turns = known_matches(played.plan, known_turns(event, turns, until), until)
    newest = _newest(played, turns)
    public = _public(played, turns, until, waiting)

    def stands(turn: Turn) -> TurnState:
        give_way()
        return state_of(turn, newest, turn.id in public, until)

    return tuple(map(stands, turns)), newest


def _newest(played: Round, turns: list[Turn]) -> Newest:
    """The sheets in force; what a change has not stored yet is known to its session alone."""
    if is_writing():
        return newest_versions(turn.id for turn in turns)
    return dict(all_in_force(session_of(played).connection(), played.id))


def _public(played: Round, turns: list[Turn], until: Until, more: int = 0) -> set[int]:
    """The released turns that the way of publication lets be seen, in the order in which they were called.

    A knockout is always published at once, because who plays next says who has won. With `more` it is what would be
    seen if so many more had still to perform. A test is all performed once it has begun: unless its results are public
    at once, they are together.
    Source: domain page 2A, publication: at once, one behind, or after the last one.
    """
    idle = {turn.id for turn in turns if never_performed(turn, until)}
    called = called_in_order(turn for turn in turns if turn.id not in idle)
    held = publication_of(played) != AT_ONCE and format_of(played.event).entered
    if held and (more or not all(was_released(turn, until) for turn in turns)):
        return idle
    performed = sum(was_performed(turn, called, until) for turn in called)
    seen = publishable(publication_of(played), performed, len(turns) - len(idle) + more)
    return idle | {turn.id for turn in called[:seen] if was_released(turn, until)}


def is_taken_back(core: Core, turn: Turn) -> bool:
    """Whether its score was shown to everybody and is not any more, until it is released anew.

    One that the way of publication held back when it was taken back was never shown: nobody is told that it was there.
    """
    if was_released(turn, core.until):
        return False
    gone = [one.withdrawn_revision for one in turn.releases if VERDICT not in one.verdict]
    seen_to_go = [one for one in gone if one is not None and (core.until is None or one <= core.until)]
    return any(_was_public(core, turn, one - 1) for one in seen_to_go)


def _was_public(core: Core, turn: Turn, revision: int) -> bool:
    played = turn.round
    return turn.id in _public(played, [one.turn for one in core.turns], revision, len(core.unplaced.waiting))


def public_turns(event: Event, more: int = 0, besides: Collection[int] = ()) -> set[int]:
    """The ids of the turns of the round in play whose result anybody may know; with `more` as in `_public`.

    Whoever waits for a match has still to perform, unless named `besides` by id.
    """
    played = _round_in_play(event, None)
    return _public(played, turns_of_round(played), None, len(unplaced_of(event, None, besides).waiting) + more)


def _ranking_round(event: Event, played: Round) -> Round:
    """Whose matches rank everybody: the round in play, or what a knockout's places were won in."""
    before = [other for other in event.rounds if other.position < played.position]
    return before[-1] if before and played.plan.get("pairing") == KNOCKOUT else played


def _round_in_play(event: Event, until: Until) -> Round:
    begun = [played for played in event.rounds if any(was_called(turn, until) for turn in played.turns)]
    played = begun[-1] if begun else event.rounds[0]
    following = next((other for other in event.rounds if other.position > played.position and other.turns), None)
    over = played.plan and all(was_released(turn, until) for turn in played.turns)
    return following if following and over else played


def turns_of_round(played: Round) -> list[Turn]:
    """The turns of a round in their order, with all that is asked of each."""
    return list(session_of(played).scalars(_WHOLE.where(Turn.round_id == played.id)))


def _read_again(session: Session, turn_ids: Iterable[int]) -> None:
    """Read these turns over what the session holds of them."""
    session.scalars(_WHOLE.where(Turn.id.in_(turn_ids)).execution_options(populate_existing=True)).all()


#: Turns with all that is asked of each.
_WHOLE = (
    select(Turn)
    .order_by(Turn.position)
    .options(
        selectinload(Turn.appearances).joinedload(Appearance.contestant),
        selectinload(Turn.recusals),
        selectinload(Turn.penalties),
        selectinload(Turn.clocks),
        selectinload(Turn.assignments).joinedload(Assignment.seat),
        selectinload(Turn.ballots),
        selectinload(Turn.releases),
        selectinload(Turn.room).selectinload(Room.seats),
    )
)
