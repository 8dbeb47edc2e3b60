"""The checker's step (核分): totals are confirmed before a release, where the contest asks for it."""

from __future__ import annotations

from scoring.actions.find import contest_of, turn_to_release
from scoring.actions.transaction import Actor, record
from scoring.board import check_of, figures_of, outcome_of
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import TotalsCheck
from scoring.store.model import now


def ask_for_checks(actor: Actor, contest_id: int, wanted: bool) -> None:
    """From now on no score is released before somebody has confirmed its totals; or, not `wanted`, no more so.

    Raises Refused: contest_unknown.
    """
    contest = contest_of(contest_id)
    for event in contest.events:
        event.checks_totals = wanted
    record(contest, actor, "ask_for_checks", wanted=wanted)


def check_totals(actor: Actor, turn_id: int, figures: str) -> None:
    """Confirm the totals of a turn; `figures` is the fingerprint of those that were shown.

    Raises Refused: turn_unknown, turn_released, turn_not_open, not_decoded, totals_checked, totals_changed, and
    whatever keeps the totals from being worked out (missing_sheets, too_few_judges, …).
    Source: domain page 3, checker.
    """
    turn = turn_to_release(turn_id)
    shown = figures_of(outcome_of(turn))
    if shown != figures:
        raise Refused.because("totals_changed", number=turn.number)
    if check_of(turn):
        raise Refused.because("totals_checked", number=turn.number)
    db.session.add(TotalsCheck(turn=turn, figures=shown, actor=actor.label))
    record(turn.contest, actor, "check_totals", turn=turn.id, number=turn.number, figures=shown)


def undo_check(actor: Actor, turn_id: int) -> None:
    """Take a confirmation back before the release; it stays on record.

    Raises Refused: turn_unknown, turn_released, turn_not_open, not_decoded, totals_unchecked.
    """
    turn = turn_to_release(turn_id)
    standing = [check for check in turn.checks if check.withdrawn_at is None]
    if not standing:
        raise Refused.because("totals_unchecked", number=turn.number)
    for check in standing:
        check.withdrawn_at = now()
    record(turn.contest, actor, "undo_check", turn=turn.id, number=turn.number)
