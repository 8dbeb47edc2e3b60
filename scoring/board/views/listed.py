"""Penalties and bonuses as the desk sees them: what the list has, and what was entered of whom."""

from __future__ import annotations

from scoring.board.conditions.releasing import check_open
from scoring.board.reading.core import core_of
from scoring.board.reading.facts import parts_of, penalties_shown
from scoring.board.reading.heading import contest_of
from scoring.board.reading.look import named_event
from scoring.board.reading.penalties import named_penalty
from scoring.board.snapshots.listed import Entered, InList, ListedPage, TurnListed
from scoring.rules.figures import plain
from scoring.rules.listed import ON, Listed, listed_in
from scoring.rules.refusal import problems_of
from scoring.store import Penalty, Turn


def listed(contest_id: int, event: int | None = None) -> ListedPage:
    """Every turn of an event for which something was or can be entered; raises LookupError."""
    core = core_of(contest_id, event)
    turns = [_turn(state.turn) for state in core.turns if not state.turn.hidden]
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "event": named_event(core.event),
        "listed": [_in_list(one) for one in listed_in(core.event.settings)],
        "turns": [turn for turn in turns if turn["open"] or turn["entered"]],
    }


def _in_list(one: Listed) -> InList:
    return {
        "key": one.key,
        "zh": one.zh,
        "en": one.en,
        "points": plain(one.points),
        "most": plain(one.most),
        "adds": one.effect == ON,
        "enters": one.enters,
        "confirms": one.confirms,
    }


def _turn(turn: Turn) -> TurnListed:
    return {
        "id": turn.id,
        "number": turn.number,
        "open": not problems_of(lambda: check_open(turn)),
        "parts": [part for part in parts_of(turn) if part],
        "entered": [_entered(one) for one in penalties_shown(turn)],
    }


def _entered(one: Penalty) -> Entered:
    settings = one.turn.round.event.settings
    name = named_penalty({"kind": one.kind, "points": one.points, "reason": one.reason}, settings)
    return {
        "id": one.id,
        "zh": name["zh"],
        "en": name["en"],
        "part": one.part,
        "points": one.points,
        "reason": one.reason,
        "adds": one.adds,
        "by": one.actor,
        "confirms": one.confirms,
        "confirmed_by": one.confirmed_by,
        "proposed": one.is_proposed,
    }
