"""Sheets that share a commit: what one of them adds is kept back until then, and yet each meets what came before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from scoring.actions.running.sheets import Incoming, Stored, hand_in, keep
from scoring.actions.transaction import Actor
from scoring.board.reading.log import check_chain
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, Entry, Sheet, SheetVersion
from scoring.store.intake import Intake
from scoring.store.writer import Order, write
from tests.conftest import FULL_MARKS, Venue

Verb = Callable[[Intake, Incoming], Stored]


def incoming(venue: Venue, judge: int, typed: object = None, **more: Any) -> Incoming:
    """A sheet of a judge for the first turn."""
    seat_id = venue.seat(judge).id
    return Incoming(Actor(f"seat:{seat_id}"), venue.turn("01").id, seat_id, typed or FULL_MARKS, **more)


def _order(verb: Verb, sheet: Incoming) -> Order:
    return Order.of_lean(lambda intake: verb(intake, sheet))


def in_one_commit(*sheets: tuple[Verb, Incoming]) -> list[Any]:
    """What became of each: the stored sheet, or the code of its refusal. None of them made the others try again."""
    orders = [_order(verb, sheet) for verb, sheet in sheets]
    db.session.rollback()
    ended: list[str] = []
    notes = {name: lambda _connection, name=name: ended.append(name) for name in ("commit", "rollback")}
    for name, note in notes.items():
        event.listen(db.engine, name, note)
    write(orders)
    for name, note in notes.items():
        event.remove(db.engine, name, note)
    assert ended == ["commit"]
    return [_outcome(order) for order in orders]


def _outcome(order: Order) -> Any:
    try:
        return order.result().sheet
    except Refused as refused:
        return refused.problems[0].code


def states() -> list[tuple[int, str]]:
    """The stored versions by number and state, in the order in which they were stored."""
    stored = select(SheetVersion.number, SheetVersion.state).order_by(SheetVersion.id)
    return [(number, state) for number, state in db.session.execute(stored)]


def revisions(venue: Venue) -> tuple[int, int, int | None]:
    """The contest's revision and public revision, and the newest revision of its audit trail."""
    newest = select(func.max(Entry.revision)).where(Entry.contest_id == venue.contest_id).scalar_subquery()
    row = db.session.execute(select(Contest.revision, Contest.public_revision, newest)).one()
    return row[0], row[1], row[2]


def test_a_panel_that_hands_in_together_is_stored_as_if_one_after_the_other(venue: Venue) -> None:
    venue.call("01")
    revision, public, newest = revisions(venue)
    assert newest == revision
    answers = in_one_commit(*((hand_in, incoming(venue, n, submission=f"sheet-of-{n}")) for n in range(1, 8)))
    assert [answer["state"] for answer in answers] == ["submitted"] * 7
    assert states() == [(1, "submitted")] * 7
    assert revisions(venue) == (revision + 7, public + 7, revision + 7)
    assert check_chain(venue.contest_id)["broken"] is None
    venue.release("01")
    assert venue.audience()["rows"][0]["score"] == "100.00"


def test_a_draft_and_the_submission_after_it_are_two_versions_of_one_sheet(venue: Venue) -> None:
    venue.call("01")
    draft = incoming(venue, 3, {"facts": "12"}, base=0)
    later = incoming(venue, 3, submission="sheet-of-3", base=1)
    kept, submitted = in_one_commit((keep, draft), (hand_in, later))
    assert (kept["state"], kept["version"]) == ("draft", 1)
    assert (submitted["state"], submitted["version"]) == ("submitted", 2)
    assert states() == [(1, "draft"), (2, "submitted")]
    assert db.session.scalar(select(func.count()).select_from(Sheet)) == 1
    assert check_chain(venue.contest_id)["broken"] is None


def test_a_submission_that_arrives_twice_is_stored_once_and_answered_twice(venue: Venue) -> None:
    venue.call("01")
    sheet = incoming(venue, 3, submission="sheet-of-3")
    first, second = in_one_commit((hand_in, sheet), (hand_in, sheet))
    assert first == second
    assert states() == [(1, "submitted")]


def test_another_seat_cannot_hand_in_under_the_same_id_and_a_second_sheet_of_the_seat_is_refused(venue: Venue) -> None:
    venue.call("01")
    mine, theirs = incoming(venue, 3, submission="sheet-of-3"), incoming(venue, 4, submission="sheet-of-3")
    again = incoming(venue, 3, submission="another-of-3")
    outcomes = in_one_commit((hand_in, mine), (hand_in, theirs), (hand_in, again))
    assert outcomes[1:] == ["submission_malformed", "sheet_submitted"]
    assert states() == [(1, "submitted")]


def test_a_refused_sheet_leaves_nothing_and_the_others_are_stored(venue: Venue) -> None:
    venue.call("01")
    revision = revisions(venue)[0]
    bad = incoming(venue, 2, {"facts": "ninety"}, submission="sheet-of-2")
    good = [incoming(venue, judge, submission=f"sheet-of-{judge}") for judge in (1, 3)]
    outcomes = in_one_commit((hand_in, good[0]), (hand_in, bad), (hand_in, good[1]))
    assert outcomes[1] == "mark_not_a_number"
    assert states() == [(1, "submitted")] * 2
    assert db.session.scalar(select(func.count()).select_from(Sheet)) == 2
    assert revisions(venue)[0] == revision + 2


def test_what_the_database_refuses_at_the_end_fails_alone_and_the_others_are_stored(venue: Venue) -> None:
    venue.call("01")
    turn_id, seats = venue.turn("01").id, [venue.seat(judge).id for judge in (5, 6)]

    def unchecked(intake: Intake) -> None:
        """Two sheets under one id: as from a process that had not seen what another one stored meanwhile."""
        version = {
            "state": "draft",
            "typed": {},
            "settings_version": 1,
            "actor": "test",
            "revision": 1,
            "submission": "the same id",
        }
        for seat_id in seats:
            intake.add_version(turn_id, seat_id, None, **version)

    draft = incoming(venue, 4, base=0)
    good, bad = Order.of_lean(lambda intake: keep(intake, draft)), Order.of_lean(unchecked)
    db.session.rollback()
    write([good, bad])
    assert good.result().sheet["state"] == "draft"
    with pytest.raises(IntegrityError):
        bad.result()
    assert states() == [(1, "draft")]
