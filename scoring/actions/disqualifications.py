"""Somebody whose score is released is put out of the event: what an approved request for that does."""

from __future__ import annotations

from scoring.actions.next_round import hold
from scoring.actions.not_performing import turns_within
from scoring.extensions import db
from scoring.store import Correction, NotPerforming, Turn
from scoring.store.contests import RELEASED

#: Under this name a request says that somebody is put out: with the kind in place of a new value.
OUT = "not_performing"


def put_out_after_release(correction: Correction, decided_by: str, revision: int) -> None:
    """Let the decision hold in the released turn, and by its reach in all that are not released yet.

    Other scores of theirs stay on record; whoever is out of the event has no rank by them.
    """
    asked, turn = correction.typed, correction.turn
    decision = NotPerforming(contestant_id=int(asked["contestant"]), event_id=turn.round.event_id, turn=turn)
    decision.kind, decision.reach, decision.reason = asked["kind"], asked["reach"], correction.reason
    decision.decided_by, decision.actor = decided_by[:60], correction.requested_by
    decision.revision, decision.correction_id = revision, correction.id
    db.session.add(decision)
    db.session.flush()
    for appearance in turn.appearances:
        if decision.contestant_id in (appearance.contestant_id, appearance.contestant.team_id):
            appearance.not_performing = decision
    for other in _others(decision, turn):
        hold(decision, other)


def _others(decision: NotPerforming, turn: Turn) -> list[Turn]:
    within = turns_within(decision.contestant, turn.round.event, decision.reach)
    return [other for other in within if other is not turn and other.state != RELEASED and not other.hidden]
