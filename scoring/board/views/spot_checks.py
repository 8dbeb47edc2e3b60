"""The spot check as it stands: what is to be held against the signed paper, what was found, what that asks for."""

from __future__ import annotations

from sqlalchemy import select

from scoring.board.reading.core import Core, core_of
from scoring.board.reading.facts import newest_versions
from scoring.board.reading.heading import contest_of
from scoring.board.snapshots.checking import (
    SpotCheckEntry,
    SpotCheckHeld,
    SpotCheckPage,
    SpotCheckScore,
    SpotCheckSheet,
    SpotCheckSheets,
)
from scoring.board.views.sheet_form import drawn_sheet, judged_of
from scoring.extensions import db
from scoring.rules.refusal import Refused, problems_of
from scoring.rules.spot_check import SpotCheckRule, asks_for_all
from scoring.store import Round, SpotCheck, SpotCheckLine, Turn
from scoring.store.contests import RELEASED
from scoring.store.ledger import name_behind
from scoring.store.sheets import SUBMITTED
from scoring.store.spot_checks import ERROR


def spot_check_of(contest_id: int, event: int | None = None) -> SpotCheck | None:
    """The event's spot check, if it was drawn; raises LookupError."""
    event_id = core_of(contest_id, event).event.id
    wanted = select(SpotCheck).join(SpotCheckLine).join(Turn).join(Round).where(Round.event_id == event_id)
    return db.session.scalars(wanted.order_by(SpotCheck.id.desc())).first()


def turns_to_check(contest_id: int, event: int | None = None) -> dict[str, Turn]:
    """All released turns by name.

    Raises Refused: spot_check_too_early while one of the round is not released, spot_check_nothing where none has a
    score.
    """
    core = core_of(contest_id, event)
    if not core.turns or any(state.turn.state != RELEASED for state in core.turns):
        raise Refused.because("spot_check_too_early")
    if not (scored := _turns(core)):
        raise Refused.because("spot_check_nothing")
    return scored


def _turns(core: Core) -> dict[str, Turn]:
    played = [state.turn for placed in core.ranked for state in placed.turns] + [state.turn for state in core.turns]
    by_id = {turn.id: turn for turn in played if not turn.not_held}
    return {_name(turn): turn for turn in by_id.values()}


def _name(turn: Turn) -> str:
    """Its number; a match has its place in the round before it, because two may meet twice."""
    return f"{turn.round.position}.{turn.pairing['key']} {turn.number}" if turn.pairing else turn.number


def ranks_to_check(contest_id: int, event: int | None = None) -> dict[str, int]:
    """The best rank that each released turn gave, by name; who is not ranked comes after all others."""
    core = core_of(contest_id, event)
    last = len(core.ranked) + 1
    best: dict[int, int] = {}
    for placed in core.ranked:
        for state in placed.turns:
            best[state.turn.id] = min(best.get(state.turn.id, last), placed.ranked.rank)
    return {name: best.get(turn.id, last) for name, turn in _turns(core).items()}


def spot_check(contest_id: int, event: int | None = None) -> SpotCheckPage:
    """The state of the check and its lines, without marks; raises LookupError."""
    core, check = core_of(contest_id, event), spot_check_of(contest_id, event)
    problem = next(iter(problems_of(lambda: turns_to_check(contest_id, event))), None)
    return {
        "revision": core.revision,
        "contest": contest_of(core),
        "ready": problem is None,
        "why": problem.code if problem else "",
        "defaults": SpotCheckRule().to_data(),
        "check": _check(check) if check else None,
    }


def _check(check: SpotCheck) -> SpotCheckHeld:
    chosen = [line for line in check.lines if line.chosen != "full"]
    errors = sum(line.found == ERROR for line in chosen)
    too_many = asks_for_all(SpotCheckRule.from_data(check.rule), errors, len(chosen))
    return {
        "rule": check.rule,
        "seed": check.seed,
        "witness": check.witness,
        "by": name_behind(check.actor),
        "at": check.at.isoformat(),
        "state": _state(check, too_many),
        "checked": sum(bool(line.found) for line in check.lines),
        "errors": sum(line.found == ERROR for line in check.lines),
        "lines": [_line(line) for line in check.lines],
    }


def _state(check: SpotCheck, too_many: bool) -> str:
    """running, all_needed, all_running, passed or all_checked."""
    done = all(line.found for line in check.lines)
    if check.full_at is not None:
        return "all_checked" if done else "all_running"
    if too_many:
        return "all_needed"
    return "passed" if done else "running"


def _line(line: SpotCheckLine) -> SpotCheckEntry:
    return {
        "id": line.id,
        "number": line.turn.number,
        "chosen": line.chosen,
        "found": line.found,
        "note": line.note,
        "by": name_behind(line.actor),
    }


def spot_check_line(contest_id: int, line_id: int) -> SpotCheckSheets:
    """One score to check with every sheet that counts, mark by mark; raises LookupError."""
    line = db.session.get(SpotCheckLine, line_id)
    if line is None or line.spot_check.contest_id != contest_id:
        raise LookupError(line_id)
    turn, versions = line.turn, newest_versions([line.turn_id])
    counted = [(seat, versions.get((turn.id, seat.id))) for seat in turn.panel if seat.id not in turn.recused]
    sheets: list[SpotCheckSheet] = [
        {"seat": seat.number, "name": seat.name, "source": version.source, "tablet": drawn_sheet(turn, version.typed)}
        for seat, version in counted
        if version is not None and version.state == SUBMITTED
    ]
    return {**_line(line), "judged": judged_of(turn), "sheets": sheets, "score": _score(turn)}


def _score(turn: Turn) -> list[SpotCheckScore]:
    """The announced final score of each part, with what was taken off."""
    announced = turn.releases[-1].announced if turn.releases else {}
    return [
        {"part": part, "final": said["final"], "mean": said["mean"], "penalty_sum": said["penalty_sum"]}
        for part, said in announced.items()
    ]
