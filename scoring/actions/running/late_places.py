"""The place of somebody who comes late: last, or drawn into those who wait; in matches a match, at benches a bench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import SystemRandom
from typing import Any

from scoring.actions.find import put_in_order
from scoring.actions.preparing.relations import recuse_related
from scoring.actions.running import late_matches
from scoring.actions.running.benches import assign, next_bench, sit
from scoring.actions.running.seals import break_seal
from scoring.actions.said import check_witness
from scoring.actions.setting_up.entering import give_places
from scoring.actions.transaction import Actor
from scoring.board.conditions.draws import late_taken_off
from scoring.board.conditions.late import is_begun
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.rules.draw import draw_late, draw_late_case
from scoring.rules.formats.base import Benches
from scoring.rules.refusal import Refused
from scoring.store import Appearance, Contestant, Event, Room, Turn
from scoring.store.contests import WAITING

LAST, DRAWN = "last", "drawn"
PLACES = (LAST, DRAWN)


@dataclass(frozen=True)
class Lots:
    """How a place is found: LAST or DRAWN, what was typed and the witness of any lots, and in matches against whom.

    `reason` is why somebody comes late, which is why lots are drawn after the others.
    """

    way: str = LAST
    seed: str = ""
    witness: str = ""
    opponent: str = ""
    reason: str = ""

    @property
    def last(self) -> Lots:
        """The same seed and witness for an event in which the place is the last one."""
        return replace(self, way=LAST, opponent="")

    def drawn(self, actor: Actor, event: Event) -> dict[str, Any]:
        """The seed of the lots, with all that goes on record of it; raises Refused as `break_seal`."""
        told = break_seal(actor, event, self.seed, self.witness, self.reason, again=late_taken_off(event))
        return {name: said for name, said in told.items() if name != "reason"}  # it stands with the entry already


def place_in(actor: Actor, event: Event, entrants: Sequence[Contestant], lots: Lots) -> dict[str, Any]:
    """Give each entrant a place in the event; answers what goes on record of the lots.

    Where the documents are coded there is no turn before the coding officer codes the late ones too.
    Raises Refused: place_unknown, witness_is_actor, no_room, what `break_seal` refuses where lots are drawn,
    inspectors_recused, and what `late_matches` refuses.
    """
    if lots.way not in PLACES:
        raise Refused.because("place_unknown", "place")
    if lots.witness.strip():
        check_witness(lots.witness, actor)
    kind = format_of(event)
    if event.stage:
        return {}
    if kind.subject == "match":
        return _in_matches(actor, event, entrants, lots)
    if not event.rooms:
        raise Refused.because("no_room")
    planned = any(turn.facts.get("batch") for turn in event.rounds[0].turns)
    if kind.coded and not planned:
        if event.coding is None:
            give_places(event.contest, entrants, [event])
        return {}
    new = [_append(event, one) for one in entrants]
    if isinstance(kind, Benches):
        return _at_benches(actor, event, new, lots)
    dealt = {turn.number: turn.facts["case"] for turn in event.rounds[0].turns if turn.facts.get("case")}
    told = lots.drawn(actor, event) if lots.way == DRAWN or dealt else {}
    if lots.way == DRAWN:
        told["order"] = _drawn_in(event, new, told["seed"])
    return told | ({"cases": _deal_cases(new, dealt, told["seed"])} if dealt else {})


def speakers_needed(event: Event) -> int:
    """How many speakers a side of the event's matches has that get a score of their own; 0 where nobody speaks."""
    return late_matches.speakers_of(format_of(event), event.settings)


def _in_matches(actor: Actor, event: Event, entrants: Sequence[Contestant], lots: Lots) -> dict[str, Any]:
    """Pairs drawn anew, one match by hand, or none before anything is paired, and for whoever has no opponent yet."""
    if lots.way == DRAWN:
        told = lots.drawn(actor, event)
        return told | late_matches.pair_again(event, told["seed"])
    if not lots.opponent:
        return {}
    if len(entrants) > 1:
        raise Refused.because("opponent_for_one", "opponent")
    told = lots.drawn(actor, event)
    return told | late_matches.by_hand(event, entrants[0].number, lots.opponent, told["seed"])


