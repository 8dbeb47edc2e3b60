"""Paper sheets: two people enter the same sheet without seeing each other's, and it counts once they agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from scoring.actions.find import turn_in
from scoring.actions.registry import EVERYWHERE, _l, logged, verb
from scoring.actions.results.versions import add_version, check_markable, read_typed, sheet_of
from scoring.actions.review.sealing import check_may_pair
from scoring.actions.transaction import Actor, record
from scoring.board.reading.facts import format_of
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import PaperEntry, Seat, Turn
from scoring.store.model import now
from scoring.store.people import CHECKER, CODER, TALLIER
from scoring.store.sheets import FROM_PAPER, SUBMITTED

FIRST, DIFFERS, STORED = "first", "differs", "stored"
_SAID_OF_PAPER = {"seat_recused": "paper_seat_recused", "sheet_submitted": "paper_sheet_in"}


@verb(roles=(TALLIER, CHECKER))
@logged(
    "sheets",
    _l("entered the paper sheet of %(about)s for no. %(turn)s"),
    coded=_l("entered a paper sheet; which one is told after the decoding"),
)
def enter_paper(actor: Actor, contest_id: int, turn_id: int, seat_id: int, typed: object) -> str:
    """Keep what one account read off a judge's paper sheet; answers first, differs or stored.

    The second entry must be another account's. If both read the same, the sheet is submitted and locked, marked as
    from paper; if not, either enters it again until they do.
    Raises Refused: turn_unknown, coder_decides (of a coded document whose sheet the coding officer has not named as one
    of paper, whoever it is), seat_not_in_room, not_handed_in, turn_not_open, turn_released, paper_seat_recused,
    paper_sheet_in, paper_same_person, paper_two_entries, sheet_malformed and every problem by criterion.
    Source: domain page 3, tallier and checker, double entry of paper.
    """
    turn, seat = _markable(contest_id, turn_id, seat_id)
    clean, marks = read_typed(turn, typed)
    entries = entries_in_force(turn.id, seat.id)
    _check_person(actor, entries, seat)
    for own in [entry for entry in entries if entry.actor == actor.label]:
        own.closed_at = now()
    mine = PaperEntry(turn=turn, seat=seat, actor=actor.label, typed=clean)
    db.session.add(mine)
    other = next((entry for entry in entries if entry.actor != actor.label), None)
    about: dict[str, Any] = {"turn": turn.id, "seat": seat.id, "number": turn.alias}
    if other is None or read_typed(turn, other.typed)[1] != marks:
        record(turn.contest, actor, "enter_paper", **about, differs=other is not None)
        return FIRST if other is None else DIFFERS
    _store(actor, turn, seat, mine, other, marks)
    return STORED


@logged(
    "sheets",
    _l("stored the sheet of %(about)s for no. %(turn)s from paper, after two entries that agree"),
    EVERYWHERE,
    name="store_paper",
    coded=_l("stored a sheet from paper, after two entries that agree; which one is told after the decoding"),
)
def _store(actor: Actor, turn: Turn, seat: Seat, mine: PaperEntry, other: PaperEntry, marks: dict[str, Any]) -> None:
    mine.closed_at = other.closed_at = now()
    sheet = sheet_of(turn, seat)
    reason = f"{other.actor} · {actor.label}"
    add_version(sheet, actor, turn, SUBMITTED, mine.typed, marks=marks, source=FROM_PAPER, reason=reason)
    db.session.flush()
    db.session.expire(sheet, ["versions"])
    about: dict[str, Any] = {"turn": turn.id, "seat": seat.id, "number": turn.alias, "marks": marks}
    record(turn.contest, actor, "store_paper", [seat.id], **about, entered=[other.actor, actor.label])


@verb(roles=(TALLIER, CHECKER), done=_l("Your entry is taken back."))
@logged(
    "sheets",
    _l("took an entry of the paper sheet of %(about)s for no. %(turn)s back"),
    coded=_l("took an entry of a paper sheet back; which one is told after the decoding"),
)
def withdraw_paper(actor: Actor, contest_id: int, turn_id: int, seat_id: int) -> None:
    """Take back the account's own entry, such as one for the wrong judge.

    Raises Refused: turn_unknown, coder_decides, paper_entry_unknown.
    """
    turn = turn_in(contest_id, turn_id)
    _check_named(turn, seat_id)
    own = [entry for entry in entries_in_force(turn.id, seat_id) if entry.actor == actor.label]
    if not own:
        raise Refused.because("paper_entry_unknown")
    own[0].closed_at = now()
    record(turn.contest, actor, "withdraw_paper", turn=turn.id, seat=seat_id, number=turn.alias)


@verb(roles=(CODER,), done=_l("Two people can enter this sheet of paper now."))
@logged(
    "sheets",
    _l("said that the sheet of %(about)s for no. %(turn)s is on paper"),
    coded=_l("said that a sheet is on paper; which one is told after the decoding"),
)
def name_paper(actor: Actor, contest_id: int, turn_id: int, seat_id: int) -> None:
    """Say that a reviewer's sheet about a coded document is on paper: others may then enter it, and know of no other.

    Raises Refused: turn_unknown, coder_decides (of everybody but the coding officer), paper_not_coded,
    seat_not_in_room, turn_not_open, turn_released, paper_seat_recused, paper_sheet_in, paper_named_already.
    """
    turn = turn_in(contest_id, turn_id)
    check_may_pair(actor, turn.round.event)
    if not turn.round.event.is_sealed:
        raise Refused.because("paper_not_coded")
    seat = _check_missing(turn, seat_id)
    assignment = next(one for one in turn.assignments if one.seat_id == seat.id)
    if assignment.on_paper:
        raise Refused.because("paper_named_already", seats=seat.number, number=turn.alias)
    assignment.on_paper = True
    record(turn.contest, actor, "name_paper", turn=turn.id, seat=seat.id, number=turn.alias)


def _check_named(turn: Turn, seat_id: int) -> None:
    """Asked before anything is looked up: any other answer would tell how the reviewer stands to the code."""
    named = any(one.on_paper and one.seat_id == seat_id for one in turn.assignments)
    if turn.round.event.is_sealed and not named:
        raise Refused.because("coder_decides")


def entries_in_force(turn_id: int, seat_id: int) -> Sequence[PaperEntry]:
    """The entries of a paper sheet that are not closed, the first first."""
    wanted = select(PaperEntry).where(PaperEntry.turn_id == turn_id, PaperEntry.seat_id == seat_id)
    return db.session.scalars(wanted.where(PaperEntry.closed_at.is_(None)).order_by(PaperEntry.id)).all()


def _markable(contest_id: int, turn_id: int, seat_id: int) -> tuple[Turn, Seat]:
    turn = turn_in(contest_id, turn_id)
    _check_named(turn, seat_id)
    return turn, _check_missing(turn, seat_id)


def _check_missing(turn: Turn, seat_id: int) -> Seat:
    """The seat whose sheet is missing; raises Refused as `check_markable` does, said of paper."""
    try:
        return check_markable(turn, seat_id)
    except Refused as refused:
        if refused.code not in _SAID_OF_PAPER:
            raise
        seat = db.session.get_one(Seat, seat_id)
        code = "points_in_already" if format_of(turn.round.event).entered else _SAID_OF_PAPER[refused.code]
        raise Refused.because(code, number=turn.alias, seats=seat.number) from None


def _check_person(actor: Actor, entries: Sequence[PaperEntry], seat: Seat) -> None:
    """Alone nobody confirms what they entered themselves, and a third person settles nothing."""
    people = [entry.actor for entry in entries]
    if people == [actor.label]:
        raise Refused.because("paper_same_person", seats=seat.number)
    if len(people) > 1 and actor.label not in people:
        raise Refused.because("paper_two_entries", seats=seat.number)
