"""What everybody may see: only what is released, and the count of sheets that are in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from scoring.board.conditions.draws import newest_draw
from scoring.board.conditions.marking import marking_of
from scoring.board.conditions.seals import next_seal
from scoring.board.reading.clocks import running_clock
from scoring.board.reading.core import Core, core_of, is_taken_back
from scoring.board.reading.facts import format_of
from scoring.board.reading.freeze import first_release
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.matches import away_in, bracket_of, motion_of, result_of, sides_of
from scoring.board.reading.not_performing import outs_of
from scoring.board.reading.numbering import numbered
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.audience import (
    Board,
    BoardNow,
    BoardStanding,
    Counts,
    Next,
    Now,
    NowAndNext,
    Performing,
    RoomNow,
    Step,
    Unranked,
    WaitingTeam,
)
from scoring.board.snapshots.matches import BracketRound, LineSide, MatchLine, MatchResult
from scoring.board.snapshots.scores import (
    Row,
)
from scoring.board.snapshots.shared import OfTurn, SideNumber, Titles
from scoring.board.views.awards import RANKING, SPEAKERS
from scoring.board.views.closing import closing_of
from scoring.board.views.racing import racing_of
from scoring.board.views.rows import rows_of, shown_row
from scoring.board.views.screens import hall_of
from scoring.board.views.standings import knockout_of, placings_of
from scoring.board.views.unranked import unranked_of
from scoring.store import Contestant, Room
from scoring.store.contests import PERFORMING, RELEASED, WAITING

#: The state of a team in the running order that still waits for its match.
UNPLACED = "unplaced"


def audience(contest_id: int, event: int | None = None) -> Board:
    """The leaderboard's snapshot of the event at this place of the contest, the first where none is named.

    JSON-able, figures as decimal strings; while the board stands still, nothing that was released since is in it, and
    its revision counts what was shown (numbering.py).
    Raises LookupError.
    """
    core = core_of(contest_id, event, seen=True)
    return numbered(("event", core.event.id), core.for_this_revision("audience", lambda: audience_of(core)))


def audience_of(core: Core) -> Board:
    """The leaderboard's snapshot of an event that was read already."""
    rooms = [_room(core, room) for room in core.event.rooms]
    marking = marking_of(core)
    newest: BoardNow = {"revision": core.public_revision, **now_and_next(core), "rooms": rooms, "marking": marking}
    return {**newest, **core.once("audience", lambda: _without_sheets(core))}


def _without_sheets(core: Core) -> BoardStanding:
    """What of the snapshot no sheet changes that comes in."""
    rows, placings = rows_of(core, RANKING, core.ranked), placings_of(core)
    waiting = [_waiting_line(one) for one in core.unplaced.waiting]
    numbers = [one["number"] for one in waiting]
    return {
        "contest": contest_of(core),
        "event": named_event(core.event),
        "hall": hall_of(core.contest),
        **counts_of(core),
        "latest": _latest(core),
        "rows": rows,
        "ranked_on": "wins" if core.speakers or _has_sides(core) else "score",
        "order": [
            core.as_long_as(state, ("step", state.turn.id), partial(_step, state), is_held_back(state))
            for state in core.turns
        ]
        + [_waiting_step(one) for one in waiting],
        "match": _latest_match(core),
        "matches": [*(_match_line(state) for state in core.turns if state.turn.sides), *map(_waiting_match, waiting)],
        "waiting": numbers,
        "speakers": rows_of(core, SPEAKERS, core.speakers),
        "bracket": _bracket(core),
        "draw": newest_draw(core.event, [state.turn for state in core.turns]),
        "seal": next_seal(core.event),
        "taken_back": [_named(state) for state in core.turns if is_taken_back(core, state.turn)],
        "placings": placings,
        "racing": racing_of(core),
        "closing": closing_of(core, rows, placings),
        "unranked": [_unnamed(one) if one["number"] in numbers else one for one in unranked_of(core)],
        "ranked_in": _ranked_in(core),
    }


def _waiting_line(one: Contestant) -> WaitingTeam:
    """A team that waits for its match, among the matches and in the order: by number, as all who have not performed."""
    side: LineSide = {"side": "", "number": one.number, "result": "", "figure": None}
    nowhere: Titles = {"zh": "", "en": ""}
    turn = f"{UNPLACED}-{one.id}"
    return {"turn": turn, "number": one.number, "state": UNPLACED, "out": [], "room": nowhere, "sides": [side]}


def _waiting_step(team: WaitingTeam) -> Step:
    return {**team}


def _waiting_match(team: WaitingTeam) -> MatchLine:
    return {**team}


def _unnamed(one: Unranked) -> Unranked:
    """Whoever has no rank because they still wait to be judged: without the name."""
    return one | {"name": "", "office": ""}


def counts_of(core: Core) -> Counts:
    """How many results are public, of how many: `total` are planned, and `due` with a match for each who waits for one.

    A performance that is not held gives none.
    """
    not_held = sum(bool(_out_as(state)) for state in core.turns)
    public, waiting = sum(state.outcome is not None for state in core.turns), len(core.unplaced.waiting)
    total = len(core.turns) - not_held
    return {
        "total": total,
        "released": public - not_held,
        "not_held": not_held,
        "unplaced": waiting,
        "due": total + waiting,
    }


def _named(state: TurnState) -> OfTurn:
    return {"turn": state.turn.id, "number": state.turn.number}


