"""Photos of defects: kept beside the documents, referred to from the sheet, and refused with clear words."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest

from scoring.actions.running import photos, recusals
from scoring.actions.transaction import Actor, perform
from scoring.board.reading.facts import outcome_of
from scoring.board.views.differences import differences
from scoring.extensions import db
from scoring.store import Entry, Photo
from scoring.store.kept_files import content_of
from tests.actions.hall import DESK, Hall, checklist, first_handed_in
from tests.conftest import Installation, Venue, begin_with
from tests.refusals import refused

JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08" + struct.pack(">HH", 480, 640) + b"\x03" + b"\0" * 20


def png(width: int = 640, more: bytes = b"") -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", width, 480) + b"\x08\x02\0\0\0" + more


@pytest.fixture
def hall(installation: Installation) -> Iterator[Hall]:
    """Two clerks at work, the first one's file handed in."""
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            yield first_handed_in()


def takes(hall: Hall, inspector: int, number: str = "01", content: bytes = JPEG) -> int:
    seat_id = hall.seat(inspector).id
    return perform(photos.add_photo, Actor(f"seat:{seat_id}"), hall.turn(number).id, seat_id, content)


def kept() -> int:
    db.session.rollback()
    return db.session.query(Photo).count()


@pytest.mark.parametrize(("content", "kind"), [(JPEG, "image/jpeg"), (png(), "image/png")])
def test_a_photo_is_kept_as_it_is_with_its_kind_by_content(hall, content, kind):
    photo = db.session.get_one(Photo, takes(hall, 1, content=content))
    assert (photo.kind, content_of(photo.sha256)) == (kind, content)
    entry = db.session.query(Entry).filter_by(verb="add_photo").one()
    assert entry.details["sha256"] == photo.sha256


def test_the_same_photo_sent_twice_is_one_photo_also_after_the_submission(hall):
    first = takes(hall, 1)
    assert takes(hall, 1) == first
    hall.submits(1, "01", checklist(index__wrong_entry="1") | {"index.wrong_entry.1.photo": str(first)})
    assert takes(hall, 1) == first
    with refused("sheet_submitted"):
        takes(hall, 1, content=png())
    assert kept() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo_empty"),
        (b"%PDF-1.7 not a picture", "photo_not_an_image"),
        (b"<svg onload='alert(1)'/>", "photo_not_an_image"),
        (b"GIF89a" + b"\0" * 40, "photo_not_an_image"),
        (png(width=20_000), "photo_not_an_image"),
        (png(more=b"\0" * photos.MOST_BYTES), "photo_too_large"),
    ],
)
def test_what_is_no_photo_or_too_large_is_refused_and_not_kept(hall, content, code):
    with refused(code):
        takes(hall, 1, content=content)
    assert kept() == 0


def test_a_photo_of_a_bench_that_is_not_handed_in_is_refused(hall):
    with refused("not_handed_in"):
        takes(hall, 1, "02")
    assert kept() == 0


def test_a_photo_by_somebody_who_does_not_inspect_this_file_is_refused(hall):
    perform(recusals.recuse, DESK, hall.turn("01").id, hall.seat(2).id, "kin", "declared")
    with refused("seat_recused"):
        takes(hall, 2)
    with refused("seat_not_in_room"):
        perform(photos.add_photo, Actor("seat:99"), hall.turn("01").id, 99, JPEG)
    assert kept() == 0


def test_a_photo_where_there_are_no_benches_is_refused(venue: Venue):
    venue.call("01")
    seat_id = venue.seat(1).id
    with refused("no_benches"):
        perform(photos.add_photo, Actor("seat"), venue.turn("01").id, seat_id, JPEG)


def test_no_more_photos_than_sixty_are_taken_of_one_file(hall, monkeypatch):
    monkeypatch.setattr(photos, "MOST_PHOTOS", 1)
    takes(hall, 1)
    with refused("too_many_photos"):
        takes(hall, 1, content=png())
    assert takes(hall, 2, content=png())


def test_a_sheet_that_refers_to_somebody_elses_photo_or_to_none_is_refused_beside_the_place(hall):
    theirs = takes(hall, 2)
    for photo in (str(theirs), "999", "abc", "-1"):
        with refused("photo_unknown") as caught:
            hall.submits(1, "01", checklist(index__wrong_entry="1") | {"index.wrong_entry.1.photo": photo})
        assert caught.value.problems[0].field == "index.wrong_entry.1.photo"


def test_the_chief_sees_the_photo_beside_the_occurrence_it_belongs_to(hall):
    photo = takes(hall, 1)
    hall.submits(1, "01", checklist(index__wrong_entry="2") | {"index.wrong_entry.2.photo": str(photo)})
    hall.submits(2, "01", checklist(index__wrong_entry="1"))
    (file,) = differences(hall.contest_id)["files"]
    (dispute,) = file["disputes"]
    assert [found["seen"] for found in dispute["found"]] == [[{"page": "", "note": "", "photo": str(photo)}], []]


def test_photos_change_nothing_in_what_two_inspectors_agree_upon(hall):
    photo = takes(hall, 1)
    hall.submits(1, "01", checklist(index__wrong_entry="1") | {"index.wrong_entry.1.photo": str(photo)})
    hall.submits(2, "01", checklist(index__wrong_entry="1"))
    assert differences(hall.contest_id)["files"][0]["disputes"] == []
    assert str(outcome_of(hall.turn("01")).scores[""].final) == "99.00"
