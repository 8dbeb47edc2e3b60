"""The draw (抽签): running order and cases from a witnessed seed, recorded so that anybody can draw them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.actions.transaction import Actor, record
from scoring.board import DRAW, check_event, event_of, may_draw
from scoring.extensions import db
from scoring.rules.draw import draw_cases, draw_order
from scoring.rules.refusal import Refused
from scoring.store import Turn


def draw_turns(
    actor: Actor, contest_id: int, seed: str, witness: str, cases: Sequence[str] = (), event: int | None = None
) -> None:
    """Put the turns of an event in the order that the seed draws, and deal the cases along it where there are any.

    The names that are drawn are the contestants' numbers. Drawing again with the same seed gives the same; each draw is
    an entry with its seed, its witness and its outcome. Once a turn was called or a clock has run, nothing is drawn.
    Raises Refused: contest_unknown, event_unknown, contest_begun, witness_missing, and what the rulebook refuses about
    seed and cases.
    """
    check_event(contest_id, event)
    if not witness.strip():
        raise Refused.because("witness_missing", "witness")
    drawn = event_of(contest_id, event)
    turns = {turn.number: turn for turn in drawn.rounds[0].turns}
    if not may_draw(drawn):
        raise Refused.because("contest_begun")
    order = draw_order(seed, list(turns))
    dealt = draw_cases(seed, order, cases) if cases else {}
    put_in_order([turns[number] for number in order])
    for number, turn in turns.items():
        others = {name: fact for name, fact in turn.facts.items() if name != "case"}
        turn.facts = others | ({"case": dealt[number]} if number in dealt else {})
    seats = [seat.id for room in drawn.rooms for seat in room.seats]
    told: dict[str, Any] = {
        "event": drawn.position,
        "seed": seed,
        "witness": witness.strip(),
        "order": order,
        "cases": dealt,
    }
    record(drawn.contest, actor, DRAW, seats, **told)


def put_in_order(turns: Sequence[Turn]) -> None:
    """Give a round's turns the positions 1, 2, …; first out of the way, as no two may hold one even for a moment."""
    for place, turn in enumerate(turns, 1):
        turn.position = -place
    db.session.flush()
    for place, turn in enumerate(turns, 1):
        turn.position = place
    db.session.flush()
