"""The draw (抽签): running order and cases from a witnessed seed, recorded so that anybody can draw them again.

And changing the order by hand, with a reason once it was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.actions.find import put_in_order, turn_of
from scoring.actions.registry import EVENT, EVERYWHERE, LOTS, TURN, WHY, _l, lines, logged, verb, whole
from scoring.actions.running.benches import sit
from scoring.actions.running.seals import break_seal
from scoring.actions.said import check_reason
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.draws import DRAW, MOVE, is_drawn, may_draw, was_drawn
from scoring.board.reading.look import event_asked
from scoring.rules.draw import draw_cases, draw_order
from scoring.rules.refusal import Refused
from scoring.store import Turn


@verb((*LOTS, lines("cases"), EVENT, WHY), name="draw", done=_l("The order is drawn and on record."), heard=True)
@logged(
    "draws",
    _l("drew the order, seed %(seed)s (sealed %(sealed_seed)s, typed %(typed)s), witnessed by %(witness)s%(how)s"),
    EVERYWHERE,
    name="draw",
)
def draw_turns(
    actor: Actor,
    contest_id: int,
    seed: str = "",
    witness: str = "",
    cases: Sequence[str] = (),
    event: int | None = None,
    reason: str = "",
) -> None:
    """Put the turns of an event in the order that the lots give, and deal the cases along it where there are any.

    The names that are drawn are the contestants' numbers. `seed` is what is typed (see `break_seal`). Each draw is an
    entry with what it was drawn from and its outcome; it is drawn once, and again for a reason only. Once a turn was
    called or a clock has run, nothing is drawn.
    Raises Refused: contest_unknown, event_unknown, contest_begun, and what `break_seal` refuses and the rulebook about
    the cases.
    """
    drawn = event_asked(contest_id, event)
    turns = {turn.number: turn for turn in drawn.rounds[0].turns}
    if not may_draw(drawn):
        raise Refused.because("contest_begun")
    lots = break_seal(actor, drawn, seed, witness, reason, again=was_drawn(drawn, DRAW))
    order = draw_order(lots["seed"], list(turns))
    dealt = draw_cases(lots["seed"], order, cases) if cases else {}
    put_in_order([turns[number] for number in order])
    for number, turn in turns.items():
        others = {name: fact for name, fact in turn.facts.items() if name != "case"}
        turn.facts = others | ({"case": dealt[number]} if number in dealt else {})
    record(drawn.contest, actor, DRAW, event=drawn.position, **lots, order=order, cases=dealt)


@verb((TURN, whole("place"), WHY), done=_l("No. %(number)s is moved. The change is on record."), heard=True)
@logged("draws", _l("moved a place in the order by hand"), EVERYWHERE)
def move_turn(actor: Actor, turn_id: int, place: int, reason: str = "") -> None:
    """Move a turn that waits to another place of its round's order, counted from 1; what lies between moves up.

    What belongs to a place and not to a person stays where it is: a bench with its inspectors. Once the order was
    drawn, a change by hand needs a reason, which everybody sees beside the draw.
    Raises Refused: turn_unknown, place_out_of_range, place_same, order_fixed (names who was called), reason_missing,
    inspectors_recused.
    """
    turn = turn_of(turn_id)
    turns = sorted(turn.round.turns, key=lambda other: other.position)
    if not 1 <= place <= len(turns):
        raise Refused.because("place_out_of_range", "place", most=len(turns))
    before = turns.index(turn) + 1
    if place == before:
        raise Refused.because("place_same", "place", number=turn.number)
    fixed = [other for other in turns[min(before, place) - 1 : max(before, place)] if other.begun]
    if fixed:
        raise Refused.because("order_fixed", number=fixed[0].number)
    if is_drawn(turn.round.event):
        check_reason(reason)
    _move(actor, turns, before, place)
    told: dict[str, Any] = {
        "event": turn.round.event.position,
        "turn": turn.id,
        "number": turn.number,
        "before": before,
        "place": place,
        "reason": reason.strip(),
    }
    record(turn.contest, actor, MOVE, **told)


def _move(actor: Actor, turns: list[Turn], before: int, place: int) -> None:
    """Change the order; the benches stay where they are, and their inspectors with them."""
    benches = [other.facts for other in turns]
    turns.insert(place - 1, turns.pop(before - 1))
    put_in_order(turns)
    sit(actor, turns, benches)
