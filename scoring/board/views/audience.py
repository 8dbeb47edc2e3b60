"""What everybody may see: only what is released, and the count of sheets that are in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from scoring.board.conditions.draws import newest_draw
from scoring.board.conditions.marking import marking_of
from scoring.board.conditions.seals import next_seal
from scoring.board.reading.clocks import running_clock
from scoring.board.reading.core import Core, core_of, is_taken_back
from scoring.board.reading.corrected import corrected_part, recounted_part
from scoring.board.reading.facts import format_of
from scoring.board.reading.freeze import first_release
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.matches import away_in, bracket_of, motion_of, result_of, sides_of
from scoring.board.reading.not_performing import outs_of
from scoring.board.reading.numbering import numbered
from scoring.board.reading.ranked import Placed, told_apart
from scoring.board.reading.states import TurnState
from scoring.board.views.awards import RANKING, SPEAKERS, awards_of
from scoring.board.views.closing import closing_of
from scoring.board.views.public_row import shown_to_all
from scoring.board.views.racing import racing_of
from scoring.board.views.screens import hall_of
from scoring.board.views.standings import knockout_of, placings_of, standing_of, standing_score
from scoring.board.views.unranked import unranked_of
from scoring.rules.not_performing import FORFEIT
from scoring.rules.terms import WINS
from scoring.store import Contestant, Room
from scoring.store.contests import PERFORMING, RELEASED, WAITING

View = dict[str, Any]
#: The state of a team in the running order that still waits for its match.
UNPLACED = "unplaced"
#: What the format's own tie step compares, by what is judged.
STEP_NAMES = {"bench": {"format_step": "own_time"}, "match": {"format_step": "own_score"}}


def audience(contest_id: int, event: int | None = None) -> View:
    """The leaderboard's snapshot of the event at this place of the contest, the first where none is named.

    JSON-able, figures as decimal strings; while the board stands still, nothing that was released since is in it, and
    its revision counts what was shown (numbering.py).
    Raises LookupError.
    """
    core = core_of(contest_id, event, seen=True)
    return numbered(("event", core.event.id), core.for_this_revision("audience", lambda: audience_of(core)))


def audience_of(core: Core) -> View:
    """The leaderboard's snapshot of an event that was read already."""
    rooms = [_room(core, room) for room in core.event.rooms]
    newest = {"revision": core.public_revision, **now_and_next(core), "rooms": rooms, "marking": marking_of(core)}
    return newest | core.once("audience", lambda: _without_sheets(core))


def _without_sheets(core: Core) -> View:
    """What of the snapshot no sheet changes that comes in."""
    rows, placings = _rows(core, RANKING, core.ranked), placings_of(core)
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
        + waiting,
        "match": _latest_match(core),
        "matches": [*(_match_line(state) for state in core.turns if state.turn.sides), *waiting],
        "waiting": numbers,
        "speakers": _rows(core, SPEAKERS, core.speakers),
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


def _waiting_line(one: Contestant) -> View:
    """A team that waits for its match, among the matches and in the order: by number, as all who have not performed."""
    side = {"side": "", "number": one.number, "result": "", "figure": None}
    about = {"number": one.number, "state": UNPLACED, "out": [], "room": {"zh": "", "en": ""}, "sides": [side]}
    return {"turn": f"{UNPLACED}-{one.id}", **about}


def _unnamed(one: View) -> View:
    """Whoever has no rank because they still wait to be judged: without the name."""
    return one | {"name": "", "office": ""}


def counts_of(core: Core) -> View:
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


def _named(state: TurnState) -> View:
    return {"turn": state.turn.id, "number": state.turn.number}


def _rows(core: Core, kind: str, ranked: Sequence[Placed]) -> list[View]:
    """A ranking's rows, with the award of whoever gets one and with nothing at all for everybody else."""
    awards = awards_of(core, kind, ranked)

    def row(placed: Placed) -> View:
        award = {"award": awards[placed.contestant.id]} if placed.contestant.id in awards else {}
        return _shown_row(placed, core, kind, award)

    return [row(placed) for placed in ranked]


