"""Who reviews which document: the draw, changes by hand, opening the review, and a further review of a disputed one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from scoring.actions.documents import event_of_documents, turns_of_documents
from scoring.actions.find import turn_in
from scoring.actions.recusals import recuse
from scoring.actions.relations import apply_relations
from scoring.actions.transaction import Actor, coming, record
from scoring.board import outcome_of
from scoring.board.conflicts import conflicts_of
from scoring.board.offices import offices_of
from scoring.board.releasing import check_not_rehearsed, check_unreleased
from scoring.board.review import is_ready, opening_waits_for
from scoring.extensions import db
from scoring.rules.assignment import assign, check_assignment
from scoring.rules.offices import Belonging, Home, Offices, shared
from scoring.rules.refusal import Refused
from scoring.rules.rereview import CHAIR, REVIEWER
from scoring.rules.reviewers import ReviewerRules
from scoring.store import Assignment, Event, Seat, Turn
from scoring.store.contests import MARKING, OPEN, WAITING


def draw_reviewers(actor: Actor, contest_id: int, seed: str, seat_ids: Sequence[int]) -> None:
    """Assign reviewers to every document that is not open yet: equal loads, the same for the same seed.

    Nobody gets a document from which they are recused, or one of the own office or department as the event's rules say.
    `seat_ids` are the seats that take part in the draw; the chair and reserve judges stay out of it.
    Raises Refused: contest_unknown, no_documents_here, not_coded, review_begun, seat_not_in_room, and what the rulebook
    refuses: too_few_reviewers, the problems of the seed. Source: domain page 2D, assignment.
    """
    event = _coded(contest_id)
    turns = [turn for turn in turns_of_documents(event) if turn.state == WAITING]
    if not turns:
        raise Refused.because("review_begun")
    apply_relations(actor, event.contest)
    seats = {str(seat.number): seat for seat in _chosen(event, seat_ids)}
    names = [turn.code for turn in turns]
    rules = _rules(event)
    drawn = assign(names, list(seats), rules.per_document, {turn.code: _kept_off(turn) for turn in turns}, seed)
    for turn in turns:
        _give(turn, [seats[name] for name in drawn[turn.code]])
    record(
        event.contest,
        actor,
        "draw_reviewers",
        _all_seats(event),
        seed=seed.strip(),
        reviewers=list(seats),
        avoided=list(rules.avoid),
        drawn=_told(turns),
    )


def assign_by_hand(actor: Actor, contest_id: int, chosen: Mapping[int, Sequence[int]]) -> None:
    """Put these seats (ids, by turn id) on the documents; a document that is open keeps whoever has begun with it.

    Raises Refused: contest_unknown, no_documents_here, not_coded, turn_unknown, turn_released, sheet_begun, and with
    every problem, the field is the code: unknown_reviewer, reviewer_recused, reviewer_twice, reviewers_not_enough.
    """
    event = _coded(contest_id)
    turns = {turn.id: turn for turn in turns_of_documents(event)}
    if not set(chosen) <= set(turns):
        raise Refused.because("turn_unknown")
    seats = {seat.id: seat for room in event.rooms for seat in room.seats}
    wanted = {turns[turn_id].code: tuple(_name(seats, one) for one in given) for turn_id, given in chosen.items()}
    off = {turn.code: _kept_off(turn) for turn in turns.values()}
    check_assignment(wanted, [str(seat.number) for seat in seats.values()], _rules(event).per_document, off)
    for turn_id, given in chosen.items():
        _change(turns[turn_id], [seats[one] for one in given])
    changed = [turns[turn_id] for turn_id in chosen]
    record(event.contest, actor, "assign_by_hand", _all_seats(event), assigned=_told(changed))


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
    record(event.contest, actor, "open_review", _all_seats(event), opened=[turn.code for turn in ready])


def order_rereview(actor: Actor, contest_id: int, turn_id: int, seat_id: int, by: str) -> None:
    """Give a document whose reviewers lie too far apart to a further reviewer or to the chair.

    Raises Refused: contest_unknown, no_documents_here, not_coded, turn_unknown, rereview_by_unknown, seat_not_in_room,
    reviewer_twice, reviewer_recused, rereview_not_needed. Source: domain page 2D, re-review.
    """
    event = _coded(contest_id)
    turn = turn_in(contest_id, turn_id)
    if by not in (REVIEWER, CHAIR):
        raise Refused.because("rereview_by_unknown", "by")
    (seat,) = _chosen(event, [seat_id])
    if seat in turn.panel:
        raise Refused.because("reviewer_twice", "seat", reviewer=str(seat.number))
    if str(seat.number) in _kept_off(turn):
        raise Refused.because("reviewer_recused", "seat", reviewer=str(seat.number))
    if not is_disputed(turn):
        raise Refused.because("rereview_not_needed", number=turn.number)
    turn.assignments.append(Assignment(seat=seat))
    turn.facts = {**turn.facts, "rereview": {"seat": str(seat.number), "by": by}}
    record(event.contest, actor, "order_rereview", [seat.id], turn=turn.id, code=turn.code, seat=seat.id, by=by)


def recuse_reviewer(actor: Actor, contest_id: int, turn_id: int, seat_id: int, ground: str, reason: str) -> None:
    """Record that a reviewer steps back from a coded document; the seat stays on it as recused.

    Raises Refused: contest_unknown, no_documents_here, not_coded, turn_unknown, and as `recuse` does.
    """
    _coded(contest_id)
    recuse(actor, turn_in(contest_id, turn_id).id, seat_id, ground, reason)


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
    return ReviewerRules.from_data(event.settings["reviewers"])


def _kept_off(turn: Turn) -> list[str]:
    """The numbers of the seats that may not review the document: recused ones, and its author's own office's.

    Both are told apart nowhere: while the documents are coded, the ground would say whose it is.
    """
    author, avoid = turn.appearances[0].contestant, _rules(turn.round.event).avoid
    offices = offices_of(turn.contest)
    home = offices.home(Belonging("", author.office, author.department))
    waived = {(one.seat.id, one.ground) for one in conflicts_of(turn.contest, [author.id]) if one.waiver}
    return [
        str(seat.number)
        for room in turn.round.event.rooms
        for seat in room.seats
        if seat.id in turn.recused
        or _related(offices, home, seat, [one for one in avoid if (seat.id, one) not in waived])
    ]


def _related(offices: Offices, home: Home, seat: Seat, avoid: Collection[str]) -> bool:
    reviewer = offices.home(Belonging("", seat.office, seat.department))
    return any(one in avoid for one in shared(home, reviewer))


def _chosen(event: Event, seat_ids: Sequence[int]) -> list[Seat]:
    seats = {seat.id: seat for room in event.rooms for seat in room.seats}
    if not set(seat_ids) <= set(seats):
        raise Refused.because("seat_not_in_room")
    return [seat for seat in seats.values() if seat.id in seat_ids]


def _name(seats: Mapping[int, Seat], seat_id: int) -> str:
    return str(seats[seat_id].number) if seat_id in seats else "?"


def _all_seats(event: Event) -> list[int]:
    return [seat.id for room in event.rooms for seat in room.seats]


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
