"""The check of totals (核分): a tallier and a checker confirm them before a release, where the contest asks for it."""

from __future__ import annotations

from typing import Any

from scoring.actions.find import contest_of, turn_to_release
from scoring.actions.registry import CHECKING, TURN, _l, flag, logged, text, verb
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.totals import confirmations_of, figures_of
from scoring.board.reading.facts import outcome_of
from scoring.extensions import db
from scoring.rules.confirmation import Confirmation, check_may_confirm
from scoring.rules.refusal import Refused, problems_of
from scoring.store import TotalsCheck, Turn
from scoring.store.model import now


@verb(flag("wanted", optional=False), done=_l("Changed. It holds from the next release on."), heard=True)
@logged(
    "results",
    _l("decided that totals are checked before a release"),
    ("desk",),
    off=("wanted", _l("decided that totals are not checked before a release any more")),
)
def ask_for_checks(actor: Actor, contest_id: int, wanted: bool) -> None:
    """From now on no score is released before two people have confirmed its totals; or, not `wanted`, no more so.

    Raises Refused: contest_unknown.
    """
    contest = contest_of(contest_id)
    for event in contest.events:
        event.checks_totals = wanted
    record(contest, actor, "ask_for_checks", wanted=wanted)


@verb((TURN, text("figures")), roles=CHECKING, done=_l("The totals of no. %(number)s are confirmed."), heard=True)
@logged("results", _l("confirmed the totals of no. %(turn)s"), ("desk",))
def check_totals(actor: Actor, turn_id: int, figures: str) -> None:
    """Confirm the totals of a turn; `figures` is the fingerprint of those that were shown.

    A tallier and a checker both confirm, for either of whom the chief judge can stand.
    Raises Refused: turn_unknown, turn_released, turn_not_open, not_decoded, totals_checked, totals_own,
    totals_same_role, totals_changed, and whatever keeps the totals from being worked out (missing_sheets,
    too_few_judges, …). Source: domain page 3, tallier and checker.
    """
    turn = turn_to_release(turn_id)
    shown = figures_of(outcome_of(turn))
    if shown != figures:
        raise Refused.because("totals_changed", number=turn.number)
    _check_adds(turn, Confirmation(actor.label, actor.role))
    db.session.add(TotalsCheck(turn=turn, figures=shown, actor=actor.label, role=actor.role))
    told: dict[str, Any] = {"turn": turn.id, "number": turn.number, "figures": shown, "role": actor.role}
    record(turn.contest, actor, "check_totals", **told)


def _check_adds(turn: Turn, one: Confirmation) -> None:
    """Refused with the turn's number where the rules refuse the confirmation."""
    for problem in problems_of(lambda: check_may_confirm(confirmations_of(turn), one)):
        raise Refused.because(problem.code, number=turn.number)


@verb(TURN, roles=CHECKING, done=_l("Your confirmation of no. %(number)s is taken back."), heard=True)
@logged("results", _l("took the own confirmation of no. %(turn)s back"), ("desk",))
def undo_check(actor: Actor, turn_id: int) -> None:
    """Take one's own confirmation back before the release; it stays on record, and the release is shut until two stand.

    What the other person confirmed is theirs to take back: nobody withdraws another's word.
    Raises Refused: turn_unknown, turn_released, turn_not_open, not_decoded, totals_unchecked, totals_not_yours.
    """
    turn = turn_to_release(turn_id)
    standing = [check for check in turn.checks if check.withdrawn_at is None]
    if not standing:
        raise Refused.because("totals_unchecked", number=turn.number)
    own = [check for check in standing if check.actor == actor.label]
    if not own:
        raise Refused.because("totals_not_yours", number=turn.number)
    for check in own:
        check.withdrawn_at = now()
    record(turn.contest, actor, "undo_check", turn=turn.id, number=turn.number)