def now_and_next(core: Core) -> NowAndNext:
    """Who appears now and who is next, by number."""
    return {"now": _now(core), "next": _next(core)}


def _now(core: Core) -> Now | None:
    state = core.current
    if state is None or not (state.turn.state == PERFORMING or is_held_back(state)):
        return None
    performing = core.once(("now", state.turn.id), lambda: _performing(state))
    return {**performing, "submitted": state.submitted, "panel": state.panel}


def _performing(state: TurnState) -> Performing:
    """Who appears, without the count of the sheets that come in."""
    turn = state.turn
    return {
        "turn": turn.id,
        "number": turn.number,
        "state": PERFORMING,
        "clock": running_clock(turn),
        "sides": sides_of(turn),
        "motion": motion_of(turn),
    }


def _next(core: Core) -> Next | None:
    state = core.upcoming
    return core.once(("next", state.turn.id), lambda: _following(state)) if state else None


def _following(state: TurnState) -> Next:
    return {**_named(state), "sides": sides_of(state.turn)}


def _room(core: Core, room: Room) -> RoomNow:
    """What goes on in one of several rooms."""
    here = core.in_room(room.id)
    name: Titles = {"zh": room.name_zh, "en": room.name_en}
    return {"room": room.id, "name": name, **now_and_next(here)}


def _is_of_matches(core: Core) -> bool:
    return format_of(core.event).subject == "match"


def _has_sides(core: Core) -> bool:
    """Whether sides are ranked, which are ranked on the matches they won."""
    kind = format_of(core.event)
    return kind.subject == "match" and "." not in kind.parts(core.event.settings)[0]


def _bracket(core: Core) -> list[BracketRound] | None:
    """The knockout in play, with the names of those of whom something is released already."""
    plan, turns = knockout_of(core)
    if "seeds" not in plan:
        return None
    shown = {placed.contestant.number: placed.contestant.name for placed in core.ranked}
    shown |= {one["number"]: one["name"] for one in unranked_of(core)}
    return bracket_of(plan, turns, shown, core.until)


def _ranked_in(core: Core) -> Titles | None:
    """The round whose matches rank everybody: during a knockout the one before it."""
    if not core.ranked:
        return None
    ranked_in = core.ranked[0].turns[0].turn.round
    return {"zh": ranked_in.name_zh, "en": ranked_in.name_en}


def _latest_match(core: Core) -> MatchResult | None:
    """The match that was released last among the public ones."""
    if not _is_of_matches(core):
        return None
    states = [*core.turns, *(state for placed in core.ranked for state in placed.turns)]
    public = [state for state in states if state.outcome and state.turn.sides]
    newest = max(public, key=lambda state: first_release(state.turn), default=None)
    return result_of(newest.turn, newest.outcome, core.until) if newest and newest.outcome else None


def _match_line(state: TurnState) -> MatchLine:
    """A match in the list of a round's matches, with its result once that is public."""
    decided = state.outcome.verdict["sides"] if state.outcome else {}
    away = away_in(state.outcome.verdict) if state.outcome else {}
    room = state.turn.room
    return {
        "turn": state.turn.id,
        "state": _stage(state),
        "out": outs_of(state),
        "room": {"zh": room.name_zh, "en": room.name_en},
        "sides": [_line_side(side, decided, away) for side in sides_of(state.turn)],
    }


def _line_side(side: SideNumber, decided: Mapping[str, Any], away: Mapping[str, str]) -> LineSide:
    """A side's result and figure; of one that does not perform, as what."""
    if side["side"] not in decided:
        return {**side, "result": "", "figure": None}
    own = decided[side["side"]]
    return {**side, "result": away.get(side["side"]) or own["result"], "figure": own["figure"]}


def _latest(core: Core) -> Row | None:
    """The score that was released last among the public ones."""
    newest = max(core.ranked, key=lambda placed: first_release(placed.turns[-1].turn), default=None)
    return shown_row(newest, core, RANKING, {}) if newest else None


def _step(state: TurnState) -> Step:
    step: Step = {"turn": state.turn.id, "number": state.turn.number, "state": _out_as(state) or _stage(state)}
    return {**step, "out": outs_of(state)} if state.turn.sides else step


def _out_as(state: TurnState) -> str:
    """Of a performance that is publicly not held: absent, forfeited, disqualified or withdrawn; else ""."""
    outs = outs_of(state)
    return str(outs[0]["kind"]) if outs and not state.turn.sides else ""


def _stage(state: TurnState) -> str:
    """Until its result is public, a turn is just performed: what it lacks is nobody's business."""
    if state.outcome:
        return RELEASED
    if state.turn.state in (WAITING, PERFORMING):
        return state.turn.state
    if is_held_back(state):
        return PERFORMING
    return "performed" if state.turn.begun else WAITING


def is_held_back(state: TurnState) -> bool:
    """Whether its score was released and is not public yet, and nobody was called since.

    Till then it looks as if it were still performing: nobody is told that its score is there.
    """
    turn = state.turn
    return turn.state == RELEASED and state.outcome is None and turn.begun and turn.room.current_turn_id == turn.id


def stage_of(board: Board) -> str:
    """How far a contest is: "coming", "live" or "over"."""
    if board["total"] and board["released"] == board["due"]:
        return "over"
    begun = any(step["state"] not in (WAITING, UNPLACED) for step in board["order"])
    return "live" if begun else "coming"
