"""Recusal relations (回避): declared once, waived with a reason, and applied to every turn that waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select

from scoring.actions.find import contest_of
from scoring.actions.registry import EVERYWHERE, _l, logged, of_id, typed, verb
from scoring.actions.said import stated
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.conflicts import (
    Found,
    by_contestant,
    conflicts_of,
    grounds_of,
    judge_of,
    people_of,
    relation_of,
    seats_of_panels,
    turns_to_judge,
)
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.rules.conflicts import DECLARED, RELATIONS
from scoring.rules.refusal import Refused
from scoring.store import Contest, Contestant, Recusal, Relation, Seat, Turn, Waiver
from scoring.store.contests import WAITING
from scoring.store.model import is_storable, now

LONGEST_NOTE, LONGEST_REASON = 200, 400


@verb(
    (of_id("seat"), of_id("contestant"), typed("ground"), typed("note")),
    done=_l("The relation is recorded and applies to every turn that waits."),
)
@logged("panel", _l("recorded a relation"))
def declare_relation(
    actor: Actor, contest_id: int, seat_id: int, contestant_id: int, ground: str, note: str = ""
) -> None:
    """Record that the judge at a seat is kin or mentor of a contestant; it holds wherever this judge sits.

    Raises Refused: contest_unknown, seat_unknown, contestant_unknown_here, judge_unnamed, ground_unknown,
    field_too_long, field_not_text, relation_twice.
    """
    contest = contest_of(contest_id)
    seat, contestant = _seat(contest, seat_id), _contestant(contest, contestant_id)
    if not seat.name:
        raise Refused.because("judge_unnamed", "seat")
    if ground not in DECLARED:
        raise Refused.because("ground_unknown", "ground")
    note = _text("note", note, LONGEST_NOTE)
    if relation_of(contest, seat.name, contestant.id, ground):
        raise Refused.because("relation_twice")
    about = {"judge": seat.name, "contestant_id": contestant.id, "ground": ground, "note": note}
    db.session.add(Relation(contest_id=contest.id, actor=actor.label, **about))
    record(contest, actor, "declare_relation", relation=about | {"number": contestant.number})
    apply_relations(actor, contest)


@verb(of_id("relation"), done=_l("The relation is taken back, and the recusals that followed from it."))
@logged("panel", _l("withdrew a relation"))
def withdraw_relation(actor: Actor, contest_id: int, relation_id: int) -> None:
    """Take back a relation that was declared by mistake; the recusals that follow from it go with it.

    Raises Refused: contest_unknown, relation_gone.
    """
    contest, relation = contest_of(contest_id), db.session.get(Relation, relation_id)
    if relation is None or relation.contest_id != contest_id or relation.withdrawn_at is not None:
        raise Refused.because("relation_gone")
    relation.withdrawn_at = now()
    about = {"judge": relation.judge, "number": relation.contestant.number, "ground": relation.ground}
    record(contest, actor, "withdraw_relation", relation=about)
    apply_relations(actor, contest)


@verb(
    (of_id("seat"), of_id("contestant"), typed("ground"), typed("reason")),
    done=_l("Marks in spite of it. The reason is on record."),
)
@logged("panel", _l("let %(judge)s mark no. %(turn)s in spite of a relation"))
def waive(actor: Actor, contest_id: int, seat_id: int, contestant_id: int, ground: str, reason: str) -> None:
    """Decide, with a reason, that a judge marks a contestant in spite of this ground.

    Raises Refused: contest_unknown, seat_unknown, contestant_unknown_here, reason_missing, field_too_long,
    field_not_text, conflict_gone, waived_already.
    """
    contest = contest_of(contest_id)
    seat, contestant = _seat(contest, seat_id), _contestant(contest, contestant_id)
    reason = stated(reason)
    found = conflicts_of(contest, [contestant.id])
    mine = next((one for one in found if one.seat is seat and one.ground == ground), None)
    if mine is None:
        raise Refused.because("conflict_gone")
    if mine.waiver is not None:
        raise Refused.because("waived_already")
    about = {"judge": judge_of(seat), "contestant_id": contestant.id, "ground": ground}
    why = _text("reason", reason, LONGEST_REASON)
    db.session.add(Waiver(contest_id=contest.id, reason=why, actor=actor.label, **about))
    record(contest, actor, "waive", judge=judge_of(seat), number=contestant.number, ground=ground, reason=why)
    apply_relations(actor, contest)


@verb(of_id("waiver"), done=_l("The ground counts again."))
@logged("panel", _l("withdrew that a relation of %(judge)s is passed over"))
def withdraw_waiver(actor: Actor, contest_id: int, waiver_id: int) -> None:
    """Let the ground count again. Raises Refused: contest_unknown, conflict_gone."""
    contest, waiver = contest_of(contest_id), db.session.get(Waiver, waiver_id)
    if waiver is None or waiver.contest_id != contest_id or waiver.withdrawn_at is not None:
        raise Refused.because("conflict_gone")
    waiver.withdrawn_at = now()
    record(contest, actor, "withdraw_waiver", judge=waiver.judge, ground=waiver.ground)
    apply_relations(actor, contest)


@verb(done=_l("The levels are changed and apply to every turn that waits."))
@logged("panel", _l("chose which relations recuse"))
def choose_levels(actor: Actor, contest_id: int, levels: Collection[str]) -> None:
    """Choose which relations recuse a judge in this contest. Raises Refused: contest_unknown, ground_unknown."""
    contest = contest_of(contest_id)
    if not set(levels) <= set(RELATIONS):
        raise Refused.because("ground_unknown", "levels")
    contest.recusal_levels = [level for level in RELATIONS if level in levels]
    record(contest, actor, "choose_levels", levels=contest.recusal_levels)
    apply_relations(actor, contest)


def apply_relations(actor: Actor, contest: Contest) -> None:
    """Recuse the related judges for every turn that waits, and reinstate those who are related no more.

    Not where the work is coded: there a recusal would stand beside the code of whom the relation is about. Who is kept
    off is worked out when the reviewers are drawn, and afterwards the coding officer applies it.
    """
    db.session.flush()
    waiting = [turn for turn in turns_to_judge(contest) if turn.state == WAITING and not turn.hidden]
    _apply(actor, contest, waiting, conflicts_of(contest))


def recuse_related(actor: Actor, turns: Iterable[Turn]) -> None:
    """The same for turns that are just being called: whatever was missed before counts now."""
    for turn in turns:
        if not turn.hidden:
            _apply(actor, turn.contest, [turn], conflicts_of(turn.contest, people_of(turn)))


@logged("panel", _l("applied the recorded relations to the panels"), EVERYWHERE, name="recuse_related")
def _apply(actor: Actor, contest: Contest, turns: Iterable[Turn], found: tuple[Found, ...]) -> None:
    index = by_contestant(found)
    recused, reinstated = [], []
    with db.session.no_autoflush:
        for turn in turns:
            added, gone = _bring_in_line(actor, turn, grounds_of(turn, index))
            recused += [_told(turn, one) for one in added]
            reinstated += [_told(turn, one) for one in gone]
    db.session.flush()
    if recused or reinstated:
        record(contest, actor, "recuse_related", recused=recused, reinstated=reinstated)


def _bring_in_line(actor: Actor, turn: Turn, wanted: dict[int, Found]) -> tuple[list[Recusal], list[Recusal]]:
    in_force = turn.recused
    gone = [one for key, one in in_force.items() if one.relation and _ground(wanted.get(key)) != one.ground]
    for recusal in gone:
        recusal.withdrawn_at = now()
    there = set(in_force) - {one.seat_id for one in gone}
    added = [_recusal(actor, turn, one) for key, one in wanted.items() if key not in there]
    return added, gone


def _ground(found: Found | None) -> str:
    return found.ground if found else ""


def _recusal(actor: Actor, turn: Turn, found: Found) -> Recusal:
    note = found.relation.note if found.relation and not format_of(turn.round.event).coded else ""
    recusal = Recusal(
        turn=turn,
        seat=found.seat,
        seat_id=found.seat.id,
        ground=found.ground,
        reason=note,
        relation=True,
        actor=actor.label,
    )
    db.session.add(recusal)
    return recusal


def _told(turn: Turn, recusal: Recusal) -> dict[str, object]:
    """Which judge for which turn; the ground only where it does not tell whose work lies behind a code."""
    told: dict[str, object] = {"turn": turn.id, "seat": recusal.seat_id}
    return told if format_of(turn.round.event).coded else told | {"ground": recusal.ground}


def _seat(contest: Contest, seat_id: int) -> Seat:
    seat = next((seat for seat in seats_of_panels(contest) if seat.id == seat_id), None)
    if seat is None:
        raise Refused.because("seat_unknown", "seat")
    return seat


def _contestant(contest: Contest, contestant_id: int) -> Contestant:
    wanted = select(Contestant).where(Contestant.id == contestant_id, Contestant.contest_id == contest.id)
    contestant = db.session.scalar(wanted)
    if contestant is None:
        raise Refused.because("contestant_unknown_here", "contestant")
    return contestant


def _text(name: str, text: str, most: int) -> str:
    if not is_storable(text):
        raise Refused.because("field_not_text", name)
    if len(text.strip()) > most:
        raise Refused.because("field_too_long", name, most=most)
    return text.strip()
