"""Why a turn cannot be called or its score released yet: asked by the main button, the desk's sentence and the verb."""

from __future__ import annotations

from sqlalchemy.orm import object_session

from scoring.board.doubts import check_trusted
from scoring.board.facts import Newest, format_of, missing_seats, outcome_of, seats_asked
from scoring.board.totals import is_checked
from scoring.rules.formats.base import Outcome
from scoring.rules.refusal import Problem, Refused, problems_of
from scoring.store import Contest, Turn
from scoring.store.contests import OPEN, PERFORMING, RELEASED, WAITING
from scoring.store.rehearsals import rehearsal_on


def to_release(turn: Turn, newest: Newest | None = None) -> Outcome:
    """The outcome that can be released now; `newest` are the sheets in force, where they were read already.

    Raises Refused: turn_released, turn_not_held, turn_not_open, not_decoded, contest_in_doubt, sheets_sent_back and
    missing_sheets (both say which seats), too_few_judges, match_undecided while a tied match needs a ballot or
    play-off, totals_unchecked where the contest asks for a check of these figures that is missing; and whatever else
    the format refuses.
    """
    check_open(turn)
    if turn.hidden:
        raise Refused.because("not_decoded")
    check_trusted(turn.contest.id)
    if asked := seats_asked(turn, newest):
        raise Refused.because("sheets_sent_back", seats=", ".join(str(seat.number) for seat in asked))
    outcome = outcome_of(turn, newest)
    if outcome.verdict.get("needs"):
        raise Refused.because("match_undecided", number=turn.number)
    if turn.round.event.checks_totals and not is_checked(turn, newest):
        raise Refused.because("totals_unchecked", number=turn.number)
    return outcome


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


def check_not_rehearsed(contest: Contest) -> None:
    """Refused(rehearsal_on) while a rehearsal of the contest is on: nothing of it begins then."""
    if rehearsal_on(contest.id, object_session(contest)) is not None:
        raise Refused.because("rehearsal_on")


def check_call(turn: Turn, leave_open: bool = False) -> None:
    """Refuse a turn that cannot be called now.

    Raises Refused: contest_not_open, rehearsal_on, not_called, turn_not_held, turn_not_waiting, sides_not_drawn, and,
    unless the one before is left open (`leave_open`), sheets_still_open (says which seats).
    """
    if turn.contest.state != OPEN:
        raise Refused.because("contest_not_open")
    check_not_rehearsed(turn.contest)
    if format_of(turn.round.event).coded:
        raise Refused.because("not_called", number=turn.number)
    if turn.not_held:
        raise Refused.because("turn_not_held", number=turn.number)
    if turn.state != WAITING:
        raise Refused.because("turn_not_waiting", number=turn.number)
    if turn.pairing and not turn.pairing.get("seed"):
        raise Refused.because("sides_not_drawn", number=turn.number)
    before = turn.room.current_turn
    missing = missing_seats(before) if before is not None and before.state == PERFORMING and not leave_open else []
    if before is not None and missing:
        seats = ", ".join(str(seat.number) for seat in missing)
        raise Refused.because("sheets_still_open", number=before.number, seats=seats)


def why_not_called(turn: Turn) -> Problem | None:
    """The first thing that keeps the turn from being called, None where nothing does."""
    return next(iter(problems_of(lambda: check_call(turn))), None)
