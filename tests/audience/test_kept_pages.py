"""Pages are made once for each public change and language: the same bytes for all who ask, and none of them older."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import gevent
import pytest
from flask import template_rendered
from jinja2 import Template
from sqlalchemy import delete

from scoring.actions.running import sheets
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.transaction import Actor
from scoring.actions.transaction import perform as run
from scoring.audience import kept_pages
from scoring.audience.kept_pages import EVEN, MOST_KEPT, SHEETS_WAIT, _kept
from scoring.board.reading.doubts import keep_doubts
from scoring.extensions import db
from scoring.loop import stepping_aside
from scoring.store import Account
from tests.audience.conftest import CALM, LIVELY, Visitor, perform
from tests.conftest import FULL_MARKS, Venue

PAGES = ["/", "/c/shifa", "/c/shifa/screen", "/c/shifa/overall", "/c/shifa/overall/screen", "/c/shifa/offices"]


@pytest.fixture
def made(venue: Venue) -> Iterator[list[str]]:
    """The templates that are rendered, in order."""
    names: list[str] = []

    def note(_app: object, template: Template, **_figures: object) -> None:
        names.append(str(template.name))

    with template_rendered.connected_to(note, venue.app):
        yield names


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_made_once_until_the_next_public_change(
    venue: Venue, english: Visitor, made: list[str], page: str
) -> None:
    perform(venue, "01", CALM)
    first = english.get(page)
    again = english.get(page)
    assert (len(made), again.data) == (1, first.data)
    perform(venue, "02", LIVELY)
    assert english.get(page).data != first.data
    assert len(made) == 2


def test_the_home_page_is_another_after_whatever_it_shows(venue: Venue, english: Visitor, made: list[str]) -> None:
    def is_another() -> None:
        made.clear()
        before, after = shown[-1], english.get("/").text
        assert (made, after != before) == (["audience/home.html"], True)
        shown.append(after)

    shown = [english.get("/").text]
    db.session.execute(delete(Account))
    db.session.commit()
    is_another()
    another = Plan("another", ("又一场", "Another"), "", "legal_explanation", 7, [Entrant("001", "王敏")])
    run(set_up, Actor("tests"), another)
    is_another()
    keep_doubts({venue.turn("01").round.event.contest_id: []})
    try:
        is_another()
    finally:
        keep_doubts({})


def test_what_a_judge_types_makes_no_page_anew(venue: Venue, english: Visitor, made: list[str]) -> None:
    venue.call("01")
    english.get("/c/shifa")

    seat = venue.seat(1)
    run(sheets.save_draft, Actor(f"seat:{seat.id}"), venue.turn("01").id, seat.id, {"law": "20"})
    english.get("/c/shifa")
    assert len(made) == 1


def test_a_page_may_lack_a_sheet_for_a_second_but_nothing_else(venue: Venue, english: Visitor, made: list[str]) -> None:
    venue.call("01")
    english.get("/c/shifa")
    venue.submits(1, "01", FULL_MARKS)
    venue.submits(2, "01", FULL_MARKS)
    assert "0 of 7" in english.get("/c/shifa").text
    _let_time_go_by(venue, SHEETS_WAIT)
    assert "2 of 7" in english.get("/c/shifa").text
    assert len(made) == 2

    for seat in range(3, 8):
        venue.submits(seat, "01", FULL_MARKS)
    venue.release("01")
    assert "100" in english.get("/c/shifa").text


def test_a_page_lacks_no_sheet_while_anything_is_held_back_whose_time_that_could_tell(
    venue: Venue, english: Visitor
) -> None:
    event = venue.turn("01").round.event
    event.settings = {**event.settings, "publication": "at_end"}
    db.session.commit()
    venue.call("01")
    english.get("/c/shifa")
    venue.submits(1, "01", FULL_MARKS)
    assert "1 of 7" in english.get("/c/shifa").text


@pytest.mark.parametrize("page", ["/c/shifa", "/c/shifa/board.json", "/"])
def test_while_anything_is_held_back_no_time_tells_whether_a_page_was_made_or_kept(
    venue: Venue, english: Visitor, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "EVEN", EVEN)
    venue.turn("01").round.event.settings = {**venue.turn("01").round.event.settings, "publication": "at_end"}
    db.session.commit()
    english.get(page)
    asked = time.monotonic()
    english.get(page)
    assert time.monotonic() - asked >= EVEN


def test_figures_that_a_script_asks_for_lack_nothing(venue: Venue, english: Visitor) -> None:
    venue.call("01")
    before = english.get("/c/shifa/board.json").json
    venue.submits(1, "01", FULL_MARKS)
    after = english.get("/c/shifa/board.json").json
    assert (before["now"]["submitted"], after["now"]["submitted"]) == (0, 1)


def _let_time_go_by(venue: Venue, seconds: float) -> None:
    """Have the pages been made so many seconds earlier."""
    with venue.app.app_context():
        for page in _kept().pages.values():
            page.read_at -= seconds


def test_who_ask_at_once_share_one_page_and_it_is_made_giving_way(venue: Venue, made: list[str]) -> None:
    perform(venue, "01", CALM)
    turns: list[str] = []

    def ask() -> None:
        with venue.app.test_client() as phone:
            assert phone.get("/c/shifa", headers={"Accept-Language": "en"}).status_code == 200
        turns.append("page")

    def step() -> None:
        while len(turns) < 3:
            gevent.sleep(0)
            stepped.append(len(turns))

    stepped: list[int] = []
    with _no_time_at_all():
        gevent.joinall([gevent.spawn(step), *(gevent.spawn(ask) for _ in range(3))], raise_error=True)
    assert made == ["audience/leaderboard.html"]
    assert stepped.count(0) > 5


@contextmanager
def _no_time_at_all() -> Iterator[None]:
    """Let a page give way at each of its parts, as a long one does at some."""
    before, stepping_aside.LONG_ENOUGH = stepping_aside.LONG_ENOUGH, 0.0
    yield
    stepping_aside.LONG_ENOUGH = before


def test_each_language_has_its_own_page(venue: Venue, english: Visitor, chinese: Visitor) -> None:
    perform(venue, "01", CALM)
    assert "Ranking" in english.get("/c/shifa").text
    assert "Ranking" not in chinese.get("/c/shifa").text


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_an_unchanged_page_costs_nothing_on_the_wire(venue: Venue, english: Visitor, coding: str) -> None:
    perform(venue, "01", CALM)
    first = english.get("/c/shifa", Accept_Encoding=coding)
    assert first.headers.get("Content-Encoding", "identity") == coding
    again = english.get("/c/shifa", Accept_Encoding=coding, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    perform(venue, "02", LIVELY)
    assert english.get("/c/shifa", Accept_Encoding=coding, If_None_Match=first.headers["ETag"]).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_a_visitor_is_in_a_page_that_all_get(venue: Venue, english: Visitor, page: str) -> None:
    answer = english.get(f"{page}?utm=whoever-came")
    assert "Set-Cookie" not in answer.headers
    assert not re.search("csrf|whoever-came", answer.text)


def test_whoever_asks_for_thousands_of_rooms_does_not_fill_the_memory(venue: Venue, english: Visitor) -> None:
    for room in range(MOST_KEPT + 20):
        english.get(f"/c/shifa/screen?room={room}")
    with venue.app.app_context():
        assert len(_kept().pages) <= MOST_KEPT
