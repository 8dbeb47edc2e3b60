"""A rehearsal that is over is deleted: no row of it is left but its address and the places of its seats."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import func, select

from scoring.actions.preparing import rehearsal_rest, rehearsing
from scoring.actions.running import screens, sheets, turns
from scoring.actions.transaction import Actor, perform
from scoring.board.views.audience import audience
from scoring.board.views.rehearsal import Machine, rehearsal
from scoring.demo import all_round, case_binding, debate, suggestion_review
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest, Document, Room, Seat, Sheet, SheetVersion, Turn
from scoring.store.rehearsals import seat_led_to
from tests.conftest import DESK, FULL_MARKS, Venue

HERE = Machine("here")
#: By these a tablet and a screen find back; and the entries are the contest's own.
STAY = {"contest", "event", "round", "room", "seat", "rehearsal", "entry"}


def counted() -> dict[str, int]:
    """How many rows every table has."""
    db.session.rollback()
    tables = db.metadata.sorted_tables
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def kept_files() -> set[str]:
    folder = Path(current_app.config["INSTANCE"]) / "documents"
    return {file.name for file in folder.iterdir()} if folder.exists() else set()


def named_files() -> set[str]:
    """The files that a document is kept in, as it came and as it is shown."""
    named = db.session.execute(select(Document.sha256, Document.shown_sha256))
    return {digest for both in named for digest in both if digest}


def is_marked(copy_id: int) -> tuple[int, int]:
    """A judge of the rehearsal submits a sheet of the first turn; the ids of the turn and the seat."""
    turn = db.session.scalars(select(Turn).join(Room, Turn.room_id == Room.id).order_by(Turn.id.desc())).first()
    first = min((one for one in turn.room.event.rounds[0].turns), key=lambda one: one.position)
    turn_id, seat_id = first.id, first.panel[0].id
    assert first.contest.id == copy_id
    perform(turns.call, DESK, turn_id)
    perform(sheets.submit, Actor(f"seat:{seat_id}"), turn_id, seat_id, FULL_MARKS, f"rehearsed-{seat_id}")
    return turn_id, seat_id


@pytest.mark.parametrize("kind", [case_binding, suggestion_review, debate, all_round])
def test_nothing_of_a_rehearsal_is_left_in_the_database_in_any_format(venue: Venue, kind) -> None:
    kind.create(DESK)
    contest_id = db.session.scalars(select(Contest.id).where(Contest.slug == kind.SLUG)).one()
    before, files = counted(), kept_files()
    copy_id = perform(rehearsing.begin_rehearsal, DESK, contest_id)
    perform(screens.freeze, DESK, copy_id)
    perform(screens.unfreeze, DESK, copy_id)
    perform(rehearsal_rest.skip_rest, DESK, contest_id)
    perform(rehearsing.end_rehearsal, DESK, contest_id, HERE)
    after = counted()
    assert {name for name in after if after[name] != before[name]} <= STAY
    assert after["entry"] == before["entry"] + 2, "it began and ended, says the contest's own log"
    assert named_files() <= kept_files() <= files
    assert rehearsal(contest_id, HERE)["findings"], "the report stays"
    assert {seat.name for seat in seats_of(copy_id)} == {""}


def seats_of(contest_id: int) -> list[Seat]:
    contest = db.session.get_one(Contest, contest_id)
    return [seat for event in contest.events for room in event.rooms for seat in room.seats]


def test_begun_anew_the_one_before_is_deleted_and_no_id_of_it_is_given_again(venue: Venue) -> None:
    first_seat = venue.seat(1).id
    copy_id = perform(rehearsing.begin_rehearsal, DESK, venue.contest_id)
    turn_id, seat_id = is_marked(copy_id)
    sheet_id, version = db.session.scalars(select(Sheet.id)).one(), db.session.scalars(select(SheetVersion.id)).one()
    other_id = perform(rehearsing.begin_anew, DESK, venue.contest_id, HERE)
    assert db.session.get(Turn, turn_id) is None
    assert db.session.scalars(select(Sheet)).all() == []
    later, seat = is_marked(other_id)
    assert later > turn_id
    assert seat > seat_id
    assert db.session.scalars(select(Sheet.id)).one() > sheet_id
    assert db.session.scalars(select(SheetVersion.id)).one() > version
    assert seat_led_to(db.session.get_one(Seat, seat_id)).id == first_seat


@pytest.mark.parametrize(
    ("verb", "why"),
    [
        (screens.unfreeze, "screens_as_asked"),
        (screens.freeze, "contest_given_up"),
        (screens.take_scene, "contest_given_up"),
    ],
)
def test_no_verb_does_anything_in_a_rehearsal_that_is_over(venue: Venue, verb, why) -> None:
    copy_id = perform(rehearsing.begin_rehearsal, DESK, venue.contest_id)
    perform(screens.freeze, DESK, copy_id)
    perform(rehearsing.end_rehearsal, DESK, venue.contest_id, HERE)
    with pytest.raises(Refused, match=why):
        perform(verb, DESK, copy_id)
    assert audience(copy_id)["rows"] == []


def test_a_press_on_a_page_of_the_rehearsal_that_is_over_leads_to_its_report_and_says_why(
    venue: Venue, organizer
) -> None:
    copy_id = perform(rehearsing.begin_rehearsal, DESK, venue.contest_id)
    perform(screens.freeze, DESK, copy_id)
    perform(rehearsing.end_rehearsal, DESK, venue.contest_id, HERE)
    answer = organizer.post(f"/desk/{copy_id}/unfreeze", data={"request": "late", "page": "screens"})
    assert (answer.status_code, answer.location) == (303, f"/desk/{venue.contest_id}/rehearsal")
    assert "Nothing is done in it any more" in organizer.get(answer.location).text
