"""Where the installation names the addresses of its desks, nobody gets there from elsewhere, by page or socket."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scoring import access
from scoring.config import desks
from scoring.rules.refusal import problems_of
from scoring.transport.proxies import read_proxies
from tests.attacks.phone import Phone, refused
from tests.conftest import ORGANIZER, PASSWORD, Server, Venue, start_server, stop_server
from tests.organizers.conftest import words_of

ELSEWHERE, HERE = {"REMOTE_ADDR": "10.9.9.9"}, {"REMOTE_ADDR": "::ffff:10.1.2.3"}


@pytest.fixture
def named(venue: Venue) -> Venue:
    """The venue's installation, whose desks are in 10.1.2.0/24."""
    venue.app.config |= {"DESKS": read_proxies("10.1.2.0/24"), "WTF_CSRF_ENABLED": False}
    return venue


def test_from_elsewhere_no_page_of_the_desk_opens_and_no_password_is_tried(named: Venue) -> None:
    browser = named.app.test_client()
    browser.set_cookie("language", "en")
    typed = {"name": ORGANIZER, "password": PASSWORD}
    for page in ("/desk/", "/desk/sign-in", f"/desk/{named.contest_id}", "/metrics"):
        answer = browser.get(page, environ_base=ELSEWHERE)
        assert (answer.status_code, "The desk is not used from this address" in words_of(answer)) == (409, True), page
    assert browser.post("/desk/sign-in", data=typed, environ_base=ELSEWHERE).status_code == 409
    assert browser.post("/desk/sign-in", data=typed, environ_base=HERE).status_code == 302
    assert browser.get("/desk/", environ_base=HERE).status_code == 200
    assert browser.get("/desk/", environ_base=ELSEWHERE).status_code == 409, "a cookie that was taken along"


def test_judges_halls_and_phones_are_not_meant(named: Venue) -> None:
    browser = named.app.test_client()
    for page in ("/", "/judge/", "/c/shifa", "/c/shifa/screen", "/healthz"):
        assert browser.get(page, environ_base=ELSEWHERE).status_code == 200, page


def test_a_socket_is_refused_too(named: Venue) -> None:
    program = {"name": ORGANIZER, "password": PASSWORD}
    with named.app.test_request_context(environ_base=ELSEWHERE):
        assert [one.code for one in problems_of(lambda: access.account_of_socket(program))] == ["no_desk_here"]
    with named.app.test_request_context(environ_base=HERE):
        assert access.account_of_socket(program).account.name == ORGANIZER


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Server]:
    """A real server whose desks are on another network than the tests."""
    started = start_server(tmp_path, SAIPING_DESKS="10.1.2.0/24, 10.1.3.7")
    yield started
    stop_server(started)


def test_the_setting_holds_on_a_real_server_and_the_log_says_who_was_turned_away(apart: Server) -> None:
    visitor = Phone(apart.url)
    assert visitor.opens("/desk/sign-in").status_code == 409
    auth = {"contest": apart.facts["contest"]["id"], **apart.facts["organizer"]}
    assert refused(apart.url, "/desk", auth)["code"] == "no_desk_here"
    assert visitor.takes(apart.facts["seats"][0]).status_code == 303
    stop_server(apart)
    with closing(sqlite3.connect(apart.folder / "saiping.db")) as database:
        kept = database.execute("SELECT about FROM access_entry WHERE kind = 'refused'").fetchall()
    assert ("no_desk_here",) in kept


def test_an_address_that_is_none_ends_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAIPING_DESKS", "the office")
    with pytest.raises(RuntimeError, match="SAIPING_DESKS"):
        desks()
