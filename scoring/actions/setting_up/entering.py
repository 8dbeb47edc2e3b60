"""Entering contestants into the events of a contest, each with a turn at the end of the running order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from random import SystemRandom

from sqlalchemy import or_, select

from scoring.actions.setting_up.entry_list import lay_out
from scoring.board.conditions.draws import draw_of
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Appearance, Contest, Contestant, Event, Room, Round, Sheet, Turn
from scoring.store.contests import WAITING


def late_for(contest: Contest) -> str:
    """The code of why nobody can be entered into the contest any more, "" while that is possible.

    New contestants come last in the running order, until it is drawn, the pairs are drawn, the benches planned and
    begun, or the documents coded.
    """
    for event in contest.events:
        turns = [turn for played in event.rounds for turn in played.turns]
        if event.coding is not None:
            return "import_after_coding"
        if any(turn.pairing for turn in turns) or draw_of(contest.id, event.position):
            return "import_after_draw"
        if any(turn.facts.get("batch") for turn in turns) and any(turn.state != WAITING for turn in turns):
            return "import_after_draw"
    return ""


def is_late(contest: Contest) -> bool:
    """Whether whoever is entered now comes late: something is drawn, planned or coded, or somebody was called."""
    turns = [turn for event in contest.events for played in event.rounds for turn in played.turns]
    return bool(late_for(contest)) or any(turn.state != WAITING for turn in turns)


def begun_of(contest: Contest) -> set[int]:
    """The ids of the contestants who were called or marked: their numbers stay as they are."""
    marked = select(Sheet.id).where(Sheet.turn_id == Turn.id).exists()
    wanted = (
        select(Appearance.contestant_id)
        .join(Turn)
        .join(Contestant, Contestant.id == Appearance.contestant_id)
        .where(Contestant.contest_id == contest.id, or_(Turn.state != WAITING, marked))
    )
    begun = set(db.session.scalars(wanted))
    teams = {one.team_id for one in contest.contestants if one.id in begun and one.team_id is not None}
    return begun | teams


def give_places(contest: Contest, contestants: Sequence[Contestant], events: Sequence[Event] | None = None) -> None:
    """Give each contestant a turn in every event of single turns, or in these; where work is coded, in any order.

    Until somebody was called the order is that of the numbers; then the new ones come last. Raises Refused no_room.
    """
    for event in (contest.events if events is None else events) if contestants else ():
        kind = format_of(event)
        if kind.subject == "match" or event.stage:
            continue  # matches are paired, and a promotion says who takes part in a stage
        played = _first_round(event)
        if not kind.coded and all(turn.state == WAITING for turn in played.turns):
            lay_out(event)
            continue
        for contestant in contestants:
            _append(played, contestant)
        if kind.coded:
            _shuffle(played.turns)


def _first_round(event: Event) -> Round:
    if not event.rooms:
        raise Refused.because("no_room")
    if not event.rounds:
        event.rounds.append(Round(position=1, name_zh="决赛", name_en="Final"))
        db.session.flush()
    return event.rounds[0]


def _append(played: Round, contestant: Contestant) -> None:
    position = max((turn.position for turn in played.turns), default=0) + 1
    room = _emptiest(played.event.rooms, played.turns)
    turn = Turn(room=room, position=position)
    played.turns.append(turn)
    db.session.add(Appearance(turn=turn, part="", contestant=contestant))


def _emptiest(rooms: Sequence[Room], turns: Collection[Turn]) -> Room:
    """The room with the fewest turns, the first of them: several rooms get equally many."""
    loads = {room.id: sum(turn.room is room for turn in turns) for room in rooms}
    return min(rooms, key=lambda room: (loads[room.id], room.position))


def _shuffle(turns: Sequence[Turn]) -> None:
    """Put all who wait behind other turns: a turn's id must not tell whose work it is, nor who came late.

    Whoever has a recusal by hand stays, for it hangs on the turn; those by relation follow the person by themselves.
    """
    free = [turn for turn in turns if turn.state == WAITING and not turn.code and not _has_own_recusal(turn)]
    waiting = [turn.appearances[0] for turn in free]
    behind = [appearance.contestant for appearance in waiting]
    SystemRandom().shuffle(behind)
    for appearance, contestant in zip(waiting, behind, strict=True):
        appearance.contestant = contestant


def _has_own_recusal(turn: Turn) -> bool:
    return any(not recusal.relation for recusal in turn.recused.values())
