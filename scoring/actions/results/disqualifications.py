"""Somebody whose score is released is put out of the event, or let in again: what an approved request for that does."""

from __future__ import annotations

from scoring.actions.running.holding import let_in, put_out_of, turns_of
from scoring.actions.running.next_round import hold
from scoring.actions.running.not_performing import go_on, turns_within
from scoring.board.conditions.releasing import check_nothing_built
from scoring.board.conditions.retraction import is_gone_on, made_of
from scoring.extensions import db
from scoring.rules.not_performing import TURN
from scoring.rules.refusal import Refused
from scoring.store import Correction, NotPerforming, Turn
from scoring.store.contests import RELEASED
from scoring.store.model import now

#: Under this name a request says that somebody is put out: with the kind in place of a new value.
OUT = "not_performing"


def put_out_after_release(correction: Correction, decided_by: str, revision: int) -> None:
    """Let the decision hold in the released turn, and by its reach in all that are not released yet.

    Other scores of theirs stay on record; whoever is out of the event has no rank by them. So does that of the turn
    itself where others have gone on with it against them, see `plays_on`: the opponent of the drawn match goes on.
    """
    asked, turn = correction.typed, correction.turn
    decision = NotPerforming(contestant_id=int(asked["contestant"]), event_id=turn.round.event_id, turn=turn)
    decision.kind, decision.reach, decision.reason = asked["kind"], asked["reach"], correction.reason
    decision.decided_by, decision.actor = decided_by[:60], correction.requested_by
    decision.revision, decision.correction_id = revision, correction.id
    db.session.add(decision)
    db.session.flush()
    if not plays_on(correction):
        put_out_of(decision, turn)
    for other in _others(decision, turn):
        hold(decision, other)


def plays_on(correction: Correction) -> bool:
    """Whether they are asked to be put out of all that is left, and play in a drawn match that was made of this one.

    Its sides were drawn before witnesses: it is not taken away, and nobody else is put into it.
    """
    asked = correction.typed
    if OUT not in correction.changes or "contestant" not in asked or asked["reach"] == TURN:
        return False
    drawn = [made for made in made_of(correction.turn) if made.pairing.get("seed") or is_gone_on(made)]
    return any(side.id == int(asked["contestant"]) for made in drawn for side in made.sides.values())


def _others(decision: NotPerforming, turn: Turn) -> list[Turn]:
    within = turns_within(decision.contestant, turn.round.event, decision.reach)
    return [other for other in within if other is not turn and other.state != RELEASED and not other.hidden]


def decision_to_lift(contest_id: int, decision_id: int) -> NotPerforming:
    """A decision in force that a correction brought; Refused(not_performing_gone, lift_at_desk)."""
    decision = db.session.get(NotPerforming, decision_id)
    if decision is None or decision.contestant.contest_id != contest_id or decision.withdrawn_at is not None:
        raise Refused.because("not_performing_gone")
    if decision.correction_id is None or decision.turn is None:
        raise Refused.because("lift_at_desk", number=decision.contestant.number)
    return decision


def lift(correction: Correction, revision: int) -> None:
    """Let somebody in again whom an earlier correction had put out: the score counts, and what is left is performed.

    Raises Refused: correction_outdated (it is lifted already), and as `check_nothing_made` does.
    """
    decision = db.session.get(NotPerforming, int(correction.typed["decision"]))
    if decision is None or decision.withdrawn_at is not None:
        raise Refused.because("correction_outdated", number=correction.turn.number)
    others = [turn for turn in turns_of(decision) if turn is not correction.turn]
    for turn in others:
        check_nothing_built(turn)
    decision.withdrawn_at, decision.withdrawn_revision = now(), revision
    let_in(decision)
    for turn in others:
        go_on(turn)
