"""Why a button of the desk cannot be pressed now: asked by the button, the desk's sentence and the verb itself."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import object_session

from scoring.board.conditions.promotion import check_given_once
from scoring.board.conditions.retraction import check_nothing_made
from scoring.board.conditions.totals import is_checked, is_held_against
from scoring.board.reading.doubts import check_trusted
from scoring.board.reading.facts import Newest, format_of, missing_seats, newest_versions, outcome_of, seats_asked
from scoring.board.reading.matches import KNOCKOUT
from scoring.board.reading.not_performing import who_may_be_out
from scoring.board.reading.unplaced import unplaced_of
from scoring.board.snapshots.shared import Trouble
from scoring.rules.clocks import DUAL, Clock
from scoring.rules.formats.base import Outcome
from scoring.rules.refusal import Problem, Refused, problems_of
from scoring.store import Contest, NotPerforming, Round, SpotCheckLine, Turn
from scoring.store.contests import OPEN, PERFORMING, RELEASED, WAITING
from scoring.store.model import session_of
from scoring.store.rehearsals import is_rehearsed
from scoring.store.sheets import RETURNED, SUBMITTED


def to_release(turn: Turn, newest: Newest | None = None) -> Outcome:
    """The outcome that can be released now; `newest` are the sheets in force, where they were read already.

    Raises Refused: turn_released, turn_not_held, turn_not_open, not_decoded, contest_in_doubt, sheets_sent_back and
    missing_sheets (both say which seats), sheets_incomplete (those too), too_few_judges, match_undecided while a tied
    match needs a ballot or play-off, penalty_proposed while somebody has to confirm what was entered by the list,
    totals_unchecked where the contest asks for a check of these figures that is missing, points_unchecked where they
    came from a list that nobody else has confirmed; and what the format refuses.
    """
    check_open(turn)
    if turn.hidden:
        raise Refused.because("not_decoded")
    check_trusted(turn.contest.id)
    if asked := seats_asked(turn, newest):
        raise Refused.because("sheets_sent_back", seats=", ".join(str(seat.number) for seat in asked))
    if any(penalty.is_proposed for penalty in turn.penalties):
        raise Refused.because("penalty_proposed", number=turn.number)
    outcome = _outcome_of_whole_sheets(turn, newest)
    if outcome.verdict.get("needs"):
        raise Refused.because("match_undecided", number=turn.number)
    if turn.round.event.checks_totals and not is_checked(turn, newest):
        raise Refused.because("totals_unchecked", number=turn.number)
    if not is_held_against(turn, newest):
        raise Refused.because("points_unchecked", number=turn.number)
    return outcome


def _outcome_of_whole_sheets(turn: Turn, newest: Newest | None) -> Outcome:
    """The outcome; Refused(sheets_incomplete) where somebody was let in whom sheets that came in before do not mark."""
    try:
        return outcome_of(turn, newest)
    except Refused as refused:
        seats = dict.fromkeys(one.field.partition(".")[0] for one in refused.problems if one.code == "mark_empty")
        if not seats:
            raise
        raise Refused.because("sheets_incomplete", number=turn.number, seats=", ".join(seats)) from None


def check_unreleased(turn: Turn) -> None:
    """Refused(turn_released, turn_not_held) once the turn's score is released, or it is settled that there is none."""
    if turn.state == RELEASED and turn.not_held and not turn.hidden:
        raise Refused.because("turn_not_held", number=turn.alias)
    if turn.state == RELEASED:
        raise Refused.because("turn_released", number=turn.number)


def check_open(turn: Turn) -> None:
    """Refused(turn_released, turn_not_held, turn_not_open) unless the turn is begun and not over."""
    check_unreleased(turn)
    if turn.state == WAITING:
        raise Refused.because("turn_not_open", number=turn.number)


def why_not_released(turn: Turn, newest: Newest | None = None) -> Problem | None:
    """The first thing that keeps the score from being released, None where nothing does."""
    return next(iter(problems_of(lambda: to_release(turn, newest))), None)


