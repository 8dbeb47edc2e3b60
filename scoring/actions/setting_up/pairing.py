"""Pairing an event's matches while it is set up: its rounds planned, the first round paired and its sides drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.actions.registry import EVERYWHERE, _l, logged, typed, verb
from scoring.actions.running.seals import break_seal
from scoring.actions.said import check_reason
from scoring.actions.setting_up.camps import camps_of, check_meeting
from scoring.actions.setting_up.entry_list import by_number, remove_turn
from scoring.actions.setting_up.match_plans import (
    ALL_PLAY,
    BY_HAND,
    KNOCKOUT,
    ROUND_ROBIN,
    RoundPlan,
    pair_first,
    plan_rounds,
    speakers_of,
)
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.draws import was_drawn
from scoring.board.reading.facts import format_of, turns_of
from scoring.board.reading.look import event_of
from scoring.extensions import db
from scoring.rules.pairs_by_hand import read_pairs
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Contestant, Event
from scoring.store.contests import WAITING

PAIRINGS = (ALL_PLAY, ROUND_ROBIN, KNOCKOUT, BY_HAND)


@verb((typed("seed"), typed("witness"), typed("reason")))
def pair_matches(
    actor: Actor,
    contest_id: int,
    rounds: Sequence[RoundPlan],
    seed: str = "",
    witness: str = "",
    event: int | None = None,
    reason: str = "",
) -> None:
    """Make the first round's matches from the entry list and draw their sides; made again, the ones before are gone.

    Pairs made by hand need a reason, and a witness as every draw; the record says that no lot made them.
    Raises Refused: no_matches_here, entries_closed, rounds_missing, pairing_unknown (field the round's),
    speaker_missing, and what `check_meeting`, `read_pairs` and `break_seal` refuse and the rulebook about too
    few contestants.
    Source: domain page 2B, rounds.
    """
    found = event_of(contest_id, event)
    _check(found, rounds)
    check_meeting(found, [one.pairing for one in rounds], KNOCKOUT)
    made = _made_by_hand(found, rounds[0], reason)
    lots = break_seal(actor, found, seed, witness, reason, again=was_drawn(found, "draw_sides"))
    entrants = sorted(_entrants(found), key=lambda one: by_number(one.number))
    speakers = speakers_of(format_of(found), found.settings)
    refuse_any([problem for one in entrants for problem in _problems_of_team(one, speakers)])
    _clear(found)
    plan_rounds(found, rounds)
    db.session.flush()
    db.session.refresh(found, ["rounds"])
    found.rounds[0].plan = found.rounds[0].plan | ({"pairs": made["by_hand"]} if made else {})
    drawn = made | pair_first(found.rounds[0], [one.number for one in entrants], lots["seed"])
    db.session.flush()
    record(found.contest, actor, "draw_sides", **lots, event=found.position, **drawn)


@verb()
@logged("draws", _l("took the pairing back"), EVERYWHERE)
def undo_pairing(actor: Actor, contest_id: int, event: int | None = None) -> None:
    """Take all matches back, so that the entry list can be changed. Raises Refused: no_matches_here, entries_closed."""
    found = event_of(contest_id, event)
    _check_kind(found)
    _clear(found)
    plan_rounds(found, [RoundPlan(("决赛", "Final"), ALL_PLAY)])
    db.session.flush()
    db.session.refresh(found, ["rounds"])
    record(found.contest, actor, "undo_pairing", event=found.position)


def _check(event: Event, rounds: Sequence[RoundPlan]) -> None:
    _check_kind(event)
    if not rounds:
        raise Refused.because("rounds_missing", "first")
    for place, planned in enumerate(rounds):
        if planned.pairing not in PAIRINGS:
            raise Refused.because("pairing_unknown", f"rounds.{place}.pairing")


def _made_by_hand(event: Event, first: RoundPlan, reason: str) -> dict[str, Any]:
    """{"by_hand": pairs} where the first round's pairs are made by hand, else {}.

    Raises Refused reason_missing, and as `read_pairs` does.
    """
    if first.pairing != BY_HAND:
        return {}
    numbers = [one.number for one in _entrants(event)]
    pairs = read_pairs(first.pairs, numbers, camps_of(event))
    check_reason(reason)
    return {"by_hand": [list(pair) for pair in pairs]}


def _check_kind(event: Event) -> None:
    if format_of(event).subject != "match":
        raise Refused.because("no_matches_here")
    if any(turn.state != WAITING for turn in turns_of(event)):
        raise Refused.because("entries_closed")


def _entrants(event: Event) -> list[Contestant]:
    return [one for one in event.contest.contestants if one.team_id is None]


def _problems_of_team(entrant: Contestant, speakers: int) -> list[Problem]:
    members = [one for one in entrant.contest.contestants if one.team_id == entrant.id]
    if len(members or [entrant]) >= speakers:
        return []
    return [Problem("speaker_missing", "", {"number": entrant.number, "speakers": str(speakers)})]


def _clear(event: Event) -> None:
    for turn in turns_of(event):
        remove_turn(turn)
    for played in list(event.rounds):
        db.session.delete(played)
    db.session.flush()
    db.session.refresh(event, ["rounds"])
