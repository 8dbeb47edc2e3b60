"""Who reviews which document: the draw, changes by hand, opening the review, and a further review of a disputed one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from scoring.actions.find import turn_in
from scoring.actions.registry import REVIEWING, RULING, Field, _l, logged, of_id, read_ids, typed, verb
from scoring.actions.review.coding import seats_of_event
from scoring.actions.review.documents import event_of_documents, turns_of_documents
from scoring.actions.review.sealing import check_may_pair, is_sealed_from
from scoring.actions.running.recusals import recuse, reinstate
from scoring.actions.running.seals import break_seal
from scoring.actions.transaction import Actor, coming, record
from scoring.board.conditions.kept_off import kept_off, related_to
from scoring.board.conditions.releasing import check_not_rehearsed, check_unreleased
from scoring.board.conditions.withheld import is_told, was_left
from scoring.board.reading.facts import outcome_of
from scoring.board.views.review import is_ready, opening_waits_for
from scoring.extensions import db
from scoring.rules.assignment import assign, check_assignment
from scoring.rules.draw import draw
from scoring.rules.formats.common import reviewing_by
from scoring.rules.refusal import Refused
from scoring.rules.rereview import CHAIR, REVIEWER
from scoring.rules.reviewers import ReviewerRules
from scoring.store import Assignment, Coding, Entry, Event, Seat, Turn
from scoring.store.contests import MARKING, OPEN, WAITING
from scoring.store.people import CODER

DRAW = "draw_reviewers"
#: The fact of a document for which a further review was asked for, by a reviewer or the chair, and nobody named yet.
ASKED = "rereview_asked"


@verb((typed("seed"), Field("seat", "seat_ids", read_ids), typed("reason")), roles=REVIEWING)
@logged("draws", _l("drew the reviewers, seed %(seed)s (sealed %(sealed_seed)s, typed %(typed)s)"))
def draw_reviewers(actor: Actor, contest_id: int, seed: str, seat_ids: Sequence[int], reason: str = "") -> None:
    """Assign reviewers to every document that is not open yet, in equal loads.

    Nobody gets a document from which they are kept off. The seed is mixed with that of the coding, which is not told
    yet, and with who is kept off, so that a draw under another relation differs everywhere and tells nothing. It is
    drawn once: many draws would tell by their statistics, so that only the coding officer draws again, for a reason.
    `seat_ids` are the seats that take part in the draw; the chair and reserve judges stay out of it.
    Raises Refused: contest_unknown, no_documents_here, not_coded, review_begun, reviewers_drawn, reason_missing,
    seat_not_in_room, and what the rulebook refuses: the problems of the seed, supervisor_types,
    too_few_reviewers (for whoever is not the coding officer too_few_free, which names no code).
    Source: domain page 2D, assignment.
    """
    event = _coded(contest_id)
    turns = [turn for turn in turns_of_documents(event) if turn.state == WAITING]
    if not turns:
        raise Refused.because("review_begun")
    again = _is_again(actor, event, turns)
    seats = {str(seat.number): seat for seat in _chosen(event, seat_ids)}
    off = {turn.code: kept_off(turn) for turn in turns}
    sealed = break_seal(actor, event, seed, None, reason, again)
    drawn = _drawn(actor, event, list(seats), off, sealed["seed"])
    for turn in turns:
        _give(turn, [seats[name] for name in drawn[turn.code]])
    told: dict[str, Any] = {
        "reviewers": list(seats),
        "avoided": list(_rules(event).avoid),
        "kept_off": off,
        "drawn": _told(turns),
    }
    record(event.contest, actor, DRAW, seats_of_event(event), **sealed, **told)


def _is_again(actor: Actor, event: Event, turns: Sequence[Turn]) -> bool:
    """Whether reviewers are drawn already; Refused(reviewers_drawn) for whoever may not draw them again."""
    again = any(turn.assignments for turn in turns)
    if again and is_sealed_from(actor, event):
        raise Refused.because("reviewers_drawn")
    return again


def _drawn(
    actor: Actor, event: Event, reviewers: Sequence[str], off: Mapping[str, Sequence[str]], seed: str
) -> dict[str, tuple[str, ...]]:
    """The reviewers of each code; whoever may not know who is kept off is not told for which document there are few."""
    try:
        return assign(list(off), reviewers, _rules(event).per_document, off, lots(event, seed, off))
    except Refused as refused:
        if refused.code == "too_few_reviewers" and is_sealed_from(actor, event):
            raise Refused.because("too_few_free") from None
        raise


def lots(event: Event, seed: str, off: Mapping[str, Sequence[str]]) -> str:
    """The seed of a draw of reviewers (64 hex digits), which anybody can work out again after the decoding.

    It is the SHA-256 of [seed, the coding's seed, {code: numbers kept off}, draws before it] as JSON with sorted keys.
    """
    coding: Coding | None = event.coding
    before = select(func.count()).select_from(Entry).where(Entry.contest_id == event.contest_id, Entry.verb == DRAW)
    mixed = [seed, coding.seed if coding else "", off, db.session.scalar(before)]
    return sha256(json.dumps(mixed, sort_keys=True).encode()).hexdigest()


@verb(roles=REVIEWING, done=_l("The assignment is changed; this is on record."))
@logged("draws", _l("assigned reviewers by hand"))
def assign_by_hand(actor: Actor, contest_id: int, chosen: Mapping[int, Sequence[int]]) -> None:
    """Put these seats (ids, by turn id) on the documents; a document that is open keeps whoever has begun with it.

    Raises Refused: contest_unknown, no_documents_here, not_coded, coder_decides, turn_unknown, turn_released,
    sheet_begun, and with every problem, the field is the code: unknown_reviewer, reviewer_recused, reviewer_twice,
    reviewers_not_enough.
    """
    event = _coded(contest_id)
    check_may_pair(actor, event)
    turns = {turn.id: turn for turn in turns_of_documents(event)}
    if not set(chosen) <= set(turns):
        raise Refused.because("turn_unknown")
    seats = {seat.id: seat for room in event.rooms for seat in room.seats}
    wanted = {turns[turn_id].code: tuple(_name(seats, one) for one in given) for turn_id, given in chosen.items()}
    off = {turn.code: kept_off(turn) for turn in turns.values()}
    check_assignment(wanted, [str(seat.number) for seat in seats.values()], _rules(event).per_document, off)
    for turn_id, given in chosen.items():
        _change(turns[turn_id], [seats[one] for one in given])
    changed = [turns[turn_id] for turn_id in chosen]
    record(event.contest, actor, "assign_by_hand", seats_of_event(event), assigned=_told(changed))


@verb(roles=RULING, done=_l("The cleared documents are open to their reviewers."))
@logged("review", _l("opened the documents to their reviewers"))
def open_review(actor: Actor, contest_id: int) -> None:
    """Open every cleared document that has its reviewers; those that are cleared later are opened by doing it again.

    Raises Refused: contest_unknown, no_documents_here, not_coded, contest_not_open, rehearsal_on, reviewers_missing
    (says the codes), nothing_cleared.
    """
    event = _coded(contest_id)
    if event.contest.state != OPEN:
        raise Refused.because("contest_not_open")
    check_not_rehearsed(event.contest)
    turns = turns_of_documents(event)
    if problem := opening_waits_for(turns, _rules(event).per_document):
        raise Refused(problem)
    ready = [turn for turn in turns if is_ready(turn)]
    revision = coming(event.contest)
    for turn in ready:
        turn.begin(MARKING, revision)
    record(event.contest, actor, "open_review", seats_of_event(event), opened=[turn.code for turn in ready])


@verb((of_id("turn"), typed("by")), roles=REVIEWING)
@logged(
    "review",
    _l("ordered a further review of document %(turn)s"),
    coded=_l("ordered a further review; of which document is told after the decoding"),
)
def order_rereview(actor: Actor, contest_id: int, turn_id: int, by: str, seat_id: int | None = None) -> None:
    """Give a document whose reviewers lie too far apart to a further reviewer or to the chair.

    While the documents are coded the organizer only asks for it, and the coding officer says to whom it goes: a
    refusal, or nobody being free, would tell whose it is. Once a reviewer has left one, the coding officer does both.
    Without a seat a further reviewer is drawn among those who take part and are free. Raises Refused:
    contest_unknown, no_documents_here, not_coded, turn_unknown, rereview_by_unknown, coder_decides,
    rereview_not_needed, seat_not_in_room, reviewer_twice, reviewer_recused, nobody_free.
    Source: domain page 2D, re-review.
    """
    event = _coded(contest_id)
    turn = turn_in(contest_id, turn_id)
    if by not in (REVIEWER, CHAIR):
        raise Refused.because("rereview_by_unknown", "by")
    if is_sealed_from(actor, event):
        _ask_for_rereview(actor, turn, by, seat_id)
        return
    seat = _further(event, turn, seat_id)
    if not is_disputed(turn):
        raise Refused.because("rereview_not_needed", number=turn.number)
    turn.assignments.append(Assignment(seat=seat))
    kept = {name: fact for name, fact in turn.facts.items() if name != ASKED}
    turn.facts = {**kept, "rereview": {"seat": str(seat.number), "by": by}}
    record(event.contest, actor, "order_rereview", [seat.id], turn=turn.id, code=turn.code, seat=seat.id, by=by)


@logged("review", _l("asked for a further review of document %(turn)s"), name="ask_for_rereview")
def _ask_for_rereview(actor: Actor, turn: Turn, by: str, seat_id: int | None) -> None:
    turns = turns_of_documents(turn.round.event)
    if seat_id is not None or was_left(turns):
        raise Refused.because("coder_decides")
    if ASKED in turn.facts or not is_told(turns) or not is_disputed(turn):
        raise Refused.because("rereview_not_needed", number=turn.number)
    turn.facts = {**turn.facts, ASKED: by}
    record(turn.contest, actor, "ask_for_rereview", turn=turn.id, code=turn.code, by=by)


def _further(event: Event, turn: Turn, seat_id: int | None) -> Seat:
    """The seat that was named, or one that is drawn."""
    off = kept_off(turn)
    if seat_id is None:
        return replacement(event, turn, off)
    (seat,) = _chosen(event, [seat_id])
    if seat in turn.panel:
        raise Refused.because("reviewer_twice", "seat", reviewer=str(seat.number))
    if str(seat.number) in off:
        raise Refused.because("reviewer_recused", "seat", reviewer=str(seat.number))
    return seat


def replacement(event: Event, turn: Turn, off: Sequence[str]) -> Seat:
    """One more reviewer, drawn among those with the fewest documents who take part and are free.

    Raises Refused: nobody_free.
    """
    given = Counter(one.seat for other in turns_of_documents(event) for one in other.assignments)
    there = {one.seat for one in turn.assignments}
    free = {str(one.number): one for one in given if one not in there and str(one.number) not in off}
    if not free:
        raise Refused.because("nobody_free", number=turn.number)
    order = draw(lots(event, f"{turn.code} {len(turn.assignments)}", {turn.code: off}), "replacement", list(free))
    return min((free[name] for name in order), key=lambda seat: given[seat])


@verb(
    (of_id("turn"), of_id("seat"), typed("ground"), typed("reason")),
    roles=REVIEWING,
    done=_l("This reviewer does not review the document any more. This is on record."),
)
def recuse_reviewer(actor: Actor, contest_id: int, turn_id: int, seat_id: int, ground: str, reason: str) -> None:
    """Record that a reviewer steps back from a coded document; the seat stays on it as recused.

    Raises Refused: contest_unknown, no_documents_here, not_coded, turn_unknown, and as `recuse` does.
    """
    _coded(contest_id)
    recuse(actor, turn_in(contest_id, turn_id).id, seat_id, ground, reason)


@verb(roles=(CODER,), done=_l("This reviewer reviews the document again. This is on record."))
def reinstate_reviewer(actor: Actor, contest_id: int, turn_id: int, seat_id: int) -> None:
    """Let a reviewer review a coded document again who stepped back by mistake.

    Raises Refused: contest_unknown, no_documents_here, not_coded, turn_unknown, coder_decides, reviewer_recused (a
    relation keeps the reviewer off), reviewers_enough (others have taken the place), and as `reinstate` does.
    """
    event = _coded(contest_id)
    turn = turn_in(contest_id, turn_id)
    check_may_pair(actor, event)
    if seat_id in related_to(turn):
        raise Refused.because("reviewer_recused", "seat", reviewer=_name({one.id: one for one in turn.panel}, seat_id))
    others = [one for one in turn.assignments if one.seat_id not in turn.recused]
    needed = _rules(event).per_document + ("rereview" in turn.facts)
    if len(others) >= needed and seat_id in turn.recused:
        raise Refused.because("reviewers_enough", number=turn.code, reviewers=len(others))
    reinstate(actor, turn.id, seat_id)


def is_disputed(turn: Turn) -> bool:
    """Whether all that the document's result lacks is a further review."""
    try:
        outcome_of(turn)
    except Refused as refused:
        return refused.code == "rereview_needed"
    return False


def _coded(contest_id: int) -> Event:
    event = event_of_documents(contest_id)
    if event.coding is None:
        raise Refused.because("not_coded")
    return event


def _rules(event: Event) -> ReviewerRules:
    return reviewing_by(event.settings)


def _chosen(event: Event, seat_ids: Sequence[int]) -> list[Seat]:
    seats = {seat.id: seat for room in event.rooms for seat in room.seats}
    if not set(seat_ids) <= set(seats):
        raise Refused.because("seat_not_in_room")
    return [seat for seat in seats.values() if seat.id in seat_ids]


def _name(seats: Mapping[int, Seat], seat_id: int) -> str:
    return str(seats[seat_id].number) if seat_id in seats else "?"


def _change(turn: Turn, seats: Sequence[Seat]) -> None:
    check_unreleased(turn)
    begun = {sheet.seat_id for sheet in turn.sheets}
    lost = [one.seat for one in _dispensable(turn, seats) if one.seat_id in begun]
    if lost:
        raise Refused.because("sheet_begun", number=turn.number, seats=", ".join(str(seat.number) for seat in lost))
    _give(turn, seats)


def _give(turn: Turn, seats: Sequence[Seat]) -> None:
    """Exactly these seats; who has the document already keeps the place, and whoever is recused stays as such."""
    for assignment in _dispensable(turn, seats):
        turn.assignments.remove(assignment)
    there = {assignment.seat_id for assignment in turn.assignments}
    turn.assignments.extend(Assignment(seat=seat) for seat in seats if seat.id not in there)
    db.session.flush()


def _dispensable(turn: Turn, seats: Sequence[Seat]) -> list[Assignment]:
    return [one for one in turn.assignments if one.seat not in seats and one.seat_id not in turn.recused]


def _told(turns: Sequence[Turn]) -> dict[str, list[int]]:
    return {turn.code: [seat.number for seat in turn.panel] for turn in turns}