def _shown_row(placed: Placed, core: Core, kind: str, award: View) -> View:
    """A ranking's row, the very same as long as nothing of it changes; that others change places costs little."""
    number, apart = placed.contestant.id, _apart(core).get(placed.ranked.key, {})
    alone = placed.turns[0] if len(placed.turns) == 1 else placed
    made = core.as_long_as(alone, ("made", kind, number), lambda: shown_to_all(_made(placed, core)))
    tie = _tie(placed, made)
    told = core.as_long_as(made, ("told", kind, number), lambda: made["explanation"] | {"tie": tie}, tie)
    place = apart | award
    return core.as_long_as(placed, ("row", kind, number), lambda: _placed_row(made, placed, told, place), place)


def now_and_next(core: Core) -> View:
    """Who appears now and who is next, by number."""
    return {"now": _now(core), "next": _next(core)}


def row_of(placed: Placed, core: Core) -> View:
    """One public score with its rank and its explanation; each judge's line says where the sheet came from.

    Who is ranked by a win without marks has the word "forfeit" in place of the figures.
    """
    made = _made(placed, core)
    told = made["explanation"] | {"tie": _tie(placed, made)}
    return _placed_row(made, placed, told, _apart(core).get(placed.ranked.key, {}))


def _made(placed: Placed, core: Core) -> View:
    """What of a row its own turns make, whoever else is ranked."""
    score = standing_score(placed, core)
    explanation = score.explanation.to_data()
    sources = {str(place.seat.number): place.source for place in placed.turns[-1].places}
    lines = [line | {"source": sources.get(line["seat"], "")} for line in explanation["judges"]]
    return {
        "turn": placed.turns[-1].turn.id,
        "contestant": placed.contestant.id,
        "number": placed.contestant.number,
        "name": placed.contestant.name,
        "office": placed.contestant.office,
        "announcement": score.explanation.announcement(),
        "corrected": None if explanation["method"] == WINS else _corrected(placed, core),
        "standing": standing_of(placed, score),
        "explanation": explanation | {"judges": lines},
    }


def _placed_row(made: View, placed: Placed, explanation: View, more: View) -> View:
    """The row with what its place among the others adds; a time used is read as minutes and seconds."""
    ranked, clock = placed.ranked, explanation.get("time")
    if clock and more.get("told_apart", {}).get("key") == "own_time":
        more = more | {"told_apart": {"key": "own_time", "value": clock}}
    place = {
        "rank": ranked.rank,
        "shared": ranked.shared,
        "score": FORFEIT if explanation["method"] == FORFEIT else str(ranked.shown),
        "precise": FORFEIT if explanation["method"] == FORFEIT else ranked.shown_precise,
        "decided_by": ranked.decided_by,
    }
    return made | place | {"explanation": explanation} | more


def _tie(placed: Placed, made: View) -> View | None:
    """How the tie was decided; what the format's own step compares of a checklist is a time."""
    tie, clock = placed.ranked.tie, made["explanation"].get("time")
    told = tie.to_data() if tie else None
    if clock and told and "format_step" in told["figures"]:
        told = told | {"figures": told["figures"] | {"format_step": clock}}
    return told


def _apart(core: Core) -> View:
    """What tells those apart who show the same figure on different ranks, by the key of the ranking."""
    names = STEP_NAMES.get(format_of(core.event).subject, {})

    def both() -> View:
        ranked, speakers = ([placed.ranked for placed in those] for those in (core.ranked, core.speakers))
        apart = told_apart(ranked, names) | told_apart(speakers, names)
        return {key: {"told_apart": step} for key, step in apart.items()}

    return core.once("apart", both)


def _corrected(placed: Placed, core: Core) -> View | None:
    """The score before and after its correction or recount, of the newest turn that has one."""
    for state in reversed(placed.turns):
        for appearance in state.turn.appearances:
            if appearance.contestant_id == placed.contestant.id:
                found = corrected_part(state.turn, appearance.part, core.until)
                found = found or recounted_part(state.turn, appearance.part, state.outcome, core.until)
                if found:
                    return found
    return None


