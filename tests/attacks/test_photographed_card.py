"""Somebody has photographed the card of a judge's seat, and tries every door while the judge sits there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.attacks.phone import Phone, Socket, handover_code, refused
from tests.conftest import FULL_MARKS, Server

SECRET_NAME = "the judge's own tablet"


@pytest.fixture
def desk(server: Server) -> Socket:
    """The organizer's desk, with no. 01 called."""
    facts = server.facts
    socket = Socket(server.url, "/desk", {"contest": facts["contest"]["id"], **facts["organizer"]})
    assert socket.presses("call", turn=facts["turns"][0]["id"])["ok"]
    return socket


@pytest.fixture
def judge(server: Server, desk: Socket) -> Socket:
    """The judge at seat 1, whose draft is on the server."""
    socket = Socket(server.url, "/judge", {"key": server.facts["seats"][0]["key"], "tablet": SECRET_NAME})
    draft = {"turn": server.facts["turns"][0]["id"], "typed": {"law": "20"}, "base": 0}
    assert socket.asks("draft", draft)["ok"]
    return socket


def attempts(desk: Socket) -> list[dict[str, object]]:
    """What the desk is told."""
    return list(desk.asks("sync", {})["snapshot"]["attempts"])


def by_page(server: Server) -> str:
    return Phone(server.url).takes(server.facts["seats"][0]).text


def by_pin(server: Server) -> str:
    return Phone(server.url).presses("/judge/", {"pin": server.facts["seats"][0]["pin"]}).text


def by_socket(server: Server) -> str:
    auth = {"key": server.facts["seats"][0]["key"], "tablet": "the phone of somebody else"}
    return str(refused(server.url, "/judge", auth)["message"])


DOORS = (by_page, by_pin, by_socket)


@pytest.mark.parametrize("door", DOORS)
def test_no_door_moves_the_seat_and_the_desk_is_told_at_once(
    server: Server, desk: Socket, judge: Socket, door: Callable[[Server], str]
) -> None:
    told = door(server)
    assert "open the handover at the desk" in told or "控制台" in told
    (attempt,) = attempts(desk)
    assert (attempt["number"], attempt["address"]) == (1, "127.0.0.1")
    sheet = {"turn": server.facts["turns"][0]["id"], "typed": FULL_MARKS, "submission": "by-the-judge-alone"}
    assert judge.asks("submit", sheet)["ok"]


def test_an_open_handover_is_for_its_own_code_and_not_for_the_card(server: Server, desk: Socket, judge: Socket) -> None:
    seat = server.facts["seats"][0]["id"]
    assert desk.presses("open_handover", seat=seat)["ok"]
    for door in DOORS:
        door(server)
    assert judge.asks("sync", {})["ok"]
    (attempt,) = attempts(desk)
    assert desk.presses("settle_attempt", attempt=attempt["id"])["ok"]
    assert attempts(desk) == []


def test_a_stranger_cannot_be_the_same_tablet(server: Server, desk: Socket, judge: Socket) -> None:
    key = server.facts["seats"][0]["key"]
    for name in (None, "", "key", "short", 7):
        assert refused(server.url, "/judge", {"key": key, "tablet": name})["code"] == "tablet_unnamed"
    assert judge.asks("sync", {})["ok"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_link_that_is_only_looked_at_takes_nothing(server: Server, desk: Socket, method: str) -> None:
    seat = server.facts["seats"][1]
    assert Phone(server.url).asks(method, f"/judge/enter/{seat['key']}").status_code == 200
    judge = Phone(server.url)
    assert judge.takes(seat).status_code == 303
    assert judge.opens(f"/judge/{seat['id']}").status_code == 200
    assert attempts(desk) == []


def test_a_flood_of_attempts_is_on_record_now_and_then(server: Server, desk: Socket, judge: Socket) -> None:
    for _ in range(12):
        by_socket(server)
    (attempt,) = attempts(desk)
    assert attempt["times"] == 1


def test_the_judge_whose_tablet_died_goes_on_within_one_press_of_the_desk(
    server: Server, desk: Socket, judge: Socket
) -> None:
    judge.leaves()
    seat = server.facts["seats"][0]
    spare = Phone(server.url)
    assert desk.presses("open_handover", seat=seat["id"])["ok"]
    code = handover_code(server, 0)
    assert spare.presses(f"/judge/handover/{code}").status_code == 303
    page = spare.opens(f"/judge/{seat['id']}")
    assert 'value="20"' in page.text
    assert Phone(server.url).opens(f"/judge/handover/{code}").status_code == 403
