"""A seat changes its tablet while a sheet is on its way, or one tablet has two seats: each sheet counts once."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.attacks.phone import Json, Phone, Socket, handover_code
from tests.conftest import FULL_MARKS, Server


@pytest.fixture
def desk(server: Server) -> Socket:
    """The organizer's desk, with no. 01 called."""
    contest = {"contest": server.facts["contest"]["id"], **server.facts["organizer"]}
    socket = Socket(server.url, "/desk", contest)
    assert socket.presses("call", turn=server.facts["turns"][0]["id"])["ok"]
    return socket


def sheet(server: Server, submission: str, law: str = "25") -> Json:
    return {"turn": server.facts["turns"][0]["id"], "typed": FULL_MARKS | {"law": law}, "submission": submission}


def counted(server: Server) -> dict[int, list[str]]:
    """By seat the ids under which sheets came in."""
    with closing(sqlite3.connect(server.folder / "saiping.db")) as database:
        rows = database.execute(
            "SELECT seat_id, submission FROM sheet JOIN sheet_version ON sheet_id = sheet.id"
            " WHERE sheet_version.state = 'submitted'"
        ).fetchall()
    found: dict[int, list[str]] = {}
    for seat_id, submission in rows:
        found.setdefault(seat_id, []).append(submission)
    return found


def test_a_sheet_on_its_way_while_the_seat_moves_counts_once_or_its_sender_is_told_that_it_did_not(
    server: Server, desk: Socket
) -> None:
    for place, seat in enumerate(server.facts["seats"][:5]):
        old, new = Phone(server.url), Phone(server.url)
        old.takes(seat)
        sending, own = old.joins("/judge", seat=seat["id"]), f"sent-by-the-old-one-{place}"
        desk.presses("open_handover", seat=seat["id"])
        code = handover_code(server, place)
        with ThreadPoolExecutor(2) as both:
            taking = both.submit(new.presses, f"/judge/handover/{code}")
            told = both.submit(sending.asks, "submit", sheet(server, own)).result()
            assert taking.result().status_code == 303
        taken = counted(server).get(seat["id"], [])
        assert taken == ([own] if told["ok"] else []), told
        assert told["ok"] or told["code"] == "seat_moved"
        again = new.joins("/judge", seat=seat["id"]).asks("submit", sheet(server, f"sent-by-the-new-one-{place}"))
        assert again["ok"] is not told["ok"]
        assert len(counted(server)[seat["id"]]) == 1


def test_two_seats_on_one_tablet_stay_two_and_the_one_that_moves_leaves_the_other_alone(
    server: Server, desk: Socket
) -> None:
    first, second = server.facts["seats"][:2]
    tablet, spare = Phone(server.url), Phone(server.url)
    for seat in (first, second):
        assert tablet.takes(seat).status_code == 303
    at_first, at_second = (tablet.joins("/judge", seat=seat["id"]) for seat in (first, second))
    assert at_first.asks("submit", sheet(server, "of-the-first-seat") | {"seat": second["id"]})["ok"]
    assert at_second.asks("submit", sheet(server, "of-the-first-seat"))["code"] == "submission_malformed"
    assert counted(server) == {first["id"]: ["of-the-first-seat"]}
    desk.presses("open_handover", seat=first["id"])
    spare.presses(f"/judge/handover/{handover_code(server, 0)}")
    assert at_first.hears("moved")["seat"] == first["id"]
    assert at_second.asks("submit", sheet(server, "of-the-second-seat", law="20"))["ok"]
    assert counted(server) == {first["id"]: ["of-the-first-seat"], second["id"]: ["of-the-second-seat"]}
    assert tablet.presses(f"/judge/{second['id']}/leave", seen_at=f"/judge/{second['id']}").status_code == 303
    assert spare.opens(f"/judge/{first['id']}").status_code == 200