def release_waits_for(turn: Turn, newest: Newest | None = None) -> Trouble | None:
    """What keeps the score of a turn whose sheets are in from being released, as pages are told: its code and figures.

    None where nothing does, and of a turn that is not begun or is over.
    """
    if turn.state in (WAITING, RELEASED):
        return None
    problem = why_not_released(turn, newest)
    return {"code": problem.code, "figures": dict(problem.figures)} if problem else None


def check_not_rehearsed(contest: Contest) -> None:
    """Refused(rehearsal_on) while a rehearsal of the contest is on: nothing of it begins then."""
    if is_rehearsed(contest.id, object_session(contest)):
        raise Refused.because("rehearsal_on")


def check_running(contest: Contest) -> None:
    """Refused(contest_not_open, rehearsal_on) unless the contest is set up, open and not being rehearsed."""
    if contest.state != OPEN:
        raise Refused.because("contest_not_open")
    check_not_rehearsed(contest)


def check_call(turn: Turn, leave_open: bool = False) -> None:
    """Refuse a turn that cannot be called now.

    Raises Refused: as `check_running` and `check_callable` do, stage_given_twice, waiting_for_tree (says who), and,
    unless the one before is left open (`leave_open`), sheets_still_open (says which seats).
    """
    check_running(turn.contest)
    check_callable(turn)
    check_given_once(turn.round.event)
    _check_tree(turn)
    before = turn.room.current_turn
    missing = missing_seats(before) if before is not None and before.state == PERFORMING and not leave_open else []
    if before is not None and missing:
        seats = ", ".join(str(seat.number) for seat in missing)
        raise Refused.because("sheets_still_open", number=before.number, seats=seats)


def _check_tree(turn: Turn) -> None:
    """Refused(waiting_for_tree) where somebody has no place in a knockout that would take nobody in any more."""
    if turn.round.plan.get("pairing") != KNOCKOUT or turn.round.position > 1:
        return
    waiting = unplaced_of(turn.round.event).waiting
    if waiting:
        raise Refused.because("waiting_for_tree", numbers=", ".join(one.number for one in waiting))


def check_callable(turn: Turn) -> None:
    """Refused(not_called, turn_not_held, turn_not_waiting, sides_not_drawn) for a turn that is not called by itself."""
    if not format_of(turn.round.event).called:
        raise Refused.because("not_called", number=turn.number)
    if turn.not_held:
        raise Refused.because("turn_not_held", number=turn.number)
    if turn.state != WAITING:
        raise Refused.because("turn_not_waiting", number=turn.number)
    if turn.pairing and not turn.pairing.get("seed"):
        raise Refused.because("sides_not_drawn", number=turn.number)


def check_undo_call(turn: Turn, newest: Newest | None = None) -> None:
    """Refused(not_called, turn_not_performing, sheets_already_in) unless the call can be taken back.

    A sheet of a judge who is recused since counts for that, too: it was written for a performance.
    """
    if not format_of(turn.round.event).called:
        raise Refused.because("not_called", number=turn.number)
    if turn.state != PERFORMING:
        raise Refused.because("turn_not_performing", number=turn.number)
    known = newest_versions([turn.id]) if newest is None else newest
    handed_in = {holder for (owner, holder), one in known.items() if owner == turn.id and _is_in(one.state)}
    if handed_in:
        seats = sorted(_numbers_of(turn, handed_in))
        raise Refused.because("sheets_already_in", number=turn.number, seats=", ".join(map(str, seats)))


def _is_in(state: str) -> bool:
    return state in (SUBMITTED, RETURNED)


def _numbers_of(turn: Turn, seat_ids: set[int]) -> list[int]:
    """The numbers of these seats: of the room's, which are known, as a rule; who was moved left a sheet."""
    here = {seat.id: seat.number for seat in turn.room.seats}
    if not seat_ids <= here.keys():
        here |= {sheet.seat_id: sheet.seat.number for sheet in turn.sheets}
    return [here[seat_id] for seat_id in seat_ids]