def _now(core: Core) -> View | None:
    state = core.current
    if state is None or not (state.turn.state == PERFORMING or is_held_back(state)):
        return None
    performing: View = core.once(("now", state.turn.id), lambda: _performing(state))
    return performing | {"submitted": state.submitted, "panel": state.panel}


def _performing(state: TurnState) -> View:
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


def _next(core: Core) -> View | None:
    state = core.upcoming
    if state is None:
        return None
    following: View = core.once(("next", state.turn.id), lambda: _named(state) | {"sides": sides_of(state.turn)})
    return following


def _room(core: Core, room: Room) -> View:
    """What goes on in one of several rooms."""
    here = core.in_room(room.id)
    name = {"zh": room.name_zh, "en": room.name_en}
    return {"room": room.id, "name": name, **now_and_next(here)}


def _is_of_matches(core: Core) -> bool:
    return format_of(core.event).subject == "match"


def _has_sides(core: Core) -> bool:
    """Whether sides are ranked, which are ranked on the matches they won."""
    kind = format_of(core.event)
    return kind.subject == "match" and "." not in kind.parts(core.event.settings)[0]


def _bracket(core: Core) -> list[View] | None:
    """The knockout in play, with the names of those of whom something is released already."""
    plan, turns = knockout_of(core)
    if "seeds" not in plan:
        return None
    shown = {placed.contestant.number: placed.contestant.name for placed in core.ranked}
    shown |= {one["number"]: one["name"] for one in unranked_of(core)}
    return bracket_of(plan, turns, shown, core.until)


def _ranked_in(core: Core) -> View | None:
    """The round whose matches rank everybody: during a knockout the one before it."""
    if not core.ranked:
        return None
    ranked_in = core.ranked[0].turns[0].turn.round
    return {"zh": ranked_in.name_zh, "en": ranked_in.name_en}


def _latest_match(core: Core) -> View | None:
    """The match that was released last among the public ones."""
    if not _is_of_matches(core):
        return None
    states = [*core.turns, *(state for placed in core.ranked for state in placed.turns)]
    public = [state for state in states if state.outcome and state.turn.sides]
    newest = max(public, key=lambda state: first_release(state.turn), default=None)
    return result_of(newest.turn, newest.outcome, core.until) if newest and newest.outcome else None


def _match_line(state: TurnState) -> View:
    """A match in the list of a round's matches, with its result once that is public."""
    decided = state.outcome.verdict["sides"] if state.outcome else {}
    away = away_in(state.outcome.verdict) if state.outcome else {}
    room = state.turn.room
    return {
        "turn": state.turn.id,
        "state": _stage(state),
        "out": outs_of(state),
        "room": {"zh": room.name_zh, "en": room.name_en},
        "sides": [side | _decided(decided.get(side["side"]), away.get(side["side"])) for side in sides_of(state.turn)],
    }


def _decided(side: View | None, kind: str | None) -> View:
    """A side's result and figure; of one that does not perform, as what."""
    return {"result": kind or side["result"], "figure": side["figure"]} if side else {"result": "", "figure": None}


def _latest(core: Core) -> View | None:
    """The score that was released last among the public ones."""
    newest = max(core.ranked, key=lambda placed: first_release(placed.turns[-1].turn), default=None)
    return _shown_row(newest, core, RANKING, {}) if newest else None


def _step(state: TurnState) -> View:
    step = {"turn": state.turn.id, "number": state.turn.number, "state": _out_as(state) or _stage(state)}
    return step | {"out": outs_of(state)} if state.turn.sides else step


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


def stage_of(board: View) -> str:
    """How far a contest is: "coming", "live" or "over"."""
    if board["total"] and board["released"] == board["due"]:
        return "over"
    begun = any(step["state"] not in (WAITING, UNPLACED) for step in board["order"])
    return "live" if begun else "coming"
