"""Corrections (更正): after the release nothing changes but by a request that the chief judge approves."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from scoring.actions.find import seat_of, turn_in
from scoring.actions.registry import ASKING, EVERYWHERE, _l, logged, of_id, typed, verb
from scoring.actions.results.corrected_points import LISTED, OVERTIME, apply_points, held_of, listed_changes
from scoring.actions.results.disqualifications import OUT, decision_to_lift, lift, plays_on, put_out_after_release
from scoring.actions.results.versions import add_version, read_typed, sheet_of
from scoring.actions.running.benches import merged
from scoring.actions.running.next_round import changes_next_round, fill_next
from scoring.actions.running.not_performing import appearing
from scoring.actions.running.unfilling import unfill
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.retraction import built_on
from scoring.board.reading.facts import format_of, outcome_of, parts_of, sheets_of
from scoring.board.reading.freeze import release_in_force
from scoring.board.reading.not_performing import out_of_event
from scoring.extensions import db
from scoring.rules.formats.base import Benches, Outcome
from scoring.rules.formats.common import overtime_of
from scoring.rules.not_performing import PERFORMED, TURN, reach_of
from scoring.rules.penalties import overtime_points
from scoring.rules.refusal import Refused
from scoring.store import Contestant, Correction, NotPerforming, Release, Sheet, Turn
from scoring.store.contests import RELEASED
from scoring.store.corrections import APPROVED, OPEN, REJECTED
from scoring.store.ledger import name_behind
from scoring.store.model import is_storable, now
from scoring.store.people import CHIEF
from scoring.store.sheets import FROM_CORRECTION, SUBMITTED

WAITS = _l("The request waits for the chief judge. Nothing is changed before the approval.")
LONGEST_REASON, LONGEST_NAME = 400, 60


@verb(
    (typed("asked_by"), typed("reason")),
    roles=ASKING,
    done=WAITS,
)
def request_sheet(
    actor: Actor, contest_id: int, turn_id: int, seat_id: int, typed: object, asked_by: str, reason: str
) -> None:
    """Ask for the correction of one judge's sheet of a released turn; `typed` is the whole sheet as it should be.

    Raises Refused: turn_unknown, seat_not_in_room, correction_too_early, turn_not_held, paper_seat_recused,
    correction_no_sheet, correction_open, correction_empty, reason_missing, field_too_long,
    field_missing, and the sheet's own problems.
    Source: domain page 4, corrections.
    """
    turn = _scored(contest_id, turn_id)
    seat = seat_of(turn, seat_id)
    if seat.id in turn.recused:
        raise Refused.because("paper_seat_recused", number=turn.number, seats=seat.number)
    sheet = db.session.scalar(select(Sheet).where(Sheet.turn_id == turn.id, Sheet.seat_id == seat.id))
    if sheet is None or sheet.newest.state != SUBMITTED:
        raise Refused.because("correction_no_sheet", seats=seat.number, number=turn.number)
    _check_none_open(turn, seat.id)
    clean, marks = read_typed(turn, typed)
    if marks == sheet.newest.marks:
        raise Refused.because("correction_empty")
    changes = _changes(sheet.newest.typed, clean)
    _add(actor, turn, asked_by, reason, seat=seat, typed=clean, changes=changes, version=sheet.newest.number)


@verb(
    (of_id("turn"), typed("part"), typed("asked_by"), typed("reason")),
    roles=ASKING,
    done=WAITS,
)
def request_overtime(
    actor: Actor, contest_id: int, turn_id: int, part: str, seconds: int, asked_by: str, reason: str
) -> None:
    """Ask for another overtime of a released turn, in whole seconds over; 0 takes a recorded one away.

    Raises Refused: turn_unknown, correction_too_early, turn_not_held, overtime_from_time, unknown_part,
    correction_open, correction_empty, reason_missing, field_too_long, field_missing, and
    what the rule refuses about the seconds.
    """
    turn = _scored(contest_id, turn_id)
    if format_of(turn.round.event).coded:
        raise Refused.because("overtime_from_time")
    if part not in parts_of(turn):
        raise Refused.because("unknown_part", "part")
    _check_none_open(turn, None)
    held = held_of(turn, part, OVERTIME)
    before = [held.seconds or 0, held.points] if held else [0, "0"]
    after = [seconds, str(_points(turn, seconds))]
    if before[1] == after[1]:
        raise Refused.because("correction_empty")
    changes = {"seconds": [str(before[0]), str(after[0])], "points": [before[1], after[1]]}
    _add(actor, turn, asked_by, reason, part=part, typed={}, changes=changes)


@verb(
    (of_id("turn"), typed("part"), typed("kind"), typed("points"), typed("asked_by"), typed("reason")),
    roles=ASKING,
    done=WAITS,
)
def request_listed(
    actor: Actor, contest_id: int, turn_id: int, part: str, kind: str, points: str, asked_by: str, reason: str
) -> None:
    """Ask for other points of the list of a released turn; 0 takes away what was entered.

    Raises Refused: turn_unknown, correction_too_early, turn_not_held, unknown_ruling, unknown_part, correction_open,
    correction_empty, reason_missing, field_too_long, field_missing, and what the list refuses about the points.
    """
    turn = _scored(contest_id, turn_id)
    changes = listed_changes(turn, part, kind, points)
    _check_none_open(turn, None)
    _add(actor, turn, asked_by, reason, part=part, typed={LISTED: kind}, changes=changes)


@verb(
    (of_id("turn"), typed("kind"), typed("asked_by"), typed("reason"), of_id("contestant", optional=True)),
    roles=ASKING,
    done=WAITS,
)
def request_out(
    actor: Actor,
    contest_id: int,
    turn_id: int,
    kind: str,
    asked_by: str,
    reason: str,
    contestant_id: int = 0,
    reach: str = "",
) -> None:
    """Ask that somebody whose score is released is put out: disqualified, say, and not ranked any more.

    `contestant_id` says who where several appear in the turn.
    Raises Refused: turn_unknown, correction_too_early, not_performing_unknown, reach_unknown, not_performing_who,
    not_performing_twice, correction_open, reason_missing, field_too_long, field_missing.
    Source: domain page 1, not performing, and page 4, corrections.
    """
    turn = _released(contest_id, turn_id)
    far = reach_of(kind, reach)
    one = appearing(turn, contestant_id)
    gone: set[int | None] = {decision.contestant_id for decision in turn.out.values()}
    if far != TURN:
        gone |= out_of_event(turn.round.event).keys()
    if turn.not_held or {one.id, one.team_id} & gone:
        raise Refused.because("not_performing_twice", number=one.number)
    _check_none_open(turn, None)
    typed = {"contestant": str(one.id), "kind": kind, "reach": far}
    _add(actor, turn, asked_by, reason, typed=typed, changes={OUT: ["", kind]})


@verb(
    (of_id("decision"), typed("asked_by"), typed("reason")),
    roles=ASKING,
    done=WAITS,
)
def request_lift(actor: Actor, contest_id: int, decision_id: int, asked_by: str, reason: str) -> None:
    """Ask that somebody whom a correction has put out is let in again: the score counts as it did before.

    Raises Refused: not_performing_gone, lift_at_desk (no correction did it: the desk takes it back), correction_open,
    reason_missing, field_too_long, field_missing. Source: domain page 4, corrections.
    """
    decision = decision_to_lift(contest_id, decision_id)
    assert decision.turn is not None
    _check_none_open(decision.turn, None)
    typed, changes = {"decision": str(decision.id)}, {OUT: [decision.kind, ""]}
    _add(actor, decision.turn, asked_by, reason, typed=typed, changes=changes)


@verb(
    (of_id("correction"), typed("reason")),
    roles=(CHIEF,),
    done=_l("Approved: the score is counted again and shown as corrected."),
)
@logged(
    "changes",
    _l("approved a correction of no. %(turn)s"),
    EVERYWHERE,
    out=_l("approved that no. %(contestant)s is put out (%(kind_named)s)"),
    back=_l("approved that no. %(contestant)s is let in again (%(kind_named)s)"),
)
def approve_correction(actor: Actor, contest_id: int, correction_id: int, reason: str) -> None:
    """Approve a request: the sheet or overtime is stored anew, the score counted again and released as corrected.

    Raises Refused: correction_unknown, correction_decided, correction_own, correction_too_early, correction_outdated,
    correction_ties_match, correction_changes_next_round, made_called and the like, reason_missing, field_too_long, and
    whatever the recount refuses.
    """
    correction = _open_request(contest_id, correction_id, actor)
    turn, why = correction.turn, _text("reason", reason, LONGEST_REASON)
    _released(contest_id, turn.id)
    if turn.not_held and not _lifts(correction):
        raise Refused.because("correction_outdated", number=turn.number)
    before = release_in_force(turn)
    assert before is not None
    _apply(actor, correction)
    db.session.flush()
    db.session.expire(turn)
    if correction.seat is not None:
        _settle_as_corrected(turn, str(correction.seat.number), why)
    outcome = outcome_of(turn)
    if outcome.verdict.get("needs"):
        raise Refused.because("correction_ties_match", number=turn.number)
    held = not turn.not_held
    announced = {part: score.explanation.to_data() for part, score in outcome.scores.items() if held}
    verdict = dict(outcome.verdict) | ({} if held else {PERFORMED: True})
    about = {"verdict": verdict, "actor": actor.label, "revision": coming(turn.contest)}
    db.session.add(Release(turn=turn, announced=announced, correction_id=correction.id, **about))
    db.session.flush()
    if not plays_on(correction):
        _renew_next_round(turn, before, outcome)
    _decide(actor, correction, APPROVED, why)
    figures: dict[str, Any] = {"before": before.announced, "after": announced}
    record(turn.contest, actor, "approve_correction", **_about(correction), reason=why, **figures)


@verb((of_id("correction"), typed("reason")), roles=(CHIEF,), done=_l("Rejected. The request stays on record."))
@logged(
    "changes",
    _l("rejected a correction of no. %(turn)s"),
    out=_l("rejected that no. %(contestant)s is put out (%(kind_named)s)"),
    back=_l("rejected that no. %(contestant)s is let in again (%(kind_named)s)"),
)
def reject_correction(actor: Actor, contest_id: int, correction_id: int, reason: str) -> None:
    """Reject a request; it stays on record with the reason.

    Raises Refused: correction_unknown, correction_decided, correction_own, reason_missing, field_too_long.
    """
    correction = _open_request(contest_id, correction_id, actor)
    why = _text("reason", reason, LONGEST_REASON)
    _decide(actor, correction, REJECTED, why)
    record(correction.turn.contest, actor, "reject_correction", **_about(correction), reason=why)


def _released(contest_id: int, turn_id: int) -> Turn:
    turn = turn_in(contest_id, turn_id)
    if turn.state != RELEASED:
        raise Refused.because("correction_too_early", number=turn.alias)
    return turn


def _scored(contest_id: int, turn_id: int) -> Turn:
    turn = _released(contest_id, turn_id)
    if turn.not_held:
        raise Refused.because("turn_not_held", number=turn.alias)
    return turn


def _check_none_open(turn: Turn, seat_id: int | None) -> None:
    """Refuse a second request about the same thing while one waits: nobody could say what the old value is."""
    wanted = select(Correction.id).where(Correction.turn_id == turn.id, Correction.state == OPEN)
    if db.session.scalar(wanted.where(Correction.seat_id == seat_id)):
        raise Refused.because("correction_open", number=turn.number)


@logged(
    "changes",
    _l("asked for a correction of no. %(turn)s on behalf of %(asked_by)s"),
    name="request_correction",
    out=_l("asked on behalf of %(asked_by)s that no. %(contestant)s is put out (%(kind_named)s)"),
    back=_l("asked on behalf of %(asked_by)s that no. %(contestant)s is let in again (%(kind_named)s)"),
)
def _add(actor: Actor, turn: Turn, asked_by: str, reason: str, **about: Any) -> None:
    why, asker = _text("reason", reason, LONGEST_REASON), _text("asked_by", asked_by, LONGEST_NAME)
    correction = Correction(turn=turn, reason=why, asked_by=asker, requested_by=actor.label, state=OPEN, **about)
    db.session.add(correction)
    db.session.flush()
    record(turn.contest, actor, "request_correction", **_about(correction), reason=why, asked_by=asker)


def _about(correction: Correction) -> dict[str, Any]:
    return {
        "correction": correction.id,
        "turn": correction.turn_id,
        "number": correction.turn.number,
        "seat": correction.seat_id,
        "part": correction.part,
        "changes": correction.changes,
        **_put_out(correction),
    }


def _put_out(correction: Correction) -> dict[str, str]:
    """The number of whoever is put out or let in again, {} where the correction is about figures."""
    if "contestant" in correction.typed:
        one = db.session.get_one(Contestant, int(correction.typed["contestant"]))
    elif "decision" in correction.typed:
        one = db.session.get_one(NotPerforming, int(correction.typed["decision"])).contestant
    else:
        return {}
    return {"contestant": one.number}


def _text(name: str, raw: str, most: int) -> str:
    text = raw.strip()
    if not text:
        raise Refused.because("reason_missing" if name == "reason" else "field_missing", name)
    if len(text) > most or not is_storable(text):
        raise Refused.because("field_too_long", name, most=most)
    return text


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[str]]:
    """Old and new by field, where they are not the same figure."""
    fields = [*before, *(field for field in after if field not in before)]
    pairs = {field: [before.get(field, ""), after.get(field, "")] for field in fields}
    return {field: pair for field, pair in pairs.items() if _figure(pair[0]) != _figure(pair[1])}


def _figure(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _open_request(contest_id: int, correction_id: int, actor: Actor) -> Correction:
    correction = db.session.get(Correction, correction_id)
    if correction is None or correction.turn.contest.id != contest_id:
        raise Refused.because("correction_unknown")
    if correction.state != OPEN:
        raise Refused.because("correction_decided")
    if correction.requested_by == actor.label:
        raise Refused.because("correction_own")
    return correction


def _decide(actor: Actor, correction: Correction, state: str, reason: str) -> None:
    correction.state, correction.decision = state, reason
    correction.decided_by, correction.decided_at = actor.label, now()


def _lifts(correction: Correction) -> bool:
    """Whether it lets somebody in again whom an earlier one has put out."""
    return "decision" in correction.typed


def _apply(actor: Actor, correction: Correction) -> None:
    if _lifts(correction):
        lift(correction, coming(correction.turn.contest))
        return
    if OUT in correction.changes:
        if correction.turn.not_held:
            raise Refused.because("correction_outdated", number=correction.turn.number)
        put_out_after_release(correction, name_behind(actor.label), coming(correction.turn.contest))
        return
    if correction.seat is None:
        apply_points(actor, correction)
        return
    turn = correction.turn
    sheet = sheet_of(turn, correction.seat)
    if sheet.newest.number != correction.version:
        raise Refused.because("correction_outdated", number=turn.number)
    clean, marks = read_typed(turn, correction.typed)
    more = {"marks": marks, "reason": correction.reason, "source": FROM_CORRECTION, "correction_id": correction.id}
    add_version(sheet, actor, turn, SUBMITTED, clean, **more)


def _settle_as_corrected(turn: Turn, seat: str, reason: str) -> None:
    """Where two inspectors must agree, the chief's approval settles the lines on which the corrected sheet differs."""
    event = turn.round.event
    benches = format_of(event)
    if not isinstance(benches, Benches):
        return
    sheets = sheets_of(turn)
    for dispute in benches.disputes(event.settings, sheets, turn.facts):
        if dispute.settled is None:
            settled = benches.settle(event.settings, sheets, dispute.line, dispute.found[seat].count, reason)
            known = turn.facts.get("settlements", {})
            turn.facts = merged(turn, "settlements", {**known, dispute.line: settled})


def _points(turn: Turn, seconds: int) -> Decimal:
    rule = overtime_of(turn.round.event.settings)
    return overtime_points(seconds, rule) if rule else Decimal(0)


def _renew_next_round(turn: Turn, before: Release, outcome: Outcome) -> None:
    """Fill the next round anew where other people belong in it now and nobody has gone on with it.

    Nobody is put out of a round that people have gone on with: raises Refused correction_changes_next_round.
    """
    if not changes_next_round(turn, before, outcome):
        return
    if built_on(turn):
        raise Refused.because("correction_changes_next_round", number=turn.number)
    unfill(turn)
    fill_next(turn)
