"""Who does not perform in a turn, as the screens say it; nothing of work whose author nobody may know yet."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from scoring.board.reading.facts import format_of
from scoring.board.reading.freeze import Until, holds, release_in_force, was_released
from scoring.board.reading.states import TurnState
from scoring.board.snapshots.desk import Decision
from scoring.board.snapshots.matches import Away, Ground, Out
from scoring.board.snapshots.shared import Numbered
from scoring.rules.not_performing import CONTEST, KINDS, PERFORMED, TURN, VERDICT
from scoring.store import Contestant, Event, NotPerforming, Turn
from scoring.store.contests import RELEASED
from scoring.store.ledger import name_behind
from scoring.store.model import session_of


def out_of_event(event: Event, until: Until = None) -> dict[int | None, NotPerforming]:
    """The decisions in force by which somebody performs no more in the event, by contestant; those by `until`."""
    found = [one for one in reversed(decisions_in_force(event, until)) if one.reach != TURN]
    return {one.contestant_id: one for one in found if one.event_id == event.id or one.reach == CONTEST}


def decisions_in_force(event: Event, until: Until = None) -> list[NotPerforming]:
    """All decisions of the event's contest that hold, in their order; those that held at `until` if it is given."""
    session = session_of(event)
    wanted = select(NotPerforming).join(Contestant).where(Contestant.contest_id == event.contest_id)
    return [one for one in session.scalars(wanted.order_by(NotPerforming.id)) if holds(one, until)]


def ground_of(kind: str) -> Ground:
    """What the kind is called, in both languages."""
    return {"kind": kind, "zh": KINDS[kind]["zh"], "en": KINDS[kind]["en"]}


def outs_of(state: TurnState) -> list[Out]:
    """Who does not perform in a turn that is publicly not held, as anybody may see it: part, number and kind."""
    kinds = state.outcome.verdict.get(VERDICT, {}) if state.outcome else {}
    if not kinds:
        return []
    behind = {one.part: one.entrant if one.part.partition(".")[0] else one.contestant for one in state.turn.appearances}
    found: dict[str, Out] = {}
    for part, kind in kinds.items():
        found.setdefault(behind[part].number, {"number": behind[part].number, **ground_of(kind)})
    return list(found.values())


def never_came(states: Iterable[TurnState]) -> dict[int, Contestant]:
    """Who has publicly been away from every match, or turn, of these so far: the entrants by contestant id.

    A match lost so is lost, but nobody gets a rank by never coming. Source: domain page 1, not performing.
    """
    away: dict[int, Contestant] = {}
    came: set[int] = set()
    for state in states:
        kinds = state.outcome.verdict.get(VERDICT, {}) if state.outcome else {}
        for one in state.turn.appearances if state.outcome else ():
            if one.part in kinds:
                away[one.contestant_id] = one.entrant
            else:
                came.add(one.contestant_id)
    return {contestant_id: entrant for contestant_id, entrant in away.items() if contestant_id not in came}


def never_performed(turn: Turn, until: Until) -> bool:
    """Whether it is settled that nobody performs in it and nobody has: others do not wait for it to be made public."""
    release = release_in_force(turn, until) if was_released(turn, until) else None
    return release is not None and VERDICT in release.verdict and not release.verdict.get(PERFORMED)


def decisions_on(turn: Turn) -> list[Decision]:
    """The decisions in force by which somebody does not perform in the turn, for the desk; [] while it is coded."""
    if turn.hidden:
        return []
    return [decision_view(one) for one in {decision.id: decision for decision in turn.out.values()}.values()]


def who_may_be_out(turn: Turn) -> list[Numbered]:
    """Whom a decision can be about, in a turn that is not over: who performs, or the sides of a match."""
    if turn.hidden or (turn.state == RELEASED and not turn.not_held):
        return []
    gone = {decision.contestant_id for decision in turn.out.values()}
    there = entrants_in(turn) if turn.not_held else appearing_in(turn)
    return [_named(one) for one in there if not {one.id, one.team_id} & gone]


def who_appears(turn: Turn) -> list[Numbered]:
    """Who performs in the turn: a person, or the sides of a match and the speakers of a team."""
    return [_named(one) for one in appearing_in(turn)]


def _named(one: Contestant) -> Numbered:
    return {"id": one.id, "number": one.number, "name": one.name}


def entrants_in(turn: Turn) -> list[Contestant]:
    """Who was entered and performs in the turn: a person, or the sides of a match."""
    return list(turn.sides.values()) or [one.contestant for one in turn.appearances]


def appearing_in(turn: Turn) -> list[Contestant]:
    """The entrants of the turn, then the speakers of each team of several."""
    return entrants_in(turn) + list(speakers_in(turn).values())


def speakers_in(turn: Turn) -> dict[str, Contestant]:
    """The speakers of those sides that have several, by part, whether they get a score of their own or not."""
    event = turn.round.event
    asked = format_of(event).speakers(event.settings)
    found: dict[str, Contestant] = {}
    for side, entrant in turn.sides.items():
        team = [one for one in event.contest.contestants if one.team_id == entrant.id][:asked]
        if len(team) > 1:
            found |= {f"{side}.{place}": one for place, one in enumerate(team, 1)}
    return found


def speakers_out(turn: Turn) -> dict[str, Away]:
    """The speakers who do not perform in a match that is held all the same, by part, with who and the ground."""
    out = {part: decision for part, decision in turn.out.items() if "." in part} if not turn.not_held else {}
    behind = {one.part: one.contestant for one in turn.appearances}
    return {part: {**_named(behind[part]), **ground_of(decision.kind)} for part, decision in out.items()}


def decision_view(decision: NotPerforming) -> Decision:
    """One decision: who, of which kind and reach, why, who decided, who entered it and when."""
    one: Contestant = decision.contestant
    return {
        **ground_of(decision.kind),
        "id": decision.id,
        "contestant": one.id,
        "number": one.number,
        "name": one.name,
        "reach": decision.reach,
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "by": name_behind(decision.actor),
        "at": decision.at.isoformat(),
        "corrected": decision.correction_id is not None,
    }