def _append(event: Event, entrant: Contestant) -> Turn:
    played = event.rounds[0]
    position = max((turn.position for turn in played.turns), default=0) + 1
    turn = Turn(round=played, room=shortest(event.rooms, played.turns), position=position, facts={})
    db.session.add_all([turn, Appearance(turn=turn, part="", contestant=entrant)])
    db.session.flush()
    db.session.refresh(played, ["turns"])
    return turn


def shortest(rooms: Sequence[Room], turns: Sequence[Turn]) -> Room:
    """The room in which the fewest still wait."""
    waits = {room.id: sum(turn.room_id == room.id and not is_begun(turn) for turn in turns) for room in rooms}
    return min(rooms, key=lambda room: (waits[room.id], room.position))


def _drawn_in(event: Event, new: Sequence[Turn], seed: str) -> list[str]:
    """Draw the new turns into those that wait in their room; whoever was called or prepares keeps the place.

    Answers the order of everybody who took part in the draw.
    """
    order = sorted(event.rounds[0].turns, key=lambda turn: turn.position)
    drawn: list[str] = []
    for room in event.rooms:
        late = [turn for turn in new if turn.room is room]
        among = [turn for turn in order if turn.room is room and not is_begun(turn)]
        if late:
            order, names = _with_drawn(order, among, late, seed)
            drawn += names
    put_in_order(order)
    db.session.refresh(event.rounds[0], ["turns"])
    return drawn


def _with_drawn(
    order: Sequence[Turn], among: Sequence[Turn], late: Sequence[Turn], seed: str
) -> tuple[list[Turn], list[str]]:
    """The whole order with those `among` it in their drawn sequence, and that sequence by number."""
    by_number = {turn.number: turn for turn in among}
    waiting = [turn.number for turn in among if turn not in late]
    names = draw_late(seed, waiting, [turn.number for turn in late])
    following = iter(by_number[name] for name in names)
    return [next(following) if turn in among else turn for turn in order], list(names)


def _deal_cases(new: Sequence[Turn], dealt: Mapping[str, str], seed: str) -> dict[str, str]:
    """A case for each new turn, where cases were drawn: it is drawn too, whatever the place."""
    cases: dict[str, str] = {}
    for turn in new:
        cases[turn.number] = draw_late_case(seed, turn.number, {**dealt, **cases})
        turn.facts = {**turn.facts, "case": cases[turn.number]}
    return cases


def _at_benches(actor: Actor, event: Event, new: Sequence[Turn], lots: Lots) -> dict[str, Any]:
    """The next free bench of a batch that waits, or of one more batch; drawn, the clerks who wait change benches."""
    recuse_related(actor, new)
    for turn in new:
        next_bench(turn)
    told: dict[str, Any] = {}
    if lots.way == DRAWN:
        told = lots.drawn(actor, event)
        before = sorted(event.rounds[0].turns, key=lambda turn: turn.position)
        benches = [turn.facts for turn in before]
        told["order"] = _drawn_in(event, new, told["seed"])
        sit(actor, sorted(event.rounds[0].turns, key=lambda turn: turn.position), benches)
    for turn in new:
        _hide_among(turn)
    return told


def _hide_among(turn: Turn) -> None:
    """Put a latecomer behind the turn of somebody else who waits: a turn's id must not tell who came late.

    Whoever has a recusal by hand stays, for it hangs on the turn.
    """
    waiting = [other for other in turn.round.turns if other.state == WAITING and other is not turn]
    free = [other for other in waiting if all(recusal.relation for recusal in other.recused.values())]
    if not free:
        return
    other = SystemRandom().choice(free)
    mine, theirs = turn.appearances[0], other.appearances[0]
    mine.contestant, theirs.contestant = theirs.contestant, mine.contestant
    turn.facts, other.facts = other.facts, turn.facts
    here, there = ([one.seat for one in each.assignments] for each in (turn, other))
    assign(turn, there)
    assign(other, here)
    order = sorted(turn.round.turns, key=lambda one: one.position)
    put_in_order([{turn: other, other: turn}.get(one, one) for one in order])