def check_close(turn: Turn) -> None:
    """Refused(not_called, turn_released, turn_not_held, turn_not_open, marking_closed) unless marking can be closed."""
    _check_marked(turn)
    if turn.closed_at is not None:
        raise Refused.because("marking_closed", number=turn.number)


def check_reopen(turn: Turn) -> None:
    """Refused(not_called, turn_released, turn_not_held, turn_not_open, marking_open) unless it can be opened again."""
    _check_marked(turn)
    if turn.closed_at is None:
        raise Refused.because("marking_open", number=turn.number)


def _check_marked(turn: Turn) -> None:
    if not format_of(turn.round.event).called:
        raise Refused.because("not_called", number=turn.number)
    check_open(turn)


def check_clock(turn: Turn, key: str, side: str = "") -> Clock:
    """The clock as the format plans it; Refused(turn_released, turn_not_held, clock_unknown, clock_not_yet)."""
    check_unreleased(turn)
    event = turn.round.event
    planned = next((clock for clock in format_of(event).clocks(event.settings) if clock.key == key), None)
    if planned is None or side not in (tuple(turn.sides) if planned.kind == DUAL else ("",)):
        raise Refused.because("clock_unknown")
    if turn.state == WAITING and key != format_of(event).prepares:
        raise Refused.because("clock_not_yet", number=turn.number)
    return planned


def check_start(turn: Turn, key: str, side: str = "") -> Clock:
    """The clock, which stands; Refused as `check_clock`, rehearsal_on and clock_runs_already."""
    check_not_rehearsed(turn.contest)
    planned = check_clock(turn, key, side)
    if any((clock.key, clock.side) == (key, side) and clock.running_since is not None for clock in turn.clocks):
        raise Refused.because("clock_runs_already")
    return planned


def check_out(turn: Turn) -> None:
    """Refuse a turn of a running contest about which nobody can decide that somebody does not perform.

    Raises Refused: not_performing_coded (nobody may know whose work it is), not_performing_released (its score is
    released: a correction), not_performing_twice (nobody is left in it), and as `check_nothing_made` does.
    """
    if turn.hidden:
        raise Refused.because("not_performing_coded", number=turn.alias)
    if turn.state == RELEASED and not turn.not_held:
        raise Refused.because("not_performing_released", number=turn.number, turns=turn.number)
    if not who_may_be_out(turn):
        raise Refused.because("not_performing_twice", number=turn.number)
    if turn.not_held:
        check_nothing_made(turn)


def check_back(decision: NotPerforming) -> None:
    """Refuse to take a decision back that somebody does not perform, where something was built on it.

    Raises Refused: undo_corrected, back_released, not_performing_sealed (documents were
    decoded since), not_performing_checked (the spot check is drawn), and as `check_nothing_made` does.
    """
    number = decision.contestant.number
    if decision.correction_id is not None:
        raise Refused.because("undo_corrected", number=number)
    for turn in {one.turn_id: one.turn for one in decision.appearances}.values():
        if turn.state == RELEASED and not turn.not_held:
            raise Refused.because("back_released", number=number, match=turn.number)
        check_nothing_built(turn)
        coding = turn.round.event.coding
        if coding is not None and coding.decoded_at is not None and not turn.code:
            raise Refused.because("not_performing_sealed", number=number)
        if _is_spot_checked(turn):
            raise Refused.because("not_performing_checked", number=number)


def check_nothing_built(turn: Turn) -> None:
    """Refused as `check_nothing_made` does, where the turn is over."""
    if turn.state == RELEASED:
        check_nothing_made(turn)


def _is_spot_checked(turn: Turn) -> bool:
    """Whether the spot check of the turn's event is drawn."""
    session = session_of(turn)
    lines = select(SpotCheckLine.id).join(Turn).join(Round).where(Round.event_id == turn.round.event_id).limit(1)
    return session.scalar(lines) is not None


def why_not_back(decision: NotPerforming) -> Problem | None:
    """The first thing that keeps the decision from being taken back, None where nothing does."""
    return next(iter(problems_of(lambda: check_back(decision))), None)
