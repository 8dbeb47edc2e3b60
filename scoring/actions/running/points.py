"""Scores without judges: the entry begins, what came from a list is confirmed, and all that can be is released."""

from __future__ import annotations

from scoring.actions.find import event_of_points
from scoring.actions.registry import ASKING, CHECKING, EVENT, EVERYWHERE, RULING, _l, logged, text, verb
from scoring.actions.running.releases import release
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.points import figures_of_list, to_check, to_open, to_release_now
from scoring.board.conditions.promotion import check_given_once
from scoring.board.conditions.releasing import check_running
from scoring.rules.refusal import Refused
from scoring.store import TotalsCheck
from scoring.store.contests import MARKING


@verb(EVENT, roles=ASKING, done=_l("Results can be entered now."), heard=True)
@logged("course", _l("opened the entry of results"), EVERYWHERE)
def open_points(actor: Actor, contest_id: int, event: int | None = None) -> None:
    """Let the results of all who wait be entered: nobody is called to a test.

    Raises Refused: event_unknown, no_points_here, contest_not_open, rehearsal_on, stage_given_twice, points_open where
    nobody waits.
    """
    found = event_of_points(contest_id, event)
    check_running(found.contest)
    check_given_once(found)
    turns = to_open(found)
    if not turns:
        raise Refused.because("points_open")
    revision = coming(found.contest)
    for turn in turns:
        turn.begin(MARKING, revision)
    record(found.contest, actor, "open_points", event=found.position, opened=len(turns))


@verb((text("figures"), EVENT), roles=CHECKING, done=_l("The results are confirmed."), heard=True)
@logged("results", _l("held the results of a list against the original and confirmed them"), ("desk",))
def check_points(actor: Actor, contest_id: int, figures: str, event: int | None = None) -> None:
    """Confirm all results that somebody else took from a list; `figures` is the fingerprint of those that were shown.

    Raises Refused: event_unknown, no_points_here, points_none (nothing from a list of somebody else's waits),
    totals_changed_list. Source: domain page 3, tallier and checker.
    """
    found = event_of_points(contest_id, event)
    waiting = to_check(found, actor.label)
    if not waiting:
        raise Refused.because("points_none")
    if figures_of_list(waiting) != figures:
        raise Refused.because("totals_changed_list")
    for turn, shown in waiting:
        turn.checks.append(TotalsCheck(figures=shown, actor=actor.label, role=actor.role))
    numbers = ", ".join(turn.number for turn, _ in waiting)
    record(found.contest, actor, "check_points", event=found.position, numbers=numbers, figures=figures)


@verb(EVENT, roles=RULING, done=_l("The results are released."), heard=True)
def release_points(actor: Actor, contest_id: int, event: int | None = None) -> None:
    """Release every result that can be released, each as `release` does.

    Raises Refused: event_unknown, no_points_here, points_not_ready where there is none.
    """
    turns = to_release_now(event_of_points(contest_id, event))
    if not turns:
        raise Refused.because("points_not_ready")
    for turn in turns:
        release(actor, turn.id)
