"""A stranger tries the addresses of a contest that is still in preparation; the hall shows it with the desk's pass."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest

from tests import untouched
from tests.attacks.phone import Phone, Socket, refused
from tests.conftest import Server

PAGES = (
    "",
    "/board.json",
    "/standings",
    "/bracket",
    "/screen",
    "/overall",
    "/overall.json",
    "/overall/screen",
    "/offices",
)
#: What differs between two answers although they say the same: what is asked for, and what is made for one answer.
PASSING = re.compile(r'nonce="[^"]*"|name="csrf_token"[^>]*|content="[^"]*"')


def becomes(server: Server, state: str, practice: bool = False) -> str:
    """The demo's contest in another state, and for practice or not; answers its name in addresses."""
    contest = server.facts["contest"]["id"]
    untouched.by_hand(server.folder)
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database, database:
        database.execute("UPDATE contest SET state = ?, practice = ? WHERE id = ?", (state, practice, contest))
        return str(database.execute("SELECT slug FROM contest WHERE id = ?", (contest,)).fetchone()[0])


def answer(phone: Phone, slug: str, page: str) -> tuple[int, str]:
    """What a page says, without its name in the address."""
    said = phone.asks("GET", f"/c/{slug}{page}")
    return said.status_code, PASSING.sub("", said.text).replace(slug, "NAME")


def pass_at_desk(server: Server) -> tuple[Phone, str]:
    """The organizer, and the pass that the desk hands out for the hall."""
    organizer = Phone(server.url)
    organizer.signs_in(**server.facts["organizer"])
    shown = organizer.opens(f"/desk/{server.facts['contest']['id']}/screens").text
    address = re.search(r'href="(http[^"]+/screen\?[^"]*pass=[^"]+)"', shown)
    assert address
    return organizer, parse_qs(urlsplit(address[1]).query)["pass"][0]


@pytest.mark.parametrize(("state", "practice"), [("preparing", False), ("preparing", True), ("discarded", False)])
def test_to_a_stranger_it_is_as_if_there_were_no_such_contest(server: Server, state: str, practice: bool) -> None:
    stranger, slug = Phone(server.url), becomes(server, state, practice)
    for page in PAGES:
        for query in ("", "?pass=", "?pass=" + "0" * 32, "?event=1"):
            assert answer(stranger, slug, page + query) == answer(stranger, "no-such", page + query)
    for auth in ({}, {"overall": True}, {"event": 1}, {"pass": "0" * 32}, {"pass": 7}, {"event": 9}):
        asked = refused(server.url, "/audience", {"contest": slug, **auth})
        assert asked == refused(server.url, "/audience", {"contest": "no-such", **auth})
    assert f"/c/{slug}" not in stranger.opens("/").text
    contest, seat = server.facts["contest"]["id"], server.facts["seats"][0]["id"]
    for known, none in ((f"/desk/{contest}", "/desk/999"), (f"/judge/{seat}", "/judge/999")):
        pairs = [(stranger.asks(way, known), stranger.asks(way, none)) for way in ("GET", "POST")]
        assert [one.status_code for one, _ in pairs] == [other.status_code for _, other in pairs]
        assert not [one.url for pair in pairs for one in pair if "practice" in one.text]


def test_a_page_that_was_kept_for_those_who_may_see_it_is_not_given_to_strangers(server: Server) -> None:
    slug = becomes(server, "preparing")
    organizer, stranger = Phone(server.url), Phone(server.url)
    organizer.signs_in(**server.facts["organizer"])
    assert [organizer.asks("GET", f"/c/{slug}{page}").status_code for page in ("", "/screen", "/board.json")] == [
        200
    ] * 3
    assert [stranger.asks("GET", f"/c/{slug}{page}").status_code for page in ("", "/screen", "/board.json")] == [
        404
    ] * 3


def test_the_hall_shows_it_with_the_pass_from_the_desk_and_everybody_sees_it_once_it_is_open(server: Server) -> None:
    slug = becomes(server, "preparing")
    _organizer, passed = pass_at_desk(server)
    hall = Phone(server.url)
    page = hall.asks("GET", f"/c/{slug}/screen?pass={passed}")
    assert (page.status_code, passed in page.text) == (200, True)
    assert hall.asks("GET", f"/c/{slug}/board.json?pass={passed}").status_code == 200
    screen = Socket(server.url, "/audience", {"contest": slug, "event": 1, "pass": passed})
    assert screen.hears("board")
    screen.leaves()
    becomes(server, "open")
    assert hall.asks("GET", f"/c/{slug}/screen").status_code == 200
