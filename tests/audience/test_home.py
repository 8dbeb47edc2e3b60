"""The home page: every contest with its state, and a door for each who comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, update

from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import Actor
from scoring.actions.transaction import perform as change
from scoring.board.reading import frames
from scoring.board.reading.doubts import keep_doubts
from scoring.extensions import db
from scoring.store import Contest
from scoring.store.contests import PREPARING
from tests.audience.conftest import CALM, Visitor, perform
from tests.audience.reading import read
from tests.conftest import Venue


def test_there_is_a_door_for_everybody(visitor: Visitor) -> None:
    links = visitor.reads("/").links
    assert {"/c/shifa", "/c/shifa/screen", "/judge/", "/desk/"} <= set(links)


def test_every_door_opens(visitor: Visitor) -> None:
    for link in visitor.reads("/").links:
        answer = visitor.client.get(link, follow_redirects=True)
        assert answer.status_code == 200, link


def test_a_contest_is_shown_by_its_name_in_the_visitors_language(chinese: Visitor, english: Visitor) -> None:
    assert chinese.reads("/").one("h3").text == "释法说理决赛"
    assert english.reads("/").one("h3").text == "Final"


def test_a_contest_in_doubt_is_named_but_not_to_strangers_who_know_nothing_of_it(
    venue: Venue, english: Visitor
) -> None:
    keep_doubts({venue.contest_id: []})
    try:
        assert "Final" in english.get("/").text
        db.session.execute(update(Contest).values(state=PREPARING, public_revision=Contest.public_revision + 1))
        db.session.commit()
        assert "Final" not in english.get("/").text
    finally:
        keep_doubts({})


def test_a_contest_has_not_begun_then_is_under_way_then_finished(venue: Venue, english: Visitor) -> None:
    assert english.reads("/").one(name="stage").text == "Not begun"
    venue.call("01")
    assert english.reads("/").one(name="stage").text == "Under way"
    venue.all_submit("01", CALM)
    venue.release("01")
    for number in ("02", "03"):
        perform(venue, number, CALM)
    assert english.reads("/").one(name="stage").text == "Finished"


def test_it_says_how_many_scores_are_released_and_who_performs(venue: Venue, english: Visitor) -> None:
    perform(venue, "01", CALM)
    venue.call("02")
    contest = english.reads("/").one(name="contest").text
    assert "1 of 3 released" in contest
    assert "Performing now No. 02" in contest


def test_without_a_contest_it_says_what_to_do(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("language", "en")
    page = read(client.get("/").text)
    assert "There is no contest yet. An organizer can set one up." in page.text
    assert "/desk/first-start" in page.links


@pytest.mark.parametrize("page", ["", "/screen", "/board.json"])
@pytest.mark.parametrize("place", ["99999999999999999999", "-1", "0"])
def test_an_event_that_no_contest_can_have_is_not_there(venue, page, place):
    assert venue.app.test_client().get(f"/c/shifa{page}?event={place}").status_code == 404


def test_contests_in_which_nothing_has_happened_since_are_not_read_anew_for_everybody(
    venue: Venue, english: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "MOST_KEPT", 1)
    venue.call("01")
    venue.all_submit("01", CALM)
    another = Plan("another", ("又一场", "Another"), "", "legal_explanation", 7, [Entrant("001", "王敏")])
    change(set_up, Actor("tests"), another)
    english.reads("/")
    with statements() as read:
        assert "Performing now No. 01" in english.reads("/").text
        assert not [text for text in read if "FROM turn" in text]
        venue.release("01")
        assert "1 of 3 released" in english.reads("/").text
        assert [text for text in read if "FROM turn" in text]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, text: str, *_: object) -> None:
        said.append(text)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)
