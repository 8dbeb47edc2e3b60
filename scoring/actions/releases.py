"""Releasing a score: from here on the audience may see it."""

from __future__ import annotations

from scoring.actions.find import seats_of, turn_of
from scoring.actions.match_plans import fill_next
from scoring.actions.transaction import Actor, record
from scoring.board import outcome_of
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Release
from scoring.store.contests import MARKING, PERFORMING, RELEASED


def release(actor: Actor, turn_id: int) -> None:
    """Publish the score of a turn whose sheets are all in, keeping the figures as they are announced.

    Raises Refused: turn_unknown, turn_released, turn_not_open, not_decoded, missing_sheets (says which seats),
    too_few_judges, match_undecided while a tied match needs a ballot or play-off. The next round of a knockout
    fills itself here.
    """
    turn = turn_of(turn_id)
    if turn.state == RELEASED:
        raise Refused.because("turn_released", number=turn.number)
    if turn.state not in (PERFORMING, MARKING):
        raise Refused.because("turn_not_open", number=turn.number)
    if turn.hidden:
        raise Refused.because("not_decoded")
    outcome = outcome_of(turn)
    if outcome.verdict.get("needs"):
        raise Refused.because("match_undecided", number=turn.number)
    announced = {part: score.explanation.to_data() for part, score in outcome.scores.items()}
    turn.state = RELEASED
    db.session.add(Release(turn=turn, announced=announced, verdict=dict(outcome.verdict), actor=actor.label))
    db.session.flush()
    fill_next(turn)
    record(turn.contest, actor, "release", seats_of(turn), turn=turn.id, number=turn.number, announced=announced)
